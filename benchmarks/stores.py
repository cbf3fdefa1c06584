"""Answer the same judged queries from each store and print how they fare, side by side.

    python benchmarks/stores.py TRANSCRIPTS --judged JUDGED.jsonl [--embedder bundled] [--uri http://HOST:19530]

The stores are tantivy + FAISS, Whoosh + FAISS and Milvus: Milvus Lite in this process, unless --uri names a server,
whose database must hold no index of Yuanhua. Exit code 1 when nDCG@10 of the hybrid search differs by 0.02 or more.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from indexer.build import BuildSettings, index_paths, quiet
from indexer.build.publish import publish_to_milvus
from indexer.stores.milvus_address import MilvusAddress
from indexer.stores.opening import open_reader
from search_web.evaluation import evaluate_file
from search_web.search.request import Mode
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.opening import Reader

MOST_APART = 0.02


class Store(NamedTuple):
    """A store: its name, what makes the index and returns how many passages it has, and what opens it."""

    name: str
    make: Callable[[], int]
    open: Callable[[], Reader]


def stores(folder: Path, transcripts: Path, embedders: tuple[str, ...], uri: str | None) -> list[Store]:
    """Return the stores to compare; Milvus is given the index that the first of them has made."""
    address = MilvusAddress(uri or str(folder / "milvus.db"))

    def make_files(engine: str) -> int:
        settings = BuildSettings(keyword_engine=engine, embedders=embedders)
        return index_paths(folder / engine, [transcripts], settings).passages

    def make_milvus() -> int:
        publish_to_milvus(folder / "tantivy", address, quiet)
        with closing(open_reader(folder / "fetched", address)) as reader:
            return reader.current().passages.count

    return [
        Store("tantivy + FAISS", lambda: make_files("tantivy"), lambda: open_reader(folder / "tantivy")),
        Store("Whoosh + FAISS", lambda: make_files("whoosh"), lambda: open_reader(folder / "whoosh")),
        Store("Milvus" if uri else "Milvus Lite", make_milvus, lambda: open_reader(folder / "fetched", address)),
    ]


def main() -> int:
    """Print a row for each store and mode, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--judged", type=Path, required=True)
    parser.add_argument("--embedder", action="append")
    parser.add_argument("--uri")
    asked = parser.parse_args()
    hybrid = []
    with TemporaryDirectory() as scratch:
        print(f"{'store':16} {'made in':>9} {'mode':8} {'nDCG@10':>8} {'MRR@10':>8} {'recall@100':>10} {'median':>10}")
        for store in stores(Path(scratch), asked.transcripts, tuple(asked.embedder or ("bundled",)), asked.uri):
            started = perf_counter()
            store.make()
            made = perf_counter() - started
            with closing(store.open()) as reader:
                searcher = Searcher(reader)
                searcher.warm()
                for mode in (Mode.KEYWORD, Mode.HYBRID):
                    report = evaluate_file(asked.judged, searcher, mode=mode)
                    found = report.overall
                    print(
                        f"{store.name:16} {made:7.1f} s {mode:8} {found.ndcg_10:8.4f} {found.mrr_10:8.4f}"
                        f" {found.recall_100:10.4f} {report.median_ms:7.1f} ms",
                        flush=True,
                    )
                hybrid.append(found.ndcg_10)
    apart = max(hybrid) - min(hybrid)
    print(f"Hybrid nDCG@10 differs by {apart:.4f} (less than {MOST_APART} is wanted)")
    return int(apart >= MOST_APART)


if __name__ == "__main__":
    sys.exit(main())
