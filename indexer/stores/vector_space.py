"""Vector spaces: passages and their sentences as vectors, on disk, and the search among them.

A vector space is a folder: `passages.faiss` has one vector a passage, at its row; `sentences.faiss` has one
a sentence, and `sentences.npy` says of each which passage it stands in and where. A large one has `codes.faiss` too:
see `nearest`.

faiss proposes, `inner_products` decides: candidates are scored again one by one, always in the same order of
additions, so that equal vectors have equal scores wherever they stand, and ties always fall the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from indexer.stores.faiss import (
    CodedIndex,
    FlatIndex,
    candidates,
    coded_candidates,
    damaged,
    inner_products,
    read_codes,
    read_flat,
    vectors_of,
    write_flat,
)
from indexer.stores.nearest import LARGE, Comparing, write_nearest

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters
    from indexer.stores.manifest import SpaceInfo

PASSAGES = "passages.faiss"
SENTENCES = "sentences.faiss"
SENTENCE_PLACES = "sentences.npy"
CODES = "codes.faiss"

# How many sentences are fetched at first for each passage that is wanted.
SENTENCES_A_PASSAGE = 4

# Allowed rows are compared one by one where they are fewer than so many for each root of the size of a large space:
# where that takes as long as to go through all codes and to sort what comes nearest until enough are allowed.
_FEW_A_ROOT = 20
_ROOM = 1.25


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """The vectors of m sentences, ordered by passage.

    `vectors` is float32 of shape (m, dimension). `rows`, int64 of shape (m,), gives the passage of each and
    never falls. `spans`, int32 of shape (m, 2), gives start and end in code points of the passage's text.
    """

    vectors: NDArray[np.float32]
    rows: NDArray[np.int64]
    spans: NDArray[np.int32]


def write_space(
    folder: Path, vectors: NDArray[np.float32], sentences: SentenceVectors | None, *, large: int | None = None
) -> Comparing | None:
    """Write a vector space into a folder, which is made if need be.

    `vectors` is of shape (passages, dimension), each of length 1. From `large` passages on (LARGE unless
    given), codes are written too, and what is returned says how many vectors a search compares.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_flat(folder / PASSAGES, vectors)
    if sentences is not None:
        write_flat(folder / SENTENCES, sentences.vectors)
        places = np.column_stack([sentences.rows, sentences.spans]).astype(np.int64)
        np.save(folder / SENTENCE_PLACES, places, allow_pickle=False)
    if len(vectors) < (LARGE if large is None else large):
        return None
    asked = sentences.vectors if sentences is not None and len(sentences.vectors) else vectors
    flat = read_flat(folder / PASSAGES, len(vectors), vectors.shape[1])
    return write_nearest(folder / CODES, vectors, flat, asked)


