"""How long the legs of a search take, told to whoever counts."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Observe = Callable[[str, float], None]

KEYWORD_LEG = "keyword"
VECTOR_LEG = "vector"
WHOLE_SEARCH = "search"


def unobserved(_leg: str, _seconds: float, /) -> None:
    """Count nothing."""


@contextmanager
def timed(leg: str, observe: Observe) -> Iterator[None]:
    """Tell `observe` the leg and how many seconds the block took; one that raises is not told."""
    started = perf_counter()
    yield
    observe(leg, perf_counter() - started)
