"""What the names and periods of a query do to a search: they favour passages, or keep only them.

Who names a company, somebody or a time expects passages of it first, unless none of them has anything to do with the
rest of the query. So a passage that carries what is named is raised by a share of the way from a typical passage to
the best one, whatever the scale of the scores: those that lie within that share of the best come before it, those
with nothing in common with the query do not, and what others say stays right behind. Where the query says what it
wants of somebody ("what did X ask"), the name means who speaks and is not looked for in the text; then the share is
the whole way or more. Of what somebody asked, the answers that it got count about half.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import AllOf, AnyOf, Facet, Flat
from search_web.search.intents import Intent
from search_web.search.named import Kind
from search_web.search.query_periods import When

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.keyword import Query
    from indexer.stores.passages import PassageStore
    from search_web.search.plan import QueryPlan
    from search_web.search.recognition import Chip

SHARE: Mapping[Kind, float] = {Kind.COMPANY: 0.8, Kind.PERIOD: 0.7, Kind.SPEAKER: 0.6, Kind.FIRM: 0.6}
"""What a name or period is worth, as a share of the way from a typical passage to the best one."""

WANTED: Mapping[str, float] = {Intent.SAID: 1.0, Intent.ASKED: 1.3}
"""The same for somebody of whom the query says what it wants."""

NOTHING_ELSE = 1.3
"""The same where a query names somebody or something and asks nothing about it: then that is all it wants."""

REPEATED = 1.4
"""What the best passage scores by words, as a multiple of what it would with each word once."""

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


def favouring(wanted: Query, plan: QueryPlan) -> Query:
    """Return the query of the words with what is named as part of its score, for a search by words alone.

    There the best passage is one that has every word that the index knows, some of them repeatedly. Where there is
    nothing but names, their own words are what others may say often.
    """
    told = plan.information * plan.coverage if plan.asks else sum(one.information for one in plan.sought)
    best = REPEATED * told or 1.0
    bonuses = tuple(Flat(Facet(chip.facets), best * _share(chip, plan)) for chip in plan.favoured)
    return AllOf((wanted, AnyOf((*bonuses, AllOf(()))))) if bonuses else wanted


def favoured_rows(passages: PassageStore, plan: QueryPlan) -> NDArray[np.int64] | None:
    """Return the rows that carry all that is named, or where there are none, any of it; None when nothing is named."""
    masks = [passages.rows_with_any(facets) for facets in _alternatives(plan.favoured)]
    if not masks:
        return None
    every = np.logical_and.reduce(masks)
    return np.flatnonzero(every if every.any() else np.logical_or.reduce(masks))


def bonus(passages: PassageStore, plan: QueryPlan, candidates: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Return the share that each candidate row is raised by, shape (n,); None when nothing is named.

    Of names that are alternatives the best counts.
    """
    if not plan.favoured or not len(candidates):
        return None
    total = np.zeros(len(candidates))
    for _, chips in groupby(sorted(plan.favoured, key=_group), key=_group):
        each = [_carried(passages, chip, candidates) * _share(chip, plan) for chip in chips]
        total += np.max(each, axis=0)
    return total


def _carried(passages: PassageStore, chip: Chip, candidates: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far each candidate is what the chip means, from 0 to 1."""
    spoken = passages.rows_with_any(chip.facets)
    carried = spoken[candidates].astype(np.float64)
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


def _share(chip: Chip, plan: QueryPlan) -> float:
    share = WANTED.get(chip.how, SHARE[chip.kind])
    return share if plan.asks else max(share, NOTHING_ELSE)


def _alternatives(chips: Sequence[Chip]) -> Iterator[tuple[str, ...]]:
    for _, group in groupby(sorted(chips, key=_group), key=_group):
        yield tuple(dict.fromkeys(facet for chip in group for facet in chip.facets))


def _group(chip: Chip) -> str:
    """Return what chips share that are alternatives: who speaks, whose call, which period; each bound of time alone."""
    if chip.kind in {Kind.SPEAKER, Kind.FIRM}:
        return Kind.SPEAKER
    return chip.kind if chip.kind is Kind.COMPANY or chip.how == When.NAMED else chip.id
