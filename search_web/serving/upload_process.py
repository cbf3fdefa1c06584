"""The process that works on uploads, apart from those that answer requests.

A server starts it (`attendant.py`) and holds the other end of its standard input: when that closes, however the server
came to its end, this process puts down what it is at and ends too. It has low priority, so that searches come first.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from indexer.errors import YuanhuaError
from search_web.notebook.database import Notebook
from search_web.serving.logs import configure_logs
from search_web.serving.options import LogFormat
from search_web.uploads.library import Library
from search_web.uploads.queue import Queue
from search_web.uploads.store import Uploads
from search_web.uploads.worker import work

if TYPE_CHECKING:
    from typing import NoReturn

_NICENESS = 10

_log = logging.getLogger("yuanhua")


@dataclass(frozen=True, slots=True)
class Work:
    """What the process works on: paths, and how it logs."""

    index: str
    notebook: str
    library: str
    log_format: str = LogFormat.TEXT.value

    def uploads(self) -> Uploads:
        """Return the uploads."""
        return Uploads(Notebook(Path(self.notebook)), Library(Path(self.library)))


def main() -> None:
    """Work on what the command line names."""
    named = Work(**json.loads(sys.argv[-1]))
    configure_logs(LogFormat(named.log_format))
    # Ctrl-C reaches every process of the terminal; the server says when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(_NICENESS)
    queue, working = Queue(named.uploads()), Event()
    Thread(target=_end_with_parent, args=(queue, working), daemon=True).start()
    try:
        work(queue, Path(named.index), working)
    except YuanhuaError as error:
        _log.error("Uploads are not worked on: %s", error)
        sys.exit(1)


def _end_with_parent(queue: Queue, working: Event) -> NoReturn:
    os.read(sys.stdin.fileno(), 1)
    with suppress(YuanhuaError):
        if working.is_set():
            queue.release()
    os._exit(0)
