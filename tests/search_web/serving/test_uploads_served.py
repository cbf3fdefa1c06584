"""Uploads on a server as it is run: two workers answer, a process of its own works, and each of them may be killed."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from indexer.stores.generations import current_name
from indexer.stores.index import check_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
    deadline = time.monotonic() + 120
    while not holds(found := set(states(url).values())):
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def processes_of(served: Served) -> Iterator[tuple[int, str]]:
    """Yield the processes that a server has started, and theirs: number and command line."""
    parents = {served.process.pid}
    for entry in sorted(map(int, filter(str.isdigit, os.listdir("/proc")))):  # noqa: PTH208 - numbers, not paths.
        try:
            with open(f"/proc/{entry}/stat") as stat, open(f"/proc/{entry}/cmdline") as command:  # noqa: PTH123
                parent, words = int(stat.read().rpartition(")")[2].split()[1]), command.read()
        except OSError:
            continue
        if parent in parents:
            parents.add(entry)
            yield entry, words


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
        working = [number for number, words in processes_of(served) if "upload_process" in words]
        assert working
        os.kill(working[0], signal.SIGKILL)
        wait_until(served.url, lambda found: found == {"draft"})

        for upload in states(served.url):
            assert ask(served.url, f"api/v1/uploads/{upload}/confirm", b"")["state"] in {"waiting", "indexing"}
        wait_until(served.url, lambda found: "indexing" in found)
        killed = [served.process.pid, *(number for number, _ in processes_of(served))]
        for number in killed:
            os.kill(number, signal.SIGKILL)
        served.process.wait(40)
    with serving(*arguments) as served:
        wait_until(served.url, lambda found: found == {"done"})
        deadline = time.monotonic() + 60
        while ask(served.url, "readyz")["generation"] != current_name(index) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2)  # The other worker moves over to what was published by itself.
        found = {animal: ask(served.url, f"api/v1/search?q={animal}&mode=keyword")["total"] for animal in ANIMALS}
        assert found == dict.fromkeys(ANIMALS, 1)
        assert ask(served.url, "api/v1/search?q=zebra&mode=keyword")["total"] == 1
        assert ask(served.url, "api/v1/transcripts")["total"] == 1 + len(ANIMALS)
        assert served.stop() == 0
        assert [words for _, words in processes_of(served)] == []
    assert check_index(index) == ()
    names = {path.name for path in (index.parent / "index-library").rglob("*.txt")}
    assert names == {f"{animal}.txt" for animal in ANIMALS}
