"""Vectors in flat inner-product indexes on disk, mapped into memory. Owns faiss.

faiss only proposes here: `candidates` gives those that may be the best, with room for its rounding, and leaves it to
`vector_space` to decide among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import faiss
import numpy as np

from indexer.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FlatIndex: TypeAlias = faiss.IndexFlat

# How far the sums of faiss and those that decide may lie apart, with room to spare.
ROUNDING = 1e-5


def write_flat(path: Path, vectors: NDArray[np.float32]) -> None:
    """Write vectors, shape (count, dimension), as a flat index."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(path))


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


def damaged(path: Path, what: str) -> IndexDamagedError:
    """Return the error that says what is wrong with a file of a vector space."""
    return IndexDamagedError(what, where=str(path), mend="Make the index anew with: yuanhua index FOLDER --rebuild")
