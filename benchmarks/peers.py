"""Ask the same judged queries of Yuanhua and of other engines, which hold the same passages, words and vectors.

    python benchmarks/peers.py --index INDEX [--index INDEX …] JUDGED … --folder FOLDER [--python PYTHON]
        [--peers ours,ours-legs,ours-engines,whoosh,bm25s,sqlite,lancedb,lancedb-wide,milvus,lucene,lucene-wide,txtai]
        [--queries 50] [--seconds 120] [--limit 3600] [--memory 16]
        [--parts words] [--build-only] [--again] [--write docs/performance.md] [--plot docs/peers.svg]

INDEX is an index of peers_index.py: what is in it is what every engine gets. JUDGED are the folders of judged queries,
`--queries` of each. What is built below FOLDER, a folder for each index, is kept and not built again. A step that takes
more than `--limit` seconds or `--memory` gigabytes is ended and reported as such; a mode is asked for `--seconds` at
most. PYTHON is that of the environment where the others are installed:

    python -m venv peers-venv
    peers-venv/bin/pip install torch==2.13.0                (first, or another package brings gigabytes of CUDA along)
    peers-venv/bin/pip install -c constraints.txt '.[whoosh,milvus]' -r benchmarks/peers-requirements.txt
    peers-venv/bin/pip install --no-deps pyserini==1.6.0          (for the jar of Lucene in it)

Every query is asked once in each mode, after three others, in a fresh process. By vectors and hybrid, the time of
embedding the query, by the same model in the same process, is in the figures of all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from page import write_between_marks
from peers_corpus import exported
from peers_engines import PEERS
from peers_limits import run
from peers_plot import plot
from peers_table import rows_of, tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from peers_corpus import Corpus

_HERE = Path(__file__).resolve().parent
_GIGABYTE = 1e9
_NOT_MEASURED = {"built": {}, "asked": {"told": [], "peak": 0, "failed": "not measured"}}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a step may take, and the interpreter that it runs in."""

    python: str
    seconds: float
    limit: float
    memory: float

    def step(self, *arguments: str | Path) -> Mapping[str, Any]:
        """Run one step and return what it told, its peak of memory in bytes and, if it did not finish, why."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(_HERE.parent), str(_HERE)))}
        command = [self.python, str(_HERE / "peers_run.py"), *map(str, arguments)]
        ended = run(command, seconds=self.limit, most=int(self.memory * _GIGABYTE), environment=environment)
        return {"told": ended.told, "peak": ended.peak, "failed": ended.failed}


def built_parts(name: str, corpus: Corpus, limits: Limits, wanted: tuple[str, ...]) -> dict[str, Any]:
    """Build what is not there yet and return the figures, which are kept beside it, by part.

    `wanted` names the only parts to build, if there are any.
    """
    folder = corpus.folder / name
    folder.mkdir(exist_ok=True)
    listed = limits.step("parts", name, corpus.folder, folder)
    if listed["failed"]:
        return {"": listed}
    built: dict[str, Any] = {}
    for part in listed["told"][0]["parts"]:
        record = folder / f"{part}.json"
        if not record.exists():
            if (wanted and part not in wanted) or (part != "words" and not corpus.has_vectors):
                continue
            shutil.rmtree(folder / part, ignore_errors=True)
            print(f"{corpus.count} passages, {name}: building {part}", file=sys.stderr, flush=True)
            record.write_text(json.dumps(limits.step("build", name, part, corpus.folder, folder / part)))
        built[part] = json.loads(record.read_text(encoding="utf-8"))
    return built


def measured(name: str, corpus: Corpus, limits: Limits, wanted: tuple[str, ...]) -> dict[str, Any]:
    """Build what is not there yet, ask, and return the figures of both."""
    built = built_parts(name, corpus, limits, wanted)
    failed = [one["failed"] for one in built.values() if one["failed"]]
    if failed:
        return {"built": built, "asked": {"told": [], "peak": 0, "failed": failed[0]}}
    print(f"{corpus.count} passages, {name}: asking", file=sys.stderr, flush=True)
    asked = limits.step("ask", name, corpus.folder, corpus.folder / name, "--seconds", str(limits.seconds))
    return {"built": built, "asked": asked}


def main() -> None:
    """Measure, keep the figures beside the indexes, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judged", type=Path, nargs="+")
    parser.add_argument("--index", type=Path, action="append", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--limit", type=float, default=3600.0)
    parser.add_argument("--memory", type=float, default=16.0)
    parser.add_argument("--parts", default="", help="build only these parts, if any: words, vectors, both")
    parser.add_argument("--build-only", action="store_true", help="build and do not ask")
    parser.add_argument("--again", action="store_true", help="ask again where figures are kept")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    limits = Limits(asked.python, asked.seconds, asked.limit, asked.memory)
    texts, sizes = [], {}
    for index in asked.index:
        corpus = exported(index, asked.folder, asked.judged, asked.queries)
        figures: dict[str, Any] = {}
        wanted = tuple(filter(None, asked.parts.split(",")))
        for name in asked.peers.split(","):
            record = corpus.folder / f"{name}.json"
            if asked.build_only:
                built_parts(name, corpus, limits, wanted)
            elif asked.again or not record.exists():
                record.write_text(json.dumps(measured(name, corpus, limits, wanted)), encoding="utf-8")
        for name in PEERS:
            record = corpus.folder / f"{name}.json"
            figures[name] = json.loads(record.read_text(encoding="utf-8")) if record.exists() else _NOT_MEASURED
        sizes[corpus.count] = rows_of(corpus, figures)
        texts.append(tables(corpus, sizes[corpus.count]))
        print(texts[-1], flush=True)
    if asked.write is not None:
        write_between_marks(asked.write, "peers.py", "\n".join(texts))
    if asked.plot is not None:
        plot(sizes, asked.plot)


if __name__ == "__main__":
    main()
