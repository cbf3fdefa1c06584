"""Compare rjieba with jieba on one text: where they cut differently, and how fast they are.

python benchmarks/segmenters.py TRANSCRIPT
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from time import perf_counter

from indexer.text.language import HAN
from indexer.text.normalise import fold
from indexer.text.segmenters import Segmenter, create_segmenter

ROUNDS = 7


def seconds(segmenter: Segmenter, runs: list[str]) -> float:
    """Return the time of the quickest round over all runs."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for run in runs:
            list(segmenter.words(run))
        times.append(perf_counter() - start)
    return min(times)


def main(path: Path) -> None:
    """Print start-up times, the ratio of the speeds and every run that is cut differently."""
    runs = re.findall(f"[{HAN}]+", fold(path.read_text(encoding="utf-8")))
    segmenters = {}
    for name in ("rjieba", "jieba"):
        start = perf_counter()
        segmenters[name] = create_segmenter(name, ())
        print(f"{name}: loaded in {perf_counter() - start:.2f} s")
    for run in runs:
        mine, other = (sorted(map(tuple, segmenter.words(run))) for segmenter in segmenters.values())
        if mine != other:
            print(f"differs: {run}\n  {mine}\n  {other}")
    quick, slow = (seconds(segmenter, runs) for segmenter in segmenters.values())
    print(f"{sum(map(len, runs))} Han characters in {len(runs)} runs, search mode, best of {ROUNDS} rounds")
    print(f"rjieba {quick * 1000:.1f} ms, jieba {slow * 1000:.1f} ms: {slow / quick:.1f} times as fast")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
