"""Rankings by words of queries that name somebody, a company or a time: what carries that comes in and is raised.

A second search, of what is named alone, finds it sooner than one search of everything with what is named in it. What
every third passage carries is found sooner still by going further down the ranking that is there already.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import AllOf, Ranking
from search_web.search.legs import DEPTH, best_first
from search_web.search.steering import named_alike, named_bonus, naming, share_named, with_all_named

if TYPE_CHECKING:
    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from search_web.search.plan import QueryPlan

_DEEPEST = 2000
"""To go deeper than this down a ranking costs as much as to search for what is named."""

_SPARE = 2.0
"""How many times as many passages as are wanted should carry what is named, so that seldom too few do."""


def raised(generation: Generation, plan: QueryPlan, wanted: Query, depth: int) -> Ranking:
    """Return the first `depth` passages of a search by words alone, with those raised that carry what is named."""
    deep = _deep_enough(generation, plan, depth)
    ranking = generation.keyword.search(wanted, limit=max(deep, depth), filters=plan.filters)
    if not plan.favoured or not ranking.rows:
        return ranking
    if deep and (found := _raised_within(generation, plan, ranking, depth)):
        return found
    named = naming(plan, ranking.scores[0], generation.keyword.count)
    found = generation.keyword.search(AllOf((wanted, named)), limit=depth, filters=plan.filters)
    return _first(_joined(_first(ranking, depth), found), depth)


def with_named(generation: Generation, plan: QueryPlan, wanted: Query) -> Ranking:
    """Return the first DEPTH passages and the best of what is named, a quarter as many, from however far behind."""
    few = DEPTH // 4
    deep = _deep_enough(generation, plan, few)
    whole = generation.keyword.search(wanted, limit=max(deep, DEPTH), filters=plan.filters)
    ranking = _first(whole, DEPTH)
    if not plan.favoured or ranking.total <= len(ranking.rows):
        return ranking
    if deep:
        carried = np.flatnonzero(with_all_named(generation.passages, plan)[list(whole.rows)])[:few].tolist()
        if len(carried) == few:
            return _joined(ranking, _at(whole, carried))
    for named in named_alike(plan):
        found = generation.keyword.search(AllOf((wanted, named)), limit=few, filters=plan.filters)
        if found.rows:
            return _joined(ranking, found)
    return ranking


def _deep_enough(generation: Generation, plan: QueryPlan, enough: int) -> int:
    """Return how deep a ranking probably has `enough` passages that carry what is named; 0 where that is too deep."""
    deep = ceil(_SPARE * enough / share) if (share := share_named(plan, generation.keyword.count)) else _DEEPEST + 1
    return deep if plan.favoured and deep <= _DEEPEST else 0


def _raised_within(generation: Generation, plan: QueryPlan, ranking: Ranking, depth: int) -> Ranking | None:
    """Return the first `depth` passages of a ranking, raised; None where others than it has may belong among them.

    Scores are added up in single precision, as tantivy does.
    """
    rows = np.array(ranking.rows, dtype=np.int64)
    added, most = named_bonus(generation.passages, plan, rows, ranking.scores[0])
    scores = np.array(ranking.scores, dtype=np.float32) + added.astype(np.float32)
    order = best_first(rows, scores)[:depth]
    if ranking.total > len(rows) and scores[order[-1]] <= np.float32(ranking.scores[-1]) + np.float32(most):
        return None
    return Ranking(tuple(rows[order].tolist()), tuple(scores[order].tolist()), ranking.total)


def _joined(ranking: Ranking, found: Ranking) -> Ranking:
    """Return the ranking with what else was found, by the scores that it was found with."""
    scores = dict(zip((*ranking.rows, *found.rows), (*ranking.scores, *found.scores), strict=True))
    rows = tuple(sorted(scores, key=lambda row: (-scores[row], row)))
    return Ranking(rows, tuple(scores[row] for row in rows), ranking.total)


def _first(ranking: Ranking, depth: int) -> Ranking:
    return Ranking(ranking.rows[:depth], ranking.scores[:depth], ranking.total)


def _at(ranking: Ranking, places: list[int]) -> Ranking:
    return Ranking(
        tuple(ranking.rows[place] for place in places), tuple(ranking.scores[place] for place in places), len(places)
    )
