"""Parts of the expressions by which Milvus chooses records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTHING = "row < 0"
"""An expression that no record meets: rows count from 0."""


def quoted(text: str) -> str:
    """Return a text as an expression takes it: in double quotes, with all that could end it escaped."""
    return json.dumps(text, ensure_ascii=False)


def either(parts: Sequence[str]) -> str:
    """Return an expression for what meets one of these, of which there is at least one."""
    return _balanced(parts, "or")


def every(parts: Sequence[str]) -> str:
    """Return an expression for what meets all of these, of which there is at least one."""
    return _balanced(parts, "and")


def _balanced(parts: Sequence[str], word: str) -> str:
    """Join parts two by two: a long chain is read as one within another, which from fifty on is too deep for some."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({_balanced(parts[:middle], word)}) {word} ({_balanced(parts[middle:], word)})"


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as an expression takes them."""
    return f"[{','.join(map(str, numbers))}]"
