"""Short codes of many vectors, which tell about how near each is to a query. This module and `faiss` own that library.

Codes only propose, and may miss some: `vector_space` compares the vectors themselves that seem nearest by them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

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


class Codes:
    """The codes of vectors, in memory. They may be searched from many threads."""

    def __init__(self, index: CodedIndex, *, halved: int = _HALVED) -> None:
        """Take over the codes of an index; from `halved` on they are searched by two threads."""
        self._whole = index
        self._turn, codes = _turn_and_codes(index)
        self._count = codes.ntotal
        two = self._count >= halved and cores() > 1
        self._halves = _halves(codes) if two else ((0, codes),)
        if two:
            codes.reset()

    def nearest(self, query: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
        """Return the numbers of the best `limit` vectors as far as their codes tell, the best first.

        `query` is of shape (dimension,).
        """
        asked = query[np.newaxis] if self._turn is None else self._turn.apply(query[np.newaxis])
        wanted = min(limit, self._count)
        others = [beside(partial(_searched, *half, asked, wanted)) for half in self._halves[1:]]
        found = [_searched(*self._halves[0], asked, wanted), *(other() for other in others)]
        if not others:
            return found[0][0]
        numbers, scores = (np.concatenate(one) for one in zip(*found, strict=True))
        best: NDArray[np.int64] = numbers[np.argsort(-scores, kind="stable")[:wanted]]
        return best


def _searched(
    first: int, codes: faiss.IndexPQFastScan, asked: NDArray[np.float32], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the numbers and scores of the best vectors of an index whose own begin at the number `first`."""
    faiss.omp_set_num_threads(1)
    scores, found = codes.search(asked, min(limit, codes.ntotal))
    held = found[0] >= 0
    return found[0, held] + first, scores[0, held]


def _halves(codes: faiss.IndexPQFastScan) -> tuple[tuple[int, faiss.IndexPQFastScan], ...]:
    """Return the codes in two indexes, each with the number of its first. Codes stand in blocks, which stay whole."""
    held = faiss.AlignedTable_to_array(codes.codes)
    blocks = -(-codes.ntotal // codes.bbs)
    size = len(held) // blocks
    halves = []
    for start, end in ((0, blocks // 2), (blocks // 2, blocks)):
        half = faiss.IndexPQFastScan(codes.d, codes.M, _BITS, codes.metric_type)
        half.pq, half.is_trained = codes.pq, True
        half.ntotal = min(end * codes.bbs, codes.ntotal) - start * codes.bbs
        half.ntotal2 = (end - start) * codes.bbs  # type: ignore[attr-defined]  # Its stubs lack it.
        faiss.copy_array_to_AlignedTable(held[start * size : end * size], half.codes)
        halves.append((start * codes.bbs, half))
    return tuple(halves)


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
    return Codes(index)
