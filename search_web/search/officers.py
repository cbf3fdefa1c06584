"""Whom a title means: the CFO, 阿里的首席财务官, CEO of Alibaba.

A title means somebody where the query says that it does: beside a company, with what they said or asked, or as "the
CFO on ...". Alone it may be what the query is about ("CEO succession").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from search_web.search.intents import Intent, intent_of
from search_web.search.named import Kind
from search_web.search.named_people import person_facets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.stores.passage_entities import Officer
    from search_web.search.named_people import People

_OFFICES = {
    "CEO": r"\bCEO\b|\bchief\s+executive(?:\s+officer)?\b|首席执行官|首席執行官|行政总裁|行政總裁",
    "CFO": r"\bCFO\b|\bchief\s+financial\s+officer\b|首席财务官|首席財務官|财务总监|財務總監|财务长|財務長",
    "COO": r"\bCOO\b|\bchief\s+operating\s+officer\b|首席运营官|首席營運官|营运长|營運長",
    "CTO": r"\bCTO\b|\bchief\s+technology\s+officer\b|首席技术官|首席技術官|技术长|技術長",
    "chair": r"\bchair(?:man|woman|person)\b|董事长|董事長|董事会主席|董事會主席",
}
_TITLES = {office: re.compile(written, re.IGNORECASE) for office, written in _OFFICES.items()}
# What all of them begin with is asked first: most places of a query are told by one character.
_ALL = "|".join(f"(?P<{office}>{written})" for office, written in _OFFICES.items())
_ANY = re.compile(f"(?=[c首行财財营營技董])(?:{_ALL})", re.IGNORECASE)
_THE = re.compile(r"(?:^|\b)the\s+$", re.IGNORECASE)
_ON = re.compile(r"\s+(?:on|about|regarding)\b|\s*(?:对|關於|关于|谈|談)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:['’]s|的|of|at|for|,|\s)*\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A title in a query: the office it names, where, and what is wanted of its holder."""

    office: str
    start: int
    end: int
    intent: Intent


@dataclass(frozen=True, slots=True)
class Officers:
    """Who holds an office: by office and facet term of the company, the facet terms of each holder by name."""

    by_company: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]

    def of(self, office: str, companies: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the holders at companies that are given by their facet terms, at all of them where none is given."""
        found: dict[str, tuple[str, ...]] = {}
        for (held, company), holders in self.by_company.items():
            if held == office and (not companies or company in companies):
                found.update(holders)
        return found


def mentioned(query: str, companies: Sequence[tuple[int, int]]) -> Iterator[Mentioned]:
    """Yield the titles of a query that mean somebody; `companies` are the places where it names one."""
    for match in _ANY.finditer(query):
        start, end = match.span()
        intent = intent_of(query, start, end)
        beside = any(
            _OF.fullmatch(query[last:start] if last <= start else query[end:first]) for first, last in companies
        )
        spoken_of = _THE.search(query[:start]) and _ON.match(query, end)
        if beside or intent is not Intent.NAMED or spoken_of:
            yield Mentioned(match.lastgroup or "", start, end, intent)


def read_officers(officers: Iterable[Officer], people: People) -> Officers:
    """Return who holds which office at which company, by the titles that the transcripts give."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one in officers:
        for office, written in _TITLES.items():
            if written.search(one.title):
                for company in filter(None, (one.company, one.ticker)):
                    holders = found[office, facet_term(Kind.COMPANY, company)]
                    holders[one.name] = person_facets(one.name, one.other_names, people)
    return Officers(found)
