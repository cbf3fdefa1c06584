"""What an index holds follows the files: what is new, changed, gone or the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.build import BuildSettings, index_paths, index_transcripts, read_transcript
from indexer.embedding.bundled import BundledEmbedder
from indexer.stores.filters import Filters
from indexer.stores.index import check_index
from indexer.text.analyser import Analyser

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.build import BuildReport
    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    WriteCall = Callable[..., Path]
    Counts = Callable[[BuildReport], tuple[int, int, int, int]]
    Hits = Callable[[Generation, str], list[str]]

WORDS = BuildSettings(embedders=())


def test_a_folder_becomes_a_searchable_index(
    calls: Path, index: Path, opened: Opened, counts: Counts, hits: Hits
) -> None:
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
    calls: Path, index: Path, opened: Opened, write_call: WriteCall
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    write_call(calls / "call-1.txt", "新的一项。")
    index_paths(index, [calls])
    generation = opened()
    space = generation.spaces["bundled"]
    texts = list(generation.passages.texts())
    embedder = BundledEmbedder()
    np.testing.assert_allclose(space.vectors()[:], embedder.embed_passages(texts), atol=1e-6)
    sentences = space.sentences()
    assert sentences is not None
    cut = [texts[row][start:end] for row, (start, end) in zip(sentences.rows, sentences.spans, strict=True)]
    assert "新的一项。" in cut
    assert set(sentences.rows.tolist()) == set(range(len(texts)))
    np.testing.assert_allclose(sentences.vectors[:], embedder.embed_passages(cut), atol=1e-6)


def test_the_same_call_twice_publishes_nothing(calls: Path, index: Path, embedded: list[str], counts: Counts) -> None:
    settings = BuildSettings(embedders=("bundled",))
    first = index_paths(index, [calls], settings)
    embedded.clear()
    again = index_paths(index, [calls, calls / "call-1.txt"])
    assert counts(again) == (0, 0, 0, 3)
    assert (again.generation, again.transcripts, again.passages) == (first.generation, 3, 12)
    assert index_paths(index, [calls], settings).generation == first.generation
    assert embedded == []


def test_changed_new_and_vanished_files_are_told_apart(
    calls: Path, index: Path, embedded: list[str], opened: Opened, write_call: WriteCall, counts: Counts, hits: Hits
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
    # Only the two new paragraphs and their sentences went through the model, and the sentence of both but once.
    assert len(embedded) == 5
    assert all("EBITA" in text or "云业务" in text for text in embedded)


def test_passages_keep_their_ids_when_their_text_stays(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall
) -> None:
    index_paths(index, [calls], WORDS)
    before = [item.passage for item in opened().passages.get(range(4))]
    write_call(calls / "call-0.txt", "改过的。")
    index_paths(index, [calls], WORDS)
    after = [item.passage for item in opened().passages.get(range(4))]
    same = [old.id == new.id for old, new in zip(before, after, strict=True)]
    assert same == [old.text == new.text for old, new in zip(before, after, strict=True)] == [True, False, True, True]


def test_transcripts_from_elsewhere_stay(
    calls: Path, index: Path, tmp_path: Path, opened: Opened, write_call: WriteCall, counts: Counts
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


def test_everything_may_vanish(calls: Path, index: Path, opened: Opened, counts: Counts, hits: Hits) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    for file in calls.iterdir():
        file.unlink()
    calls.rmdir()
    report = index_paths(index, [calls])
    assert counts(report) == (0, 0, 3, 0)
    assert (report.transcripts, report.passages) == (0, 0)
    assert hits(opened(), "ebita") == []
    assert check_index(index) == ()


def test_another_parser_reads_files_anew(
    calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch, counts: Counts
) -> None:
    index_paths(index, [calls], WORDS)
    monkeypatch.setattr("indexer.build.plan.parser_digest", lambda: "another")
    assert counts(index_paths(index, [calls])) == (0, 3, 0, 0)


def test_exactly_these_transcripts(calls: Path, index: Path, opened: Opened) -> None:
    transcripts = [read_transcript(path) for path in sorted(calls.iterdir(), reverse=True)]
    stages: list[tuple[str, int, int]] = []
    report = index_transcripts(index, iter(transcripts), WORDS, lambda *step: stages.append(step))
    assert report.added == tuple(transcript.id for transcript in transcripts)
    assert stages == [("indexing", done, 3) for done in range(4)]
    assert [info.id for info in opened().passages.transcripts()] == list(report.added)
    report = index_transcripts(index, transcripts[:1], WORDS)
    assert (report.updated, len(report.removed), report.transcripts) == ((transcripts[0].id,), 2, 1)
    assert opened().passages.transcript(transcripts[0].id) == transcripts[0]


def test_equal_names_and_equal_bytes(tmp_path: Path, index: Path, opened: Opened, write_call: WriteCall) -> None:
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


def test_words_of_what_has_not_changed_are_not_cut_again(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_paths(index, [calls], WORDS)
    cut: list[str] = []
    terms = Analyser.terms

    def noting(self: Analyser, text: str) -> tuple[list[str], list[str]]:
        cut.append(text)
        return terms(self, text)

    monkeypatch.setattr(Analyser, "terms", noting)
    write_call(calls / "call-1.txt", "只有这里变了。")
    index_paths(index, [calls], WORDS)
    assert any("只有这里变了" in text for text in cut)
    assert not any("第0项" in text or "第2项" in text for text in cut)
    assert check_index(index) == ()
    # Without the file in which words are kept, or with another analyser, all are cut.
    for settings in (WORDS, BuildSettings(user_words=("有这里变",), embedders=())):
        (index / "generations" / opened().name / "prepared.sqlite").write_bytes(b"\0" * opened_size(index, opened()))
        cut.clear()
        write_call(calls / "call-1.txt", f"又变了{len(settings.user_words or ())}。")
        index_paths(index, [calls], settings)
        assert any("第0项" in text for text in cut)


def opened_size(index: Path, generation: Generation) -> int:
    """Return how large the file of prepared words is, whose size is checked when an index is opened."""
    return (index / "generations" / generation.name / "prepared.sqlite").stat().st_size
