"""Passages of terms as they are fetched from Milvus: all of them, kept for the next query, or those among some."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.stores.keyword_schema import EXACT, day_number
from indexer.stores.milvus_collection import MOST_RESULTS
from indexer.stores.milvus_errors import half_written
from indexer.stores.milvus_queries import DAY, EVERYTHING, dated_expression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.milvus_collection import Collection
    from indexer.stores.milvus_terms import TermNumbers

    Posting = tuple[NDArray[np.int64], NDArray[np.float64]]

_WEIGHTS = "weights"
_MOST_KEPT = 4_000_000
_TERMS_AT_ONCE = 32
_ROWS_AT_ONCE = 4_000


class Postings:
    """All passages of each of some terms. Those asked for last are kept, up to some millions of passages."""

    def __init__(self, collection: Collection, terms: TermNumbers) -> None:
        self._collection = collection
        self._terms = terms
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Posting] = OrderedDict()
        self._size = 0
        self._sets: dict[str, NDArray[np.int64]] = {}

    def fetch(self, numbers: Mapping[int, int]) -> None:
        """Get those terms that are not kept, in few searches. `numbers` has in how many passages each is.

        Raises IndexDamagedError when Milvus does not find as many.
        """
        missing = sorted((number for number in numbers if number not in self._kept), key=numbers.__getitem__)
        for start in range(0, len(missing), _TERMS_AT_ONCE):
            batch = missing[start : start + _TERMS_AT_ONCE]
            found = self._collection.search(_WEIGHTS, [{number: 1.0} for number in batch], numbers[batch[-1]])
            for number, hits in zip(batch, found, strict=True):
                if len(hits.rows) != numbers[number]:
                    what = f"gives {len(hits.rows)} of the {numbers[number]} passages of a term"
                    raise half_written(self._collection.name, what)
                order = np.argsort(hits.rows)
                self._keep(number, (hits.rows[order], hits.scores[order].astype(np.float64)))

    def postings(self, number: int) -> Posting:
        """Return the rows that have a term, and what it weighs in each."""
        kept = self._kept.get(number)
        if kept is None:
            passages = self._collection.search(_WEIGHTS, [{number: 1.0}], MOST_RESULTS)[0]
            order = np.argsort(passages.rows)
            kept = (passages.rows[order], passages.scores[order].astype(np.float64))
            self._keep(number, kept)
        return kept

    def everything(self) -> NDArray[np.int64]:
        """Return all rows."""
        return self._where(EVERYTHING)

    def dated(self, first: str | None, last: str | None) -> NDArray[np.int64]:
        """Return the rows of calls held from one day to another."""
        return self._where(dated_expression(first, last))

    def runs(self, rows: NDArray[np.int64]) -> Mapping[int, Sequence[int]]:
        """Return for each of these rows the numbers of its exact terms, in their order."""
        found: dict[int, Sequence[int]] = {}
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            here = rows[start : start + _ROWS_AT_ONCE].tolist()
            found.update((one["row"], _run(one)) for one in self._collection.query(f"row in {here}", ("row", EXACT)))
        return found

    def _where(self, expression: str) -> NDArray[np.int64]:
        found = self._sets.get(expression)
        if found is None:
            found = rows_where(self._collection, expression, self._terms.rows)
            if len(self._sets) >= _TERMS_AT_ONCE:
                self._sets.clear()
            self._sets[expression] = found
        return found

    def _keep(self, number: int, posting: Posting) -> None:
        with self._lock:
            before = self._kept.pop(number, None)
            self._size += len(posting[0]) - (len(before[0]) if before else 0)
            self._kept[number] = posting
            while self._size > _MOST_KEPT and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone[0])


class Among:
    """The terms of some passages, from their records with `weights`, `exact` and `day`."""

    def __init__(self, records: Sequence[Mapping[str, Any]], numbers: Mapping[int, int]) -> None:
        self._records = {int(record["row"]): record for record in sorted(records, key=lambda one: int(one["row"]))}
        having: dict[int, tuple[list[int], list[float]]] = {number: ([], []) for number in numbers}
        for row, record in self._records.items():
            weights = record[_WEIGHTS]
            for number in having.keys() & weights.keys():
                having[number][0].append(row)
                having[number][1].append(weights[number])
        self._having = having

    def postings(self, number: int) -> Posting:
        """Return the rows that have a term, and what it weighs in each."""
        rows, weights = self._having[number]
        return np.array(rows, dtype=np.int64), np.array(weights, dtype=np.float64)

    def everything(self) -> NDArray[np.int64]:
        """Return all rows."""
        return np.array(list(self._records), dtype=np.int64)

    def dated(self, first: str | None, last: str | None) -> NDArray[np.int64]:
        """Return the rows of calls held from one day to another."""
        lowest, highest = day_number(first) if first else 1, day_number(last) if last else None
        kept = (
            row
            for row, record in self._records.items()
            if record[DAY] >= lowest and (highest is None or record[DAY] <= highest)
        )
        return np.fromiter(kept, dtype=np.int64)

    def runs(self, rows: NDArray[np.int64]) -> Mapping[int, Sequence[int]]:
        """Return for each of these rows the numbers of its exact terms, in their order."""
        return {row: _run(self._records[row]) for row in rows.tolist()}


def rows_where(collection: Collection, expression: str, end: int) -> NDArray[np.int64]:
    """Return the rows that meet an expression, rising, in as many queries as Milvus's limit on results makes needful.

    `end` is beyond the last row.
    """
    total = collection.count(expression)
    if not total:
        return np.empty(0, np.int64)
    parts = -(-total * 3 // (2 * MOST_RESULTS))
    width = max(1, -(-end // parts))
    found: list[int] = []
    for start in range(0, end, width):
        found.extend(_rows_between(collection, expression, start, min(start + width, end)))
    return np.sort(np.array(found, dtype=np.int64))


def _rows_between(collection: Collection, expression: str, start: int, end: int) -> list[int]:
    where = f"({expression}) and row >= {start} and row < {end}"
    found = [int(record["row"]) for record in collection.query(where, ("row",))]
    if len(found) < MOST_RESULTS or end - start <= MOST_RESULTS:
        return found
    middle = (start + end) // 2
    return _rows_between(collection, expression, start, middle) + _rows_between(collection, expression, middle, end)


def _run(record: Mapping[str, Any]) -> Sequence[int]:
    return list(map(int, record[EXACT].split()))
