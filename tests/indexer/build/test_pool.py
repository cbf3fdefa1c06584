"""Processes that read files: one that dies or hangs takes only its own file down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.build.pool import WorkerPool
from indexer.build.prepare import Preparer, ReadFile, Task, UnreadFile
from indexer.build.worker import MEMORY, Start
from indexer.stores.index import check_index
from indexer.text.analyser import Analyser

if TYPE_CHECKING:
    from collections.abc import Callable

    WriteCall = Callable[..., Path]

REPOSITORY = Path(__file__).parents[3]
START = Start("rjieba", (), 600.0)
linux = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="only Linux tells which processes belong to one"
)


def task(path: Path) -> Task:
    return Task(str(path), path.stem)


def children(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    found = set()
    for entry in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - numbers, not paths.
        with suppress(OSError):
            parent = Path("/proc", entry, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            if int(parent) == pid:
                found.add(int(entry))
    return found


@pytest.fixture
def workers() -> Callable[[], set[int]]:
    """Return what gives the processes that this one has started in the test; earlier tests have left others to it."""
    before = children(os.getpid())
    return lambda: children(os.getpid()) - before


def processor_time(pid: int) -> float:
    """Return how many seconds a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_at_work(pid: int) -> bool:
    """Whether a process computes on, which it does once it reads a file that takes minutes, and not while it waits."""
    before = processor_time(pid)
    return until(lambda: processor_time(pid) > before + 0.3)


def until(condition: Callable[[], object], seconds: float = 180.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Return a file that takes minutes to read."""
    line = "张勇：这是第{}句，云业务收入同比增长。\n"
    path = tmp_path / "endless.txt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(map(line.format, range(500_000)))
    return path


def test_processes_read_what_one_process_reads_in_the_same_order(calls: Path) -> None:
    tasks = [task(path) for path in (*sorted(calls.iterdir()), calls / "nothing.txt")] * 3
    with WorkerPool(START, 2) as pool:
        outcomes = list(pool.outcomes(tasks))
    assert outcomes == [Preparer(Analyser()).read(one) for one in tasks]
    assert [type(outcome) for outcome in outcomes] == [ReadFile, ReadFile, ReadFile, UnreadFile] * 3


def test_a_file_that_takes_too_long_is_given_up(calls: Path, endless: Path) -> None:
    first, second, _ = (task(path) for path in sorted(calls.iterdir()))
    begun = time.monotonic()
    with WorkerPool(START, 1) as pool:
        next(pool.outcomes([first]))
    # Enough for a short file on this machine, however busy it is.
    limit = float(round(3 * (time.monotonic() - begun)) + 1)
    with WorkerPool(Start("rjieba", (), limit), 1) as pool:
        one, slow, two = pool.outcomes([first, task(endless), second])
    said = f"reading it took longer than {limit:g} s. Allow more with --time-limit"
    assert slow == UnreadFile(said, "BrokenReaderError")
    assert isinstance(one, ReadFile)
    assert isinstance(two, ReadFile)


@linux
def test_a_process_that_dies_fails_only_its_file(calls: Path, endless: Path, workers: Callable[[], set[int]]) -> None:
    first, second, _ = (task(path) for path in sorted(calls.iterdir()))
    with WorkerPool(START, 1) as pool:
        outcomes = pool.outcomes([first, task(endless), second])
        assert isinstance(next(outcomes), ReadFile)
        (worker,) = workers()
        assert is_at_work(worker)
        os.kill(worker, signal.SIGSEGV)
        assert next(outcomes) == UnreadFile("the process that read it ended (SIGSEGV)", "BrokenReaderError")
        assert isinstance(next(outcomes), ReadFile)
    assert until(lambda: not workers())


@linux
def test_a_process_that_died_between_two_files_fails_none(calls: Path, workers: Callable[[], set[int]]) -> None:
    first, second, _ = (task(path) for path in sorted(calls.iterdir()))
    with WorkerPool(START, 1) as pool:
        assert isinstance(next(pool.outcomes([first])), ReadFile)
        (worker,) = workers()
        os.kill(worker, signal.SIGKILL)
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
        assert isinstance(next(pool.outcomes([second])), ReadFile)


@linux
def test_a_file_that_needs_too_much_memory_fails_alone(calls: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(2 * MEMORY)
    with WorkerPool(START, 1) as pool:
        failed, read = pool.outcomes([task(huge), task(min(calls.iterdir()))])
    assert isinstance(failed, UnreadFile)
    assert "memory" in failed.message or failed.error == "OversizedSourceError"
    assert isinstance(read, ReadFile)


@linux
def test_leaving_the_pool_ends_its_processes_at_once(endless: Path, workers: Callable[[], set[int]]) -> None:
    with WorkerPool(START, 2) as pool:
        pool.outcomes([task(endless)] * 4)
        assert until(lambda: len(workers()) == 2)
        start = time.monotonic()
    assert workers() == set()
    assert time.monotonic() - start < 60


@linux
def test_no_process_outlives_a_parent_that_is_killed(endless: Path) -> None:
    code = (
        "import sys\nfrom indexer.build.pool import WorkerPool\nfrom indexer.build.prepare import Task\n"
        "from indexer.build.worker import Start\n"
        "with WorkerPool(Start('rjieba', (), 600.0), 2) as pool:\n"
        "    list(pool.outcomes([Task(sys.argv[1], 'a')] * 2))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(endless)], cwd=REPOSITORY) as parent:
        assert until(lambda: len(children(parent.pid)) == 2)
        readers = children(parent.pid)
        assert all(map(is_at_work, readers))
        parent.kill()
    assert until(lambda: not any(Path(f"/proc/{reader}/exe").exists() for reader in readers))


def test_many_files_give_the_same_index_whoever_reads_them(tmp_path: Path, index: Path, write_call: WriteCall) -> None:
    for number in range(12):
        write_call(tmp_path / "many" / f"call-{number:02d}.txt", f"第{number}项 EBITA。")
    (tmp_path / "many" / "call-05.txt").write_bytes(b"")
    reports = [
        index_paths(folder, [tmp_path / "many"], BuildSettings(embedders=(), workers=workers))
        for folder, workers in ((index, 1), (tmp_path / "again", 3))
    ]
    assert [(report.transcripts, len(report.failed)) for report in reports] == [(11, 1)] * 2
    assert reports[0].failed == reports[1].failed
    assert reports[0].added == reports[1].added
    assert check_index(index) == check_index(tmp_path / "again") == ()
    written = [
        [path.read_bytes() for path in sorted(folder.glob("generations/*/passages.sqlite"))]
        for folder in (index, tmp_path / "again")
    ]
    assert written[0] == written[1]


def test_a_pipe_is_not_waited_for(calls: Path, index: Path) -> None:
    os.mkfifo(calls / "pipe.txt")
    report = index_paths(index, [calls], BuildSettings(embedders=()))
    assert [(note.path, note.message) for note in report.skipped] == [
        (str(calls / "pipe.txt"), "it is no regular file")
    ]
    assert report.transcripts == 3
