"""Which rows of a passages file a search may find: those that are searchable and that its filters keep."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.facets import mark_runs
from indexer.stores.published_database import only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters
    from indexer.stores.published_database import PublishedDatabase

_MASKS = 8
"""How many masks are kept: a search asks for those of what it names again and again, and so does its next page."""


class RowFilter:
    """The rows of one file of `count` passages. Courtesies ("Thank you.") are there to be read and never found."""

    def __init__(self, database: PublishedDatabase, count: int, searchable: NDArray[np.bool_] | None) -> None:
        """`searchable`, of shape (count,), tells which are; where it is not at hand, the file is asked."""
        self._database = database
        self._count = count
        if searchable is None:
            sql = "SELECT row FROM passages WHERE NOT searchable ORDER BY row"
            self._unsearchable = np.array(database.select(sql, (), only), dtype=np.int64)
        else:
            self._unsearchable = np.flatnonzero(~searchable)
        self.searchable_count = count - len(self._unsearchable)
        self._mask = lru_cache(maxsize=_MASKS)(partial(_mask, database, count))

    def kept_by(self, filters: Filters) -> NDArray[np.int64] | None:
        """Return the searchable rows that the filters keep, rising; None when those are all rows."""
        if not filters:
            return self._all_searchable
        kept = np.ones(self._count, dtype=np.bool_)
        kept[self._unsearchable] = False
        for alternatives in filters.wanted():
            kept &= self.with_any(alternatives)
        if filters.date_from or filters.date_to:
            kept &= self._dated(filters.date_from, filters.date_to)
        return np.flatnonzero(kept)

    def with_any(self, facets: Sequence[str]) -> NDArray[np.bool_]:
        """Return which searchable rows have one of these facet terms, shape (count,). It may not be written to."""
        return self._mask(tuple(facets))

    @cached_property
    def _all_searchable(self) -> NDArray[np.int64] | None:
        """The searchable rows, rising; None when all are. Made once, since most searches have no filter."""
        if not len(self._unsearchable):
            return None
        rows = np.delete(np.arange(self._count, dtype=np.int64), self._unsearchable)
        rows.setflags(write=False)
        return rows

    def _dated(self, first: str | None, last: str | None) -> NDArray[np.bool_]:
        sql = "SELECT first_row, passages FROM transcripts WHERE date >= ? AND (? IS NULL OR date <= ?)"
        mask = np.zeros(self._count, dtype=np.bool_)
        for first_row, passages in self._database.select(sql, (first or "", last or None, last), tuple):
            mask[first_row : first_row + passages] = True
        return mask


def _mask(database: PublishedDatabase, count: int, facets: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which rows have one of these facet terms. No method, since what keeps masks would hold itself then."""
    mask = np.zeros(count, dtype=np.bool_)
    sql = "SELECT postings FROM json_each(?) j JOIN facets ON term = j.value"
    mark_runs(mask, database.select(sql, (json.dumps(facets),), only))
    mask.setflags(write=False)
    return mask
