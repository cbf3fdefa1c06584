"""One step of peers.py, in a process of its own: a part of an index is built, or an index is opened and asked.

    python benchmarks/peers_run.py parts PEER CORPUS FOLDER
    python benchmarks/peers_run.py build PEER PART CORPUS FOLDER
    python benchmarks/peers_run.py ask PEER CORPUS FOLDER --seconds 120

prints what it measured, an object of JSON a line, so that what was measured before it was stopped is not lost.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from peers_corpus import EMBEDDER, Corpus
from peers_engines import peer
from peers_limits import memory

from indexer.embedding import create_embedder

if TYPE_CHECKING:
    from peers_engines import Engine

MODES = ("keyword", "vector", "hybrid")
_WARMING = 3


def told(**measured: Any) -> None:  # noqa: ANN401  What was measured, by name.
    """Print what was measured."""
    print(json.dumps(measured), flush=True)


def build(name: str, part: str, corpus: Corpus, folder: Path) -> None:
    """Build one part of an index into an empty folder and tell how long it took."""
    make = peer(name).parts[part]
    folder.mkdir(parents=True)
    started, used = perf_counter(), process_time()
    make(corpus, folder)
    told(seconds=perf_counter() - started, processor=process_time() - used)


def ask(name: str, corpus: Corpus, folder: Path, seconds: float) -> None:
    """Ask every question in every mode, each once, for at most so many seconds a mode, and tell how that went."""
    started = perf_counter()
    engine = peer(name).open(corpus, folder)
    told(opened=perf_counter() - started)
    embedder = create_embedder(EMBEDDER)
    for mode in MODES:
        if mode != "keyword" and not corpus.has_vectors:
            continue
        told(mode=mode, **_asked(engine, mode, corpus, embedder.embed_queries, seconds))
    whole, own = memory(os.getpid())
    told(memory=whole, anonymous=own, load=os.getloadavg()[0])
    files = {path for place in peer(name).places(corpus, folder) for path in (place, *place.rglob("*"))}
    told(disk=sum(path.stat().st_size for path in files if path.is_file()))


def _asked(engine: Engine, mode: str, corpus: Corpus, embed: Any, seconds: float) -> dict[str, Any]:  # noqa: ANN401
    clock, processor, embedding = [], [], []
    answers: dict[str, list[int]] = {}
    answer = getattr(engine, mode)
    begun = perf_counter()
    questions = corpus.questions
    for place, question in enumerate((*questions[-_WARMING:], *questions)):
        if perf_counter() - begun > seconds and place > _WARMING:
            break
        started, used = perf_counter(), process_time()
        vector = None if mode == "keyword" or mode in engine.embeds else embed([question.text])[0]
        embedded = process_time()
        found = answer(question) if mode == "keyword" else answer(question, vector)
        ended, spent = perf_counter(), process_time()
        if place >= _WARMING:
            clock.append(1000.0 * (ended - started))
            processor.append(1000.0 * (spent - used))
            embedding.append(1000.0 * (embedded - used))
            answers[question.id] = engine.numbers(found)
    return {"clock": clock, "processor": processor, "embedding": embedding, "answers": answers}


def main() -> None:
    """Do the step that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True)
    building = steps.add_parser("build")
    building.add_argument("peer")
    building.add_argument("part")
    asking = steps.add_parser("ask")
    asking.add_argument("peer")
    listing = steps.add_parser("parts")
    listing.add_argument("peer")
    for step in (building, asking, listing):
        step.add_argument("corpus", type=Path)
        step.add_argument("folder", type=Path)
    asking.add_argument("--seconds", type=float, default=120.0)
    asked = parser.parse_args()
    if asked.step == "build":
        build(asked.peer, asked.part, Corpus(asked.corpus), asked.folder)
    elif asked.step == "parts":
        told(parts=list(peer(asked.peer).parts))
    else:
        ask(asked.peer, Corpus(asked.corpus), asked.folder, asked.seconds)


if __name__ == "__main__":
    main()
