"""What a search will do, worked out from the query before any passage is looked at.

The plan is what the page shows as chips and what `explain` tells: the words that are looked for and how much each
tells, what the glossary adds to them, what binds, and what is said to the user about it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from indexer.stores.keyword import AllOf, AnyOf
from indexer.text.expansion import Strength
from indexer.text.normalise import fold
from search_web.search.anybody import whoever_said
from search_web.search.compile import Compiler
from search_web.search.excluding import excluded_notes, excluded_words, unwanted
from search_web.search.expanding import added_terms, holdings
from search_web.search.marks import as_mark, as_named, shares
from search_web.search.query_filters import hoisted, widened
from search_web.search.query_language import parse_query, plain_query
from search_web.search.query_tree import Near, Prefix, Quoted, Word
from search_web.search.sought import (
    Source,
    as_concepts,
    every_word,
    figure_spans,
    grouped,
    share_known,
    sought_leaf,
    words_of,
)
from search_web.search.spans import spans_of
from search_web.search.steering import binding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.stores.filters import Filters
    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from indexer.text.expansion import Expansion
    from search_web.search.chip import Chip
    from search_web.search.expanding import Added
    from search_web.search.query_tree import Leaf, ParsedQuery, Span
    from search_web.search.query_views import FilterSuggestion
    from search_web.search.sought import Group, Sought
    from search_web.search.spans import Spans

NO_WORD_NOTE = "There is no word in the query to look for."
PREFIX_NOTE = "The star works for the search by words; the search by meaning looks for the rest of the query."


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query, ready to be run.

    `meaning` is the text to embed, empty when the query has none. `scoring` ranks by words, None when there is
    nothing to rank by; `constraint` is what every passage must match beyond `filters`. `information` is what the
    query tells in nats, and `coverage`, from 0 to 1, how much of that the index knows as words, in the user's own
    or in those added. `left_out` is what goes out with the words that the query excludes, `unknown` are values of
    filters that the index has nothing of.
    """

    parsed: ParsedQuery
    meaning: str
    filters: Filters
    sought: tuple[Sought, ...]
    added: tuple[Added, ...]
    scoring: Query | None
    constraint: Query | None
    information: float
    coverage: float
    notes: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    chips: tuple[Chip, ...] = ()
    chips_bind: bool = False
    left_out: tuple[Added, ...] = ()
    unknown: tuple[FilterSuggestion, ...] = ()

    @property
    def every_word(self) -> Query | None:
        """The query for the passages that have all words which stand outside all operators; None without any."""
        own = [one for one in self.sought if one.source is Source.WORD and _is_optional(one, self.parsed)]
        return every_word(own, [one for one in self.added if one.active])

    @property
    def favoured(self) -> tuple[Chip, ...]:
        """What the query names that makes passages rank higher, as far as it does not bind."""
        return () if self.chips_bind else tuple(chip for chip in self.chips if chip.active)

    @property
    def asks(self) -> bool:
        """Whether the query looks for anything beside what it names."""
        named = [chip.span for chip in self.favoured]
        return any(not any(start <= one.span[0] and one.span[1] <= end for start, end in named) for one in self.sought)

    @property
    def wanted(self) -> Query:
        """The query for the keyword leg: what binds, ranked by what is looked for."""
        if self.constraint is None:
            return self.scoring or (AnyOf(()) if self.parsed.is_plain else AllOf(()))
        return AllOf((self.constraint, AnyOf((*([self.scoring] if self.scoring else []), AllOf(())))))


