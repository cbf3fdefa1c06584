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
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from throughput_clients import WARMING, Outcome, drive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHORT, LONG, CUT = 24, 50, 120
NEAREST = 10


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
    return {kind: queries for kind, queries in kinds.items() if queries}


def wait_for_workers(port: int, workers: int) -> None:
    """Wait until so many processes listen; connections that are made before stay with those that do (Linux alone)."""
    wanted = f":{port:04X} "
    while workers > sum(wanted in line and " 0A " in line for line in Path("/proc/net/tcp").read_text().splitlines()):
        sleep(0.1)


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
            wait_for_workers(urlsplit(url).port or 0, 2 if "--workers" in options else 1)
            yield url, server.pid
        finally:
            server.terminate()
            server.wait()


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
