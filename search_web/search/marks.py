"""The words of a query that name somebody, a company or a period: marks of passages rather than words of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.stores.keyword import AnyOf, Best, weighted
from search_web.search.sought import idf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search_web.search.chip import Chip
    from search_web.search.query_tree import Span
    from search_web.search.sought import Group, Sought


def shares(own: Sequence[Sought], chips: Iterable[Chip], count: int) -> tuple[tuple[Span, float], ...]:
    """Return where the query names something, with what share of what its words tell it tells as a mark of passages."""
    shares = []
    for chip in chips:
        told = sum(one.information for one in own if _inside(one.span, chip.span))
        if chip.active:
            shares.append((chip.span, min(1.0, idf(count, chip.passages) / told) if told else 1.0))
    return tuple(shares)


def as_named(own: tuple[Sought, ...], named: Iterable[tuple[Span, float]]) -> tuple[Sought, ...]:
    """Return the words of the query, those that name something as what they are there: a mark of passages.

    The index has them, if not in what was said; and finding them in what was said tells no more than that a passage
    carries the mark. The name of a company is rarely said in its calls, and then mostly in greetings.
    """
    for span, share in named:
        own = tuple(
            replace(one, query=weighted(one.query, share), known=True, demanded=share)
            if _inside(one.span, span)
            else one
            for one in own
        )
    return own


def as_mark(group: Group, named: Iterable[tuple[Span, float]]) -> Group:
    """Return a group whose words name something with what may stand for them counting no more than they do."""
    for span, share in named:
        if group.others and group.words and all(_inside(word.span, span) for word in group.words):
            others = tuple((added, weighted(query, share)) for added, query in group.others)
            own = (AnyOf(tuple(word.query for word in group.words)),)
            return replace(group, query=Best((*own, *(query for _, query in others))), others=others)
    return group


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]
