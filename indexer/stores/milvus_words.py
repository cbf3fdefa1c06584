"""The keyword leg in Milvus: passages as sparse vectors of our own BM25 weights, so that our analyser rules there too.

A collection has a record for each passage: `weights`, the sparse vector, with one place for each term of each field;
`terms`, the same numbers as a set, for filters; `exact`, the numbers of the finest terms in their order, for phrases;
`day`. IDF comes in with the query. The numbers are in `milvus_terms`, beside the index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import Field, Ranking
from indexer.stores.keyword_schema import EXACT, unreadable
from indexer.stores.milvus_collection import MOST_RESULTS
from indexer.stores.milvus_errors import half_written
from indexer.stores.milvus_postings import Among, Postings, rows_where
from indexer.stores.milvus_queries import DAY, Vocabulary, expression, filtered, needs_all_rows, ranking_weights
from indexer.stores.milvus_scoring import Scored, Scoring
from indexer.stores.milvus_terms import TermNumbers
from indexer.stores.milvus_word_writer import WEIGHTS, MilvusWriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import Query
    from indexer.stores.milvus_client import Milvus

# Of how many passages at most the terms are looked at, to find those that score best.
_MOST_CANDIDATES = 4_096
_FEWEST_CANDIDATES = 256
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class MilvusEngine:
    """Makes and opens keyword indexes in one collection of a Milvus; a folder beside it holds the numbers of the terms.

    Of terms in at most `whole` passages all passages are fetched, and kept; a query that has only such is worked out
    without Milvus filtering.
    """

    milvus: Milvus
    collection: str
    name: str = field(default="milvus", init=False)
    whole: int = MOST_RESULTS

    def create(self, folder: Path) -> MilvusWriter:
        """Start a new index, or take up one that was broken off."""
        return MilvusWriter(folder, self.milvus.collection(self.collection))

    def open(self, folder: Path) -> MilvusStore:
        """Open what `create` wrote. Raises IndexDamagedError when it is not there, or not all of it."""
        return MilvusStore(folder, self.milvus, self.whole)


class MilvusStore:
    """An opened keyword index in Milvus."""

    def __init__(self, folder: Path, milvus: Milvus, whole: int) -> None:
        try:
            self._terms = TermNumbers(folder)
        except (ValueError, TypeError, KeyError) as error:
            raise unreadable(folder, error) from error
        self._collection = milvus.collection(self._terms.collection)
        self._whole = whole
        self._postings = Postings(self._collection, self._terms)
        if not self._collection.exists():
            raise half_written(self._collection.name, "is not there")
        self._collection.load()
        there = self._collection.count()
        if there != self._terms.passages:
            raise half_written(self._collection.name, f"holds {there} of {self._terms.passages} passages")

    @property
    def count(self) -> int:
        """The number of passages."""
        return self._terms.passages

    def search(self, query: Query, *, limit: int, filters: Filters) -> Ranking:
        """Return the best `limit` rows by BM25 among those that the filters keep.

        Where terms are common, Milvus puts forward those that may score best, as many as make the order certain; where
        that takes more than some thousands, it is the order among these.
        """
        query = filtered(query, filters)
        words = Vocabulary(self._terms, query)
        if self._is_small(query, words):
            found = self._worked_out(query, words)
            return _ranking(found, limit, len(found.rows))
        kept = expression(query, words)
        total = self._collection.count(kept.text) if kept.exact else len(self._all_rows(query, words))
        if limit <= 0 or not total:
            return Ranking((), (), total)
        found = self._best(query, words, limit, total)
        return _ranking(found, limit, total)

    def rows(self, query: Query, *, filters: Filters) -> NDArray[np.int64]:
        """Return every row that matches, rising."""
        query = filtered(query, filters)
        words = Vocabulary(self._terms, query)
        if self._is_small(query, words):
            return self._worked_out(query, words).rows
        return self._all_rows(query, words)

    def matching(self, query: Query) -> int:
        """Return how many passages match."""
        words = Vocabulary(self._terms, query)
        if self._is_small(query, words):
            return len(self._worked_out(query, words).rows)
        kept = expression(query, words)
        return self._collection.count(kept.text) if kept.exact else len(self._all_rows(query, words))

    def document_frequency(self, term: str) -> int:
        """Return in how many passages the text has this term."""
        return self._terms.find(Field.TEXT, [term]).get(term, (0, 0))[1]

    def close(self) -> None:
        """Release the file of the terms; the connection is its owner's."""
        self._terms.close()

    def _is_small(self, query: Query, words: Vocabulary) -> bool:
        """Tell whether all passages of all terms of a query can be had."""
        return all(passages <= self._whole for passages in words.numbers.values()) and (
            self._terms.passages <= self._whole or not needs_all_rows(query)
        )

    def _worked_out(self, query: Query, words: Vocabulary) -> Scored:
        self._postings.fetch(words.numbers)
        return Scoring(self._terms, words, self._postings).scored(query)

    def _best(self, query: Query, words: Vocabulary, limit: int, total: int) -> Scored:
        """Return the best of the passages that match, among them all that score, if these are fewer than `limit`."""
        where = expression(query, words).text
        weights, slack = ranking_weights(query, words)
        wanted = min(max(2 * limit, _FEWEST_CANDIDATES), MOST_RESULTS)
        found = Scored(np.empty(0, np.int64), np.empty(0))
        while weights:
            (put,) = self._collection.search(
                WEIGHTS, [weights], wanted, where=where, output=("row", WEIGHTS, EXACT, DAY)
            )
            found = self._among(query, words, put.records)
            if len(put.rows) < wanted or wanted >= max(_MOST_CANDIDATES, limit):
                break
            scores = np.sort(found.scores)[::-1]
            if len(scores) >= limit and scores[limit - 1] > put.scores[-1] + slack:
                break
            wanted = min(4 * wanted, MOST_RESULTS)
        if len(found.rows) >= min(limit, total):
            return found
        others = self._first_others(query, words, limit, found.rows)
        return Scored(
            np.concatenate([found.rows, others.rows]),
            np.concatenate([found.scores, others.scores]),
        )

    def _first_others(self, query: Query, words: Vocabulary, limit: int, known: NDArray[np.int64]) -> Scored:
        """Return the first rows that match beside those known: nothing of what ranks is in them."""
        others = np.setdiff1d(self._all_rows(query, words), known, assume_unique=True)[:limit]
        return self._among(query, words, self._records(others))

    def _all_rows(self, query: Query, words: Vocabulary) -> NDArray[np.int64]:
        kept = expression(query, words)
        rows = rows_where(self._collection, kept.text, self._terms.rows)
        if kept.exact or not len(rows):
            return rows
        parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
        return np.concatenate([self._among(query, words, self._records(part)).rows for part in parts])

    def _records(self, rows: NDArray[np.int64]) -> list[Mapping[str, Any]]:
        if not len(rows):
            return []
        return list(self._collection.query(f"row in {rows.tolist()}", ("row", WEIGHTS, EXACT, DAY)))

    def _among(self, query: Query, words: Vocabulary, records: Sequence[Mapping[str, Any]]) -> Scored:
        return Scoring(self._terms, words, Among(records, words.numbers)).scored(query)


def _ranking(found: Scored, limit: int, total: int) -> Ranking:
    order = np.lexsort((found.rows, -found.scores))[: max(limit, 0)]
    return Ranking(tuple(found.rows[order].tolist()), tuple(found.scores[order].tolist()), total)
