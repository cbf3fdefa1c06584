"""A file that was moved keeps its transcript, so that quotes of it survive; a copy does not get one of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, MovedFile, index_paths
from indexer.stores.index import check_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    WriteCall = Callable[..., Path]

WORDS = BuildSettings(embedders=())


def ids(generation: Generation) -> dict[str, tuple[str, list[str]]]:
    """Return, by path, the ids of the transcript and of its passages."""
    passages = generation.passages
    return {
        info.source.path: (info.id, [passage.id for passage in passages.transcript(info.id).passages])
        for info in passages.transcripts()
    }


def test_a_moved_and_renamed_file_keeps_all_its_ids(calls: Path, index: Path, opened: Opened) -> None:
    index_paths(index, [calls], WORDS)
    before = ids(opened())
    old, new = calls / "call-1.txt", calls / "2024" / "another name.md"
    new.parent.mkdir()
    old.rename(new)
    report = index_paths(index, [calls], WORDS)
    assert report.moved == (MovedFile(before[str(old)][0], str(new), str(old)),)
    assert (report.added, report.updated, report.removed, len(report.unchanged)) == ((), (), (), 2)
    after = ids(opened())
    assert after.pop(str(new)) == before.pop(str(old))
    assert after == before
    assert check_index(index) == ()
    assert index_paths(index, [calls], WORDS).generation == report.generation


def test_a_move_from_one_indexed_folder_to_another_is_seen_from_either_side(
    calls: Path, index: Path, tmp_path: Path, opened: Opened, write_call: WriteCall
) -> None:
    other = write_call(tmp_path / "other" / "b.txt", "别处。").parent
    index_paths(index, [calls, other], WORDS)
    before = ids(opened())
    (calls / "call-2.txt").rename(other / "c.txt")
    report = index_paths(index, [other], WORDS)
    assert [file.before for file in report.moved] == [str(calls / "call-2.txt")]
    assert ids(opened())[str(other / "c.txt")] == before[str(calls / "call-2.txt")]
    report = index_paths(index, [calls], WORDS)
    assert (report.removed, len(report.unchanged), report.transcripts) == ((), 2, 4)


def test_a_copy_is_no_move_until_the_first_file_goes(calls: Path, index: Path, opened: Opened) -> None:
    index_paths(index, [calls], WORDS)
    before = ids(opened())
    for name in ("a copy.txt", "b copy.txt"):
        shutil.copy(calls / "call-0.txt", calls / name)
    report = index_paths(index, [calls], WORDS)
    assert (report.moved, report.added) == ((), ())
    assert [note.path for note in report.skipped] == [str(calls / "a copy.txt"), str(calls / "b copy.txt")]
    (calls / "call-0.txt").unlink()
    report = index_paths(index, [calls], WORDS)
    assert [file.path for file in report.moved] == [str(calls / "a copy.txt")]
    assert [note.path for note in report.skipped] == [str(calls / "b copy.txt")]
    assert ids(opened())[str(calls / "a copy.txt")] == before[str(calls / "call-0.txt")]


def test_files_that_change_places_take_their_ids_along(calls: Path, index: Path, opened: Opened) -> None:
    index_paths(index, [calls], WORDS)
    before = ids(opened())
    one, two = calls / "call-0.txt", calls / "call-1.txt"
    one.rename(calls / "aside")
    two.rename(one)
    (calls / "aside").rename(two)
    report = index_paths(index, [calls], WORDS)
    assert len(report.moved) == 2
    after = ids(opened())
    assert (after[str(one)], after[str(two)]) == (before[str(two)], before[str(one)])


def test_a_new_file_in_the_place_of_a_moved_one_is_new(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall
) -> None:
    index_paths(index, [calls], WORDS)
    before = ids(opened())
    (calls / "call-0.txt").rename(calls / "older.txt")
    write_call(calls / "call-0.txt", "全新的。")
    report = index_paths(index, [calls], WORDS)
    assert [file.path for file in report.moved] == [str(calls / "older.txt")]
    assert len(report.added) == 1
    after = ids(opened())
    assert after[str(calls / "older.txt")] == before[str(calls / "call-0.txt")]
    assert after[str(calls / "call-0.txt")][0] == report.added[0] != before[str(calls / "call-0.txt")][0]


def test_a_known_file_is_not_taken_for_a_copy_of_a_new_one(
    calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when every file is read anew, since the parser is another."""
    index_paths(index, [calls], WORDS)
    shutil.copy(calls / "call-2.txt", calls / "a copy.txt")
    monkeypatch.setattr("indexer.build.plan.parser_digest", lambda: "another")
    report = index_paths(index, [calls], WORDS)
    assert (len(report.updated), report.moved, report.removed, report.added) == (3, (), (), ())
    assert [note.path for note in report.skipped] == [str(calls / "a copy.txt")]


def test_a_moved_file_that_cannot_be_read_at_its_new_place_keeps_its_transcript(
    calls: Path, index: Path, opened: Opened
) -> None:
    """A file of one format under the suffix of another is such a one."""
    index_paths(index, [calls], WORDS)
    before = ids(opened())
    (calls / "call-0.txt").write_bytes(b"")
    moved = calls / "call-1.exe"
    (calls / "call-1.txt").rename(moved)
    report = index_paths(index, [calls, moved], WORDS)
    assert sorted(Path(failure.path).name for failure in report.failed) == ["call-0.txt", "call-1.exe"]
    assert (report.moved, report.removed) == ((), ())
    (calls / "call-2.txt").unlink()
    report = index_paths(index, [calls, moved], WORDS)
    assert ids(opened()) == {
        str(calls / "call-0.txt"): before[str(calls / "call-0.txt")],
        str(moved): before[str(calls / "call-1.txt")],
    }
    assert check_index(index) == ()
    moved.rename(calls / "call-1.md")
    report = index_paths(index, [calls], WORDS)
    assert [file.path for file in report.moved] == [str(calls / "call-1.md")]
