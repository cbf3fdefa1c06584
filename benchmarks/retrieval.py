"""Measure every judged set in all modes and fusions, and write the table of docs/retrieval.md.

python benchmarks/retrieval.py FOLDER [--queries N] [--e5] [--only SET …] [--cache FOLDER] [--write docs/retrieval.md]

FOLDER holds sets of corpus.jsonl, queries.jsonl and qrels.tsv, each in a folder of its own, and files of judged queries
(*.jsonl) over the transcripts of FOLDER/../corpus. Without --write the table is printed only.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.evaluation import evaluate_file, evaluate_folder
from search_web.search.request import Fusion, Mode
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search_web.evaluation import Figures, Report

BEGIN = "<!-- table of `make bench-retrieval`: begin -->"
END = "<!-- table of `make bench-retrieval`: end -->"
WAYS = (
    (Mode.KEYWORD, Fusion.ADAPTIVE),
    (Mode.VECTOR, Fusion.ADAPTIVE),
    *((Mode.HYBRID, fusion) for fusion in (Fusion.ADAPTIVE, Fusion.ZSUM, Fusion.RRF)),
)
HEAD = (
    "| set | vectors | queries | keyword | vector | **hybrid, adaptive** | hybrid, zsum | hybrid, rrf | median ms |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is measured, and how much of it."""

    folder: Path
    queries: int | None
    vectors: tuple[tuple[str, ...], ...]
    cache: Path | None
    only: tuple[str, ...] = ()

    def takes(self, name: str) -> bool:
        """Return whether a set is to be measured."""
        return not self.only or name in self.only


def rows(choice: Choice) -> Iterator[str]:
    """Yield a row of the table for each set and choice of vectors, and one for each language of a mixed set."""
    corpus = choice.folder.parent / "corpus"
    for judged in filter(lambda path: choice.takes(path.stem), sorted(choice.folder.glob("*.jsonl"))):
        with TemporaryDirectory() as place:
            names = tuple(dict.fromkeys(name for names in choice.vectors for name in names))
            index_paths(Path(place), sorted(corpus.glob("*.txt")), BuildSettings(embedders=names))
            with closing(IndexReader(Path(place))) as reader:
                searcher = Searcher(reader)

                def measure(mode: Mode, fusion: Fusion, names: tuple[str, ...]) -> Report:
                    return evaluate_file(
                        judged, searcher, mode=mode, fusion=fusion, embedders=names, limit_queries=choice.queries
                    )

                yield from _measured(measure, choice)
    folders = sorted(path.parent for path in choice.folder.glob("*/corpus.jsonl"))
    for folder in filter(lambda path: choice.takes(path.name), folders):

        def measure_folder(mode: Mode, fusion: Fusion, names: tuple[str, ...]) -> Report:
            return evaluate_folder(
                folder,
                mode=mode,
                fusion=fusion,
                embedders=names,
                limit_queries=choice.queries,
                cache=choice.cache,
            )

        yield from _measured(measure_folder, choice)


def _measured(measure: Callable[[Mode, Fusion, tuple[str, ...]], Report], choice: Choice) -> Iterator[str]:
    for names in choice.vectors:
        reports = [measure(mode, fusion, names) for mode, fusion in WAYS]
        first = reports[0]
        hybrid = reports[WAYS.index((Mode.HYBRID, Fusion.ADAPTIVE))]
        yield _row(first.set, names, [report.overall for report in reports], hybrid.median_ms)
        for language in first.by_lang if len(first.by_lang) > 1 else ():
            yield _row(f"{first.set}, {language}", names, [report.by_lang[language] for report in reports], None)


def _row(name: str, vectors: tuple[str, ...], figures: list[Figures], median_ms: float | None) -> str:
    scores = [f"{one.ndcg_10:.3f}".removeprefix("0") for one in figures]
    scores[2] = f"**{scores[2]}**"
    took = "" if median_ms is None else f"{median_ms:.1f}"
    return f"| {' | '.join((name, ', '.join(vectors), str(figures[0].queries), *scores, took))} |\n"


def caption(choice: Choice, command: str) -> str:
    """Return what was measured, when, where and with which command."""
    cut = f"the first {choice.queries} queries of each set" if choice.queries else "all queries"
    return (
        f"nDCG@10 on {cut}; the milliseconds are those of the adaptive hybrid search for a first page. "
        f"{datetime.now(UTC).date().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), "
        f"{platform.python_implementation()} {platform.python_version()}, `{command}`.\n"
    )


def written(page: str, table: str) -> str:
    """Return a page with the table between its two marks. Raises ValueError when the marks are not there."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def main() -> None:
    """Measure, print each row as it comes, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the folder of judged sets")
    parser.add_argument("--queries", type=int, help="only the first so many queries of each set")
    parser.add_argument("--e5", action="store_true", help="measure bundled and e5 together too; slow")
    parser.add_argument("--only", action="append", default=[], help="only this set; may be given more than once")
    parser.add_argument("--cache", type=Path, help="where the indexes of the sets are kept")
    parser.add_argument("--write", type=Path, help="the page whose table is to be written")
    given = parser.parse_args()
    vectors = (("bundled",), ("bundled", "e5")) if given.e5 else (("bundled",),)
    choice = Choice(given.folder, given.queries, vectors, given.cache, tuple(given.only))
    page = given.write.read_text(encoding="utf-8") if given.write else None
    if page is not None:
        written(page, "")  # A page without marks is better refused before an hour of measuring than after.
    options = [f"QUERIES={given.queries}"] if given.queries else []
    command = " ".join(("make bench-retrieval", *options, *(["E5=1"] if given.e5 else [])))
    table = f"{caption(choice, command)}\n{HEAD}"
    sys.stdout.write(table)
    for row in rows(choice):
        sys.stdout.write(row)
        sys.stdout.flush()
        table += row
    if page is not None:
        given.write.write_text(written(given.write.read_text(encoding="utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    main()
