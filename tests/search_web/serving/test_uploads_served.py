"""Uploads on a server as it is run: two workers answer, a process of its own works, and each of them may be killed."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from indexer.stores.index import check_index

from .conftest import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from .conftest import Served, Serving

ANIMALS = ("walrus", "badger", "otter", "heron", "lemur", "tapir")


def ask(url: str, path: str, data: bytes | None = None) -> dict[str, Any]:
    kind = {"Content-Type": "application/octet-stream"}
    asked = Request(f"{url}{path}", data, kind, method="GET" if data is None else "POST")  # noqa: S310
    with urlopen(asked, timeout=60) as answer:  # noqa: S310
        return dict(json.load(answer))


def states(url: str) -> dict[str, str]:
    return {one["id"]: one["state"] for one in ask(url, "api/v1/uploads")["uploads"]}


def wait_until(url: str, holds: Callable[[set[str]], bool]) -> None:
    assert until(lambda: holds(set(states(url).values()))), states(url)


def totals(url: str) -> dict[str, int]:
    """Return how often the index has each call, and how many calls."""
    found = {word: ask(url, f"api/v1/search?q={word}&mode=keyword")["total"] for word in ("zebra", *ANIMALS)}
    return {**found, "calls": ask(url, "api/v1/transcripts")["total"]}


def processes_of(served: Served) -> Iterator[tuple[int, str]]:
    """Yield the processes that a server has started, and theirs: number and command line."""
    parents = {served.process.pid}
    known: dict[int, tuple[int, str]] = {}
    for entry in map(int, filter(str.isdigit, os.listdir("/proc"))):  # noqa: PTH208 - numbers, not paths.
        with (
            suppress(OSError),
            open(f"/proc/{entry}/stat") as stat,  # noqa: PTH123
            open(f"/proc/{entry}/cmdline") as command,  # noqa: PTH123
        ):
            known[entry] = int(stat.read().rpartition(")")[2].split()[1]), command.read()
    # Numbers begin anew at their end: a process may have a lower one than what started it.
    while found := {entry for entry, (parent, _) in known.items() if parent in parents}:
        parents = found
        yield from ((entry, known.pop(entry)[1]) for entry in sorted(found))


def kill(numbers: Iterable[int]) -> None:
    """Kill processes; some may have ended with those that were killed before."""
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def test_whatever_is_killed_nothing_is_lost_and_nothing_comes_twice(
    serving: Serving, spoken: Callable[[str], Path]
) -> None:
    index = spoken("Our zebra margin rose.")
    arguments = ("--index", str(index), "--workers", "2")
    with serving(*arguments) as served:
        for animal in ANIMALS:
            text = f"Operator: Welcome.\n\nAda North: The {animal} kiln is lit, and orders rose by a fifth.\n"
            assert (
                ask(served.url, f"api/v1/uploads?name={animal}.txt", text.encode())["uploads"][0]["state"] == "received"
            )
        wait_until(served.url, lambda found: found != {"received"})
        kill(number for number, words in processes_of(served) if "upload_process" in words)
        wait_until(served.url, lambda found: found == {"draft"})

        for upload in states(served.url):
            assert ask(served.url, f"api/v1/uploads/{upload}/confirm", b"")["state"] in {"waiting", "indexing", "done"}
        # Mostly in the midst of indexing; where that is done before anybody looks, after it.
        wait_until(served.url, lambda found: bool(found & {"indexing", "done"}))
        kill([served.process.pid, *(number for number, _ in processes_of(served))])
        served.process.wait(PATIENCE)
    with serving(*arguments) as served:
        wait_until(served.url, lambda found: found == {"done"})
        # Each worker moves over to what was published by itself; what came twice would stay so.
        wanted = {**dict.fromkeys(("zebra", *ANIMALS), 1), "calls": 1 + len(ANIMALS)}
        assert until(lambda: totals(served.url) == wanted), totals(served.url)
        assert served.stop() == 0
        assert [words for _, words in processes_of(served)] == []
    assert check_index(index) == ()
    names = {path.name for path in (index.parent / "index-library").rglob("*.txt")}
    assert names == {f"{animal}.txt" for animal in ANIMALS}
