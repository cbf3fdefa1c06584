"""Processes that are killed at random moments, and two that want to write at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from faults_outcome import ROOT, Outcome, one_named_line, served, yuanhua
from kill_moments import AIMED, MOMENTS
from soak import workers_of

from indexer.stores.index import IndexReader, check_index

if TYPE_CHECKING:
    import argparse
    import random
    from collections.abc import Iterator
    from pathlib import Path

CREATED, OK = 201, 200


def killed_processes(scratch: Path, settings: argparse.Namespace, chance: random.Random) -> Iterator[Outcome]:
    """Kill the indexer, a worker, the server; start a second indexer."""
    calls, index = scratch / "calls", scratch / "index"
    calls.mkdir()
    _write(calls, 0)
    yuanhua("index", calls, "--index", index, "--embedder", "bundled")
    yield from _indexers(calls, index, settings.kills, chance)
    yield from _publishing(calls, index)
    yield _two_indexers(calls, index)
    yield from _servers(index, scratch, settings.kills, chance)


def _write(calls: Path, attempt: int) -> None:
    for number in range(12):
        said = "".join(
            f"Speaker {place % 3}: In attempt {attempt} the margin of unit {number} was {place} percent.\n\n"
            for place in range(30)
        )
        (calls / f"call-{number}.txt").write_text(said, encoding="utf-8")


def _state(index: Path) -> set[tuple[str, str]]:
    with closing(IndexReader(index)) as reader:
        return {(info.source.path, info.source.sha256) for info in reader.current().passages.transcripts()}


def _indexers(calls: Path, index: Path, kills: int, chance: random.Random) -> Iterator[Outcome]:
    started = time.perf_counter()
    _write(calls, -1)
    yuanhua("index", calls, "--index", index)
    span = time.perf_counter() - started
    for attempt in range(1, kills + 1):
        before = _state(index)
        _write(calls, attempt)
        command = [sys.executable, "-m", "search_web", "index", str(calls), "--index", str(index)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
            time.sleep(chance.uniform(0.1, 1) * span)
            process.kill()
        left = _state(index)
        wrong = [f"{problem.where}: {problem.what}" for problem in check_index(index)]
        done = yuanhua("index", calls, "--index", index)
        if done.returncode:
            wrong.append(f"the next run: {done.stderr[-200:]}")
        after = _state(index)
        if left not in (before, after):
            wrong.append("neither the old index nor the new one")
        yield Outcome("kill -9 of the indexer", "the old index" if left == before else "the new index", tuple(wrong))


def _publishing(calls: Path, index: Path) -> Iterator[Outcome]:
    """Kill the indexer right before each step of publishing."""
    for attempt, moment in enumerate(MOMENTS, 2000):
        before = _state(index)
        _write(calls, attempt)
        indexer = AIMED + "from search_web.cli import main; main()"
        arguments = ["index", str(calls), "--index", str(index), moment.event, moment.path]
        done = subprocess.run(
            [sys.executable, "-c", indexer, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
        )
        wrong = [] if done.returncode == -signal.SIGKILL else [f"it was not killed: {done.stderr[-200:]}"]
        left = _state(index)
        wrong += [f"{problem.where}: {problem.what}" for problem in check_index(index)]
        done = yuanhua("index", calls, "--index", index)
        if done.returncode:
            wrong.append(f"the next run: {done.stderr[-200:]}")
        if left != (_state(index) if moment.published else before):
            wrong.append("not the index that was to be in force")
        seen = "the new index" if moment.published else "the old index"
        yield Outcome(f"kill -9 of the indexer, before {moment.before}", seen, tuple(wrong))


def _two_indexers(calls: Path, index: Path) -> Outcome:
    _write(calls, 1000)
    command = [sys.executable, "-m", "search_web", "index", str(calls), "--index", str(index)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    done = [
        subprocess.CompletedProcess(
            command, process.wait(120), *(file.read() for file in (process.stdout, process.stderr) if file)
        )
        for process in processes
    ]
    lost = [one for one in done if one.returncode]
    wrong = [f"{len(lost)} gave up"] if len(lost) > 1 else []
    for one in lost:
        wrong += one_named_line(one, "another process is writing", "Wait until")
    wrong += [f"{problem.where}: {problem.what}" for problem in check_index(index)]
    return Outcome("two indexers at once", "one writes, the other is told who does", tuple(wrong))


def _get(url: str, address: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    place = urlsplit(url)
    with closing(HTTPConnection(place.hostname or "", place.port, timeout=30)) as connection:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request("POST" if body else "GET", address, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def _servers(index: Path, scratch: Path, kills: int, chance: random.Random) -> Iterator[Outcome]:
    """Kill workers and servers while quotes are written; what was acknowledged must be there afterwards."""
    notebook = scratch / "notebook.sqlite"
    arguments = ("--workers", "2", "--notebook", str(notebook))
    port, collection, noted = "0", "", 0
    for attempt in range(kills):
        with served(index, *arguments, "--port", port, log=scratch / "log") as (url, server):
            port = str(urlsplit(url).port)
            if not collection:
                _, made = _get(url, "/api/v1/collections", {"name": "kept"})
                collection = made["id"]
            _, found = _get(url, "/api/v1/search?q=margin")
            wrong = (
                [] if _get(url, f"/api/v1/collections/{collection}")[1]["quote_count"] >= noted else ["a quote is lost"]
            )
            done, counted = Event(), [0]
            writer = Thread(target=_collect, args=(url, collection, found["hits"][0]["id"], done, counted))
            writer.start()
            time.sleep(chance.uniform(0.1, 1))
            is_worker = attempt % 2 == 0
            os.kill(next(workers_of(server.pid)) if is_worker else server.pid, signal.SIGKILL)
            if is_worker:
                wrong += _answers_again(url, index)
            done.set()
            writer.join()
            noted += counted[0]
        fault = "kill -9 of a worker" if is_worker else "kill -9 of the server"
        seen = "another takes its place" if is_worker else "its workers end; the next server takes the address"
        yield Outcome(fault, f"{seen}; acknowledged quotes stay", tuple(wrong))


def _collect(url: str, collection: str, passage: str, done: Event, counted: list[int]) -> None:
    while not done.is_set():
        with suppress(OSError, HTTPException, ValueError):
            status, _ = _get(url, f"/api/v1/collections/{collection}/quotes", {"passage_id": passage})
            counted[0] += status == CREATED


def _answers_again(url: str, _index: Path) -> list[str]:
    deadline = time.monotonic() + 30
    in_a_row = 0
    while time.monotonic() < deadline:
        try:
            in_a_row = in_a_row + 1 if _get(url, "/api/v1/search?q=margin")[0] == OK else 0
        except (OSError, HTTPException):
            in_a_row = 0
        if in_a_row == 10:
            return []
    return ["it did not answer again within 30 seconds"]
