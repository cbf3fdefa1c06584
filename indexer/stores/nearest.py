"""Short codes for large vector spaces: how many of the vectors that seem nearest by them a search must compare.

Comparing a query with all of 100,000 passages takes longer than everything else in a search. From LARGE passages on, a
space has a code of each vector beside it, an eighth of a byte a dimension, and a search compares those vectors alone
whose codes come nearest. From MANY on, where going through the codes takes longest, they are shorter by a quarter. How
many vectors are compared is measured: the least among which the wanted share of the true ten nearest passages is, for
some sentences of the space, which are about as short as queries. What is true is told by the vectors as they were
embedded, while they go by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer import settings
from indexer.stores.codes import Codes, make_codes, write_codes
from indexer.stores.faiss import ROUNDING, nearest_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.compact import CompactVectors

LARGE = 50_000
MANY = 500_000
RECALL = float(settings.RECALL.default)

LEAST = 1000
"""How many vectors a search compares at least."""

QUERIES = 200
"""How many queries are measured with."""

_NEAREST = 10
# Passages that are equal tie; so many of the nearest are kept while vectors go by.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Comparing:
    """How many vectors a search compares, and the recall@10 that was measured so, from 0 to 1."""

    compared: int
    recall: float


class TrueNearest:
    """The vectors nearest to some queries, shape (m, dimension), among all that were seen."""

    def __init__(self, queries: NDArray[np.float32]) -> None:
        self.queries = np.ascontiguousarray(queries, dtype=np.float32)
        self._rows = np.empty((len(queries), 0), dtype=np.int64)
        self._cosines = np.empty((len(queries), 0), dtype=np.float32)

    def see(self, first: int, vectors: NDArray[np.float32]) -> None:
        """Take in vectors, shape (k, dimension), which stand in the rows from `first` on."""
        if not (len(vectors) and len(self.queries)):
            return
        found, cosines = nearest_of(vectors, self.queries, _KEPT)
        rows = np.concatenate([self._rows, found + first], axis=1)
        cosines = np.concatenate([self._cosines, cosines], axis=1)
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :_KEPT]
        self._rows = np.take_along_axis(rows, order, axis=1)
        self._cosines = np.take_along_axis(cosines, order, axis=1)

    def rows(self, number: int) -> NDArray[np.int64]:
        """Return the ten rows nearest to a query, and those that come as near as the last of them."""
        cosines = self._cosines[number]
        last = cosines[min(_NEAREST, len(cosines)) - 1] if len(cosines) else 0
        near: NDArray[np.int64] = self._rows[number][cosines >= last - ROUNDING]
        return near


def write_nearest(
    path: Path, vectors: CompactVectors, true: TrueNearest, *, many: int = MANY, recall: float = RECALL
) -> Comparing:
    """Write the codes of vectors and return how many of these a search must compare.

    These are LEAST or more, as `recall` wants, which is all of them if need be. From `many` on, codes are shorter.
    """
    index = make_codes(*vectors.shape, vectors.__getitem__, shorter=len(vectors) >= many)
    write_codes(path, index)
    codes = Codes(index)
    compared = min(LEAST, len(vectors))
    while True:
        among, found = _recalls(codes, vectors, true, compared)
        if among >= recall or compared >= len(vectors):
            return Comparing(compared, round(found, 4))
        compared = min(2 * compared, len(vectors))


def _recalls(codes: Codes, vectors: CompactVectors, true: TrueNearest, compared: int) -> tuple[float, float]:
    """Return the share of the nearest that are among those compared, and of those that are the best ten of them.

    A vector that compares as one of the nearest does is as good: it is equal to it, or nearly so.
    """
    if not len(true.queries):
        return 1.0, 1.0
    among, best = [], []
    for number, query in enumerate(true.queries):
        nearest = vectors.inner_products(query, true.rows(number))
        cosines = vectors.inner_products(query, codes.nearest(query, compared)[0])
        wanted = min(_NEAREST, len(nearest))
        among.append(min(1.0, float(np.isin(cosines, nearest).sum()) / wanted))
        best.append(float(np.isin(np.sort(cosines)[::-1][:wanted], nearest).sum()) / wanted)
    return float(np.mean(among)), float(np.mean(best))
