"""What the names and periods of a query do to a search: they favour passages, or keep only them.

Who names a company, somebody or a time expects passages of it first, unless none of them has anything to do with the
rest of the query. So a passage that carries what is named is raised by a share of the way from a typical passage to
the best one, whatever the scale of the scores: those that lie within that share of the best come before it, those
with nothing in common with the query do not, and what others say stays right behind. In a long question, a name that is
merely there tells no more than a word that is as rare and is said again and again: it must not drown all the others.
Where the query says what it wants of somebody ("what did X ask"), the name means who speaks and is not looked for in
the text; then the share is the whole way or more. Of what somebody asked, the answers that it got count about half. An
operator who welcomes to a company's call says nothing about the company and is not raised by its name.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from indexer.model import Role
from indexer.stores.filters import facet_term
from indexer.stores.keyword import AllOf, AnyOf, Facet, Flat
from search_web.search.intents import Intent
from search_web.search.named import Kind
from search_web.search.names import units
from search_web.search.query_periods import When
from search_web.search.recognition import SHORT
from search_web.search.sought import idf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.keyword import Query
    from indexer.stores.passages import PassageStore
    from search_web.search.chip import Chip
    from search_web.search.plan import QueryPlan

SHARE: Mapping[Kind, float] = {Kind.COMPANY: 0.8, Kind.PERIOD: 0.7, Kind.SPEAKER: 0.6, Kind.FIRM: 0.6}
"""What a name or period is worth, as a share of the way from a typical passage to the best one."""

WANTED: Mapping[str, float] = {Intent.SAID: 1.0, Intent.ASKED: 1.3}
"""The same for somebody of whom the query says what it wants."""

NOTHING_ELSE = 1.3
"""The same where a query names somebody or something and asks nothing about it: then that is all it wants."""

SATURATED = 2.2
"""How many times what a word tells a passage scores at most for saying it: k1 + 1 of BM25."""

OPERATORS = facet_term("role", Role.OPERATOR)
"""The facet term of all that operators say."""

ANSWERS = 0.55
"""How much of that an answer is worth to the one who looks for the question."""


def binding(chips: Sequence[Chip]) -> Query | None:
    """Return what passages must match when all that is named binds; None when nothing is named.

    People and firms are alternatives, and so are companies and periods that are named outright.
    """
    groups = tuple(Facet(facets) for facets in _alternatives(chips))
    return AllOf(groups) if groups else None


def named_alike(plan: QueryPlan) -> tuple[Query, Query]:
    """Return the query for passages that carry all that is named, and the one for those that carry any of it."""
    every = tuple(Facet(facets) for facets in _alternatives(plan.favoured))
    return AllOf(every), AnyOf(every)


def naming(plan: QueryPlan, best: float, count: int) -> Query:
    """Return the query for the passages that carry what is named, scored by what that adds in a search by words alone.

    `best` is what the best passage scores by words, `count` how many passages there are.
    """
    marks = (
        AllOf((Flat(Facet(chip.facets), (best or 1.0) * share_of(chip, plan, best, count)),), excluded=_not_meant(chip))
        for chip in plan.favoured
    )
    return AnyOf(tuple(marks))


def named_bonus(
    passages: PassageStore, plan: QueryPlan, rows: NDArray[np.int64], best: float
) -> tuple[NDArray[np.float64], float]:
    """Return what `naming` adds to the score of each of the rows, shape (n,), and what it adds to any row at most."""
    added, most = np.zeros(len(rows)), 0.0
    for chip in plan.favoured:
        carried = passages.rows_with_any(chip.facets)[rows]
        if chip.kind is not Kind.SPEAKER:
            carried &= ~passages.rows_with_any((OPERATORS,))[rows]
        worth = (best or 1.0) * share_of(chip, plan, best, passages.searchable_count)
        added[carried] += worth
        most += worth
    return added, most


def share_named(plan: QueryPlan, count: int) -> float:
    """Return about what share of `count` passages carry all that is named, at most; 1 when nothing is named."""
    groups = groupby(sorted(plan.favoured, key=_group), key=_group)
    return min((sum(chip.passages for chip in chips) / count for _, chips in groups), default=1.0)


def _not_meant(chip: Chip) -> tuple[Query, ...]:
    """Return what carries a name or a period and is not meant by it."""
    return () if chip.kind is Kind.SPEAKER else (Facet((OPERATORS,)),)


def share_of(chip: Chip, plan: QueryPlan, best: float, count: int) -> float:
    """Return what a name or period is worth, as a share of the way from a typical passage to the best one.

    `best` is what that one scores by words, 0 where it is not known, and `count` how many passages there are.
    """
    share = WANTED.get(chip.how, SHARE[chip.kind])
    if not plan.asks:
        return max(share, NOTHING_ELSE)
    if chip.how in WANTED or not best > 0.0 or len(units(plan.parsed.text)) <= SHORT:
        return share
    return min(share, SATURATED * idf(count, chip.passages) / best)


def favoured_rows(passages: PassageStore, plan: QueryPlan) -> NDArray[np.int64] | None:
    """Return the rows that carry all that is named, or where there are none, any of it; None when nothing is named."""
    if not plan.favoured:
        return None
    every = with_all_named(passages, plan)
    if every.any():
        return np.flatnonzero(every)
    masks = [passages.rows_with_any(facets) for facets in _alternatives(plan.favoured)]
    return np.flatnonzero(np.logical_or.reduce(masks))


def with_all_named(passages: PassageStore, plan: QueryPlan) -> NDArray[np.bool_]:
    """Return which rows carry all that is named, shape (count,)."""
    every: NDArray[np.bool_] = np.logical_and.reduce(
        [passages.rows_with_any(facets) for facets in _alternatives(plan.favoured)]
    )
    return every


def bonus(
    passages: PassageStore, plan: QueryPlan, candidates: NDArray[np.int64], best: float
) -> NDArray[np.float64] | None:
    """Return the share that each candidate row is raised by, shape (n,); None when nothing is named.

    Of names that are alternatives the best counts. See `share_of` for `best`.
    """
    if not plan.favoured or not len(candidates):
        return None
    total = np.zeros(len(candidates))
    for _, chips in groupby(sorted(plan.favoured, key=_group), key=_group):
        each = [
            _carried(passages, chip, candidates) * share_of(chip, plan, best, passages.searchable_count)
            for chip in chips
        ]
        total += np.max(each, axis=0)
    return total


def _carried(passages: PassageStore, chip: Chip, candidates: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far each candidate is what the chip means, from 0 to 1."""
    spoken = passages.rows_with_any(chip.facets)
    carried = spoken[candidates].astype(np.float64)
    if chip.kind is not Kind.SPEAKER:
        carried[passages.rows_with_any((OPERATORS,))[candidates]] = 0.0
    if chip.how != Intent.ASKED:
        return carried
    at = {int(row): place for place, row in enumerate(candidates)}
    asking = np.zeros(len(candidates), dtype=np.bool_)
    for row, asks, question in passages.places_in_exchanges(candidates):
        if asks:
            asking[at[row]] = True
        elif spoken[question]:
            carried[at[row]] = max(carried[at[row]], ANSWERS)
    # What they said without asking is theirs, but is no question.
    carried[(carried == 1.0) & ~asking] = ANSWERS
    return carried


def _alternatives(chips: Sequence[Chip]) -> Iterator[tuple[str, ...]]:
    for _, group in groupby(sorted(chips, key=_group), key=_group):
        yield tuple(dict.fromkeys(facet for chip in group for facet in chip.facets))


def _group(chip: Chip) -> str:
    """Return what chips share that are alternatives: who speaks, whose call, which period; each bound of time alone."""
    if chip.kind in {Kind.SPEAKER, Kind.FIRM}:
        return Kind.SPEAKER
    return chip.kind if chip.kind is Kind.COMPANY or chip.how == When.NAMED else chip.id
