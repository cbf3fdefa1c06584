"""Time searches of an index, each query once, so that none is embedded before it is timed.

    python benchmarks/latency.py --index FOLDER QUERIES.jsonl [QUERIES.jsonl …] [--queries 100]

A line of QUERIES is an object with `text`. For each mode it prints the median and the 95th percentile in
milliseconds, by the clock and by processor time, of a first page of ten hits with their context.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

MOST_CHARACTERS = 120


def main() -> None:
    """Time each mode on queries of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="files of queries")
    parser.add_argument("--index", type=Path, required=True, help="the folder of the index")
    parser.add_argument("--queries", type=int, default=100, help="how many queries for each mode")
    arguments = parser.parse_args()
    files = [[json.loads(line)["text"][:MOST_CHARACTERS] for line in file.open()] for file in arguments.files]
    texts = list(dict.fromkeys(text for row in zip(*files, strict=False) for text in row))
    searcher = Searcher(IndexReader(arguments.index))
    searcher.warm()
    print(f"{searcher.reader.current().passages.count} passages")
    for number, mode in enumerate(Mode):
        clock, processor = [], []
        for text in texts[number * arguments.queries : (number + 1) * arguments.queries]:
            started, used = perf_counter(), process_time()
            searcher.search(SearchRequest(text, mode=mode, plain=True))
            clock.append(1000.0 * (perf_counter() - started))
            processor.append(1000.0 * (process_time() - used))
        told = (
            f"{name} p50 {median(times):.1f} p95 {quantiles(times, n=20)[-1]:.1f}"
            for name, times in (("clock", clock), ("processor", processor))
        )
        print(f"{mode.value:8} {len(clock)} queries: {', '.join(told)} ms")


if __name__ == "__main__":
    main()
