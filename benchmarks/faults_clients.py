"""Clients that send slowly, read slowly, or go away in the middle; others must not notice."""

from __future__ import annotations

import shutil
import socket
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from faults_outcome import ROOT, Outcome, served, yuanhua
from soak import memory_of, workers_of

if TYPE_CHECKING:
    import argparse
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

CROWD = 100
READERS = 8
"""Those who ask for something large, of which the making takes time: two for each thread."""
SETTLED = 60.0
PATIENCE = 2.0
ROUNDS = 5
REST = ""
MOST_GROWTH = 20.0
"""Megabytes by which a worker may be larger after the last round than after the second."""
OK = 200


def slow_clients(scratch: Path, _settings: argparse.Namespace, _chance: random.Random) -> Iterator[Outcome]:
    """Hold a crowd of bad clients open and ask beside them."""
    calls, index = scratch / "calls", scratch / "index"
    shutil.copytree(ROOT / "corpus", calls)
    said = "".join(f"Speaker {place % 3}: The margin of unit {place} was told at length.\n\n" for place in range(2500))
    (calls / "long.txt").write_text(said, encoding="utf-8")
    yuanhua("index", calls, "--index", index, "--embedder", "none")
    with served(index, "--threads", "4", log=scratch / "log") as (url, server):
        place = urlsplit(url)
        address = (place.hostname or "", place.port or 0)
        listed = _get(address, "/api/v1/transcripts")[1]
        long_one = next(part for part in listed.split('"') if part.startswith("long"))
        crowds: dict[str, Callable[[], socket.socket]] = {
            "send half of their headers": lambda: _sent(
                address, b"GET /api/v1/search?q=cash HTTP/1.1\r\nHost: a\r\nX-A: "
            ),
            "send half of a body": lambda: _sent(
                address,
                b"POST /api/v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                b'Content-Length: 1000\r\n\r\n{"name": "',
            ),
            "do not read what they asked for": lambda: _sent(
                address, f"GET /transcripts/{long_one} HTTP/1.1\r\nHost: a\r\n\r\n".encode(), room=4096
            ),
            "ask and close their half": lambda: _half_closed(address),
            "ask and go away": lambda: _gone(address),
        }
        (worker,) = workers_of(server.pid)
        before, grown = memory_of(worker).megabytes, []
        for what, client in [crowd for _ in range(ROUNDS) for crowd in (*crowds.items(), (REST, None))]:
            if client is None:
                grown.append(memory_of(worker).megabytes - before)
                continue
            with ExitStack() as held:
                for _ in range(READERS if "read" in what else CROWD):
                    held.enter_context(client())
                _settle(address)
                times, wrong = [], []
                for _ in range(20):
                    started = time.perf_counter()
                    try:
                        status, _text = _get(address, "/api/v1/search?q=cash&mode=keyword")
                    except OSError as error:
                        wrong.append(f"another client met {type(error).__name__}")
                        break
                    times.append(time.perf_counter() - started)
                    if status != OK:
                        wrong.append(f"status {status}")
                if times and max(times) > PATIENCE:
                    wrong.append(f"another client waited {max(times):.1f} s")
            yield Outcome(
                f"{READERS if 'read' in what else CROWD} clients that {what}",
                "others are answered at once",
                tuple(wrong),
            )
        figures = ", ".join(f"{one:+.0f}" for one in grown)
        keeps_growing = grown[-1] - grown[1] > MOST_GROWTH
        wrong = ("it grows with every round",) if keeps_growing else ()
        yield Outcome(f"memory of the worker after each of {ROUNDS} rounds of these", f"{figures} MB", wrong)


def _settle(address: tuple[str, int]) -> None:
    """Wait until what the crowd asked for has been made, in so far as it is."""
    end, quick = time.monotonic() + SETTLED, 0
    while time.monotonic() < end and quick < 20:
        started = time.perf_counter()
        with suppress(OSError):
            _get(address, "/healthz")
        quick = quick + 1 if time.perf_counter() - started < PATIENCE / 10 else 0
        time.sleep(0.1)


def _sent(address: tuple[str, int], content: bytes, room: int = 0) -> socket.socket:
    client = socket.socket()
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.connect(address)
    client.sendall(content)
    return client


def _half_closed(address: tuple[str, int]) -> socket.socket:
    client = _sent(address, b"GET /api/v1/search?q=cash HTTP/1.1\r\nHost: a\r\n\r\n")
    client.shutdown(socket.SHUT_WR)
    return client


def _gone(address: tuple[str, int]) -> socket.socket:
    client = _sent(address, b"GET /api/v1/search?q=cash HTTP/1.1\r\nHost: a\r\n\r\n")
    with suppress(OSError):
        client.close()
    return client


def _get(address: tuple[str, int], path: str) -> tuple[int, str]:
    connection = HTTPConnection(*address, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content