class VectorSpace:
    """An opened vector space. It may be searched from many threads."""

    def __init__(
        self,
        info: SpaceInfo,
        passages: FlatIndex,
        sentences: tuple[FlatIndex, SentenceVectors] | None,
        codes: CodedIndex | None = None,
    ) -> None:
        self.info = info
        self._codes = codes
        self._passages = passages
        self._vectors = vectors_of(passages)
        self._sentence_index = sentences[0] if sentences else None
        self._sentences = sentences[1] if sentences else None
        # Where the sentences of each passage begin, and, one further on, where they end.
        rows = sentences[1].rows if sentences else np.empty(0, np.int64)
        self._first = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=info.passages))])

    @classmethod
    def open(cls, folder: Path, info: SpaceInfo) -> Self:
        """Open what `write_space` wrote.

        Raises IndexDamagedError when a file is missing, unreadable, or not what `info` says.
        """
        passages = read_flat(folder / PASSAGES, info.passages, info.dimension)
        codes = read_codes(folder / CODES, info.passages, info.dimension) if info.compared else None
        if not info.sentences:
            return cls(info, passages, None, codes)
        index = read_flat(folder / SENTENCES, info.sentences, info.dimension)
        places = _read_places(folder / SENTENCE_PLACES, info)
        rows, spans = places[:, 0].copy(), places[:, 1:].astype(np.int32)
        return cls(info, passages, (index, SentenceVectors(vectors_of(index), rows, spans)), codes)

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
        may be missed, unless few rows are allowed: see `SpaceInfo.recall`.
        """
        if self._codes is None:
            allowed = None if rows is None else _mask(rows, self.info.passages)
            found = candidates(self._passages, query, limit, allowed)
        else:
            found = self._by_codes(self._codes, query, limit, rows)
        return best_rows(found, self.scores(query, found), limit)

    def _by_codes(
        self, codes: CodedIndex, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> NDArray[np.int64]:
        """Return the rows to compare for the best `limit`, as many as the manifest says or all that are few."""
        compared = max(limit, self.info.compared)
        if rows is None:
            return coded_candidates(codes, query, compared)
        if len(rows) <= max(compared, _FEW_A_ROOT * math.sqrt(self.info.passages)):
            return rows
        fetched = math.ceil(_ROOM * compared * self.info.passages / len(rows))
        while True:
            found = coded_candidates(codes, query, fetched)
            found = found[_among(found, rows)][:compared]
            if len(found) >= limit or fetched >= self.info.passages:
                return found
            fetched *= 4

    def search_sentences(
        self, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows as `search` does, each by the cosine of its best sentence.

        Passages without a sentence are not found.
        """
        if self._sentences is None or self._sentence_index is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        allowed = None if rows is None else _mask(rows, self.info.passages)[self._sentences.rows]
        wanted = limit * SENTENCES_A_PASSAGE
        while True:
            found = candidates(self._sentence_index, query, wanted, allowed)
            passages = np.unique(self._sentences.rows[found])
            # Several sentences of one passage may crowd out others: fetch on until there are enough passages.
            if len(passages) >= limit or len(found) < wanted:
                scores, _ = self.sentence_scores(query, passages)
                return best_rows(passages, scores, limit)
            wanted *= 4

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each of k rows, shape (k,)."""
        return inner_products(self._vectors, query, rows)

    def sentence_scores(
        self, query: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return for each of k rows the cosine of its best sentence, shape (k,), and its span, shape (k, 2).

        The first of equally good sentences counts. A row without a sentence scores -1, the least cosine,
        with the span (0, 0).
        """
        scores = np.full(len(rows), -1, dtype=np.float32)
        spans = np.zeros((len(rows), 2), dtype=np.int32)
        if self._sentences is None:
            return scores, spans
        first = self._first[rows]
        counts = self._first[rows + 1] - first
        has = counts > 0
        if not has.any():
            return scores, spans
        first, counts = first[has], counts[has]
        # The sentences of all rows stand one after another in `sentences`; `starts` is where each row begins.
        starts = np.cumsum(counts) - counts
        sentences = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        cosines = inner_products(self._sentences.vectors, query, sentences)
        best = np.maximum.reduceat(cosines, starts)
        at_best = np.flatnonzero(cosines == np.repeat(best, counts))
        scores[has] = best
        spans[has] = self._sentences.spans[sentences[at_best[np.searchsorted(at_best, starts)]]]
        return scores, spans

    def vectors_of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of k passages, shape (k, dimension)."""
        found: NDArray[np.float32] = self._vectors[rows]
        return found

    def sentences_of(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return the vectors (k, dimension) and spans (k, 2) of the sentences of a passage, in their order."""
        if self._sentences is None:
            return self._vectors[:0], np.empty((0, 2), np.int32)
        first, last = np.searchsorted(self._sentences.rows, [row, row + 1])
        return self._sentences.vectors[first:last], self._sentences.spans[first:last]

    def sample(self, count: int) -> NDArray[np.float32]:
        """Return the vectors of about `count` passages, evenly spread."""
        return self._vectors[:: max(1, len(self._vectors) // count)]

    def sentence_sample(self, count: int) -> NDArray[np.float32] | None:
        """Return the vectors of about `count` sentences, evenly spread; None where sentences have none."""
        if self._sentences is None:
            return None
        return self._sentences.vectors[:: max(1, len(self._sentences.vectors) // count)]

    def vectors(self) -> NDArray[np.float32]:
        """Return the vectors of all passages, shape (passages, dimension): a view of the mapped file."""
        return self._vectors

    def sentences(self) -> SentenceVectors | None:
        """Return the vectors of all sentences, or None if there are none: a view of the mapped file."""
        return self._sentences

    def close(self) -> None:
        """Let go of the files, as soon as nobody holds a view of them. Nothing may be asked afterwards."""
        del self._passages, self._vectors, self._sentence_index, self._sentences, self._codes


def best_rows(
    rows: NDArray[np.int64], scores: NDArray[np.float32], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the best rows and their scores by falling score, equal ones by rising row, at most `limit`."""
    order = np.lexsort((rows, -scores))[:limit]
    return rows[order], scores[order]


def _mask(rows: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=np.bool_)
    mask[rows] = True
    return mask


def _among(found: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of those found are among the rows, which rise and are some."""
    places = np.minimum(np.searchsorted(rows, found), len(rows) - 1)
    among: NDArray[np.bool_] = rows[places] == found
    return among


def _read_places(path: Path, info: SpaceInfo) -> NDArray[np.int64]:
    try:
        places: NDArray[np.int64] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise damaged(path, "the places of the sentences cannot be read") from error
    if places.shape != (info.sentences, 3) or places.dtype != np.int64:
        raise damaged(path, f"there are not {info.sentences} places of sentences")
    rows = places[:, 0]
    if rows[0] < 0 or rows[-1] >= info.passages or (np.diff(rows) < 0).any():
        raise damaged(path, "the places of the sentences do not fit the passages")
    return places