def make_plan(
    query: str,
    filters: Filters,
    generation: Generation,
    *,
    expand: Callable[[str], Sequence[Expansion]],
    switched_off: Iterable[str] = (),
    plain: bool = False,
    recognise: Callable[[str], tuple[Chip, ...]] = lambda _: (),
    chips_bind: bool = False,
    names_of: Callable[[str, str], tuple[str, ...]] = lambda _, value: (value,),
    meant: Callable[[str], None] = lambda _: None,
) -> QueryPlan:
    """Return the plan for a query; a `plain` one is mere words.

    `expand` gives what the glossary adds to a text, `recognise` what of the index it names, `names_of` a value of a
    filter with what else it is called. `meant` is told the text to embed, where there is one, before the rest is worked
    out. Raises QuerySyntaxError.
    """
    parsed = plain_query(query) if plain else parse_query(query)
    analyser, store = generation.analyser(), generation.keyword
    compiler = Compiler(analyser, generation.passages.terms_with_prefix, names_of=names_of)
    meaning = blanked if any(map(str.isalnum, blanked := _blanked(parsed))) else ""
    meaning = _without(meaning, whoever_said(meaning))
    if embedded := " ".join(meaning.split()):
        meant(embedded)
    to_the_letter = [leaf.span for leaf in parsed.leaves() if isinstance(leaf, Quoted | Near)]
    loose = _without(meaning, to_the_letter)
    chips = recognise(meaning)
    tokens = analyser.analyse(loose)
    named = shares(own := words_of(tokens, generation), chips, store.count)
    own = as_named(own, named)
    leaves = tuple(
        sought for leaf in parsed.leaves() if (sought := sought_leaf(leaf, compiler, generation)) is not None
    )
    as_added = partial(added_terms, holding=holdings(generation), switched_off=frozenset(switched_off))
    excluded = {fold(word.text) for word in excluded_words(parsed)}
    figures, names = spans_of(figure_spans(tokens)), spans_of(chip.span for chip in chips if chip.active)
    offered = (one for one in expand(loose) if not excluded or fold(one.term) not in excluded)
    added = as_added(loose, tuple(one for one in offered if not _is_part_of_a_whole(one, figures, names)))
    beside = unwanted(parsed, meaning, expand)
    left_out = as_added(query, beside.expansions)
    active = tuple(one for one in added if one.active)
    others = tuple(one for one in (*added, *left_out) if one.active)
    own = as_concepts(own, active, store.count)
    groups = tuple(as_mark(group, named) for group in grouped(own, active))
    hoisted_filters, rest = hoisted(parsed, filters)
    bound = None if rest.is_plain else replace(compiler, others_of=lambda leaf: _others(leaf, others)).constraint(rest)
    scoring = AnyOf((*(group.query for group in groups), *(sought.query for sought in leaves)))
    notes = (PREFIX_NOTE,) if any(isinstance(leaf, Prefix) for leaf in parsed.leaves()) else ()
    if parsed.is_plain and not meaning:
        notes = (NO_WORD_NOTE,)
    return QueryPlan(
        parsed=parsed,
        meaning=embedded,
        filters=widened(hoisted_filters, names_of),
        sought=(*own, *leaves),
        added=added,
        scoring=scoring if scoring.parts else None,
        constraint=_with(bound, binding([one for one in chips if one.active]) if chips_bind else None),
        information=sum(sought.information * sought.demanded for sought in (*own, *leaves)),
        coverage=share_known(groups, leaves),
        notes=(*parsed.notes, *notes, *excluded_notes(query, left_out, beside.to_the_letter)),
        groups=groups,
        chips=chips,
        chips_bind=chips_bind,
        left_out=left_out,
    )


def _is_optional(word: Sought, parsed: ParsedQuery) -> bool:
    """Tell whether a word stands outside all operators."""
    return any(leaf.span[0] <= word.span[0] and word.span[1] <= leaf.span[1] for leaf in parsed.optional)


def _is_part_of_a_whole(expansion: Expansion, figures: Spans, names: Spans) -> bool:
    """Tell whether a term was added for a piece of a figure, or in a loose sense for a piece of a name.

    百万 says nothing of 877 million, and 聚焦 nothing of Micro Focus.
    """
    span = expansion.start, expansion.end
    return figures.hold(span) or (expansion.strength is Strength.DICTIONARY and names.hold(span))


def _without(text: str, spans: Iterable[Span]) -> str:
    """Return the text with blanks for these spans: what is meant to the letter is not looked for in other words."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _with(constraint: Query | None, other: Query | None) -> Query | None:
    return AllOf((constraint, other)) if constraint and other else constraint or other


def _blanked(parsed: ParsedQuery) -> str:
    """Return the query with blanks for all that is not looked for by its meaning; every place stays what it was."""
    kept: list[Word | Quoted] = []
    for leaf in parsed.leaves():
        match leaf:
            case Word() | Quoted():
                kept.append(leaf)
            case Near(first, second):
                kept += [first, second]
            case _:
                pass
    if parsed.is_plain and len(kept) == len(parsed.optional):
        return parsed.text
    text = [" "] * len(parsed.text)
    for leaf in kept:
        start, end = leaf.span
        if isinstance(leaf, Quoted):
            start, end = start + 1, end - 1
        text[start:end] = parsed.text[start:end]
    return "".join(text)


def _others(leaf: Leaf, added: Iterable[Added]) -> tuple[Query, ...]:
    """Return what may stand for a word that binds, or for words that it is one of.

    Nothing may for a quoted text, which is meant to the letter.
    """
    if not isinstance(leaf, Word):
        return ()
    first, end = leaf.span
    return tuple(one.scored(0.0) for one in added if one.expansion.start <= first and end <= one.expansion.end)
