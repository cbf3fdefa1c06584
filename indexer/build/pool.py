"""Files read by several processes at once, so that no file can take the others down with it.

The pools of the standard library do not fit: they give up altogether when one process dies, cannot say which file it
had, know no time limit for one of them, and import the script that started them again.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import count as counting
from multiprocessing import Pipe
from queue import LifoQueue
from typing import TYPE_CHECKING

from indexer.build.prepare import unread
from indexer.errors import BrokenReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path
    from typing import Self

    from indexer.build.prepare import Outcome, Task
    from indexer.build.worker import Start

_COMMAND = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from indexer.build.worker import main; main()"
# So many seconds, as on a busy machine with a slow disk; a file is not to fail for that.
_START_LIMIT = 300.0

# Libraries of numbers reserve memory for each core as soon as they are loaded; reading needs none of that.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class WorkerPool:
    """`count` processes that read files, as a context manager; leaving it ends them at once.

    A process starts when it is first needed. When one dies or takes longer than the time limit, its file fails and
    another process takes its place. Where there is a folder `scratch`, what they have read is set aside in it until it
    is asked for: they may be far ahead of whoever takes it, and it need not all be in memory.
    """

    def __init__(self, start: Start, count: int, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self._workers = [_Worker(start) for _ in range(count)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, "reading")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()
        for worker in self._workers:
            worker.stop()

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what came of each task, in their order. As many are under way as there are processes."""
        return map(_outcome, self._threads.map(self._read, tasks, counting()))

    def _read(self, task: Task, step: int) -> Callable[[], bytes]:
        """Let a process read a file; return what gives the outcome, pickled, once."""
        worker = self._idle.get()
        try:
            outcome = worker.read(task)
        finally:
            self._idle.put(worker)
        if self._scratch is None:
            return lambda: outcome
        aside = self._scratch / f"{step:06d}"
        aside.write_bytes(outcome)
        return partial(_taken, aside)


def _outcome(load: Callable[[], bytes]) -> Outcome:
    outcome: Outcome = pickle.loads(load())  # noqa: S301 - a process of this one wrote it.
    return outcome


def _taken(aside: Path) -> bytes:
    """Return what was set aside and remove it."""
    content = aside.read_bytes()
    aside.unlink()
    return content


class _Worker:
    """A process, started when it is first needed, and again when it has died."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[object, object] | None = None
        self._ended = False

    def read(self, task: Task) -> bytes:
        """Let the process read a file and return the outcome, pickled."""
        limit = self._start.time_limit
        try:
            connection = self._send(task)
            if not connection.poll(limit):
                return self._failed(f"reading it took longer than {limit:g} s", mend="Allow more with --time-limit")
            return connection.recv_bytes()
        except (EOFError, OSError):
            return self._failed(f"the process that read it ended ({self._cause()})")

    def end(self) -> None:
        """Let nothing be read any more, whatever the thread that reads is waiting for."""
        self._ended = True
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the process, if there is one, and let go of it."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is not None:
            process.kill()
            process.wait()
        if connection is not None:
            connection.close()

    def _send(self, task: Task) -> Connection[object, object]:
        """Give the task to the process, or to another one when it has died since it read its last file."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.send(task)
                return self._connection
            self.stop()
        connection = self._begin()
        connection.send(task)
        return connection

    def _begin(self) -> Connection[object, object]:
        ours, theirs = Pipe()
        command = [sys.executable, "-c", _COMMAND, json.dumps(sys.path), str(theirs.fileno())]
        with theirs:
            # What libraries print there is no part of any report.
            self._process = subprocess.Popen(  # noqa: S603 - this very program.
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_ONE_THREAD},
            )
        self._connection = ours
        if self._ended:
            raise EOFError
        ours.send(self._start)
        if not ours.poll(_START_LIMIT):
            raise EOFError
        ours.recv()
        return ours

    def _failed(self, what: str, mend: str = "") -> bytes:
        self.stop()
        return pickle.dumps(unread(BrokenReaderError(what, mend=mend)))

    def _cause(self) -> str:
        """Say how the process came to its end."""
        if self._process is None:
            return "it could not be started"
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "it did not answer"
        if code >= 0:
            return f"exit code {code}"
        if code == -signal.SIGKILL:
            return "SIGKILL, perhaps for want of memory"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"
