"""Workers begin to listen together: none before all of them can answer.

A connection is that of one worker for as long as it lasts. A proxy that opened all of its connections while one
worker listened would leave the others idle until they are renewed.
"""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

_PAUSE = 0.01
_PATIENCE = 120.0
"""After so many seconds a worker listens though others do not yet: it is better that one answers than none."""


def _counter() -> Synchronized[int]:
    return multiprocessing.get_context("spawn").Value("i", 0)


@dataclass(frozen=True, slots=True)
class Starting:
    """How many of the `workers` can answer, counted in memory that their processes share.

    It goes to a process when that is made. One that takes the place of another waits for nobody.
    """

    workers: int
    _loaded: Synchronized[int] = field(default_factory=_counter)

    def wait_for_all(self) -> None:
        """Say that this worker can answer, and wait until all can."""
        with self._loaded.get_lock():
            self._loaded.value += 1
        deadline = time.monotonic() + _PATIENCE
        while self._loaded.value < self.workers and time.monotonic() < deadline:
            time.sleep(_PAUSE)
