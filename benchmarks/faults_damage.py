"""Every file of a generation, and CURRENT above it, with bits flipped, cut short, emptied and removed."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from faults_outcome import ROOT, Outcome

import indexer.build.vectors
from indexer.build import BuildSettings, index_paths
from indexer.errors import IndexStoreError
from indexer.stores.generations import PREPARED, current_name, generation_folder, open_generation, published_names
from indexer.stores.index import IndexReader, check_index
from indexer.stores.space_files import COMPACT_BITS
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher
from search_web.serving.following import Follower

if TYPE_CHECKING:
    import argparse
    import random
    from collections.abc import Iterator

FLIPS = 3
LARGE_SPACES = {"tantivy": False, "whoosh": True}
"""Of which engine the index has large vector spaces: vectors in a byte a dimension, and codes beside them."""
QUESTIONS = tuple(SearchRequest(query, mode=mode) for query in ("现金流", "margin growth") for mode in Mode)
LARGE = (
    "import sys; from pathlib import Path; import indexer.stores.digests as digests; digests.MOST_AT_OPENING = 0\n"
    "from faults_damage import answers; from indexer.stores.index import IndexReader\n"
    "from search_web.search.searcher import Searcher\n"
    "print(answers(Searcher(IndexReader(Path(sys.argv[1])))))\n"
)
"""As with an index so large that a reader who opens it compares sizes alone."""


def answers(searcher: Searcher) -> str:
    """Return what a reader is answered, or the name of the error."""
    with closing(searcher.reader):
        try:
            found = [searcher.search(question).hits for question in QUESTIONS]
        except IndexStoreError as error:
            return type(error).__name__
    return str([[(hit.id, hit.speaker.name, hit.text, hit.transcript.title) for hit in hits] for hits in found])


def damaged_files(scratch: Path, _settings: argparse.Namespace, chance: random.Random) -> Iterator[Outcome]:
    """Damage each file in turn, of both engines; see what a reader, a server that runs and one that starts do."""
    logging.disable(logging.CRITICAL)
    for engine, has_large_spaces in LARGE_SPACES.items():
        if has_large_spaces:
            indexer.build.vectors.LARGE = 1
        index, calls = scratch / engine, scratch / f"calls of {engine}"
        shutil.copytree(ROOT / "corpus", calls)
        settings = BuildSettings(keyword_engine=engine, embedders=("bundled",))
        index_paths(index, [calls], settings)
        (calls / "more.txt").write_text("Operator: Welcome.\n\nJane Roe: Our zebra margin rose.\n", encoding="utf-8")
        index_paths(index, [calls], settings)
        reader = IndexReader(index)
        if {info.bits == COMPACT_BITS for info in reader.current().manifest.spaces} != {has_large_spaces}:
            raise RuntimeError("the vector spaces are not of the size that was asked for")
        searcher = Searcher(reader)
        sound = answers(searcher)
        folder = generation_folder(index, current_name(index))
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
        for path in (*files, index / "CURRENT"):
            part = path.relative_to(folder).parts[0] if path.is_relative_to(folder) else path.name
            if part == "keyword":
                part = f"{part} ({engine})"
            elif part == "vectors" and has_large_spaces:
                part = "vectors in a byte a dimension"
            content = path.read_bytes()
            for damage, left in damages(content, chance):
                try:
                    if path.name == PREPARED:
                        seen = "the same answers; `yuanhua check` tells; the next build works all out again"
                        wrong = tried_without_need(index, searcher, path, left, sound)
                    else:
                        seen = "named error to readers; servers answer from the generation before"
                        wrong = tried(index, searcher, path, left)
                    yield Outcome(f"{part}: {damage}", seen, tuple(f"{path.name}: {what}" for what in wrong))
                finally:
                    path.write_bytes(content)
            if path.is_relative_to(folder) and path.name != "manifest.json" and content:
                yield large(index, path, sound, chance)
                path.write_bytes(content)
    logging.disable(logging.NOTSET)


def damages(content: bytes, chance: random.Random) -> Iterator[tuple[str, bytes | None]]:
    """Yield what is done to a file, and what it holds then: None where it is gone."""
    places = {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(FLIPS))} if content else set()
    for place in sorted(places):
        yield "one bit flipped", flipped(content, place, chance)
    if content:
        yield "cut short, emptied or removed", content[: len(content) // 2]
        yield "cut short, emptied or removed", b""
    yield "cut short, emptied or removed", None


def flipped(content: bytes, place: int, chance: random.Random) -> bytes:
    """Return the content with one bit of one byte the other way."""
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def tried(index: Path, searcher: Searcher, path: Path, left: bytes | None) -> list[str]:
    """Damage one file while a server uses the generation before it, and return what is not as promised."""
    before = published_names(index)[0]
    running = reader_in_use(index, before)
    path.unlink() if left is None else path.write_bytes(left)
    wrong = []
    searcher.reader = IndexReader(index)
    said = answers(searcher)
    if not said.endswith("Error"):
        wrong.append("a reader was answered")
    try:
        if not check_index(index):
            wrong.append("yuanhua check finds nothing")
    except IndexStoreError:
        pass
    for what, reader in (("runs", running), ("starts", reader_in_use(index, None))):
        searcher.reader = reader
        follower = Follower(searcher)
        for _ in range(3):
            follower.look()
        in_use = reader.in_use
        expected = {published_names(index)[-1], before} if path.parent == index else {before}
        if (
            in_use is None
            or in_use.name not in expected
            or reader.refused is None
            or not searcher.search(QUESTIONS[0]).hits
        ):
            wrong.append(f"a server that {what} does not answer from the last good generation")
        reader.close()
    return wrong


def tried_without_need(index: Path, searcher: Searcher, path: Path, left: bytes | None, sound: str) -> list[str]:
    """Damage the file that only spares the next build work, and return what is not as promised."""
    path.unlink() if left is None else path.write_bytes(left)
    wrong = []
    reader = searcher.reader = reader_in_use(index, None)
    follower = Follower(searcher)
    for _ in range(3):
        follower.look()
    in_use = reader.in_use
    if in_use is None or in_use.name != current_name(index) or reader.refused is not None:
        wrong.append("a server does not answer from what is published")
    reader.close()
    searcher.reader = IndexReader(index)
    if answers(searcher) != sound:
        wrong.append("a reader was answered otherwise")
    if [Path(problem.where).name for problem in check_index(index)] != [PREPARED]:
        wrong.append("yuanhua check does not tell")
    with TemporaryDirectory() as scratch:
        copied, call = Path(scratch, "index"), Path(scratch, "call.txt")
        shutil.copytree(index, copied)
        call.write_text("Jane Roe: Our walrus margin rose.\n", encoding="utf-8")
        index_paths(copied, [call], BuildSettings(embedders=()))
        if check_index(copied):
            wrong.append("the damage went on into the next generation")
    return wrong


def reader_in_use(index: Path, name: str | None) -> IndexReader:
    """Return the reader of a server that answers from this generation, or has not begun."""
    reader = IndexReader(index)
    reader.lead()
    if name is not None:
        reader.move_to(open_generation(index, name))
    return reader


def large(index: Path, path: Path, sound: str, chance: random.Random) -> Outcome:
    """Flip one bit, and ask as a reader who compares no digests; a crash would be wrong, damage unseen is told."""
    content = path.read_bytes()
    path.write_bytes(flipped(content, chance.randrange(len(content)), chance))
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(index)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
    )
    said = done.stdout.strip()
    seen = "named error" if said.endswith("Error") else "the same answers" if said == sound else "other answers"
    wrong = () if done.returncode == 0 else (f"{path.name}: it ended with {done.returncode}: {done.stderr[-200:]}",)
    return Outcome("any file: one bit flipped, by a reader that compares no digests", seen, wrong)
