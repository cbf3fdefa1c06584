"""How the passages of a search are spread over companies, periods, speakers and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search_web.search.response import Facet, FacetValue

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.stores.columns import Column, Columns

FACETS = ("company", "period", "speaker", "firm", "role", "section", "delivery", "language")

MOST_VALUES = 20
"""How many values of a field are listed, the most frequent first."""


def facets(columns: Columns, rows: NDArray[np.int64]) -> tuple[Facet, ...]:
    """Return for each field how many of the rows have each value; rows without a value count nowhere."""
    return tuple(_facet(name, getattr(columns, name), rows) for name in FACETS)


def _facet(name: str, column: Column, rows: NDArray[np.int64]) -> Facet:
    counts = column.counts(rows)
    present = np.flatnonzero(counts)
    order = present[np.lexsort((present, -counts[present]))]
    return Facet(
        name,
        tuple(FacetValue(column.values[code], int(counts[code])) for code in order[:MOST_VALUES].tolist()),
        more=max(len(order) - MOST_VALUES, 0),
    )
