"""Search the vectors of an index among fewer and fewer passages, however these lie to the query.

    python benchmarks/filters.py --index FOLDER [--embedder bundled] [--queries 20] [--limit 1000] QUERIES.jsonl …

A line of QUERIES is an object with `text`. Passages are kept at random, by whole calls as a company or a period keeps
them, by language, or by how near they are to the query: the nearest are what a filter keeps that goes with the query,
the farthest what one keeps that goes against it. A row of the table has how many are kept, the share of the ten nearest
of these that is found (recall@10, against all vectors compared one by one; what comes as near as the tenth counts), and
the time of a search for the best `limit` rows: median and 95th percentile by the clock, and the median of what the
processors spent, in milliseconds. To make the passages of a filter known costs apart and is not in it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import mean, median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.embedding import create_embedder
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from indexer.stores.generations import Generation

_NEAREST = 10
_ROUNDING = 1e-6
_MOST_CHARACTERS = 120


class Kind(NamedTuple):
    """A kind of filter: what it keeps and the rows, rising, of a query to whose cosines it is told."""

    name: str
    share: float
    rows: Callable[[NDArray[np.int64]], NDArray[np.int64]]


def kinds(generation: Generation, generator: np.random.Generator) -> Iterator[Kind]:
    """Yield the kinds of filters; `rows` takes all rows from the nearest to the farthest."""
    calls = generation.passages.columns.transcript
    count = generation.passages.count

    def by_call(share: float) -> NDArray[np.int64]:
        order = generator.permutation(len(calls.values))
        sizes = np.bincount(calls.codes, minlength=len(calls.values))[order]
        return np.flatnonzero(np.isin(calls.codes, order[: 1 + np.searchsorted(np.cumsum(sizes), share * count)]))

    def at_random(share: float) -> NDArray[np.int64]:
        return np.sort(generator.permutation(count)[: int(share * count)])

    for share in (0.9, 0.5, 0.1, 0.05, 0.02, 0.01):
        yield Kind("at random", share, lambda _, share=share: at_random(share))
    for share in (0.5, 0.25, 0.05, 0.01):
        yield Kind("whole calls", share, lambda _, share=share: by_call(share))
    for language in ("zh", "en"):
        rows = generation.passages.rows(Filters(language=(language,)))
        if rows is not None and len(rows):
            yield Kind(f"language {language}", len(rows) / count, lambda _, rows=rows: rows)
    for share in (0.5, 0.1, 0.02):
        yield Kind("nearest", share, lambda order, share=share: np.sort(order[: int(share * count)]))
    for share in (0.999, 0.99, 0.9, 0.75, 0.5, 0.25, 0.1, 0.02):
        yield Kind("farthest", share, lambda order, share=share: np.sort(order[-int(share * count) :]))


def main() -> None:
    """Print a row for each kind of filter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--embedder", default="bundled")
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--limit", type=int, default=1000)
    asked = parser.parse_args()
    files = [
        [json.loads(line)["text"][:_MOST_CHARACTERS] for line in file.open(encoding="utf-8")] for file in asked.files
    ]
    texts = list(dict.fromkeys(text for row in zip(*files, strict=False) for text in row))[: asked.queries]
    generation = IndexReader(asked.index).current()
    space = generation.spaces[asked.embedder]
    queries = create_embedder(space.info.embedder).embed_queries(texts)
    count = space.info.passages
    everything = np.arange(count, dtype=np.int64)
    told = [space.scores(query, everything) for query in queries]
    orders = [np.argsort(-cosines, kind="stable") for cosines in told]
    print(f"{count:,} passages, {len(queries)} queries, recall {space.info.recall} in the manifest\n")
    print("| passages kept | share | recall@10 | p50 and p95, ms | processors, ms |\n|---|---|---|---|---|")
    for kind in kinds(generation, np.random.default_rng(7)):
        shares, clock, processor = [], [], []
        for query, cosines, order in zip(queries, told, orders, strict=True):
            rows = kind.rows(order)
            started, used = perf_counter(), process_time()
            found, scores = space.search(query, asked.limit, rows)
            clock.append(1000 * (perf_counter() - started))
            processor.append(1000 * (process_time() - used))
            if not np.isin(found, rows).all():
                raise SystemExit(f"{kind.name}: passages were found that the filter does not keep")
            tenth = np.partition(cosines[rows], -_NEAREST)[-_NEAREST]
            shares.append(float((scores[:_NEAREST] >= tenth - _ROUNDING).mean()))
        times = f"{median(clock):.1f} and {quantiles(clock, n=20)[-1]:.1f} | {median(processor):.1f}"
        print(f"| {kind.name} | {kind.share:.1%} | {mean(shares):.3f} | {times} |", flush=True)


if __name__ == "__main__":
    main()
