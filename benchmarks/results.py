"""What shaping the results costs: facets, near-duplicates, groups, dates and trends, each beside the plain search.

python benchmarks/results.py --index FOLDER QUERY [QUERY ...]
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from indexer.stores.index import IndexReader
from search_web.search.request import By, Grouping, Mode, SearchRequest, Sort
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 15


def timed(work: Callable[[], object]) -> str:
    """Return the median milliseconds of some runs, by the clock and by the processor."""
    wall, cpu = [], []
    for _ in range(REPEATS):
        clock, used = perf_counter(), process_time()
        work()
        wall.append(1000.0 * (perf_counter() - clock))
        cpu.append(1000.0 * (process_time() - used))
    return f"{median(wall):8.1f} ms by the clock {median(cpu):8.1f} ms of the processor"


def main() -> None:
    """Print a line for each way to shape the results of each query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("queries", nargs="+")
    given = parser.parse_args()
    searcher = Searcher(IndexReader(given.index))
    searcher.warm()
    passages = searcher.reader.current().passages
    started = perf_counter()
    _ = passages.columns
    print(f"{passages.count} passages; the columns took {perf_counter() - started:.2f} s, once")
    for query in given.queries:
        for mode in (Mode.HYBRID, Mode.KEYWORD):
            plain = SearchRequest(query, mode=mode, collapse=False)
            found = searcher.search(plain)
            print(f"{query} ({mode}): {found.total} passages, {found.word_total} by words")
            for name, request in (
                ("plain", plain),
                ("facets", replace(plain, facets=True)),
                ("collapsed", replace(plain, collapse=True)),
                ("by call", replace(plain, group=Grouping.TRANSCRIPT)),
                ("by date", replace(plain, sort=Sort.DATE)),
            ):
                print(f"  {name:10} {timed(lambda request=request: searcher.search(request))}")
        print(f"  {'trend':10} {timed(lambda: searcher.trend(SearchRequest(query), By.COMPANY))}")


if __name__ == "__main__":
    main()
