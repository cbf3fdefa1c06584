"""One search at a time in a process, as long as none of them is long.

A search is Python for the most part, and threads of one process run Python in turns, which change hands in the midst
of it: each change costs, and all of them come late instead of some. Two searches at once took a third more processor
time than one after the other.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 0.5
"""For how many seconds a search waits for others; then it begins beside them, so that a long one holds nobody up."""


class Turns:
    """What hands out turns. It may be asked from many threads."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._taken = Lock()
        self._patience = patience

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn and hold it while the block lasts; without one when that takes too long."""
        mine = self._taken.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if mine:
                self._taken.release()
