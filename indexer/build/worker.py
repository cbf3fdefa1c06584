"""A process that reads files for another one: what it is told, and how it ends.

It is started with the number of a file descriptor, a socket to its parent. Over it comes a `Start`, which it sends back
when it is ready, and then one `Task` after the other, each of which it answers with an `Outcome`. It touches no files
but those that it reads. It ends when the socket closes, however its parent came to its end, even in the middle of a
file.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from indexer.build.prepare import Preparer, Task
from indexer.text.analyser import Analyser

MEMORY = 4 << 30
"""How many bytes of address space a worker may take; a file that needs more fails alone."""

_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker analyses text with, and how many seconds a file may take."""

    segmenter: str
    user_words: tuple[str, ...]
    time_limit: float


def serve(connection: Connection[object, object]) -> None:
    """Read files until the other end of the connection closes."""
    tasks: SimpleQueue[object] = SimpleQueue()
    Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    start = tasks.get()
    if not isinstance(start, Start):
        raise TypeError(start)
    preparer = Preparer(Analyser(start.segmenter, start.user_words))
    # What has been loaded stays until the end: the collector need not look through it again with every file.
    gc.collect()
    gc.freeze()
    connection.send(start)
    while isinstance(task := tasks.get(), Task):
        # The system ends the process when its parent cannot: a library that hangs may hold up every thread.
        signal.setitimer(signal.ITIMER_REAL, start.time_limit + _GRACE)
        outcome = preparer.read(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(outcome)


def main() -> None:
    """Serve the parent at the descriptor that the command line names."""
    # Ctrl-C reaches every process of the terminal; the parent says when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    serve(Connection(int(sys.argv[-1])))


def _receive(connection: Connection[object, object], tasks: SimpleQueue[object]) -> None:
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
