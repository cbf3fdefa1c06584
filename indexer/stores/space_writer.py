"""Writes vector spaces: passage after passage, so that of a large space a few vectors are in memory at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.compact import CompactFile, read_compact
from indexer.stores.faiss import FlatFile
from indexer.stores.nearest import LARGE, MANY, QUERIES, RECALL, TrueNearest, write_nearest
from indexer.stores.space_files import (
    CODES,
    COMPACT_BITS,
    COMPACT_PASSAGES,
    COMPACT_SENTENCES,
    PASSAGES,
    SENTENCE_FIRSTS,
    SENTENCE_PLACES,
    SENTENCE_SPANS,
    SENTENCES,
)
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.compact import Vectors
    from indexer.stores.space_files import SentenceVectors

# Rows without a vector are filled up so many at a time.
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many sentences, in how many bits a dimension, and what `SpaceInfo` has of a large space."""

    sentences: int
    bits: int
    compared: int = 0
    recall: float | None = None


class SpaceWriter:
    """Writes the vectors of `passages` passages into a folder, which is made if need be.

    From `large` passages on a space is large: its vectors take a byte a dimension, it has codes, and what a search
    compares is measured with `asked`, the vectors of some queries, shape (m, dimension): so many that `recall` of the
    nearest are among them. From `many` on its codes are shorter. A smaller space keeps its vectors as they are, and in
    memory until they are written.
    """

    def __init__(
        self,
        folder: Path,
        passages: int,
        dimension: int,
        asked: NDArray[np.float32],
        *,
        large: int = LARGE,
        many: int = MANY,
        recall: float = RECALL,
    ) -> None:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._dimension = dimension
        self._large, self._many, self._recall = passages >= large, many, recall
        self._vectors = self._file(PASSAGES, COMPACT_PASSAGES)
        self._passages, self._next = passages, 0
        self._true = TrueNearest(asked)
        self._sentences: FlatFile | CompactFile | None = None
        self._rows: list[NDArray[np.int64]] = []
        self._spans: list[NDArray[np.int32]] = []

    def add(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Take in the vectors, shape (k, dimension), of rows that rise and follow those before; others are zero."""
        whole = np.zeros((int(rows[-1]) + 1 - self._next, self._dimension), dtype=np.float32)
        whole[rows - self._next] = vectors
        self._append(whole)

    def add_sentences(self, rows: NDArray[np.int64], vectors: NDArray[np.float32], spans: NDArray[np.int32]) -> None:
        """Take in the vectors, shape (k, dimension), and spans, shape (k, 2), of sentences in rows that never fall."""
        if self._sentences is None:
            self._sentences = self._file(SENTENCES, COMPACT_SENTENCES)
        self._sentences.append(vectors)
        self._rows.append(rows)
        self._spans.append(spans)

    def finish(self) -> Written:
        """Write what is left, and the codes of a large space, and return what there is."""
        while self._next < self._passages:
            self._append(np.zeros((min(_AT_ONCE, self._passages - self._next), self._dimension), dtype=np.float32))
        self._vectors.finish()
        sentences = self._finish_sentences() if self._sentences else 0
        if not self._large:
            return Written(sentences, 32)
        vectors = read_compact(self._folder / COMPACT_PASSAGES, self._passages, self._dimension)
        comparing = write_nearest(self._folder / CODES, vectors, self._true, many=self._many, recall=self._recall)
        return Written(sentences, COMPACT_BITS, comparing.compared, comparing.recall)

    def _append(self, vectors: NDArray[np.float32]) -> None:
        self._vectors.append(vectors)
        if self._large:
            self._true.see(self._next, vectors)
        self._next += len(vectors)

    def _finish_sentences(self) -> int:
        rows, spans = np.concatenate(self._rows), np.concatenate(self._spans)
        if self._sentences:
            self._sentences.finish()
        if self._large:
            firsts = np.zeros(self._passages + 1, dtype=np.int64)
            np.cumsum(np.bincount(rows, minlength=self._passages), out=firsts[1:])
            _save(self._folder / SENTENCE_FIRSTS, firsts)
            _save(self._folder / SENTENCE_SPANS, spans.astype(np.int32))
        else:
            _save(self._folder / SENTENCE_PLACES, np.column_stack([rows, spans]).astype(np.int64))
        return len(rows)

    def _file(self, flat: str, compact: str) -> FlatFile | CompactFile:
        if self._large:
            return CompactFile(self._folder / compact, self._dimension)
        return FlatFile(self._folder / flat, self._dimension)


def write_space(
    folder: Path,
    vectors: Vectors,
    sentences: SentenceVectors | None,
    *,
    large: int = LARGE,
    many: int = MANY,
    recall: float = RECALL,
) -> Written:
    """Write a space that is there as a whole: `vectors` has those of all passages, each of length 1.

    What a large space must compare is measured with some of its sentences, or else of its passages.
    """
    asked = vectors if sentences is None or not len(sentences.rows) else sentences.vectors
    sample = np.linspace(0, len(asked) - 1, min(QUERIES, len(asked))).astype(np.int64)
    writer = SpaceWriter(folder, len(vectors), vectors.shape[1], asked[sample], large=large, many=many, recall=recall)
    for start in range(0, len(vectors), _AT_ONCE):
        rows = np.arange(start, min(start + _AT_ONCE, len(vectors)), dtype=np.int64)
        writer.add(rows, vectors[rows])
    if sentences is not None:
        for start in range(0, len(sentences.rows), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            writer.add_sentences(sentences.rows[some], sentences.vectors[some], sentences.spans[some])
    return writer.finish()


def _save(path: Path, array: NDArray[np.generic]) -> None:
    """Write an array as `numpy.save` does, which does not tell what the system says where a disk is full."""
    rows = np.ascontiguousarray(array)
    with writing(path), path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(rows))
        file.write(rows.tobytes())
