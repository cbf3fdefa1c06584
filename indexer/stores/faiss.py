"""Vectors in flat inner-product indexes on disk, and as short codes beside them. Owns faiss.

faiss only proposes here: `candidates` gives those that may be the best, with room for its rounding, and leaves it to
`vector_space` to decide among them. `coded_candidates` compares the query with the codes alone, and so may miss some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import faiss
import numpy as np

from indexer.errors import IndexDamagedError
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

FlatIndex: TypeAlias = faiss.IndexFlat
CodedIndex: TypeAlias = faiss.IndexPQFastScan | faiss.IndexPreTransform

# How far the sums of faiss and those that decide may lie apart, with room to spare.
ROUNDING = 1e-5

# How many threads make many codes. Few are the work of one, as a query is: the others would only spin.
_THREADS = faiss.omp_get_max_threads()

# A code has 4 bits for each so many dimensions, found by k-means over a sample of so many vectors.
_DIMENSIONS_A_PART = 4
_BITS = 4
_SAMPLE = 20_000

# Shorter codes are of so much of the dimensions, turned so often to where the codes lose least.
_KEPT_OF_FOUR = 3
_TURNS = 12
_MEANS_A_TURN = 2

# So many vectors get their codes at once: as float32 of 512 dimensions they are 32 MiB.
_AT_ONCE = 16_384


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


def make_codes(
    count: int,
    dimension: int,
    vectors: Callable[[slice | NDArray[np.int64]], NDArray[np.float32]],
    *,
    shorter: bool = False,
) -> CodedIndex:
    """Return short codes of vectors, which `vectors` gives some at a time: product quantisation, the same for the same.

    Jégou, Douze and Schmid, "Product quantization for nearest neighbor search", PAMI 2011; with 4 bits a part the table
    of a query stays in registers: André, Kermarrec and Le Scouarnec, "Quick ADC", PAMI 2021. Codes that are `shorter`
    by a quarter tell nearly as much, because the vectors are turned first: Ge, He, Ke and Sun, "Optimized product
    quantization", PAMI 2014. To find how takes some ten seconds of the processor.
    """
    numbers = np.linspace(0, count - 1, min(_SAMPLE, count)).astype(np.int64)
    sample = np.ascontiguousarray(vectors(numbers), dtype=np.float32)
    index = _turned(sample) if shorter else _quantised(dimension)
    faiss.omp_set_num_threads(_THREADS if count > _SAMPLE else 1)
    index.train(sample)
    for start in range(0, count, _AT_ONCE):
        index.add(np.ascontiguousarray(vectors(slice(start, start + _AT_ONCE)), dtype=np.float32))
    return index


def _quantised(dimension: int) -> faiss.IndexPQFastScan:
    return faiss.IndexPQFastScan(dimension, _parts(dimension), _BITS, faiss.METRIC_INNER_PRODUCT)


def _turned(sample: NDArray[np.float32]) -> faiss.IndexPreTransform:
    dimension = sample.shape[1]
    kept = max(1, dimension * _KEPT_OF_FOUR // 4)
    turn = faiss.OPQMatrix(dimension, _parts(kept), kept)
    turn.niter, turn.niter_pq, turn.max_train_points = _TURNS, _MEANS_A_TURN, _SAMPLE
    # Without this it would turn vectors for codes of 8 bits a part.
    codes = faiss.ProductQuantizer(kept, _parts(kept), _BITS)
    turn.pq = codes
    faiss.omp_set_num_threads(1)  # It is many small steps, for which threads would mostly wait for each other.
    turn.train(sample)
    turn.pq = None
    return faiss.IndexPreTransform(turn, _quantised(kept))


def _parts(dimension: int) -> int:
    most = max(1, dimension // _DIMENSIONS_A_PART)
    return next(some for some in range(most, 0, -1) if dimension % some == 0)


def write_codes(path: Path, index: CodedIndex) -> None:
    """Write short codes."""
    with writing(path, RuntimeError):
        faiss.write_index(index, str(path))


def read_codes(path: Path, count: int, dimension: int) -> CodedIndex:
    """Read short codes. Raises IndexDamagedError when they cannot be read or are of other vectors."""
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise damaged(path, "the codes of the vectors cannot be read") from error
    codes = faiss.downcast_index(index.index) if isinstance(index, faiss.IndexPreTransform) else index
    held = (index.ntotal, index.d) == (count, dimension) and isinstance(codes, faiss.IndexPQFastScan)
    if not held or not isinstance(index, CodedIndex):
        raise damaged(path, f"there are no codes of {count} vectors of {dimension} dimensions in it")
    return index


def coded_candidates(index: CodedIndex, query: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """Return the numbers of the best `limit` vectors as far as their codes tell, the best first."""
    faiss.omp_set_num_threads(1)
    _, found = index.search(query[np.newaxis], min(limit, index.ntotal))
    return np.asarray(found[0, found[0] >= 0], dtype=np.int64)


def damaged(path: Path, what: str) -> IndexDamagedError:
    """Return the error that says what is wrong with a file of a vector space."""
    return IndexDamagedError(what, where=str(path), mend="Make the index anew with: yuanhua index FOLDER --rebuild")
