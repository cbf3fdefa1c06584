"""Work of a search that goes on beside the rest of it.

tantivy searches and counts without Python's lock, as do the model that embeds a query and the comparing of vectors.
Meanwhile suggestions are worked out. Searches take turns (`turns`), so that another processor is mostly idle.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_THREADS = 2


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin some work and return what waits for its result, or raises what the work has raised."""
    return _threads(os.getpid()).submit(work).result


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """Return the threads for it; a process that was forked has none of its parent's."""
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="beside")
