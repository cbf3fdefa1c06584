"""One process writes, and readers have a whole index whatever becomes of it."""

from __future__ import annotations

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


def test_two_writers_at_once_are_refused(calls: Path, index: Path) -> None:
    with IndexWriter(index), pytest.raises(IndexLockedError):
        index_paths(index, [calls], WORDS)


def test_a_killed_build_leaves_the_old_or_the_new_generation(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall, hits: Hits
) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom indexer.build import BuildSettings, index_paths\n"
        "print('ready', flush=True)\n"
        "index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], BuildSettings(embedders=('bundled',)))\n"
    )
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    chance = random.Random(7)  # noqa: S311 - moments, no secrets.
    for attempt in range(5):
        old = current_name(index)
        new_call = write_call(calls / f"more-{attempt}.txt", f"第{attempt}次 EBITA。")
        command = [sys.executable, "-c", code, str(index), str(calls)]
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
        published = current_name(index) != old
        texts = hits(opened(), "ebita")
        assert any(f"第{attempt}次" in text for text in texts) == published
        assert len(texts) == 3 + attempt + published
        report = index_paths(index, [calls])
        assert report.transcripts == 4 + attempt
        assert [Path(info.source.path) for info in opened().passages.transcripts()].count(new_call) == 1
    assert check_index(index) == ()
    assert sorted(entry.name for entry in index.iterdir()) == ["CURRENT", "LOCK", "generations"]
    assert len(list((index / "generations").iterdir())) == 2
