"""Processes that may take so long and so much memory, and what they told until they ended or were ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOOK = 0.5
_LAST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process told, the most memory that it and its children had, in bytes, and why it did not finish."""

    told: tuple[Mapping[str, Any], ...]
    peak: int
    failed: str | None


def memory(process: int) -> tuple[int, int]:
    """Return the bytes that a process and its children have in memory: all, and without pages of files."""
    whole = own = 0
    for one in _family(process):
        try:
            lines = Path(f"/proc/{one}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        sizes = {
            name: int(rest.split()[0]) * 1024
            for name, _, rest in (line.partition(":") for line in lines)
            if name.startswith("Rss") or name == "VmRSS"
        }
        whole += sizes.get("VmRSS", 0)
        own += sizes.get("RssAnon", 0)
    return whole, own


def _family(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        found.append(waiting.pop())
        for task in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def run(command: Sequence[str], *, seconds: float, most: int, environment: Mapping[str, str]) -> Ended:
    """Run a command that tells objects of JSON a line; end it, and its children, after so long or at so many bytes."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(environment),
        start_new_session=True,
    )
    said: dict[str, str] = {}
    readers = [
        threading.Thread(target=lambda name=name, pipe=pipe: said.update({name: pipe.read()}))
        for name, pipe in (("out", process.stdout), ("err", process.stderr))
    ]
    for reader in readers:
        reader.start()
    try:
        peak, failed = _watched(process, seconds, most)
    finally:
        # Also when this process is interrupted: a group of its own is not.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for reader in readers:
        reader.join()
    if failed is None and process.returncode:
        failed = f"failed: {(said['err'].strip().splitlines() or ['without a word'])[-1][:_LAST_WORDS]}"
    told = []
    for line in said["out"].splitlines():
        try:
            told.append(json.loads(line))
        except ValueError:
            continue
    return Ended(tuple(one for one in told if isinstance(one, dict)), peak, failed)


def _watched(process: subprocess.Popen[str], seconds: float, most: int) -> tuple[int, str | None]:
    """Wait for a process and return its peak of memory and, where it takes too much of anything, of what."""
    started, peak = monotonic(), 0
    while process.poll() is None:
        sleep(_LOOK)
        peak = max(peak, memory(process.pid)[0])
        if peak > most:
            return peak, f"more than {most / 1e9:.0f} GB"
        if monotonic() - started > seconds:
            return peak, f"more than {seconds:.0f} s"
    return peak, None
