"""How the passages of a search are spread over companies, periods, speakers and so on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.packed_columns import PackedColumns
from search_web.search.response import Facet, FacetValue

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.stores.columns import Columns
    from indexer.stores.index import Generation

FACETS = ("company", "period", "speaker", "firm", "role", "section", "delivery", "language")

MOST_VALUES = 20
"""How many values of a field are listed, the most frequent first."""


def facets(generation: Generation, rows: NDArray[np.int64]) -> tuple[Facet, ...]:
    """Return for each field how many of the rows have each value; rows without a value count nowhere."""
    columns = generation.passages.columns
    counted = generation.once(facets, partial(_packed, columns)).counts(rows)
    return tuple(_facet(name, getattr(columns, name).values, counted[name]) for name in FACETS)


def _packed(columns: Columns) -> PackedColumns:
    return PackedColumns({name: getattr(columns, name) for name in FACETS})


def _facet(name: str, values: tuple[str, ...], counts: NDArray[np.int64]) -> Facet:
    present = np.flatnonzero(counts)
    listed = present
    if len(present) > MOST_VALUES:
        # Only those that count no less than the last of the listed can be among them.
        least = np.partition(counts[present], -MOST_VALUES)[-MOST_VALUES]
        listed = present[counts[present] >= least]
    order = listed[np.lexsort((listed, -counts[listed]))][:MOST_VALUES]
    return Facet(
        name,
        tuple(FacetValue(values[code], int(counts[code])) for code in order.tolist()),
        more=max(len(present) - MOST_VALUES, 0),
    )
