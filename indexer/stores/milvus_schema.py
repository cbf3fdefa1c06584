"""Columns of a collection of Milvus, with the index that each gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pymilvus import DataType

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_FLAT_UP_TO = 50_000
_LINKS, _BUILD_WIDTH = 16, 200

LONGEST_TEXT = 65_535
"""How many bytes a text takes at most."""

MOST_ELEMENTS = 4_096
"""How many values a set takes at most, and how many bytes each of TEXTS."""


class Kind(StrEnum):
    """What a column holds. TEXTS and NUMBERS are sets of values that filters look into."""

    KEY_NUMBER = "key number"
    KEY_TEXT = "key text"
    NUMBER = "number"
    TEXT = "text"
    NUMBERS = "numbers"
    TEXTS = "texts"
    SPARSE = "sparse"
    VECTOR = "vector"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a collection; `dimension` is that of a VECTOR."""

    name: str
    kind: Kind
    dimension: int = 0


def field_options(column: ColumnSpec) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind.
    """Return the options of `add_field` for a column."""
    match column.kind:
        case Kind.KEY_NUMBER:
            return {"datatype": DataType.INT64, "is_primary": True}
        case Kind.KEY_TEXT:
            return {"datatype": DataType.VARCHAR, "max_length": 512, "is_primary": True}
        case Kind.NUMBER:
            return {"datatype": DataType.INT64}
        case Kind.TEXT:
            return {"datatype": DataType.VARCHAR, "max_length": LONGEST_TEXT}
        case Kind.NUMBERS:
            return {"datatype": DataType.ARRAY, "element_type": DataType.INT64, "max_capacity": MOST_ELEMENTS}
        case Kind.TEXTS:
            return {
                "datatype": DataType.ARRAY,
                "element_type": DataType.VARCHAR,
                "max_capacity": MOST_ELEMENTS,
                "max_length": MOST_ELEMENTS,
            }
        case Kind.SPARSE:
            return {"datatype": DataType.SPARSE_FLOAT_VECTOR}
        case Kind.VECTOR:
            return {"datatype": DataType.FLOAT_VECTOR, "dim": column.dimension}


def index_options(column: ColumnSpec, expected: int, *, indexable: AbstractSet[Kind]) -> dict[str, Any]:
    """Return the index of a column. Beside vectors, those alone have one that are `indexable`."""
    match column.kind:
        case Kind.SPARSE:
            return {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
        case Kind.VECTOR if expected <= _FLAT_UP_TO:
            return {"index_type": "FLAT", "metric_type": "IP"}
        case Kind.VECTOR:
            links = {"M": _LINKS, "efConstruction": _BUILD_WIDTH}
            return {"index_type": "HNSW", "metric_type": "IP", "params": links}
        case kind if kind in indexable:
            return {"index_type": "INVERTED"}
        case _:
            return {}
