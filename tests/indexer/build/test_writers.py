"""One process writes, and readers have a whole index whatever becomes of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import IndexLockedError
from indexer.stores.generations import current_name
from indexer.stores.index import IndexWriter, check_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    WriteCall = Callable[..., Path]
    Hits = Callable[[Generation, str], list[str]]

WORDS = BuildSettings(embedders=())
REPOSITORY = Path(__file__).parents[3]
FILES = 9


def test_two_writers_at_once_are_refused(calls: Path, index: Path) -> None:
    with IndexWriter(index), pytest.raises(IndexLockedError):
        index_paths(index, [calls], WORDS)


def is_gone(group: int, seconds: float = 180.0) -> bool:
    """Whether every process of a group ends in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        if Path("/proc/self/stat").exists() and not any(map(_runs_in(group), Path("/proc").glob("[0-9]*/stat"))):
            return True
        time.sleep(0.02)
    return False


def _runs_in(group: int) -> Callable[[Path], bool]:
    """Return what tells of a process whether it runs in a group; some have ended, and nobody has asked after them."""

    def runs(stat: Path) -> bool:
        try:
            state, _, of, *_ = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return False
        return int(of) == group and state not in "ZX"

    return runs


def test_a_killed_build_leaves_the_old_or_the_new_generation(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall, hits: Hits
) -> None:
    """Each attempt adds so many files that a pool of processes reads them; none of these may be left either."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom indexer.build import BuildSettings, index_paths\n"
        "print('ready', flush=True)\n"
        "settings = BuildSettings(embedders=('bundled',), workers=2)\n"
        "index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], settings)\n"
    )
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    chance = random.Random(7)  # noqa: S311 - moments, no secrets.
    for attempt in range(5):
        old = current_name(index)
        for number in range(FILES):
            write_call(calls / f"more-{attempt}-{number}.txt", f"第{attempt}次的第{number}个 EBITA。")
        command = [sys.executable, "-c", code, str(index), str(calls)]
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, start_new_session=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 1.0))
            process.send_signal(signal.SIGKILL)
        assert is_gone(process.pid)
        published = current_name(index) != old
        texts = hits(opened(), "ebita")
        assert sum(f"第{attempt}次" in text for text in texts) == (FILES if published else 0)
        assert len(texts) == 3 + FILES * (attempt + published)
        report = index_paths(index, [calls])
        assert (report.transcripts, report.failed) == (3 + FILES * (attempt + 1), ())
        assert len({info.source.path for info in opened().passages.transcripts()}) == report.transcripts
    assert check_index(index) == ()
    assert sorted(entry.name for entry in index.iterdir()) == ["CURRENT", "LOCK", "generations"]
    assert len(list((index / "generations").iterdir())) == 2
