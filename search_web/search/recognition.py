"""Find in a query the people, firms, companies and periods that the index holds.

What is found is a `Chip`: it may favour passages (soft), keep only them (hard), or be switched off by its id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from search_web.search.chip import Chip
from search_web.search.name_finding import NameFinder
from search_web.search.named import Kind
from search_web.search.names import units
from search_web.search.officers import mentioned
from search_web.search.query_periods import condition, find_mentions
from search_web.search.relative_periods import without_relative

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from indexer.stores.passage_entities import Call
    from search_web.search.entities import Entities
    from search_web.search.officers import Officers
    from search_web.search.query_periods import Undated
    from search_web.search.writings import Writings

# Names are looked for in so much of a query; what is longer is a text to be searched for by its likeness.
LONGEST = 400

# Up to so many words and Han characters a query may say "last quarter" and mean the newest call of the index. In what
# is longer, which is mostly something that was said, the words have a time of their own, and names are mentioned that
# it does not ask after.
SHORT = 24


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Recognises what one index holds.

    `is_word` tells whether a folded word is one of the dictionary, `carrying` how many of the `count` passages have
    one of some facet terms. `officers` tells who holds which office, `company_of` whose calls a text is said
    in, `writings` what else the values of filters are called, `undated` gives the calls without a period.
    """

    entities: Entities
    is_word: Callable[[str], bool]
    carrying: Callable[[Sequence[str]], int]
    count: int
    officers: Callable[[], Officers]
    company_of: Callable[[str], str | None]
    writings: Writings
    undated: Callable[[], Undated]

    def recognise(self, query: str, switched_off: Collection[str] = ()) -> tuple[Chip, ...]:
        """Return what a query names, in the order of the query; of what holds for every passage nothing."""
        query = query[:LONGEST]
        chips: dict[str, Chip] = {}
        for chip in sorted(self.mentioned(query), key=lambda chip: chip.span):
            passages = self.carrying(chip.facets)
            if 0 < passages < self.count:
                chips.setdefault(chip.id, replace(chip, passages=passages, active=chip.id not in switched_off))
        return tuple(chips.values())

    def mentioned(self, query: str) -> tuple[Chip, ...]:
        """Return all that a query names, in no order, the periods also of which the index has no call."""
        named = tuple(NameFinder(self.entities, self.is_word).named(query))
        companies = [chip for chip in named if chip.kind is Kind.COMPANY]
        named = (*named, *self._officers(query, companies))
        return (*named, *self._periods(query, companies, named))

    def _officers(self, query: str, companies: Sequence[Chip]) -> Iterator[Chip]:
        """Yield who is named by a title: at the companies of the query, or at all of them."""
        at = [facet for chip in companies for facet in chip.facets]
        for title in mentioned(query, [chip.span for chip in companies]):
            holders = self.officers().of(title.office, at)
            if holders:
                facets = tuple(dict.fromkeys(facet for each in holders.values() for facet in each))
                value = next(iter(holders)) if len(set(holders.values())) == 1 else title.office
                yield Chip(Kind.SPEAKER, value, title.intent, facets, (title.start, title.end))

    def _newest(self, query: str, companies: Sequence[Chip]) -> tuple[Call | None, Sequence[str]]:
        """Return the call that "last quarter" counts from, and the periods among which "Q1" is the newest.

        They are those of the company which the query names or speaks of, else of the index.
        """
        facets = [facet for chip in companies for facet in chip.facets]
        if not facets and (rest := without_relative(query)) and (company := self.company_of(rest)):
            facets = [facet_term(Kind.COMPANY, company)]
        found = (self.entities.newest.get(facet) for facet in facets)
        newest = next((call for call in found if call), None)
        if newest is None:
            return self.entities.newest_call, self.entities.periods
        return newest, [
            call.period
            for call in self.entities.calls
            if call.period
            and any(name and facet_term(Kind.COMPANY, name) in facets for name in (call.company, call.ticker))
        ]

    def _periods(self, query: str, companies: Sequence[Chip], named: Sequence[Chip]) -> Iterator[Chip]:
        newest: Call | None = None
        periods: Sequence[str] = ()
        if companies or len(units(query)) <= SHORT:
            newest, periods = self._newest(query, companies)
        for mention in find_mentions(query, newest, periods):
            span = mention.start, mention.end
            if not any(span[0] < chip.span[1] and chip.span[0] < span[1] for chip in named):
                facets = condition(mention, self.entities, self.undated)
                yield Chip(Kind.PERIOD, mention.value, mention.when, facets, span)
