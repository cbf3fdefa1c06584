"""Profile searches of an index, each query once, and name the hottest spots.

    python benchmarks/profile_search.py --index INDEX QUERIES.jsonl … [--queries 200] [--mode hybrid]
        [--spots 12] [--by whole] [--write docs/performance.md]

A line of QUERIES is an object with `text`. A spot is a function of ours with what it spends in C and in libraries: a
search in tantivy or faiss counts for who asks for it, a comprehension for whom it stands in. Times are of the
processor, under the profiler, which makes many small calls look dearer than they are; the first line tells what a
search takes without it. `--by whole` shows the stages of a search, with all below them, and not its spots.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from page import write_between_marks

from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 120
_DEEPEST = 30
_ROOT = Path(__file__).resolve().parent.parent


class Spot(NamedTuple):
    """A function of ours: where it stands, what it took without and with what is ours below it, and its calls."""

    where: str
    own: float
    whole: float
    calls: int


def queries(files: Sequence[Path], count: int) -> list[str]:
    """Return the queries of the files in turn, each once."""
    read = [[json.loads(line)["text"][:MOST_CHARACTERS] for line in path.open(encoding="utf-8")] for path in files]
    return list(dict.fromkeys(filter(None, chain.from_iterable(zip_longest(*read)))))[:count]


def spots(profile: cProfile.Profile) -> list[Spot]:
    """Return the spots of a profile."""
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # Its stubs lack it.
    spent = {function: record[2] for function, record in stats.items()}
    for _ in range(_DEEPEST):
        moved = {function: time for function, time in spent.items() if time and not _is_ours(function)}
        for function, time in moved.items():
            callers = stats[function][4]
            shares = {caller: record[3] or record[2] for caller, record in callers.items() if caller != function}
            whole = sum(shares.values())
            if whole:
                spent[function] -= time
                for caller, share in shares.items():
                    spent[caller] += time * share / whole
    return [Spot(_named(name), spent[name], record[3], record[1]) for name, record in stats.items() if _is_ours(name)]


def _is_ours(function: tuple[str, int, str]) -> bool:
    return function[0].startswith(str(_ROOT)) and not function[2].startswith("<")


def _named(function: tuple[str, int, str]) -> str:
    return f"{Path(function[0]).relative_to(_ROOT)}:{function[1]} {function[2]}"


def main() -> None:
    """Print what a search takes, and its hottest spots."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.HYBRID)
    parser.add_argument("--spots", type=int, default=12)
    parser.add_argument("--by", choices=("own", "whole"), default="own", help="what the hottest spots are hottest by")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    searcher = Searcher(IndexReader(asked.index))
    searcher.warm()
    texts = queries(asked.files, 2 * asked.queries)
    plain, profiled = texts[::2], texts[1::2]
    bare = []
    for text in plain:
        used = process_time()
        searcher.search(SearchRequest(text, mode=asked.mode, plain=True))
        bare.append(1000.0 * (process_time() - used))
    profile = cProfile.Profile(timer=process_time)
    for text in profiled:
        profile.runcall(searcher.search, SearchRequest(text, mode=asked.mode, plain=True))
    found = sorted(spots(profile), key=lambda spot: -getattr(spot, asked.by))
    whole = sum(spot.own for spot in found)
    count = searcher.reader.current().passages.count
    under = f"a mean of {1000.0 * whole / len(profiled):.1f} ms of {len(profiled)} others"
    bared = f"median {median(bare):.1f} ms of {len(bare)} queries"
    lines = [
        f"{count:,} passages, {asked.mode}: {bared}, with the profiler {under}.\n",
        "| spot | ms a search | share | with all below, ms | calls a search |\n|---|---|---|---|---|",
    ]
    for spot in found[: asked.spots]:
        own, below = (1000.0 * time / len(profiled) for time in (spot.own, spot.whole))
        calls = spot.calls / len(profiled)
        lines.append(f"| `{spot.where}` | {own:.2f} | {spot.own / whole:.0%} | {below:.2f} | {calls:.1f} |")
    print("\n".join(lines))
    if asked.write is not None:
        write_between_marks(asked.write, "profile_search.py", "\n".join(lines))


if __name__ == "__main__":
    main()
