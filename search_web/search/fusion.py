"""Two legs into one ranking: adaptive by default, a plain weighted sum or reciprocal rank fusion on request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.adaptive import word_signal, word_weight
from search_web.search.legs import best_first
from search_web.search.request import Fusion
from search_web.search.response import LegScore
from search_web.search.rrf import reciprocal_ranks
from search_web.search.zsum import standardise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg's scores for all candidates, shape (n,), and its own ranking of what it found itself.

    `signal` has the scores on the scale on which the adaptive fusion adds them, `weight` what they weigh there.
    `around` is how much of the signal comes from the passages beside each candidate; None counts as none.
    """

    scores: NDArray[np.float64]
    ranking: tuple[int, ...]
    signal: NDArray[np.float64]
    weight: float
    around: NDArray[np.float64] | None = None

    def with_surroundings(self, lent: NDArray[np.float64]) -> Leg:
        """Return the leg with what the neighbours of each candidate lend to it, shape (n,)."""
        return replace(self, signal=self.signal + lent, around=lent)

    def places(self, candidates: NDArray[np.int64], rows: frozenset[int]) -> Mapping[int, LegScore]:
        """Return rank and score of those of the rows that the leg found."""
        found = [(row, rank) for rank, row in enumerate(self.ranking, start=1) if row in rows]
        scores = self.scores[np.searchsorted(candidates, [row for row, _ in found])].tolist()
        return {row: LegScore(rank, score) for (row, rank), score in zip(found, scores, strict=True)}


def word_leg(scores: NDArray[np.float64], ranking: tuple[int, ...], *, information: float, coverage: float) -> Leg:
    """Return the leg of the words; see `adaptive` for `information` and `coverage`."""
    return Leg(scores, ranking, word_signal(scores), word_weight(scores, information, coverage))


def meaning_leg(scores: NDArray[np.float64], ranking: tuple[int, ...]) -> Leg:
    """Return the leg of the meaning."""
    return Leg(scores, ranking, standardise(scores), 1.0)


def shares(candidates: NDArray[np.int64], legs: tuple[Leg, ...], fusion: Fusion) -> tuple[NDArray[np.float64], ...]:
    """Return what each leg adds to the score of every candidate, each of shape (n,)."""
    if len(legs) == 1:
        return (legs[0].scores,)
    if fusion is Fusion.RRF:
        by_row = [reciprocal_ranks([leg.ranking]) for leg in legs]
        return tuple(np.array([one.get(row, 0.0) for row in candidates.tolist()]) for one in by_row)
    if fusion is Fusion.ZSUM:
        return tuple(standardise(leg.scores) for leg in legs)
    return tuple(leg.weight * leg.signal for leg in legs)


def bonus_share(bonus: NDArray[np.float64] | None, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what candidates get on top of their `scores`, shape (n,).

    `bonus` is a share of the way from the median of the scores to the best, and so the same on every scale.
    """
    if bonus is None or not len(scores):
        return np.zeros_like(scores)
    return bonus * (float(scores.max() - np.median(scores)) or 1.0)


def fuse(
    candidates: NDArray[np.int64], legs: tuple[Leg, ...], fusion: Fusion, bonus: NDArray[np.float64] | None = None
) -> tuple[tuple[int, float], ...]:
    """Return (row, score) of every candidate, best first, ties by rising row; see `bonus_share` for `bonus`."""
    scores = np.sum(shares(candidates, legs, fusion), axis=0) if legs else np.zeros(len(candidates))
    scores = scores + bonus_share(bonus, scores)
    order = best_first(candidates, scores)
    return tuple(zip(candidates[order].tolist(), scores[order].tolist(), strict=True))
