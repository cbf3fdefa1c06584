"""What became of one fault, and how the program is run to see it."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fault, what was seen in few words, and all that ought not to have been."""

    fault: str
    seen: str
    wrong: tuple[str, ...] = ()


def yuanhua(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does."""
    command = [sys.executable, "-m", "search_web", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=ROOT)


@contextmanager
def served(index: Path, *arguments: str, log: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the server until the block is left; yield its address and its process."""
    command = [sys.executable, "-m", "search_web", "serve", "--index", str(index), *arguments]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT) as process,
    ):
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+/", line)
            if found is None:
                raise RuntimeError(f"{line}{log.read_text()}")
            yield found[0], process
        finally:
            if process.poll() is None:
                process.terminate()


def one_named_line(done: subprocess.CompletedProcess[str], *words: str) -> list[str]:
    """Return what is wrong with how a command refused: it ends with 2 and one line that has these words."""
    problems = [] if done.returncode == 2 else [f"exit code {done.returncode}"]
    lines = [line for line in done.stderr.splitlines() if "skipped" not in line]
    if "Traceback" in done.stderr or len(lines) != 1:
        problems.append(f"it said: {done.stderr[-300:]}")
    problems += [f"'{word}' is not in: {done.stderr[-300:]}" for word in words if word not in done.stderr]
    return problems
