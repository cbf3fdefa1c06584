"""Count the hybrid searches that a server answers in a second, beside two others with the same queries.

    python benchmarks/throughput.py --index FOLDER QUERIES.jsonl [QUERIES.jsonl …] [--clients 4] [--searches 600]

A line of QUERIES is an object with `text` or `query`. Short ones, of at most 24 characters, and long ones, from 50 on
and cut at 120, are told apart. Each is sent once to each server, in the same shuffled order, so that no vector of a
query is at hand when it comes; a first tenth warms up and is not counted. What answers:

- workers: `yuanhua serve` with two worker processes,
- development: `yuanhua serve --dev`, Flask's own server,
- loop: two threads of one process that do no more than embed the query (onnxruntime), look for its words (tantivy) and
  for its vector (FAISS) and fuse ten of each by their ranks: nothing is recognised, expanded, marked or sent. It is the
  limit of what a server of these libraries could do.

Clients keep their connections, where the server does, and send the next query as soon as the last one is answered: so
many wait at once. They are one process without threads, of which the last column tells the processor time a search, as
`server` does of all processes of the server. Latencies are those that the clients see.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHORT, LONG, CUT = 24, 50, 120
WARMING = 10  # The first of so many equal parts.
NEAREST = 10
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


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="files of queries")
    parser.add_argument("--index", type=Path, required=True, help="the folder of the index")
    parser.add_argument("--clients", type=int, default=4, help="how many searches wait at once")
    parser.add_argument("--searches", type=int, default=600, help="how many queries of each kind")
    parser.add_argument("--threads", type=int, nargs="*", default=[], help="numbers of threads a worker, to compare")
    parser.add_argument("--only", nargs="*", default=["workers", "development", "loop"], help="which of the three")
    chosen = parser.parse_args()
    kinds = {kind: queries[: chosen.searches] for kind, queries in sorted_out(chosen.files).items()}
    servers: dict[str, list[str]] = {}
    if "workers" in chosen.only:
        for threads in chosen.threads or [0]:
            name = f"2 workers of {threads} threads" if threads else "2 workers"
            servers[name] = ["--workers", "2", *(["--threads", str(threads)] if threads else [])]
    if "development" in chosen.only:
        servers["development server"] = ["--dev"]
    print("| what | queries | searches/s | p50 ms | p95 ms | p99 ms | server, ms a search | clients, ms a search |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name, options in servers.items():
        for kind, queries in kinds.items():
            with serving(chosen.index, options) as (url, process):
                print(drive(url, process, queries, chosen.clients).row(name, kind), flush=True)
    if "loop" in chosen.only:
        search = plain_loop(chosen.index)
        for kind, queries in kinds.items():
            print(looped(search, queries).row("plain loop of 2 threads", kind), flush=True)


def sorted_out(files: Sequence[Path]) -> dict[str, list[str]]:
    """Return the short and the long queries of the files, each once, shuffled."""
    lines = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    texts = [line.get("text") or line["query"] for line in lines]
    kinds = {
        "short": [text for text in dict.fromkeys(texts) if len(text) <= SHORT],
        "long": list(dict.fromkeys(text[:CUT] for text in texts if len(text) >= LONG)),
    }
    for queries in kinds.values():
        random.Random(1).shuffle(queries)  # noqa: S311 - any order will do that is the same each time.
    return kinds


@contextmanager
def serving(index: Path, options: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Serve the index on a free port, and give the address and the number of the process."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = str(Path(folder) / "notebook.sqlite")
        command = [sys.executable, "-m", "search_web", "serve", "--index", str(index), "--port", "0"]
        server = subprocess.Popen(
            [*command, "--notebook", notebook, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            url = next(match[0] for line in server.stdout or () if (match := re.search(r"http://\S+", line)))
            yield url, server.pid
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


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


def plain_loop(index: Path) -> Callable[[str], list[int]]:
    """Return what finds ten passages for a query, and no more."""
    import faiss  # noqa: PLC0415 - the servers run without.
    import numpy as np  # noqa: PLC0415
    import tantivy  # noqa: PLC0415

    from indexer.embedding import create_embedder  # noqa: PLC0415
    from indexer.stores.index import IndexReader  # noqa: PLC0415

    generation = IndexReader(index).current()
    folder = index / "generations" / generation.name
    analyser, embedder = generation.analyser(), create_embedder("bundled")
    words = tantivy.Index.open(str(folder / "keyword"))
    searcher, schema = words.searcher(), words.schema
    coded = folder / "vectors" / "bundled" / "codes.faiss"
    vectors = faiss.read_index(str(coded if coded.exists() else coded.with_name("passages.faiss")))

    def search(query: str) -> list[int]:
        faiss.omp_set_num_threads(1)
        terms = {token.term for token in analyser.analyse(query)}
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, "freq")) for term in terms]
        found = searcher.search(tantivy.Query.boolean_query(parts), NEAREST).hits
        by_words = searcher.fast_field_values("row", [place for _, place in found])
        _, near = vectors.search(np.ascontiguousarray(embedder.embed_queries([query])), NEAREST)
        scores: dict[int, float] = {}
        for ranking in (by_words, near[0].tolist()):
            for rank, row in enumerate(ranking):
                scores[row] = scores.get(row, 0.0) + 1.0 / (60 + rank)
        return sorted(scores, key=lambda row: -scores[row])[:NEAREST]

    return search


def looped(search: Callable[[str], list[int]], queries: Sequence[str]) -> Outcome:
    """Run the searches in two threads."""

    def timed(query: str) -> float:
        before = perf_counter()
        search(query)
        return perf_counter() - before

    warming = len(queries) // WARMING
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(timed, queries[:warming]))
        started, used = perf_counter(), process_time()
        latencies = list(pool.map(timed, queries[warming:]))
        return Outcome(latencies, perf_counter() - started, process_time() - used, 0.0)


if __name__ == "__main__":
    main()
