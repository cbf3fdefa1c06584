"""Hits by the call, or by the exchange, that they stand in; and hits by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search_web.search.request import Grouping, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.columns import Columns


def grouped(rows: Sequence[int], columns: Columns, by: Grouping) -> tuple[tuple[int, ...], ...]:
    """Return the rows, which stand in order, as groups in the order of their best.

    A passage outside any exchange is a group of its own.
    """
    column = columns.transcript if by is Grouping.TRANSCRIPT else columns.exchange
    groups: dict[int, list[int]] = {}
    for row, code in zip(rows, column.codes[list(rows)].tolist(), strict=True):
        groups.setdefault(code if code >= 0 else -1 - row, []).append(row)
    return tuple(map(tuple, groups.values()))


def date_order(rows: NDArray[np.int64], columns: Columns, sort: Sort) -> NDArray[np.int64]:
    """Return the order of rows that stand by relevance: by date, those of one day by relevance, undated ones last."""
    days = columns.day[rows].astype(np.int64)
    keys = np.where(days == 0, np.iinfo(np.int64).max, days if sort is Sort.DATE_ASC else -days)
    order: NDArray[np.int64] = np.argsort(keys, kind="stable")
    return order
