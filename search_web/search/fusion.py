"""Two legs into one ranking.

The weighted sum of standardised scores is the default: on the judged sets it beats reciprocal rank fusion wherever
the legs differ in what they know. The keyword leg weighs by the coverage of the query, so that a query in another
language than the passages is not drowned by the few words that happen to match.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.legs import best_first
from search_web.search.request import Fusion, LegScore
from search_web.search.rrf import reciprocal_ranks
from search_web.search.zsum import weighted_sum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg's scores for all candidates, shape (n,), and its own ranking of what it found itself."""

    scores: NDArray[np.float64]
    ranking: tuple[int, ...]
    weight: float

    def places(self, candidates: NDArray[np.int64]) -> Mapping[int, LegScore]:
        """Return rank and score of each row that the leg found."""
        score = dict(zip(candidates.tolist(), self.scores.tolist(), strict=True))
        return {row: LegScore(rank, score[row]) for rank, row in enumerate(self.ranking, start=1)}


def keyword_weight(coverage: float) -> float:
    """Return what the keyword leg weighs against the vector leg for a query of this coverage, from 0 to 1."""
    return coverage**2


def fuse(candidates: NDArray[np.int64], legs: tuple[Leg, ...], fusion: Fusion) -> tuple[tuple[int, float], ...]:
    """Return (row, score) of every candidate, best first, ties by rising row."""
    if len(legs) == 1:
        scores = legs[0].scores
    elif fusion is Fusion.RRF:
        by_row = reciprocal_ranks([leg.ranking for leg in legs])
        scores = np.array([by_row.get(row, 0.0) for row in candidates.tolist()])
    else:
        scores = weighted_sum([leg.scores for leg in legs], [leg.weight for leg in legs])
    order = best_first(candidates, scores)
    return tuple(zip(candidates[order].tolist(), scores[order].tolist(), strict=True))
