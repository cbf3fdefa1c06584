"""Which words of a query nobody said, in any writing: without it, neighbours in meaning would pass for finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from indexer.stores.keyword import AnyOf, Phrase, Term
from search_web.search.request import Mode
from search_web.search.sought import Source, is_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.stores.index import Generation
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Span
    from search_web.search.response import SearchResponse
    from search_web.search.sought import Sought

_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A word, figure or phrase of the query, at `of`, that no passage of the index has."""

    text: str
    of: Span


def unsaid(query: str, plan: QueryPlan, generation: Generation) -> tuple[Unsaid, ...]:
    """Return what no passage has: not as it is written, nor in what was added for it, nor as a name beside it."""
    explained = [(one.expansion.start, one.expansion.end) for one in plan.added if one.active]
    explained += [chip.span for chip in plan.chips if chip.active]
    lacking = [one.span for one in plan.sought if one.source is not Source.WORD and not one.passages]
    for span, words in _units([one for one in plan.sought if one.source is Source.WORD]):
        if any(word.known for word in words if word.span == span):
            continue
        if any(_explains(other, span, words) for other in explained) or any(_overlap(other, span) for other in lacking):
            continue
        if not _has(query[slice(*span)], words, generation):
            lacking.append(span)
    return tuple(Unsaid(query[slice(*span)], span) for span in map(partial(_bare, query), sorted(lacking)))


def _bare(query: str, span: Span) -> Span:
    """Return the span of a word without the 's of a possessive: it is the name that nobody said."""
    start, end = span
    possessive = _POSSESSIVE.search(query[start:end])
    return (start, end - len(possessive[0])) if possessive and possessive.start() else span


def unsaid_notes(response: SearchResponse, plan: QueryPlan) -> tuple[str, ...]:
    """Say which words nobody said, and what is shown instead of passages that have them."""
    found = response.total > 0
    by_meaning = response.mode is not Mode.KEYWORD and bool(plan.meaning)
    only_near = "What follows is only nearest in meaning." if found and by_meaning and not response.word_total else ""
    if response.unsaid:
        words = ", ".join(one.text for one in response.unsaid)
        instead = only_near or ("What follows has other words of the query, or is near in meaning." if found else "")
        return (f"Nobody said {words}, in any writing. {instead}".rstrip(),)
    if not only_near or plan.favoured:
        return ()
    return (f"No passage that was searched has a word of the query. {only_near}",)


def _units(words: Iterable[Sought]) -> Iterator[tuple[Span, Sequence[Sought]]]:
    """Yield words that overlap as one, with the span of all: a figure and its parts, a word and shorter ones in it."""
    unit: list[Sought] = []
    end = 0
    for word in sorted(words, key=lambda one: one.span):
        if unit and word.span[0] >= end:
            yield (unit[0].span[0], end), unit
            unit = []
        unit.append(word)
        end = max(end, word.span[1])
    if unit:
        yield (unit[0].span[0], end), unit


def _explains(other: Span, span: Span, words: Iterable[Sought]) -> bool:
    """Tell whether what was added for another place says this one too: 人民币 for the RMB of a figure does not."""
    if any(is_figure(word.label) for word in words):
        return other[0] <= span[0] and span[1] <= other[1]
    return _overlap(other, span)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _has(text: str, words: Sequence[Sought], generation: Generation) -> bool:
    """Tell whether a passage has the text however it was cut, or a title or a name has it."""
    exact = tuple(token.term for token in generation.analyser().exact(text))
    width = max(word.span[1] - word.span[0] for word in words)
    whole = tuple(Term(word.label) for word in words if word.span[1] - word.span[0] == width)
    either = AnyOf((Phrase(exact), *whole)) if exact else AnyOf(whole)
    return generation.matching(either) > 0
