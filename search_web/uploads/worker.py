"""Works on uploads: reads drafts, indexes what was confirmed, and ends when nothing is left to do.

Of several processes that want to, the one works that has the lock of the library; the others wait.
"""

from __future__ import annotations

import logging
import time
from threading import Event, Thread
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from indexer.errors import YuanhuaError
from search_web.uploads.drafts import DraftReader
from search_web.uploads.indexing import work_jobs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search_web.uploads.queue import Queue

_PAUSE = 0.3
_HINDERED = 2.0
_LINGER = 20.0
"""How many seconds the process stays when there is nothing to do: what it has loaded is soon wanted again."""

_log = logging.getLogger("yuanhua")


def work(queue: Queue, index: Path, working: Event, *, linger: float = _LINGER) -> None:
    """Work on uploads until there has been nothing to do for `linger` seconds.

    Waits for the lock of the library, unless there is nothing to do any more; `working` is set while it has that.
    Drafts are read beside the indexing, which may take minutes.
    """
    lock = FileLock(queue.uploads.library.lock)
    queue.uploads.library.ready()
    if not _acquired(lock, queue):
        return
    working.set()
    try:
        queue.recover()
        queue.let_go()
        over = Event()
        with DraftReader(queue, index) as reader:
            beside = _Beside(reader.read_next, over)
            beside.start()
            try:
                _work_until_idle(lambda: work_jobs(queue, index), beside, queue, linger)
            finally:
                over.set()
        beside.join()
    finally:
        working.clear()
        lock.release()


def _acquired(lock: FileLock, queue: Queue) -> bool:
    while True:
        try:
            lock.acquire(timeout=1.0)
        except Timeout:
            if not queue.uploads.has_work():
                return False
        else:
            return True


def _work_until_idle(step: Callable[[], bool], beside: _Beside, queue: Queue, linger: float) -> None:
    idle_since = time.monotonic()
    while beside.is_alive():
        hindered = not step() and queue.has_jobs()
        if hindered or beside.is_busy:
            idle_since = time.monotonic()
        elif time.monotonic() - idle_since >= linger:
            return
        time.sleep(_HINDERED if hindered else _PAUSE)


class _Beside(Thread):
    """Does a step again and again in a thread, until it is over or fails."""

    def __init__(self, step: Callable[[], bool], over: Event) -> None:
        super().__init__(name="drafts", daemon=True)
        self._step = step
        self._over = over
        self.is_busy = True

    def run(self) -> None:
        """Do it."""
        while not self._over.is_set():
            try:
                self.is_busy = self._step()
            except YuanhuaError as error:
                _log.error("Drafts cannot be read: %s", error)
                return
            if not self.is_busy:
                self._over.wait(_PAUSE)
