"""A folder that is followed is indexed again whenever something changes in it, until Ctrl-C."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.build.changes import Changes, Pace
from indexer.build.files import FoundFiles, find_files
from indexer.stores.index import IndexWriter, check_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    WriteCall = Callable[..., Path]

REPOSITORY = Path(__file__).parents[3]
LONG = 180.0
QUIET = 1.0  # Seconds that a file must rest before the command reads it.


class Watching:
    """The command at work, and what it prints, line by line."""

    def __init__(self, *arguments: object) -> None:
        # What a shell runs behind itself ignores SIGINT, and so would all that is begun from there.
        listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        code = f"{listen}; from search_web.cli import main; main()"
        command = [sys.executable, "-c", code, "index", *map(str, arguments), "--watch", "--embedder", "none"]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        self.out = self._lines(self.process.stdout)
        self.err = self._lines(self.process.stderr)

    def report(self) -> Any:
        """Return the next report, which is a line of JSON."""
        return json.loads(self.out.get(timeout=LONG))

    def said(self, words: str) -> str:
        """Return the next line on stderr that has some words."""
        while words not in (line := self.err.get(timeout=LONG)):
            pass
        return line

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)

    @staticmethod
    def _lines(stream: Any) -> queue.Queue[str]:
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            with stream:
                for line in stream:
                    lines.put(line.decode())

        threading.Thread(target=read, daemon=True).start()
        return lines


@pytest.fixture
def watch() -> Iterator[Callable[..., Watching]]:
    """Return a function that starts the command, and end it whatever happens."""
    started: list[Watching] = []

    def starting(*arguments: object) -> Watching:
        started.append(Watching(*arguments))
        return started[-1]

    yield starting
    for one in started:
        one.process.kill()
        one.process.wait()


@pytest.fixture
def put(tmp_path: Path, write_call: WriteCall) -> WriteCall:
    """Return what puts a call into its place whole: what follows sees it not at all, or as it shall be."""

    def putting(path: Path, figure: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_call(tmp_path / "aside" / path.name, figure).replace(path)

    return putting


def test_each_set_of_changes_is_one_report(
    calls: Path, index: Path, tmp_path: Path, write_call: WriteCall, put: WriteCall, watch: Callable[..., Watching]
) -> None:
    watching = watch(calls, "--index", index, "--json")
    first = watching.report()
    assert (len(first["added"]), first["transcripts"]) == (3, 3)
    watching.said("Watching")
    # However long the one or the other is held up, all of it is there at once.
    for name in ("a.txt", "b.txt"):
        write_call(tmp_path / "new" / name, f"{name}。")
    (tmp_path / "new" / "broken.txt").write_bytes(b"")
    (tmp_path / "new").rename(calls / "new")
    report = watching.report()
    assert (len(report["added"]), report["transcripts"]) == (2, 5)
    assert [failure["error"] for failure in report["failed"]] == ["EmptySourceError"]
    assert report["generation"] != first["generation"]
    (calls / "new" / "a.txt").rename(calls / "new" / "c.txt")
    report = watching.report()
    assert [(Path(file["before"]).name, Path(file["path"]).name) for file in report["moved"]] == [("a.txt", "c.txt")]
    put(calls / "call-0.txt", "改过的。")
    assert len(watching.report()["updated"]) == 1
    (calls / "new" / "broken.txt").unlink()
    (calls / "call-2.txt").unlink()
    assert len(watching.report()["removed"]) == 1
    assert watching.stop() == 0
    assert watching.out.empty()
    assert check_index(index) == ()
    assert sorted(entry.name for entry in index.iterdir()) == ["CURRENT", "LOCK", "generations"]


def test_a_folder_that_is_removed_and_made_again_is_followed_on(
    calls: Path, index: Path, tmp_path: Path, put: WriteCall, watch: Callable[..., Watching]
) -> None:
    other = put(tmp_path / "other" / "other.txt", "别处。")
    watching = watch(calls, other, "--index", index, "--json")
    assert watching.report()["transcripts"] == 4
    calls.rename(tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    report = watching.report()
    assert (len(report["removed"]), report["transcripts"]) == (3, 1)
    put(other, "别处变了。")
    assert len(watching.report()["updated"]) == 1
    put(calls / "again.txt", "又来了。")
    assert watching.report()["transcripts"] == 2
    put(calls / "more.txt", "还有。")
    assert watching.report()["transcripts"] == 3
    assert watching.stop(signal.SIGTERM) == 0


def test_a_file_that_grows_is_read_when_it_is_complete(
    tmp_path: Path, write_call: WriteCall, watch: Callable[..., Watching]
) -> None:
    text = write_call(tmp_path / "whole", "慢慢写。").read_text(encoding="utf-8")
    for attempt in range(9):
        calls = write_call(tmp_path / f"{attempt}" / "first.txt").parent
        watching = watch(calls, "--index", tmp_path / f"index-{attempt}", "--json")
        watching.report()
        watching.said("Watching")
        longest = write_slowly(calls / "slow.txt", text)
        report = watching.report()
        assert watching.stop() == 0
        # On a busy machine this process itself may have rested for so long that the file seemed complete.
        if longest < QUIET:
            break
    assert (len(report["added"]), report["updated"], report["passages"]) == (1, [], 8)
    assert watching.out.empty()


def write_slowly(path: Path, text: str) -> float:
    """Write a text over three seconds; return how many seconds the file may have rested meanwhile."""
    step, longest, before = len(text) // 12 + 1, 0.0, time.monotonic()
    with path.open("w", encoding="utf-8") as file:
        for place in range(0, len(text), step):
            begun = time.monotonic()
            file.write(text[place : place + step])
            file.flush()
            longest, before = max(longest, time.monotonic() - before), begun
            if place + step < len(text):
                time.sleep(0.25)
    return longest


def test_another_writer_is_waited_for(calls: Path, index: Path, put: WriteCall, watch: Callable[..., Watching]) -> None:
    with IndexWriter(index):
        watching = watch(calls, "--index", index, "--json")
        assert "another process is writing the index" in watching.said("waiting until it has finished")
        assert watching.out.empty()
    assert watching.report()["transcripts"] == 3
    with IndexWriter(index):
        put(calls / "new.txt", "新的。")
        watching.said("waiting until it has finished")
    assert watching.report()["transcripts"] == 4
    assert watching.stop() == 0


def test_people_get_one_line_for_each_set_of_changes(
    calls: Path, index: Path, put: WriteCall, watch: Callable[..., Watching]
) -> None:
    watching = watch(calls, "--index", index)
    assert "3 transcripts, 12 passages: 3 added" in watching.out.get(timeout=LONG)
    watching.said("Watching")
    put(calls / "new.txt", "新的。")
    assert "  1 added, 0 updated, 0 removed, 0 moved, 3 unchanged" in watching.out.get(timeout=LONG)
    assert watching.stop() == 0


def test_what_cannot_be_begun_is_an_error(tmp_path: Path, watch: Callable[..., Watching]) -> None:
    watching = watch(tmp_path / "nothing", "--index", tmp_path / "index")
    assert watching.process.wait(LONG) == 2
    assert "no such file or folder" in watching.err.get(timeout=LONG)


def test_files_that_never_rest_do_not_hold_up_the_others(calls: Path, index: Path, write_call: WriteCall) -> None:
    changes = Changes(index, [calls], Pace(quiet=0.2, patience=0.6))
    changes.look()
    changes.note(frozenset())
    write_call(calls / "done.txt", "写完了。")
    growing = write_call(calls / "growing.txt", "写。")
    start = time.monotonic()
    while not changes.due:
        with growing.open("a", encoding="utf-8") as file:
            file.write("还在写。\n")
        time.sleep(0.05)
        changes.look()
    assert time.monotonic() - start >= 0.6
    assert changes.unsettled() == {growing}
    changes.note(changes.unsettled())
    changes.look()
    assert changes.any
    time.sleep(0.3)
    changes.look()
    assert changes.due
    assert changes.unsettled() == set()


def test_a_look_that_takes_longer_than_files_must_rest_takes_none_for_complete(
    calls: Path, index: Path, write_call: WriteCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where there are many, or the disk is far away."""
    changes = Changes(index, [calls], Pace(quiet=0.2))
    changes.look()
    changes.note(frozenset())
    new = write_call(calls / "new.txt")

    def find_slowly(paths: list[Path], *, index: Path) -> FoundFiles:
        found = find_files(paths, index=index)
        time.sleep(0.3)
        return found

    monkeypatch.setattr("indexer.build.changes.find_files", find_slowly)
    changes.look()
    assert (changes.unsettled(), changes.due) == ({new}, False)
    time.sleep(0.25)
    changes.look()
    assert (changes.unsettled(), changes.due) == (set(), True)
