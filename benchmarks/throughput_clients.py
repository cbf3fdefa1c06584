"""Clients of a server that is measured: what they ask, what they see, and what processor time that takes."""

from __future__ import annotations

import os
import re
import selectors
import socket
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WARMING = 10
"""The first of so many equal parts of the queries is not counted."""

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted: seconds of each search and of all together, and processor seconds of server and clients."""

    latencies: Sequence[float]
    seconds: float
    server: float
    clients: float

    def row(self, server: str, kind: str) -> str:
        """Return it as a row of a table."""
        percentiles = quantiles(self.latencies, n=100)
        p50, p95, p99 = (f"{1000.0 * percentiles[place - 1]:.0f}" for place in (50, 95, 99))
        count = len(self.latencies)
        used = (f"{1000.0 * spent / count:.1f}" for spent in (self.server, self.clients))
        return f"| {' | '.join((server, kind, f'{count / self.seconds:.0f}', p50, p95, p99, *used))} |"


def drive(url: str, process: int, queries: Sequence[str], clients: int) -> Outcome:
    """Send the queries over so many connections, and return what was seen after the first of them."""
    place = urlsplit(url)
    requests = [
        f"GET /api/v1/search?{urlencode({'q': query, 'plain': '1'})} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
        for query in queries
    ]
    clientele = Clientele(place.hostname or "", place.port or 0, iter(requests))
    warming = len(requests) // WARMING
    started = own = theirs = 0.0
    for _ in range(clients):
        clientele.ask()
    while clientele.waits:
        clientele.listen()
        if not started and len(clientele.latencies) >= warming:
            warming = len(clientele.latencies)
            started, own, theirs = perf_counter(), process_time(), processor_time(process)
    seconds, own, theirs = perf_counter() - started, process_time() - own, processor_time(process) - theirs
    return Outcome(clientele.latencies[warming:], seconds, theirs, own)


class Clientele:
    """Clients of one server, each with a request under way until there is none left."""

    def __init__(self, host: str, port: int, unsent: Iterator[bytes]) -> None:
        self.latencies: list[float] = []
        self._place, self._unsent = (host, port), unsent
        self._waiting = selectors.DefaultSelector()
        self._asked: dict[socket.socket, float] = {}
        self._answers: dict[socket.socket, bytes] = {}

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting.get_map())

    def ask(self, kept: socket.socket | None = None) -> None:
        """Send the next request, where there is one, over this connection or a new one."""
        request = next(self._unsent, None)
        if request is None:
            return
        if kept is None:
            kept = socket.create_connection(self._place)
            kept.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers[kept], self._asked[kept] = b"", perf_counter()
        kept.sendall(request)
        self._waiting.register(kept, selectors.EVENT_READ)

    def listen(self) -> None:
        """Take in what has come, and let those clients ask again who have their answer."""
        for key, _ in self._waiting.select():
            connection = cast("socket.socket", key.fileobj)
            received = connection.recv(1 << 18)
            self._answers[connection] += received
            ended = answered(self._answers[connection], whole=not received)
            if ended is None:
                continue
            self.latencies.append(perf_counter() - self._asked.pop(connection))
            del self._answers[connection]
            self._waiting.unregister(connection)
            if ended is Ended.CLOSED:
                connection.close()
            self.ask(connection if ended is Ended.KEPT else None)


class Ended(Enum):
    """What becomes of the connection when an answer is complete."""

    KEPT = 1
    CLOSED = 2


def answered(answer: bytes, *, whole: bool) -> Ended | None:
    """Return what becomes of the connection of an answer, None while there is more to come.

    `whole` tells that the server has closed it. Raises RuntimeError for what does not answer a search.
    """
    head, blank, body = answer.partition(b"\r\n\r\n")
    if not blank and not whole:
        return None
    length = _LENGTH.search(head)
    if not re.match(rb"HTTP/1\.. 200", head) or length is None:
        raise RuntimeError(answer[:1000].decode(errors="replace"))
    if len(body) < int(length[1]):
        return None
    return Ended.KEPT if head.startswith(b"HTTP/1.1") and b"connection: close" not in head.lower() else Ended.CLOSED


def processor_time(process: int) -> float:
    """Return the processor seconds of a process and its descendants."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], used[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15])) / _TICKS
    family = {process}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(used.get(one, 0.0) for one in family)
