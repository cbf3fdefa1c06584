"""Which vectors of a large space a search compares: those whose codes come near enough.

Without filters these are as many as the manifest says. A filter may go against the query, and what is nearest among the
rows that it keeps is then a crowd: a thousand rows of the farther half of all come equally near, as far as their codes
tell. So a search with filters goes on to all rows whose codes tell that they may well be among the ten nearest. How
well codes tell is seen by some vectors of the space, for each query anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.codes import Allowed
from indexer.stores.compact import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.stores.codes import Codes
    from indexer.stores.compact import Vectors
    from indexer.stores.manifest import SpaceInfo

# Allowed rows are compared one by one where they are fewer than so many for each root of the size of the space: where
# that takes as long as to go through all codes.
_FEW_A_ROOT = 30

# Of so many vectors it is seen how far codes are off.
_SAMPLE = 512

# By so many of the best it is told how those tell that are near.
_ALIKE = 64

# Codes are not gone through again for so small a share of a deviation.
_NEARLY = 0.1

# A filter shall find as many of so many nearest as a search without does, within these bounds.
_NEAREST = 10
_LEAST_RECALL, _MOST_RECALL = 0.99, 0.999


@dataclass(frozen=True, slots=True)
class _Line:
    """What codes tell of vectors: so much for their cosine and so much beside, within so much in the middle."""

    slope: float
    beside: float
    spread: float

    def least(self, cosines: NDArray[np.float32], told: NDArray[np.float32], deviations: float) -> float:
        """Return the least that codes may tell of vectors as near as the ten nearest of those that were compared.

        Vectors of one topic are alike in what their codes miss: so it counts as well what those of the best tell.
        """
        alike, nearest = min(_ALIKE, len(cosines)), min(_NEAREST, len(cosines))
        best = np.argpartition(cosines, -alike)[-alike:]
        tenth = float(np.partition(cosines[best], -nearest)[-nearest])
        at_tenth = told[best] - self.slope * (cosines[best] - tenth)
        return min(
            self.slope * tenth + self.beside - deviations * self.spread,
            float(at_tenth.mean()) - deviations * float(at_tenth.std()),
        )


class Proposing:
    """Compares vectors that their codes propose. It may be asked from many threads."""

    def __init__(self, codes: Codes, vectors: Vectors, info: SpaceInfo) -> None:
        self._codes = codes
        self._vectors = vectors
        self._least_compared = info.compared
        self._few = _FEW_A_ROOT * math.sqrt(info.passages)
        # So many deviations below the mean of a normal distribution leave a share above them. Of what a search without
        # filters misses a third may be missed so, since what is near is told less well than most.
        recall = _MOST_RECALL if info.recall is None else info.recall
        missed = (1 - max(_LEAST_RECALL, min(recall, _MOST_RECALL))) / 3
        self._deviations = NormalDist().inv_cdf(1 - missed)
        self._kept: tuple[NDArray[np.int64], Allowed] | None = None

    def compared(
        self, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the rows to compare for the best `limit`, in no order, and their cosines.

        `rows`, which rise, are those that are allowed; None means all. Rows that nobody may write to are those of every
        search without filters.
        """
        wanted = max(limit, self._least_compared)
        if rows is not None and len(rows) <= max(wanted, self._few):
            return rows, self._cosines(query, rows)
        allowed = None if rows is None else self._allowed(rows)
        found, told = self._codes.nearest(query, wanted, allowed)
        cosines = self._cosines(query, found)
        if rows is None or not rows.flags.writeable:
            return found, cosines
        return self._crowd(query, allowed, found, told, cosines)

    def _crowd(
        self,
        query: NDArray[np.float32],
        allowed: Allowed | None,
        found: NDArray[np.int64],
        told: NDArray[np.float32],
        cosines: NDArray[np.float32],
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return what was found, and the rows whose codes tell as much as those of the nearest may do.

        The more is found, the better it is known how much that is.
        """
        reached = float(told[-1])
        seen = np.zeros(len(self._vectors), dtype=np.bool_)
        seen[found] = True
        line = self._line(query)
        while (least := line.least(cosines, told, self._deviations)) < reached - _NEARLY * line.spread:
            more, told_of_more = self._codes.reaching(query, least, allowed)
            new = ~seen[more]
            more, reached = more[new], least
            seen[more] = True
            found, told = np.concatenate([found, more]), np.concatenate([told, told_of_more[new]])
            cosines = np.concatenate([cosines, self._cosines(query, more)])
        return found, cosines

    def _cosines(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return products(self._vectors, query, rows)

    def _allowed(self, rows: NDArray[np.int64]) -> Allowed:
        """Return the rows as codes are searched among them. Those of every search are marked once."""
        if rows.flags.writeable:
            return Allowed(rows, len(self._vectors))
        kept = self._kept
        if kept is None or kept[0] is not rows:
            kept = self._kept = rows, Allowed(rows, len(self._vectors))
        return kept[1]

    def _line(self, query: NDArray[np.float32]) -> _Line:
        """Return how what codes tell rises with the cosine, by least squares over some vectors of the space."""
        rows, decoded = self._sample
        told, cosines = self._codes.told(query, decoded).astype(np.float64), self._cosines(query, rows)
        away = cosines - cosines.mean(dtype=np.float64)
        slope = float(away @ told) / max(float(away @ away), np.finfo(np.float64).tiny)
        return _Line(slope, float(told.mean() - slope * cosines.mean()), float(np.std(told - slope * away)))

    @cached_property
    def _sample(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Some rows of the space, evenly spread, and their vectors as codes have them."""
        count = len(self._vectors)
        rows = np.linspace(0, count - 1, min(_SAMPLE, count)).astype(np.int64)
        return rows, self._codes.decoded(rows)
