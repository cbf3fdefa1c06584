"""Vector spaces in Milvus: one collection with a vector a passage, another with a vector a sentence.

Passages that no search may find (courtesies) have no vector there. Filters come as the rows that they keep: as ranges
where these are few, as the filters themselves where the rows are many.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.faiss import inner_products
from indexer.stores.milvus_collection import MOST_RESULTS
from indexer.stores.milvus_errors import half_written
from indexer.stores.milvus_expressions import either
from indexer.stores.milvus_queries import filter_expression
from indexer.stores.milvus_space_writer import VECTOR
from indexer.stores.space_files import SentenceVectors
from indexer.stores.vector_space import SENTENCES_A_PASSAGE, best_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters
    from indexer.stores.manifest import SpaceInfo
    from indexer.stores.milvus_space_writer import SpaceCollections

_MOST_RANGES = 200
_ROWS_AT_ONCE = 10_000
_SCORED_AT_ONCE = 1_000
_QUERIES_KEPT = 32


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out for one query: cosines of passages, and cosine, start and end of the best sentence of each."""

    passages: dict[int, float]
    sentences: dict[int, tuple[float, int, int]]


class MilvusSpace:
    """A vector space in Milvus. `searchable` are the rows that have a vector, rising; None when all have."""

    def __init__(self, info: SpaceInfo, collections: SpaceCollections, searchable: NDArray[np.int64] | None) -> None:
        self._info = info
        self._passages = collections.passages
        self._sentences = collections.sentences
        self._searchable = searchable
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        expected = info.passages if searchable is None else len(searchable)
        for collection, count in ((self._passages, expected), (self._sentences, info.sentences)):
            if count and not collection.exists():
                raise half_written(collection.name, "is not there")
            if count:
                collection.load()
                if (there := collection.count()) != count:
                    raise half_written(collection.name, f"holds {there} of {count} vectors")

    @property
    def info(self) -> SpaceInfo:
        """What there is in the space."""
        return self._info

    def search(
        self,
        query: NDArray[np.float32],
        limit: int,
        rows: NDArray[np.int64] | None,
        *,
        filters: Filters | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows and their cosines by falling cosine, equal ones by rising row.

        In a space of more than 50,000 passages Milvus's graph may miss some.
        """
        parts = [
            self._passages.search(VECTOR, [query.tolist()], limit, where=where)[0]
            for where in self._expressions(rows, filters)
        ]
        found = np.concatenate([np.empty(0, np.int64), *(part.rows for part in parts)])
        scores = np.concatenate([np.empty(0, np.float32), *(part.scores for part in parts)])
        self._of(query).passages.update(zip(found.tolist(), scores.tolist(), strict=True))
        return best_rows(found, scores, limit)

    def search_sentences(
        self, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows as `search` does, each by the cosine of its best sentence."""
        if not self._info.sentences:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found = [np.empty(0, np.int64)]
        for where in self._expressions(rows, None):
            wanted = limit * SENTENCES_A_PASSAGE
            while True:
                (put,) = self._sentences.search(VECTOR, [query.tolist()], wanted, where=where)
                passages = np.unique([int(record["row"]) for record in put.records]).astype(np.int64)
                if len(passages) >= limit or len(put.records) < min(wanted, MOST_RESULTS):
                    found.append(passages)
                    break
                wanted *= 4
        passages = np.unique(np.concatenate(found))
        scores, _ = self.sentence_scores(query, passages)
        return best_rows(passages, scores, limit)

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each of k rows, shape (k,); those that a search with this query has found are known."""
        known = self._of(query).passages
        missing = np.array([row for row in rows.tolist() if row not in known], dtype=np.int64)
        if len(missing):
            cosines = inner_products(self.vectors_of(missing), query, np.arange(len(missing)))
            known.update(zip(missing.tolist(), cosines.tolist(), strict=True))
        return np.array([known[row] for row in rows.tolist()], dtype=np.float32)

    def sentence_scores(
        self,
        query: NDArray[np.float32],
        rows: NDArray[np.int64],
        cosines: NDArray[np.float32] | None = None,  # noqa: ARG002 - for stores that have the vectors at hand.
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return for each of k rows the cosine of its best sentence, shape (k,), and its span, shape (k, 2)."""
        known = self._of(query).sentences
        missing = np.array([row for row in rows.tolist() if row not in known], dtype=np.int64)
        if len(missing) and self._info.sentences:
            best: dict[int, tuple[float, int, int, int]] = {}
            for number, row, score, start, end in self._near_sentences(query, missing):
                best[row] = max(best.get(row, (-2.0, 0, 0, 0)), (score, -number, start, end))
            known.update((row, (score, start, end)) for row, (score, _, start, end) in best.items())
        none = (-1.0, 0, 0)
        found = [known.get(row, none) for row in rows.tolist()]
        scores = np.array([one[0] for one in found], dtype=np.float32)
        return scores, np.array([one[1:] for one in found], dtype=np.int32).reshape(-1, 2)

    def vectors_of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of k passages, shape (k, dimension); those that nobody may find are zero."""
        vectors = np.zeros((len(rows), self._info.dimension), dtype=np.float32)
        places: dict[int, list[int]] = {}
        for place, row in enumerate(rows.tolist()):
            places.setdefault(row, []).append(place)
        wanted = list(places)
        for start in range(0, len(wanted), _SCORED_AT_ONCE):
            where = f"row in {wanted[start : start + _SCORED_AT_ONCE]}"
            for record in self._passages.query(where, ("row", VECTOR)):
                vectors[places[int(record["row"])]] = record[VECTOR]
        return vectors

    def sentences_of(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return the vectors (k, dimension) and spans (k, 2) of the sentences of a passage, in their order."""
        if not self._info.sentences:
            return np.empty((0, self._info.dimension), np.float32), np.empty((0, 2), np.int32)
        records = self._sentences.query(f"row == {row}", ("number", "start", "end", VECTOR))
        records.sort(key=lambda record: int(record["number"]))
        vectors = np.array([record[VECTOR] for record in records], dtype=np.float32)
        spans = np.array([(record["start"], record["end"]) for record in records], dtype=np.int32)
        return vectors.reshape(-1, self._info.dimension), spans.reshape(-1, 2)

    def sample(self, count: int) -> NDArray[np.float32]:
        """Return the vectors of about `count` passages, evenly spread."""
        step = max(1, self._info.passages // count)
        return self.vectors_of(np.arange(0, self._info.passages, step, dtype=np.int64))

    def sentence_sample(self, count: int) -> NDArray[np.float32] | None:
        """Return the vectors of about `count` sentences, evenly spread; None where sentences have none."""
        if not self._info.sentences:
            return None
        numbers = range(0, self._info.sentences, max(1, self._info.sentences // count))
        return self._sentence_vectors(f"number in {list(numbers)}").vectors[:]

    def vectors(self) -> NDArray[np.float32]:
        """Fetch the vectors of all passages, shape (passages, dimension)."""
        return self.vectors_of(np.arange(self._info.passages, dtype=np.int64))

    def sentences(self) -> SentenceVectors | None:
        """Fetch the vectors of all sentences; None if there are none."""
        if not self._info.sentences:
            return None
        parts = [
            self._sentence_vectors(f"number >= {first} and number < {first + _SCORED_AT_ONCE}")
            for first in range(0, self._info.sentences, _SCORED_AT_ONCE)
        ]
        return SentenceVectors(
            np.concatenate([part.vectors[:] for part in parts]),
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.spans for part in parts]),
        )

    def read_ahead(self) -> None:
        """Do nothing: Milvus keeps its vectors in memory itself."""

    def close(self) -> None:
        """Nothing is held here: the connection is its owner's."""

    def _of(self, query: NDArray[np.float32]) -> _Known:
        """Return what is known for a query; that of the last few is kept: one search asks for it several times."""
        key = query.tobytes()
        with self._lock:
            known = self._known.setdefault(key, _Known({}, {}))
            self._known.move_to_end(key)
            if len(self._known) > _QUERIES_KEPT:
                self._known.popitem(last=False)
        return known

    def _near_sentences(
        self, query: NDArray[np.float32], rows: NDArray[np.int64]
    ) -> Iterator[tuple[int, int, float, int, int]]:
        """Yield number, row, cosine, start and end of every sentence of these passages."""
        for start in range(0, len(rows), _SCORED_AT_ONCE):
            here = rows[start : start + _SCORED_AT_ONCE]
            (put,) = self._sentences.search(
                VECTOR, [query.tolist()], MOST_RESULTS, where=f"row in {here.tolist()}", output=("row", "start", "end")
            )
            if len(put.records) >= MOST_RESULTS and len(here) > 1:
                middle = len(here) // 2
                yield from self._near_sentences(query, here[:middle])
                yield from self._near_sentences(query, here[middle:])
                continue
            for number, score, record in zip(put.rows.tolist(), put.scores.tolist(), put.records, strict=True):
                yield number, int(record["row"]), score, int(record["start"]), int(record["end"])

    def _sentence_vectors(self, where: str) -> SentenceVectors:
        records = self._sentences.query(where, ("number", "row", "start", "end", VECTOR))
        records.sort(key=lambda record: int(record["number"]))
        return SentenceVectors(
            np.array([record[VECTOR] for record in records], dtype=np.float32).reshape(-1, self._info.dimension),
            np.array([record["row"] for record in records], dtype=np.int64),
            np.array([(record["start"], record["end"]) for record in records], dtype=np.int32).reshape(-1, 2),
        )

    def _expressions(self, rows: NDArray[np.int64] | None, filters: Filters | None) -> list[str]:
        """Return expressions that together keep these rows, each row once."""
        if rows is None or (self._searchable is not None and len(rows) == len(self._searchable)):
            return [""]
        if not len(rows):
            return []
        places = rows if self._searchable is None else np.searchsorted(self._searchable, rows)
        breaks = np.flatnonzero(np.diff(places) > 1)
        if len(breaks) < _MOST_RANGES:
            firsts, lasts = rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, len(rows) - 1]]
            ranges = zip(firsts.tolist(), lasts.tolist(), strict=True)
            return [either([f"row >= {first} and row <= {last}" for first, last in ranges])]
        if filters and len(rows) > _ROWS_AT_ONCE:
            return [filter_expression(filters)]
        return [
            f"row in {rows[start : start + _ROWS_AT_ONCE].tolist()}" for start in range(0, len(rows), _ROWS_AT_ONCE)
        ]
