"""Vector spaces: passages and their sentences as vectors, and the search among them.

faiss proposes, `products` decides: candidates are scored again one by one, always in the same order of additions, so
that equal vectors have equal scores wherever they stand, and ties always fall the same way.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Self

import numpy as np

from indexer.stores.at_hand import have_at_hand
from indexer.stores.codes import Codes
from indexer.stores.compact import products
from indexer.stores.faiss import candidates
from indexer.stores.proposing import Proposing
from indexer.stores.space_files import COMPACT_BITS, SentenceVectors, open_files

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Thread

    from numpy.typing import NDArray

    from indexer.stores.compact import Vectors
    from indexer.stores.filters import Filters
    from indexer.stores.manifest import SpaceInfo
    from indexer.stores.space_files import SpaceFiles

# How many sentences are fetched at first for each passage that is wanted.
SENTENCES_A_PASSAGE = 4

# Of more rows than so many only those are sorted that may be among the best: to sort 300,000 takes 33 ms.
_SORTED_AT_ONCE = 5000


class VectorSpace:
    """An opened vector space. It may be searched from many threads."""

    def __init__(self, info: SpaceInfo, files: SpaceFiles) -> None:
        self.info = info
        self._vectors = files.vectors
        self._sentences = files.sentences
        index = files.index
        self._index = Proposing(index, files.vectors, info) if isinstance(index, Codes) else index
        self._sentence_index = files.sentence_index
        self._left = Event()

    @classmethod
    def open(cls, folder: Path, info: SpaceInfo) -> Self:
        """Open what `SpaceWriter` wrote.

        Raises IndexDamagedError when a file is missing, unreadable, or not what `info` says.
        """
        return cls(info, open_files(folder, info))

    def search(
        self,
        query: NDArray[np.float32],
        limit: int,
        rows: NDArray[np.int64] | None,
        *,
        filters: Filters | None = None,  # noqa: ARG002 - for stores that filter themselves.
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows and their cosines by falling cosine, equal ones by rising row.

        `query` is of shape (dimension,). `rows` are the passages to search among; None means all. In a large space some
        may be missed, unless few rows are allowed: see `SpaceInfo.recall` and `proposing`.
        """
        if isinstance(self._index, Proposing):
            return best_rows(*self._index.compared(query, limit, rows), limit)
        allowed = None if rows is None else _mask(rows, self.info.passages)
        found = candidates(self._index, query, limit, allowed)
        return best_rows(found, self.scores(query, found), limit)

    def search_sentences(
        self, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows as `search` does, each by the cosine of its best sentence.

        Passages without a sentence are not found.
        """
        if self._sentences is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        firsts = self._sentences.firsts
        if self._sentence_index is None:
            among = np.arange(self.info.passages, dtype=np.int64) if rows is None else rows
            passages = among[firsts[among + 1] > firsts[among]]
            return best_rows(passages, self.sentence_scores(query, passages)[0], limit)
        allowed = None if rows is None else np.repeat(_mask(rows, self.info.passages), np.diff(firsts))
        wanted = limit * SENTENCES_A_PASSAGE
        while True:
            found = candidates(self._sentence_index, query, wanted, allowed)
            passages = np.unique(np.searchsorted(firsts, found, side="right") - 1)
            # Several sentences of one passage may crowd out others: fetch on until there are enough passages.
            if len(passages) >= limit or len(found) < wanted:
                scores, _ = self.sentence_scores(query, passages)
                return best_rows(passages, scores, limit)
            wanted *= 4

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each of k rows, shape (k,)."""
        return products(self._vectors, query, rows)

    def sentence_scores(
        self, query: NDArray[np.float32], rows: NDArray[np.int64], cosines: NDArray[np.float32] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return for each of k rows the cosine of its best sentence, shape (k,), and its span, shape (k, 2).

        The first of equally good sentences counts. A row without a sentence scores -1, the least cosine, with the span
        (0, 0). `cosines` are those of the rows, where they are known: in a large space, where each vector that is read
        costs, a passage that is one sentence is then not compared again, since that has its vector.
        """
        scores = np.full(len(rows), -1, dtype=np.float32)
        spans = np.zeros((len(rows), 2), dtype=np.int32)
        if self._sentences is None:
            return scores, spans
        first = self._sentences.firsts[rows]
        counts = self._sentences.firsts[rows + 1] - first
        compared = counts > 0
        if cosines is not None and self.info.bits == COMPACT_BITS:
            single = counts == 1
            scores[single], spans[single] = cosines[single], self._sentences.spans[first[single]]
            compared &= ~single
        if not compared.any():
            return scores, spans
        first, counts = first[compared], counts[compared]
        # The sentences of all rows stand one after another in `sentences`; `starts` is where each row begins.
        starts = np.cumsum(counts) - counts
        sentences = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        found = products(self._sentences.vectors, query, sentences)
        best = np.maximum.reduceat(found, starts)
        at_best = np.flatnonzero(found == np.repeat(best, counts))
        scores[compared] = best
        spans[compared] = self._sentences.spans[sentences[at_best[np.searchsorted(at_best, starts)]]]
        return scores, spans

    def vectors_of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of k passages, shape (k, dimension)."""
        return self._vectors[rows]

    def sentences_of(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return the vectors (k, dimension) and spans (k, 2) of the sentences of a passage, in their order."""
        if self._sentences is None:
            return self._vectors[:0], np.empty((0, 2), np.int32)
        first, last = self._sentences.firsts[row : row + 2].tolist()
        return self._sentences.vectors[first:last], self._sentences.spans[first:last]

    def sample(self, count: int) -> NDArray[np.float32]:
        """Return the vectors of about `count` passages, evenly spread."""
        return self._vectors[:: max(1, len(self._vectors) // count)]

    def sentence_sample(self, count: int) -> NDArray[np.float32] | None:
        """Return the vectors of about `count` sentences, evenly spread; None where sentences have none."""
        if self._sentences is None:
            return None
        return self._sentences.vectors[:: max(1, len(self._sentences.vectors) // count)]

    def vectors(self) -> Vectors:
        """Return the vectors of all passages, shape (passages, dimension): a view of the mapped file."""
        return self._vectors

    def sentences(self) -> SentenceVectors | None:
        """Return the vectors of all sentences, or None if there are none: a view of the mapped file."""
        if self._sentences is None:
            return None
        rows = np.repeat(np.arange(self.info.passages, dtype=np.int64), np.diff(self._sentences.firsts))
        return SentenceVectors(self._sentences.vectors, rows, self._sentences.spans)

    def read_ahead(self) -> Thread | None:
        """Have the vectors of a large space in memory soon; return the thread that does so, if any does."""
        sentences = () if self._sentences is None else (self._sentences.vectors,)
        return have_at_hand((self._vectors, *sentences), self._left)

    def close(self) -> None:
        """Let go of the files, as soon as nobody holds a view of them. Nothing may be asked afterwards."""
        self._left.set()
        del self._vectors, self._sentence_index, self._sentences, self._index


def best_rows(
    rows: NDArray[np.int64], scores: NDArray[np.float32], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the best rows and their scores by falling score, equal ones by rising row, at most `limit`."""
    if len(rows) > _SORTED_AT_ONCE > limit > 0:
        good = scores >= np.partition(scores, -limit)[-limit]
        rows, scores = rows[good], scores[good]
    order = np.lexsort((rows, -scores))[:limit]
    return rows[order], scores[order]


def _mask(rows: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[rows] = True
    return mask
