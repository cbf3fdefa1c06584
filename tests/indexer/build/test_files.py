"""Which files are read, and what is said of those that are not or cannot be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import InvalidRequestError
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.build import BuildReport
    from indexer.model import Source, Transcript
    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    WriteCall = Callable[..., Path]
    Counts = Callable[[BuildReport], tuple[int, int, int, int]]
    Hits = Callable[[Generation, str], list[str]]

WORDS = BuildSettings(embedders=())


def test_a_broken_file_is_reported_and_the_rest_goes_on(
    calls: Path, index: Path, opened: Opened, counts: Counts
) -> None:
    (calls / "empty.txt").write_bytes(b"")
    report = index_paths(index, [calls], WORDS)
    assert counts(report) == (3, 0, 0, 0)
    (failure,) = report.failed
    assert failure.path == str(calls / "empty.txt")
    assert failure.message
    assert opened().manifest.transcripts == 3


def test_a_file_that_breaks_keeps_its_earlier_transcript(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall, hits: Hits
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


def test_a_folder_out_of_reach_keeps_its_transcripts(
    calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch, write_call: WriteCall
) -> None:
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


def test_what_is_no_transcript_is_skipped_with_the_reason(
    calls: Path, tmp_path: Path, write_call: WriteCall, counts: Counts
) -> None:
    for name in ("README.md", "readme_zh.txt", ".hidden.txt", "tool.exe", "Makefile", ".git/a.txt"):
        write_call(calls / name)
    write_call(tmp_path / "target" / "linked.txt")
    Path(os.fsdecode(os.fsencode(calls) + b"/\xff\xfe.txt")).write_text("", encoding="utf-8")
    (calls / "link").symlink_to(tmp_path / "target")
    index_paths(calls / "older", [tmp_path / "target"], WORDS)
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
        "older": "another index",
        "readme_zh.txt": "a README is no transcript",
        "tool.exe": 'no reader takes files that end in ".exe"',
    }


def test_a_file_named_is_read_whatever_its_name(calls: Path, index: Path, write_call: WriteCall) -> None:
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
