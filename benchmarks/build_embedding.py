"""What `yuanhua index` loses of the rate at which onnxruntime itself runs the bundled model on all cores.

python benchmarks/build_embedding.py SET [--passages N] [--turns N]

SET is a folder with a corpus.jsonl. Its first N passages are indexed with `bundled` and a cache of vectors that is
empty, from the end of the first batch, when the model is loaded, to that of the last; and the same texts, passages and
sentences, are given to a bare loop over onnxruntime: a thread for each core, a text a call. The two take turns. Printed
are seconds by the clock and of processor time, and what each is of the bare loop at best.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from embedders import bare_session

from indexer.build.embedded_texts import texts_to_embed
from indexer.build.report import BuildSettings
from indexer.build.run import index_paths
from indexer.embedding.parallel import usable_cores
from indexer.settings import CACHE
from indexer.stores.generations import current_name, open_generation
from search_web.evaluation.corpus import read_corpus

BATCH = 256
"""How many passages a build embeds at a time."""
A_FILE = 100


class Clock:
    """Hears how far a build has come, and keeps when the first and the last batch of vectors were done."""

    def __init__(self) -> None:
        self.batches: list[tuple[float, float]] = []

    def __call__(self, stage: str, done: int, _total: int, _detail: str = "", /) -> None:
        """Keep the time of a batch."""
        if done and stage.startswith("vectors"):
            self.batches.append((perf_counter(), process_time()))

    def taken(self) -> tuple[float, float]:
        """Return the seconds from the first batch to the last, by the clock and of processor time."""
        (began, before), (ended, after) = self.batches[0], self.batches[-1]
        return ended - began, after - before


def build(files: Path, place: Path) -> tuple[tuple[float, float], list[str]]:
    """Index files without any vector kept from before; return the seconds taken, and the texts embedded in them."""
    with TemporaryDirectory(dir=place) as empty:
        os.environ[str(CACHE.environment)] = empty
        clock, index = Clock(), Path(empty, "index")
        index_paths(index, [files], BuildSettings(embedders=("bundled",)), clock)
        with closing(open_generation(index, current_name(index))) as generation:
            passages = [text for _, text in islice(generation.passages.searchable_texts(), BATCH, None)]
    texts = (text for passage in passages for text in texts_to_embed(passage, sentences=True))
    return clock.taken(), list(dict.fromkeys(texts))


def bare(texts: list[str]) -> tuple[float, float]:
    """Return the seconds that a loop over onnxruntime takes on all cores."""
    session, cores = bare_session(), usable_cores()

    def embed(share: list[str]) -> None:
        for text in share:
            session.run(["outputs"], {"inputs": [text]})

    embed(texts[:8])
    began, before = perf_counter(), process_time()
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(embed, [texts[core::cores] for core in range(cores)]))
    return perf_counter() - began, process_time() - before


def main() -> None:
    """Measure both in turns and print how they compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    calls = read_corpus(given.set / "corpus.jsonl")
    passages = list(islice((passage.text for call in calls for passage in call.passages), given.passages))
    ours, loops = [], []
    with TemporaryDirectory() as place:
        files = Path(place, "files")
        files.mkdir()
        for start in range(0, len(passages), A_FILE):
            said = "\n\n".join(f"**张三**：{text}" for text in passages[start : start + A_FILE])
            (files / f"{start:06}.md").write_text(f"# 会议\n\n{said}", encoding="utf-8")
        print(f"{usable_cores()} cores; seconds by the clock, of processor time")
        for _ in range(given.turns):
            taken, texts = build(files, Path(place))
            ours.append(taken)
            loops.append(bare(texts))
            print(f"{len(texts)} texts: in a build {taken[0]:.2f}, {taken[1]:.2f}; bare {loops[-1][0]:.2f},", end=" ")
            print(f"{loops[-1][1]:.2f}", flush=True)
    clock, processor = (min(one[kind] for one in ours) / min(one[kind] for one in loops) for kind in (0, 1))
    print(f"a build takes {clock:.2f} times as long as the bare loop, and {processor:.2f} times its processor time")


if __name__ == "__main__":
    main()
