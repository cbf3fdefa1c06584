"""Short codes for large vector spaces: how many of the vectors that seem nearest by them a search must compare.

Comparing a query with all of 100,000 passages takes longer than everything else in a search. From LARGE passages on, a
space has a code of each vector beside it, an eighth of a byte a dimension, and a search compares those vectors alone
whose codes come nearest. How many these must be is measured: the least that finds RECALL of the true ten nearest
passages for a sample of its own sentences, which are about as short as queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.faiss import (
    ROUNDING,
    candidates,
    coded_candidates,
    inner_products,
    make_codes,
    write_codes,
)

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.faiss import CodedIndex, FlatIndex

LARGE = 50_000
RECALL = 0.99

LEAST = 1000
"""How many vectors a search compares at least."""

_NEAREST = 10
_QUERIES = 200


@dataclass(frozen=True, slots=True)
class Comparing:
    """How many vectors a search compares, and the recall@10 that was measured so, from 0 to 1."""

    compared: int
    recall: float


def write_nearest(path: Path, vectors: NDArray[np.float32], flat: FlatIndex, asked: NDArray[np.float32]) -> Comparing:
    """Write the codes of vectors, shape (count, dimension), and return how many of these a search must compare.

    `flat` has the same vectors; `asked`, shape (m, dimension), are what a sample is taken from to measure with.
    """
    index = make_codes(vectors)
    write_codes(path, index)
    sample = asked[np.linspace(0, len(asked) - 1, min(_QUERIES, len(asked))).astype(np.int64)]
    least = [_cosines(vectors, query, candidates(flat, query, _NEAREST, None))[-1] for query in sample]
    compared = min(LEAST, len(vectors))
    while True:
        recall = _recall(index, vectors, sample, least, compared)
        if recall >= RECALL or compared >= len(vectors):
            return Comparing(compared, round(recall, 4))
        compared = min(2 * compared, len(vectors))


def _recall(
    index: CodedIndex, vectors: NDArray[np.float32], sample: NDArray[np.float32], least: list[np.float32], compared: int
) -> float:
    """Return the share of the nearest that are found: of vectors as near as the last of them, any may stand for it."""
    shares = []
    for query, worst in zip(sample, least, strict=True):
        found = _cosines(vectors, query, coded_candidates(index, query, compared))
        shares.append(float((found >= worst - ROUNDING).sum()) / _NEAREST)
    return float(np.mean(shares))


def _cosines(
    vectors: NDArray[np.float32], query: NDArray[np.float32], numbers: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the cosines of the nearest of these vectors, falling, at most _NEAREST."""
    cosines: NDArray[np.float32] = np.sort(inner_products(vectors, query, numbers))[::-1][:_NEAREST]
    return cosines
