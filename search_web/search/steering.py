"""What the names and periods of a query do to a search: they favour passages, or keep only them.

A passage that carries what is named is favoured by one standard deviation of its likeness in meaning. Where the query
says what it wants of somebody ("what did X ask"), the name is not looked for in the text but means who speaks: then
the passage also gets what the words would give to one that has the name in its text, the share of the name in what
the query tells times the full weight of the words. Of what somebody asked, the answers that it got count half.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import AllOf, AnyOf, Facet, Flat
from search_web.search.adaptive import BASE, KNOWN
from search_web.search.entities import Kind
from search_web.search.intents import Intent
from search_web.search.query_periods import When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.stores.keyword import Query
    from indexer.stores.passages import PassageStore
    from search_web.search.plan import QueryPlan
    from search_web.search.recognition import Chip

STEP = 1.0
"""What a name or period is worth, in standard deviations of the likeness in meaning."""

ANSWERS = 0.5
"""What an answer is worth to the one who looks for the question."""

WORDS = BASE * (1.0 + KNOWN)
"""What the words weigh in these units when the index knows them all, as it knows what is named."""


def binding(chips: Sequence[Chip]) -> Query | None:
    """Return what passages must match when all that is named binds; None when nothing is named.

    People and firms are alternatives, and so are companies and periods that are named outright.
    """
    groups = tuple(Facet(facets) for facets in _alternatives(chips))
    return AllOf(groups) if groups else None


def favouring(wanted: Query, plan: QueryPlan) -> Query:
    """Return the query of the words with what is named as part of its score, for a search by words alone."""
    bonuses = tuple(
        Flat(Facet(chip.facets), plan.information * _strength(chip, plan) / WORDS) for chip in plan.favoured
    )
    return AllOf((wanted, AnyOf((*bonuses, AllOf(()))))) if bonuses and plan.information else wanted


def favoured_rows(passages: PassageStore, plan: QueryPlan) -> NDArray[np.int64] | None:
    """Return the rows that carry all that is named, or where there are none, any of it; None when nothing is named."""
    masks = [passages.rows_with_any(facets) for facets in _alternatives(plan.favoured)]
    if not masks:
        return None
    every = np.logical_and.reduce(masks)
    return np.flatnonzero(every if every.any() else np.logical_or.reduce(masks))


def bonus(passages: PassageStore, plan: QueryPlan, candidates: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Return what each candidate row is favoured by, shape (n,), in standard deviations; None when nothing is named.

    Of names that are alternatives the best counts.
    """
    if not plan.favoured or not len(candidates):
        return None
    total = np.zeros(len(candidates))
    for _, chips in groupby(sorted(plan.favoured, key=_group), key=_group):
        each = [_carried(passages, chip, candidates) * _strength(chip, plan) for chip in chips]
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


def _strength(chip: Chip, plan: QueryPlan) -> float:
    total = plan.information_of((0, len(plan.parsed.text)))
    if chip.how not in {Intent.ASKED, Intent.SAID} or not total:
        return STEP
    return STEP + WORDS * plan.information_of(chip.span) / total


def _alternatives(chips: Sequence[Chip]) -> Iterator[tuple[str, ...]]:
    for _, group in groupby(sorted(chips, key=_group), key=_group):
        yield tuple(dict.fromkeys(facet for chip in group for facet in chip.facets))


def _group(chip: Chip) -> str:
    """Return what chips share that are alternatives: who speaks, whose call, which period; each bound of time alone."""
    if chip.kind in {Kind.SPEAKER, Kind.FIRM}:
        return Kind.SPEAKER
    return chip.kind if chip.kind is Kind.COMPANY or chip.how == When.NAMED else chip.id
