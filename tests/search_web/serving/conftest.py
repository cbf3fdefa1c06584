"""The server as it is run: a process of its own on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Serving = Callable[..., AbstractContextManager["Served"]]

PATIENCE = 180.0
"""Seconds that a test waits for what must come at last: on a machine that is busy with something else, it is late."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that said that it answers."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stop the server and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Wait until something holds; return whether it did in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    """Return what runs `yuanhua serve` with these arguments until the block is left."""

    @contextmanager
    def run(*arguments: str, env: dict[str, str] | None = None) -> Iterator[Served]:
        log = tmp_path / "stderr"
        with log.open("w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "search_web", "serve", *arguments],
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env={**os.environ, "YUANHUA_PORT": "0", **(env or {})},
            )
        with process:
            try:
                said = process.stdout.readline()
                found = re.search(r"http://\S+/", said)
                assert found, f"no address: {said!r} {log.read_text()}"
                yield Served(found[0], process, log)
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)

    return run


@pytest.fixture
def spoken(tmp_path: Path) -> Callable[[str], Path]:
    """Return what makes the index hold one call with this text, by words only, and returns its folder."""

    def publish(text: str) -> Path:
        file = tmp_path / "call.txt"
        file.write_text(f"Operator: Welcome.\n\nJane Roe: {text}\n", encoding="utf-8")
        index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
        return tmp_path / "index"

    return publish
