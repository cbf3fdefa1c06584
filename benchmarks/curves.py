"""Time and memory against size: indexes of several sizes are searched, and what grows how fast is fitted and drawn.

    python benchmarks/curves.py INDEX INDEX … --queries QUERIES.jsonl [QUERIES.jsonl …] [--count 100]
        [--build LOG …] [--plot docs/curves.svg] [--write docs/performance.md]

Each index is opened and searched in a fresh process, each query once. LOG is what `/usr/bin/time -v yuanhua index …`
printed when an index was made, both streams: the passages, the seconds and the memory are read from it. The exponent is
that of the power of the number of passages that fits best, by least squares of the logarithms: 1 grows as fast as the
index, 0 not at all.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from page import write_between_marks
from peers_limits import memory
from profile_search import queries

from indexer.stores.generations import PREPARED, generation_folder
from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Points = dict[str, dict[int, float]]

_MEGABYTE = 1e6
_BUILT = re.compile(r"^\d+ transcripts, (\d+) passages: .* ([\d.]+) s\)$", re.MULTILINE)
_BUILT_JSON = re.compile(r'"passages": (\d+),\s+"seconds": ([\d.]+)')
_PEAK = re.compile(r"Maximum resident set size \(kbytes\): (\d+)")
_PROCESSOR = re.compile(r"(?:User|System) time \(seconds\): ([\d.]+)")
_SECONDS = ("open, s", "first search ready, s", "build, s", "build, processor s")
_MILLISECONDS = tuple(f"{mode.value}, {what}" for mode in Mode for what in ("p50 ms", "processor ms"))
_MEGABYTES = ("memory of a server, MB", "of which not pages of files, MB", "disk, MB", "memory of the build, MB")
PANELS = (("Seconds", _SECONDS), ("Milliseconds a search", _MILLISECONDS), ("Megabytes", _MEGABYTES))


def measure(index: Path, files: Sequence[Path], count: int) -> dict[str, float]:
    """Open an index and search it in each mode; the queries of one mode are not those of another."""
    started = perf_counter()
    searcher = Searcher(IndexReader(index))
    generation = searcher.reader.current()
    figures = {"open, s": perf_counter() - started}
    searcher.warm()
    figures["first search ready, s"] = perf_counter() - started
    texts = queries(files, len(Mode) * count)
    modes = [mode for mode in Mode if generation.spaces or mode is Mode.KEYWORD]
    for number, mode in enumerate(modes):
        clock, processor = [], []
        for text in texts[number :: len(modes)]:
            begun, used = perf_counter(), process_time()
            searcher.search(SearchRequest(text, mode=mode, plain=True))
            clock.append(1000.0 * (perf_counter() - begun))
            processor.append(1000.0 * (process_time() - used))
        figures[f"{mode.value}, p50 ms"] = median(clock)
        figures[f"{mode.value}, processor ms"] = median(processor)
    whole, own = memory(os.getpid())
    folder = generation_folder(index, generation.name)
    files_held = [path for path in folder.rglob("*") if path.is_file() and path.name != PREPARED]
    figures["memory of a server, MB"] = whole / _MEGABYTE
    figures["of which not pages of files, MB"] = own / _MEGABYTE
    figures["disk, MB"] = sum(path.stat().st_size for path in files_held) / _MEGABYTE
    return {"passages": generation.passages.count, **figures}


def read_log(path: Path) -> tuple[int, dict[str, float]]:
    """Return the passages of a build and its figures. Raises ValueError where the log tells of none."""
    text = path.read_text(encoding="utf-8")
    built = _BUILT.search(text) or _BUILT_JSON.search(text)
    if built is None:
        raise ValueError(f"{path} does not end as `yuanhua index` does")
    figures = {"build, s": float(built[2])}
    if peak := _PEAK.search(text):
        figures["memory of the build, MB"] = int(peak[1]) * 1024 / _MEGABYTE
    if used := _PROCESSOR.findall(text):
        figures["build, processor s"] = sum(map(float, used))
    return int(built[1]), figures


def exponent(points: Mapping[int, float]) -> float | None:
    """Return the power of the size that the points grow with; None for fewer than two sizes."""
    kept = {size: value for size, value in points.items() if size > 0 and value > 0}
    if len(kept) < 2:
        return None
    slope, _ = np.polyfit(np.log(list(kept)), np.log(list(kept.values())), 1)
    return float(slope)


def table(points: Points) -> str:
    """Return the figures as a table of Markdown, a row for each."""
    sizes = sorted({size for values in points.values() for size in values})
    lines = [
        f"| | {' | '.join(f'{size:,}' for size in sizes)} | exponent |",
        f"|---|{'---|' * (len(sizes) + 1)}",
    ]
    for name, values in points.items():
        cells = [
            f"{values[size]:,.3g}"
            if values.get(size, 1e9) < 1000
            else f"{values[size]:,.0f}"
            if size in values
            else "–"
            for size in sizes
        ]
        power = exponent(values)
        lines.append(f"| {name} | {' | '.join(cells)} | {'–' if power is None else f'{power:.2f}'} |")
    return "\n".join(lines)


def plot(points: Points, path: Path) -> None:
    """Draw the points on logarithmic axes, a panel for each unit."""
    mpl.rcParams.update({"svg.hashsalt": path.name, "svg.fonttype": "none"})
    figure = Figure(figsize=(15, 5), layout="constrained")
    for axes, (unit, names) in zip(figure.subplots(1, len(PANELS), sharex=True), PANELS, strict=True):
        for name in names:
            values = dict(sorted(points.get(name, {}).items()))
            if values:
                power = exponent(values)
                label = name if power is None else f"{name}: n^{power:.2f}"
                axes.plot(list(values), list(values.values()), marker="o", label=label)
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=unit)
        axes.grid(visible=True, which="both", alpha=0.3)
        axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> None:
    """Measure each index in a process of its own, print the table and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("indexes", type=Path, nargs="+")
    parser.add_argument("--queries", type=Path, nargs="+", required=True)
    parser.add_argument("--count", type=int, default=100, help="queries of each mode")
    parser.add_argument("--build", type=Path, nargs="*", default=())
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", action="store_true", help="measure the only index here and print an object of JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.indexes[0], asked.queries, asked.count)))
        return
    points: Points = {name: {} for _, names in PANELS for name in names}
    for index in asked.indexes:
        figures = _in_a_process(index, asked.queries, asked.count)
        size = int(figures.pop("passages"))
        for name, value in figures.items():
            points[name][size] = value
    for log in asked.build:
        size, figures = read_log(log)
        for name, value in figures.items():
            points[name][size] = value
    told = table({name: values for name, values in points.items() if values})
    print(told)
    if asked.write is not None:
        write_between_marks(asked.write, "curves.py", told)
    if asked.plot is not None:
        plot(points, asked.plot)


def _in_a_process(index: Path, files: Sequence[Path], count: int) -> dict[str, Any]:
    command = [sys.executable, __file__, str(index), "--one", "--count", str(count), "--queries", *map(str, files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
