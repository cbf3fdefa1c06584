"""Sees to it that uploads are worked on: starts the process that does so when there is something to do."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event, Thread
from typing import TYPE_CHECKING

from indexer.errors import YuanhuaError
from search_web.serving.upload_process import Work
from search_web.settings import library_folder, notebook_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.serving.options import ServeOptions

_COMMAND = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from search_web.serving.upload_process import main; main()"
)
_LOOK = 0.5
_LONGEST_PAUSE = 60.0
_GRACE = 10.0

_log = logging.getLogger("yuanhua")


@contextmanager
def attended_uploads(options: ServeOptions) -> Iterator[None]:
    """Let uploads be worked on while the block lasts; a process that dies is started anew."""
    library = library_folder(options.index, options.library)
    if library is None:
        yield
        return
    work = Work(
        index=str(options.index.absolute()),
        notebook=str((options.notebook or notebook_file(options.index)).absolute()),
        library=str(library.absolute()),
        log_format=options.log_format.value,
    )
    attendant = _Attendant(work)
    attendant.start()
    try:
        yield
    finally:
        attendant.stop()


class _Attendant(Thread):
    """The thread that looks for work, which costs the reading of a line of the notebook, and starts the process."""

    def __init__(self, work: Work) -> None:
        super().__init__(name="uploads", daemon=True)
        self._work = work
        self._over = Event()

    def run(self) -> None:
        """Look, and start what works."""
        uploads, pause = self._work.uploads(), _LOOK
        while not self._over.wait(pause):
            try:
                wanted = uploads.has_work()
            except YuanhuaError as error:
                _log.warning("Uploads cannot be looked for: %s", error)
                pause = _LONGEST_PAUSE
                continue
            if wanted and (code := self._run_process()):
                pause = min(max(1.0, pause * 2), _LONGEST_PAUSE)
                _log.warning("The process that works on uploads ended (%s); another one starts in %g s", code, pause)
            else:
                pause = _LOOK

    def stop(self) -> None:
        """End the process, and wait for that."""
        self._over.set()
        self.join(_GRACE + _LOOK)

    def _run_process(self) -> int:
        """Run the process until it ends or is told to; return its exit code."""
        command = [sys.executable, "-c", _COMMAND, json.dumps(sys.path), json.dumps(asdict(self._work))]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - ours.
            while process.poll() is None:
                if self._over.wait(_LOOK):
                    # It ends when its standard input does.
                    if process.stdin:
                        process.stdin.close()
                    try:
                        process.wait(_GRACE)
                    except subprocess.TimeoutExpired:
                        process.kill()
                    return 0
            return process.returncode
