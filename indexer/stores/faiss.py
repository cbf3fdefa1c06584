"""Vectors in flat inner-product indexes on disk. This module and `codes` own faiss.

faiss only proposes here: `candidates` gives those that may be the best, with room for its rounding, and leaves it to
`vector_space` to decide among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import faiss
import numpy as np

from indexer.errors import IndexDamagedError
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FlatIndex: TypeAlias = faiss.IndexFlat

# How far the sums of faiss and those that decide may lie apart, with room to spare.
ROUNDING = 1e-5


class FlatFile:
    """Gathers vectors and writes them as a flat index."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._path = path
        self._index = faiss.IndexFlatIP(dimension)

    def append(self, vectors: NDArray[np.float32]) -> None:
        """Take in vectors, shape (k, dimension), after those that are there."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def finish(self) -> None:
        """Write the file. Nothing may be appended afterwards."""
        with writing(self._path, RuntimeError):
            faiss.write_index(self._index, str(self._path))


def read_flat(path: Path, count: int, dimension: int) -> FlatIndex:
    """Map a flat index into memory: opening costs nothing and processes share the pages.

    Raises IndexDamagedError when it cannot be read or has not `count` vectors of `dimension`.
    """
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise damaged(path, "the vectors cannot be read") from error
    if not isinstance(index, faiss.IndexFlat) or (index.ntotal, index.d) != (count, dimension):
        found = f"{index.ntotal} vectors of {index.d} dimensions"
        raise damaged(path, f"there are {found}, expected {count} of {dimension} in a flat index")
    return index


class _Storage:
    """The vectors of a flat index for numpy, which keeps this and so the index as long as it has a view."""

    def __init__(self, index: FlatIndex) -> None:
        self._index = index
        vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        address, _ = vectors.__array_interface__["data"]
        self.__array_interface__ = {
            "data": (address, True),
            "shape": (index.ntotal, index.d),
            "typestr": vectors.dtype.str,
            "version": 3,
        }


def vectors_of(index: FlatIndex) -> NDArray[np.float32]:
    """Return the vectors of a flat index, shape (count, dimension), read-only and without copying them."""
    if index.ntotal == 0:
        return np.empty((0, index.d), dtype=np.float32)
    return np.asarray(_Storage(index), dtype=np.float32)


def candidates(
    index: FlatIndex, query: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    """Return the numbers of the best `limit` vectors, and of all that come as near as the last of these.

    They are unordered, and fewer than `limit` only when no more are allowed. `allowed` has shape (vectors,).
    """
    # A single query is one thread's work; the others would only spin. Two took six times as long as one.
    faiss.omp_set_num_threads(1)
    available = index.ntotal if allowed is None else int(allowed.sum())
    parameters = None
    if allowed is not None:
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters()
        parameters.sel = selector
    limit = min(limit, available)
    fetched = min(limit + 16, available)
    while fetched:
        scores, found = index.search(query[np.newaxis], fetched, params=parameters)
        if fetched == available or scores[0, -1] < scores[0, limit - 1] - ROUNDING:
            near = scores[0] >= scores[0, limit - 1] - ROUNDING
            return np.asarray(found[0, near], dtype=np.int64)
        fetched = min(4 * fetched, available)
    return np.empty(0, np.int64)


def inner_products(
    vectors: NDArray[np.float32], query: NDArray[np.float32], numbers: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the inner products of some of the vectors, by their numbers, with a query, shape (numbers,).

    None of them is copied, and all are summed up in the same order, so that equal vectors have equal products. Raises
    IndexError for a number that no vector has.
    """
    products = np.empty(len(numbers), dtype=np.float32)
    if len(numbers):
        if numbers.min() < 0 or numbers.max() >= len(vectors):
            raise IndexError(f"there are {len(vectors)} vectors")
        wanted = np.ascontiguousarray(numbers, dtype=np.int64)
        asked = np.ascontiguousarray(query, dtype=np.float32)
        faiss.omp_set_num_threads(1)
        pointers = [faiss.swig_ptr(array) for array in (products, asked, vectors, wanted)]
        faiss.fvec_inner_products_by_idx(  # type: ignore[attr-defined]  # faiss's stubs lack it.
            *pointers, vectors.shape[1], 1, len(wanted)
        )
    return products


def nearest_of(
    vectors: NDArray[np.float32], queries: NDArray[np.float32], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the numbers and cosines of the `count` vectors nearest to each query, falling: shape (queries, count).

    `queries` are of shape (queries, dimension); of fewer than `count` vectors all are returned.
    """
    faiss.omp_set_num_threads(1)
    wanted = min(count, len(vectors))
    cosines, found = faiss.knn(queries, np.ascontiguousarray(vectors), wanted, metric=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(found, dtype=np.int64), np.asarray(cosines, dtype=np.float32)


def damaged(path: Path, what: str) -> IndexDamagedError:
    """Return the error that says what is wrong with a file of a vector space."""
    return IndexDamagedError(what, where=str(path), mend="Make the index anew with: yuanhua index FOLDER --rebuild")
