"""Open an index and time searches of it, each query once, so that none is embedded before it is timed.

    python benchmarks/latency.py --index FOLDER QUERIES.jsonl [QUERIES.jsonl …] [--queries 100] [--longest 120]

A line of QUERIES is an object with `text`. It prints how long the index took to open and to warm up, then for each mode
the median and the 95th percentile in milliseconds of a first page of ten hits with their context, by the clock and by
processor time, and by the clock of each leg: finding rows with their scores, by words, or by vectors with the embedding
of the query. The last line tells the memory of the process.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher
from search_web.search.timing import KEYWORD_LEG, VECTOR_LEG

if TYPE_CHECKING:
    from collections.abc import Sequence

WARMING = 10


def told(name: str, seconds: Sequence[float]) -> str:
    """Return the percentiles of times in words."""
    return f"{name} p50 {1000 * median(seconds):.1f} p95 {1000 * quantiles(seconds, n=20)[-1]:.1f}"


def memory() -> str:
    """Return the resident memory of this process and how much of it is no file, in MiB (Linux alone)."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    held = dict(line.split(":") for line in lines)
    whole, anonymous = (int(held[name].split()[0]) >> 10 for name in ("VmRSS", "RssAnon"))
    return f"resident {whole} MiB, of which {anonymous} MiB are no mapped files"


def main() -> None:
    """Time each mode on queries of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="files of queries")
    parser.add_argument("--index", type=Path, required=True, help="the folder of the index")
    parser.add_argument("--queries", type=int, default=100, help="how many queries for each mode")
    parser.add_argument("--longest", type=int, default=120, help="longer queries are left out")
    arguments = parser.parse_args()
    files = [[json.loads(line)["text"] for line in file.open(encoding="utf-8")] for file in arguments.files]
    texts = [text for row in zip(*files, strict=False) for text in dict.fromkeys(row) if len(text) <= arguments.longest]
    started = perf_counter()
    searcher = Searcher(IndexReader(arguments.index))
    passages = searcher.reader.current().passages.count
    opened = perf_counter()
    searcher.warm()
    print(f"{passages} passages; opened in {opened - started:.2f} s, warmed up in {perf_counter() - opened:.2f} s")
    gc.collect()
    gc.freeze()
    legs: dict[str, list[float]] = defaultdict(list)
    searcher.observe = lambda leg, seconds: legs[leg].append(seconds)
    rest = iter(dict.fromkeys(texts))
    for mode in Mode:
        clock, processor = [], []
        for _ in range(WARMING + arguments.queries):
            started, used = perf_counter(), process_time()
            searcher.search(SearchRequest(next(rest), mode=mode, plain=True))
            clock.append(perf_counter() - started)
            processor.append(process_time() - used)
        asked = [leg for leg, other in ((KEYWORD_LEG, Mode.VECTOR), (VECTOR_LEG, Mode.KEYWORD)) if mode is not other]
        parts = [told(f"leg {leg}", legs[leg][-arguments.queries :]) for leg in asked]
        whole = (told("clock", clock[WARMING:]), told("processor", processor[WARMING:]))
        print(f"{mode.value:8} {arguments.queries} queries: {', '.join((*whole, *parts))} ms", flush=True)
    print(memory())


if __name__ == "__main__":
    main()
