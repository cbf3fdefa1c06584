"""An index is a folder of generations: readers see the old one or the new one, and damage has a name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_transcripts
from indexer.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
)
from indexer.stores.filters import Filters
from indexer.stores.generations import PREPARED, current_name, open_generation, published_names
from indexer.stores.index import IndexReader, IndexWriter, check_index
from indexer.stores.keyword import AnyOf, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.model import Transcript
    from indexer.stores.index import Generation

    Publish = Callable[..., str]

KEYWORD_ONLY = BuildSettings(embedders=())
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the folder of an index that does not exist yet."""
    return tmp_path / "my index"


@pytest.fixture
def publish(index: Path, make_transcript: Callable[..., Transcript]) -> Publish:
    """Return a function that publishes a generation of transcripts with these ids and returns its name."""

    def publishing(*names: str, settings: BuildSettings = KEYWORD_ONLY) -> str:
        report = index_transcripts(index, [make_transcript(name) for name in names], settings)
        assert report.generation is not None
        return report.generation

    return publishing


@pytest.fixture
def reader(index: Path) -> Iterator[IndexReader]:
    """Return a reader of the index."""
    opened = IndexReader(index)
    yield opened
    opened.close()


def found(generation: Generation) -> list[str]:
    """Return the transcripts with a passage that has the term ebita."""
    ranking = generation.keyword.search(AnyOf((Term("ebita"),)), limit=100, filters=Filters())
    return sorted(item.transcript.id for item in generation.passages.get(ranking.rows))


def test_an_index_that_is_not_there_says_how_to_make_one(index: Path, reader: IndexReader) -> None:
    with pytest.raises(IndexMissingError, match=r"no index in .*my index.*Make one with: yuanhua index"):
        reader.current()
    with pytest.raises(IndexMissingError):
        check_index(index)
    (index.parent / "file").write_text("")
    with pytest.raises(IndexMissingError):
        IndexReader(index.parent / "file").current()


def test_a_reader_moves_over_to_a_newer_generation(publish: Publish, reader: IndexReader) -> None:
    first_name = publish("a")
    first = reader.current()
    assert first.name == first_name
    assert reader.current() is first
    second_name = publish("a", "b")
    second = reader.current()
    assert second.name == second_name > first_name
    assert (found(first), found(second)) == (["a"], ["a", "b"])
    assert (first.manifest.transcripts, second.manifest.transcripts) == (1, 2)


def test_a_generation_that_is_held_outlives_its_files(publish: Publish, reader: IndexReader, index: Path) -> None:
    publish("a", settings=BuildSettings(embedders=("bundled",)))
    held = reader.current()
    vectors = held.spaces["bundled"].vectors()[:].copy()
    publish("b")
    publish("c")
    assert held.name not in published_names(index)
    assert found(held) == ["a"]
    assert (held.spaces["bundled"].vectors()[:] == vectors).all()
    assert held.passages.transcript("a").id == "a"


def test_the_generation_before_is_kept_and_older_ones_go(publish: Publish, index: Path) -> None:
    names = [publish(name) for name in "abcd"]
    assert published_names(index) == names[-2:]
    assert [int(name[:6]) for name in names] == [1, 2, 3, 4]


def test_readers_search_on_while_generations_change(publish: Publish, reader: IndexReader) -> None:
    publish("a0")
    stop = threading.Event()
    seen: set[str] = set()
    errors: list[BaseException] = []

    def search() -> None:
        while not stop.is_set():
            try:
                generation = reader.current()
                (name,) = found(generation)
                assert generation.passages.row_of(f"{name}.1") == 1
                seen.add(name)
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it.
                errors.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(6):
            deadline = time.monotonic() + 180
            while f"a{number}" not in seen and not errors and time.monotonic() < deadline:
                time.sleep(0.01)
            publish(f"a{number + 1}")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert errors == []
    assert found(reader.current()) == ["a6"]
    assert seen >= {f"a{number}" for number in range(6)}


def test_what_is_not_published_is_thrown_away(publish: Publish, index: Path) -> None:
    name = publish("a")

    def break_off() -> None:
        with IndexWriter(index) as writer:
            (writer.staging / "half").write_text("written")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert current_name(index) == name
    assert [entry.name for entry in (index / "generations").iterdir()] == [name]


def test_the_next_writer_removes_what_dead_ones_left(publish: Publish, index: Path) -> None:
    name = publish("a")
    generations = index / "generations"
    (generations / ".staging").mkdir()
    (generations / ".staging" / "passages.sqlite").write_text("half")
    (generations / ".scratch").mkdir()
    shutil.copytree(generations / name, generations / "000002-abcdef")
    with IndexWriter(index) as writer:
        assert list(writer.staging.iterdir()) == []
        assert list(writer.scratch.iterdir()) == []
        assert published_names(index) == [name]
    assert not (generations / ".staging").exists()


def test_a_second_writer_is_told_who_writes(publish: Publish, index: Path) -> None:
    publish("a")
    with IndexWriter(index):
        with pytest.raises(IndexLockedError, match=rf"another process .*process {os.getpid()} on .*Wait until"):
            IndexWriter(index).__enter__()
        code = "import sys; from pathlib import Path; from indexer.stores.index import IndexWriter\n"
        code += "with IndexWriter(Path(sys.argv[1])): pass"
        other = subprocess.run(
            [sys.executable, "-c", code, str(index)],
            capture_output=True,
            text=True,
            check=False,
            cwd=REPOSITORY,
        )
        assert other.returncode == 1
        assert f"IndexLockedError: {index}: another process is writing the index" in other.stderr
        assert str(os.getpid()) in other.stderr
        (index / "WRITER").unlink()
        with pytest.raises(IndexLockedError, match=r"writing the index\. Wait"):
            IndexWriter(index).__enter__()
    publish("b")


