"""Inverted lists for large vector spaces: how many, and how many of them a search must look into.

Comparing a query with all of 100,000 passages takes longer than everything else in a search. From LARGE passages on, a
space has lists beside its vectors, and the number of lists to look into is the least that finds RECALL of the
true ten nearest passages for a sample of its own sentences, which are about as short as queries.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.faiss import ROUNDING, candidates, listed_candidates, make_lists, write_lists

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.faiss import FlatIndex, ListedIndex

LARGE = 50_000
RECALL = 0.98

_NEAREST = 10
_QUERIES = 200
_LISTS_A_ROOT = 1


@dataclass(frozen=True, slots=True)
class Probing:
    """How many lists a search looks into, and the recall@10 that was measured so, from 0 to 1."""

    probes: int
    recall: float


def write_nearest(path: Path, vectors: NDArray[np.float32], flat: FlatIndex, asked: NDArray[np.float32]) -> Probing:
    """Write the lists of vectors, shape (count, dimension), and return how to look into them.

    `flat` has the same vectors; `asked`, shape (m, dimension), are what a sample is taken from to measure with.
    """
    lists = max(1, round(_LISTS_A_ROOT * math.sqrt(len(vectors))))
    index = make_lists(vectors, lists)
    write_lists(path, index)
    sample = asked[np.linspace(0, len(asked) - 1, min(_QUERIES, len(asked))).astype(np.int64)]
    least = [_cosines(vectors, query, candidates(flat, query, _NEAREST, None))[-1] for query in sample]
    probes = 8
    while True:
        recall = _recall(index, vectors, sample, least, probes)
        if recall >= RECALL or probes >= lists:
            return Probing(min(probes, lists), round(recall, 4))
        probes += max(1, probes // 4)


def _recall(
    index: ListedIndex, vectors: NDArray[np.float32], sample: NDArray[np.float32], least: list[np.float32], probes: int
) -> float:
    """Return the share of the nearest that are found: of vectors as near as the last of them, any may stand for it."""
    shares = []
    for query, worst in zip(sample, least, strict=True):
        found = _cosines(vectors, query, listed_candidates(index, query, 4 * _NEAREST, None, probes))
        shares.append(float((found >= worst - ROUNDING).sum()) / _NEAREST)
    return float(np.mean(shares))


def _cosines(
    vectors: NDArray[np.float32], query: NDArray[np.float32], numbers: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the cosines of the nearest of these vectors, falling, at most _NEAREST."""
    cosines: NDArray[np.float32] = np.sort(vectors[numbers] @ query)[::-1][:_NEAREST]
    return cosines
