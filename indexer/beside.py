"""Work that goes on beside other work of the same search.

tantivy searches and counts without Python's lock, as do the model that embeds a query and the comparing of vectors.
Meanwhile the lock is free for what is Python. Searches of a process take turns (`search_web.search.turns`), so that
another processor is mostly idle.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_THREADS = 2


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin some work and return what waits for its result, or raises what the work has raised.

    Work that no thread was free for by then is done by who wants its result, so that nobody waits in a queue, and work
    may itself have some done beside it.
    """
    begun = _threads(os.getpid()).submit(work)
    return lambda: work() if begun.cancel() else begun.result()


def cores() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """Return the threads for it; a process that was forked has none of its parent's."""
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="beside")
