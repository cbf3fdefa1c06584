"""Vectors in flat inner-product indexes on disk, and in inverted lists beside them. Owns faiss.

faiss only proposes here: `candidates` gives those that may be the best, with room for its rounding, and leaves it to
`vector_space` to decide among them. `listed_candidates` looks into the lists alone that lie nearest to the query, at
vectors rounded to a byte a dimension, and so may miss some.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

import faiss
import numpy as np

from indexer.errors import IndexDamagedError
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FlatIndex: TypeAlias = faiss.IndexFlat
ListedIndex: TypeAlias = faiss.IndexIVFScalarQuantizer

# How far the sums of faiss and those that decide may lie apart, with room to spare.
ROUNDING = 1e-5

# k-means: how often it goes over the sample, and how many vectors a centroid the sample has.
_ROUNDS = 8
_SAMPLE = 40


def write_flat(path: Path, vectors: NDArray[np.float32]) -> None:
    """Write vectors, shape (count, dimension), as a flat index."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    with writing(path, RuntimeError):
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


def make_lists(vectors: NDArray[np.float32], lists: int) -> ListedIndex:
    """Return inverted lists of vectors, shape (count, dimension): IVF with 8 bits a dimension, the same for the same.

    The centroids are those of k-means over a sample. IVF is Sivic and Zisserman, "Video Google", ICCV 2003.
    """
    dimension = vectors.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.niter, index.cp.seed, index.cp.spherical = _ROUNDS, 1, True
    index.cp.max_points_per_centroid = _SAMPLE
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index.train(np.ascontiguousarray(vectors, dtype=np.float32))
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def write_lists(path: Path, index: ListedIndex) -> None:
    """Write inverted lists."""
    with writing(path, RuntimeError):
        faiss.write_index(index, str(path))


def read_lists(path: Path, count: int, dimension: int) -> ListedIndex:
    """Map inverted lists into memory. Raises IndexDamagedError when they cannot be read or are of other vectors."""
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise damaged(path, "the lists of vectors cannot be read") from error
    if not isinstance(index, faiss.IndexIVFScalarQuantizer) or (index.ntotal, index.d) != (count, dimension):
        raise damaged(path, f"there are no lists of {count} vectors of {dimension} dimensions in it")
    return index


def listed_candidates(
    index: ListedIndex, query: NDArray[np.float32], limit: int, allowed: NDArray[np.bool_] | None, probes: int
) -> NDArray[np.int64]:
    """Return the numbers of the best `limit` vectors in the `probes` lists nearest to the query, unordered.

    They are fewer where these lists have fewer. `allowed` has shape (vectors,).
    """
    faiss.omp_set_num_threads(1)
    parameters = faiss.SearchParametersIVF()
    parameters.nprobe = probes
    if allowed is not None:
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters.sel = selector
    _, found = index.search(query[np.newaxis], limit, params=parameters)
    return np.asarray(found[0, found[0] >= 0], dtype=np.int64)


def damaged(path: Path, what: str) -> IndexDamagedError:
    """Return the error that says what is wrong with a file of a vector space."""
    return IndexDamagedError(what, where=str(path), mend="Make the index anew with: yuanhua index FOLDER --rebuild")
