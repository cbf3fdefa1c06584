"""Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RANK_CONSTANT = 60


def reciprocal_ranks(rankings: Sequence[Sequence[int]]) -> Mapping[int, float]:
    """Return, for each row of any ranking, Σ 1 / (60 + rank), ranks counted from 1."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return scores
