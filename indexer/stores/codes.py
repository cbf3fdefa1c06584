"""Short codes of many vectors, which tell about how near each is to a query. This module and `faiss` own that library.

Codes only propose, and may miss some: `vector_space` compares the vectors themselves that seem nearest by them. They
are written as one run, and searched as the one list of an inverted file, since faiss has a selector in that alone.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import faiss
import numpy as np

from indexer.beside import beside, cores
from indexer.stores.faiss import damaged
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

CodedIndex: TypeAlias = faiss.IndexPQFastScan | faiss.IndexPreTransform

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

# From so many codes on, a second processor goes through half of them: it takes each a millisecond or more.
_HALVED = 400_000


class Allowed:
    """Some of the numbers of vectors, for a search that shall find none of the others."""

    def __init__(self, numbers: NDArray[np.int64], count: int) -> None:
        """`count` is that of all vectors."""
        mask = np.zeros(count, dtype=np.bool_)
        mask[numbers] = True
        self._bits = np.packbits(mask, bitorder="little")  # faiss reads them as long as it searches.
        selector = faiss.IDSelectorBitmap(len(self._bits), faiss.swig_ptr(self._bits))
        self.parameters = faiss.SearchParametersIVF(sel=selector)  # type: ignore[call-arg]  # Its stubs lack it.


class Codes:
    """The codes of vectors, in memory. They may be searched from many threads."""

    def __init__(self, index: CodedIndex, *, halved: int = _HALVED) -> None:
        """Take over the codes of an index; from `halved` on they are searched by two threads."""
        self._whole = index  # It owns what turns.
        self._turn, codes = _turn_and_codes(index)
        self._count = codes.ntotal
        self._lists = _lists(codes, 2 if self._count >= halved and cores() > 1 else 1)
        codes.reset()

    def nearest(
        self, query: NDArray[np.float32], limit: int, allowed: Allowed | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the numbers of the best `limit` vectors as far as their codes tell, and what these tell, falling.

        `query` is of shape (dimension,). Of fewer that are allowed all are returned.
        """
        wanted = min(limit, self._count)
        numbers, scores = self._found(partial(_searched, self._asked(query), wanted, allowed))
        if len(self._lists) == 1:
            return numbers, scores
        best = np.argsort(-scores, kind="stable")[:wanted]
        return numbers[best], scores[best]

    def reaching(
        self, query: NDArray[np.float32], least: float, allowed: Allowed | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the numbers of all vectors whose codes tell more than `least`, and what they tell, in no order."""
        return self._found(partial(_reaching, self._asked(query), least, allowed))

    def decoded(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of k numbers as their codes have them, for `told`."""
        vectors = np.empty((len(numbers), self._lists[0].codes.d), dtype=np.float32)
        for vector, number in zip(vectors, numbers.tolist(), strict=True):
            first, codes = next(one for one in reversed(self._lists) if one.first <= number)
            codes.reconstruct_from_offset(0, number - first, faiss.swig_ptr(vector))
        return vectors

    def told(self, query: NDArray[np.float32], decoded: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the codes of decoded vectors tell, shape (k,)."""
        scores: NDArray[np.float32] = decoded @ self._asked(query)[0]
        return scores

    def _asked(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        asked: NDArray[np.float32] = query[np.newaxis] if self._turn is None else self._turn.apply(query[np.newaxis])
        return asked

    def _found(
        self, search: Callable[[faiss.IndexIVFPQFastScan], tuple[NDArray[np.float32], NDArray[np.int64]]]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the numbers and scores that are found in the lists, one list after another."""
        others = [beside(partial(search, one.codes)) for one in self._lists[1:]]
        found = [search(self._lists[0].codes), *(other() for other in others)]
        scores, numbers = (np.concatenate(one) for one in zip(*found, strict=True)) if others else found[0]
        return numbers, scores


def _searched(
    asked: NDArray[np.float32], limit: int, allowed: Allowed | None, index: faiss.IndexIVFPQFastScan
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the scores and numbers of the best vectors of a list, falling."""
    faiss.omp_set_num_threads(1)
    parameters = None if allowed is None else allowed.parameters
    scores, numbers = index.search(asked, min(limit, index.ntotal), params=parameters)
    held = numbers[0] >= 0
    return scores[0, held], numbers[0, held]


def _reaching(
    asked: NDArray[np.float32], least: float, allowed: Allowed | None, index: faiss.IndexIVFPQFastScan
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the scores and numbers of all vectors of a list that are better than `least`."""
    faiss.omp_set_num_threads(1)
    parameters = None if allowed is None else allowed.parameters
    _, scores, numbers = index.range_search(asked, least, params=parameters)
    return scores, numbers


class _List(NamedTuple):
    """An inverted file of one list, and the number of the first vector in it."""

    first: int
    codes: faiss.IndexIVFPQFastScan


def _lists(codes: faiss.IndexPQFastScan, count: int) -> tuple[_List, ...]:
    """Return the codes in so many lists. Codes stand in blocks, which stay whole."""
    held = faiss.AlignedTable_to_array(codes.codes)
    blocks = -(-codes.ntotal // codes.bbs)
    ends = [blocks * number // count for number in range(count + 1)]
    return tuple(_list(codes, held, start, end) for start, end in pairwise(ends))


def _list(codes: faiss.IndexPQFastScan, held: NDArray[np.uint8], start: int, end: int) -> _List:
    """Return some blocks of the codes in a list. Its centre is zero: it adds nothing to what the codes tell."""
    centre = faiss.IndexFlatIP(codes.d)
    centre.add(np.zeros((1, codes.d), dtype=np.float32))
    index = faiss.IndexIVFPQFastScan(centre, codes.d, 1, codes.M, _BITS, codes.metric_type, codes.bbs)
    index.by_residual, index.pq, index.is_trained = False, codes.pq, True
    first = start * codes.bbs
    index.ntotal = max(0, min(end * codes.bbs, codes.ntotal) - first)
    content = faiss.downcast_InvertedLists(index.invlists)  # type: ignore[arg-type]  # Its stubs think it may be None.
    content.resize(0, index.ntotal)
    if index.ntotal:
        size = content.block_size  # type: ignore[attr-defined]  # Its stubs lack it.
        faiss.rev_swig_ptr(content.get_codes(0), (end - start) * size)[:] = held[start * size : end * size]
        faiss.rev_swig_ptr(content.get_ids(0), index.ntotal)[:] = np.arange(first, first + index.ntotal)
    return _List(first, index)


def _turn_and_codes(index: CodedIndex) -> tuple[faiss.VectorTransform | None, faiss.IndexPQFastScan]:
    """Return what turns vectors before they get codes, if anything does, and the codes."""
    if isinstance(index, faiss.IndexPreTransform):
        turn = index.chain.at(0)  # type: ignore[attr-defined]  # Its stubs take it for a list.
        return faiss.downcast_VectorTransform(turn), cast("faiss.IndexPQFastScan", faiss.downcast_index(index.index))
    return None, index


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


def read_codes(path: Path, count: int, dimension: int) -> Codes:
    """Read short codes. Raises IndexDamagedError when they cannot be read or are of other vectors."""
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise damaged(path, "the codes of the vectors cannot be read") from error
    if not isinstance(index, CodedIndex) or (index.ntotal, index.d) != (count, dimension):
        raise damaged(path, f"there are no codes of {count} vectors of {dimension} dimensions in it")
    if not isinstance(_turn_and_codes(index)[1], faiss.IndexPQFastScan):
        raise damaged(path, "the codes are of another kind")
    try:
        return Codes(index)
    except ValueError as error:  # numpy's, where there are fewer or more codes than vectors.
        raise damaged(path, f"there are not the codes of {count} vectors in it") from error
