"""Make an index of about so many passages, judged ones among others: what peers.py is run on.

    python benchmarks/peers_index.py JUDGED … --files FOLDER --passages 100000 --index INDEX [--onto INDEX]

JUDGED are folders of corpus.jsonl, queries.jsonl and qrels.tsv, whose passages all come in. FOLDER has the others:
transcripts of which the first so many are taken; growing.py makes a million paragraphs of them. With `--onto`, the new
index has what that index has, and the judged passages beside it, so that nothing is embedded twice.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, index_paths
from indexer.codec import transcript_to_json
from search_web.evaluation.corpus import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def write_judged(folders: Sequence[Path], target: Path) -> int:
    """Write the judged passages as transcripts that the indexer reads, each as it is, and return how many they are."""
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for folder in folders:
        for transcript in read_corpus(folder / "corpus.jsonl"):
            (target / f"{folder.name}-{transcript.id}.json").write_bytes(transcript_to_json(transcript))
            count += len(transcript.passages)
    return count


def first_files(folder: Path, passages: int) -> Iterator[Path]:
    """Yield the first files of a folder until they have so many paragraphs, as far as lines tell."""
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        if passages <= 0:
            return
        yield path
        passages -= sum(len(line) > 8 for line in path.read_text(encoding="utf-8").splitlines())


def linked(source: str, target: str) -> None:
    """Let a file stand in another place too; what is published in an index is never written to again."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def main() -> None:
    """Make the index and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judged", type=Path, nargs="+")
    parser.add_argument("--files", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--onto", type=Path, help="an index whose passages are the others")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--embedder", default="bundled", help="bundled, or none for an index of words alone")
    parser.add_argument("--vector-cache", type=int, help="megabytes of vectors kept between builds")
    asked = parser.parse_args()
    started = perf_counter()
    judged = asked.index.with_name(f"{asked.index.name}-judged")
    count = write_judged(asked.judged, judged)
    paths = [judged]
    if asked.onto is not None:
        shutil.copytree(asked.onto, asked.index, copy_function=linked, ignore=shutil.ignore_patterns("LOCK", "WRITER"))
    elif asked.files is not None:
        paths += first_files(asked.files, asked.passages - count)
    embedders = () if asked.embedder == "none" else (asked.embedder,)
    report = index_paths(asked.index, paths, BuildSettings(embedders=embedders, vector_cache=asked.vector_cache))
    for failed in report.failed:
        print(f"not read: {failed.path}: {failed.message}")
    print(f"{report.passages} passages of {report.transcripts} transcripts, {count} judged ones among them")
    print(f"{perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