def files_of(index: Path) -> list[str]:
    """Return the files of the current generation, relative to it."""
    folder = index / "generations" / current_name(index)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def put(path: Path, content: bytes) -> None:
    """Put another file there: who has mapped the old one keeps it, and is not killed for reading behind a shorter end."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def check_opening(index: Path, name: str, damaged: Path) -> None:
    """Damage is named when the index is opened; only that in what spares builds work is for these to find."""
    if damaged.name == PREPARED:
        generation = open_generation(index, name)
        assert generation.prepared_file() is None
        generation.close()
        return
    with pytest.raises(IndexDamagedError, match="--rebuild") as caught:
        open_generation(index, name)
    assert str(damaged) in str(caught.value)


def test_damage_to_any_file_is_found_and_named(publish: Publish, index: Path) -> None:
    name = publish("a", settings=BuildSettings(embedders=("bundled",)))
    folder = index / "generations" / name
    assert check_index(index) == ()
    files = files_of(index)
    assert {"manifest.json", "passages.sqlite", "vectors/bundled/passages.faiss"} < set(files)
    assert any(file.startswith("keyword/") for file in files)
    for file in files:
        path = folder / file
        content = path.read_bytes()
        if content and file != "manifest.json":
            middle = len(content) // 2
            put(path, content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])
            problems = check_index(index)
            assert str(path) in [problem.where for problem in problems], file
            assert all("yuanhua index" in problem.mend and "--rebuild" in problem.mend for problem in problems)
        put(path, content[:-1] if content else b"x")
        check_opening(index, name, path)
        assert str(path) in [problem.where for problem in check_index(index)], file
        path.unlink()
        check_opening(index, name, path)
        assert str(path) in [problem.where for problem in check_index(index)], file
        put(path, content)
    assert check_index(index) == ()


@pytest.mark.parametrize("content", ["", "../../etc", "000009-ffffff\n", "\x00", b"\xff\xfe"])
def test_a_current_that_names_no_generation_is_damage(publish: Publish, index: Path, content: str | bytes) -> None:
    publish("a")
    (index / "CURRENT").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        IndexReader(index).current()
    (problem,) = check_index(index)
    assert "--rebuild" in problem.mend


def edit_manifest(index: Path, **fields: object) -> None:
    """Change fields of the current manifest."""
    path = index / "generations" / current_name(index) / "manifest.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    del written["seal"]  # What does not fit the seal is damage, whatever it says.
    path.write_text(json.dumps({**written, **fields}), encoding="utf-8")


def test_another_format_is_a_mismatch(publish: Publish, index: Path) -> None:
    publish("a")
    edit_manifest(index, format=99)
    with pytest.raises(IndexMismatchError, match=r"format 99, this version of Yuanhua reads format 4.*--rebuild"):
        IndexReader(index).current()


@pytest.mark.parametrize("fields", [{"spaces": 3}, {"files": [{"path": 1}]}, {"surplus": 1}, {"user_words": None}])
def test_a_manifest_of_another_shape_is_damage(publish: Publish, index: Path, fields: dict[str, object]) -> None:
    publish("a")
    edit_manifest(index, **fields)
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        IndexReader(index).current()


def test_another_analysis_or_model_is_a_mismatch(publish: Publish, index: Path) -> None:
    publish("a", settings=BuildSettings(embedders=("bundled",)))
    generation = IndexReader(index).current()
    assert generation.analyser().digest == generation.manifest.analyser_digest
    (space,) = generation.manifest.spaces
    generation.check_embedder("bundled", space.digest)
    with pytest.raises(IndexMismatchError, match=r"yuanhua embed --embedder bundled --index"):
        generation.check_embedder("bundled", "another")
    with pytest.raises(IndexMismatchError, match=r"--embedder 'sentence-transformers:/a b' --index"):
        generation.check_embedder("sentence-transformers:/a b", space.digest)
    generation.close()
    edit_manifest(index, analyser_digest="another")
    with pytest.raises(IndexMismatchError, match=r"text analysis.*yuanhua index"):
        IndexReader(index).current().analyser()
    (problem,) = check_index(index)
    assert "text analysis" in problem.what


def test_counts_that_differ_are_found(publish: Publish, index: Path) -> None:
    publish("a", "b")
    edit_manifest(index, transcripts=3, passages=9)
    whats = [problem.what for problem in check_index(index)]
    assert whats == [
        "it holds 2 transcripts instead of 3",
        "it holds 8 passages instead of 9",
    ]


def test_the_manifest_says_how_the_index_was_made(publish: Publish, reader: IndexReader) -> None:
    publish("a", settings=BuildSettings(segmenter="jieba", user_words=("原话搜索",), embedders=()))
    manifest = reader.current().manifest
    assert (manifest.segmenter, manifest.user_words, manifest.keyword_engine) == (
        "jieba",
        ("原话搜索",),
        "tantivy",
    )
    assert (manifest.transcripts, manifest.passages, manifest.spaces, manifest.format) == (1, 4, (), 4)
    assert manifest.created.endswith("+00:00")
    assert all(len(record.sha256) == 64 for record in manifest.files)


def test_a_generation_taken_away_while_it_is_opened_is_no_error(
    publish: Publish, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("a")
    names: list[str] = []

    def late(folder: Path, name: str) -> Generation:
        if not names:
            publish("b")
            publish("c")
        names.append(name)
        return open_generation(folder, name)

    monkeypatch.setattr("indexer.stores.reader.open_generation", late)
    reader = IndexReader(index)
    assert found(reader.current()) == ["c"]
    assert [int(name[:6]) for name in names] == [1, 3]
    reader.close()
