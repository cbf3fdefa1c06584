"""Parts of the expressions by which Milvus chooses records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = "row < 0"
"""An expression that no record meets: rows count from 0."""


def quoted(text: str) -> str:
    """Return a text as an expression takes it: in double quotes, with all that could end it escaped."""
    return json.dumps(text, ensure_ascii=False)


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as an expression takes them."""
    return f"[{','.join(map(str, numbers))}]"
