"""A backup has what was uploaded too, in one state with the notebook, and puts it back whole or not at all."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from indexer.errors import BackupDamagedError, BackupError, WouldOverwriteError
from search_web.backup import write_backup
from search_web.cli import app
from search_web.restoring import restore_backup
from search_web.settings import library_folder, notebook_file
from search_web.web.app import create_app

if TYPE_CHECKING:
    from .conftest import Desk

CALL = "Operator: Welcome.\n\n{name}: Our {word} margin rose in the spring, and we hired nobody.\n"


def call(word: str, name: str = "Mara Lind") -> str:
    return CALL.format(name=name, word=word)


def backed_up(desk: Desk, file: Path) -> None:
    write_backup(file, desk.index, notebook_file(desk.index), desk.library)


def put_back(desk: Desk, file: Path) -> None:
    restore_backup(file, desk.index, notebook_file(desk.index), desk.library, force=True)


def test_what_was_uploaded_comes_back_in_the_state_that_it_was_in(desk: Desk, tmp_path: Path) -> None:
    indexed = desk.sent("walrus.txt", call("walrus"))
    desk.work()
    desk.confirm(indexed)
    desk.work()
    draft = desk.sent("otter.txt", call("otter"))
    desk.work()
    answer = desk.client.patch(f"/api/v1/uploads/{draft}", json={"company": "Otter Works"}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    desk.work()
    waiting = desk.sent("heron.txt", call("heron"))
    desk.work()
    desk.confirm(waiting)
    before = desk.files()
    runner, file = CliRunner(), tmp_path / "b.tar"
    told = runner.invoke(app, ["backup", str(file), "--index", str(desk.index)], catch_exceptions=False)
    assert "the notebook and 3 uploaded files" in told.stdout
    # Everything moves on: one is removed, one comes into the index, one is discarded, and another one is sent.
    desk.client.delete(f"/api/v1/uploads/{indexed}", headers={"If-Match": "*"})
    desk.client.delete(f"/api/v1/uploads/{draft}", headers={"If-Match": "*"})
    later = desk.sent("crane.txt", call("crane"))
    desk.work()
    assert desk.found("walrus") == []
    assert desk.found("heron") == ["Mara Lind"]
    with pytest.raises(WouldOverwriteError):
        restore_backup(file, desk.index, notebook_file(desk.index), desk.library)
    command = ["restore", str(file), "--index", str(desk.index), "--force", "--json"]
    made = json.loads(runner.invoke(app, command, catch_exceptions=False).stdout)
    assert (made["uploads"], made["missing"]) == (3, [])
    assert desk.one(later)["state"] == "gone"
    assert [desk.one(one)["state"] for one in (indexed, draft, waiting)] == ["done", "draft", "waiting"]
    assert desk.one(draft)["stated"] == {"company": "Otter Works"}
    back = [path for path in desk.files() if "crane" not in path]
    assert {Path(path).name for path in back} == {Path(path).name for path in before}
    assert desk.found("walrus") == ["Mara Lind"]
    desk.confirm(draft)
    desk.work()
    assert desk.found("heron") == desk.found("otter") == ["Mara Lind"]
    desk.client.delete(f"/api/v1/uploads/{indexed}", headers={"If-Match": "*"})
    desk.work()
    assert desk.found("walrus") == []


def test_a_backup_is_whole_while_uploads_come_and_go(desk: Desk, tmp_path: Path) -> None:
    """Each has the file of every upload that its notebook tells of."""
    begun, done = Event(), Event()
    stays = desk.sent("stays.txt", call("stays"))

    def come_and_go() -> None:
        number = 0
        while not done.is_set():
            number += 1
            sent = desk.sent(f"{number}.txt", call(f"word{number}"))
            if number % 2:
                desk.client.delete(f"/api/v1/uploads/{sent}", headers={"If-Match": "*"})
            begun.set()

    busy = Thread(target=come_and_go)
    busy.start()
    try:
        assert begun.wait(60)
        files = [tmp_path / f"{number}.tar" for number in range(8)]
        made = [write_backup(file, desk.index, notebook_file(desk.index), desk.library) for file in files]
    finally:
        done.set()
        busy.join()
    for one in made:
        assert one.uploads
        assert one.missing == ()
    there = tmp_path / "there" / "index"
    restored = restore_backup(files[-1], there, notebook_file(there), library_folder(there))
    assert stays in {path.parent.name for path in library_folder(there).rglob("*.txt")}
    assert (restored.uploads, restored.missing) == (made[-1].uploads, ())
    assert list((desk.library / ".held").iterdir()) == []


def test_damage_in_an_uploaded_file_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.sent("walrus.txt", call("walrus"))
    desk.work()
    file, there = tmp_path / "b.tar", tmp_path / "there" / "index"
    backed_up(desk, file)
    whole = file.read_bytes()
    at = whole.rindex(b"walrus margin")
    for damaged in (whole[:at] + b"W" + whole[at + 1 :], whole.replace(b"library/.drafts/", b"library/../../../")):
        file.write_bytes(damaged)
        with pytest.raises(BackupDamagedError):
            restore_backup(file, there, notebook_file(there), library_folder(there))
        assert not notebook_file(there).exists()
        assert not list(tmp_path.rglob("there/*/**/walrus.txt"))


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("UPDATE uploads SET id = ?", "../../away"),
        ("UPDATE uploads SET name = ?", ".."),
        ("UPDATE uploads SET name = ?", "../a.txt"),
    ],
)
def test_an_upload_whose_name_leads_out_of_the_library_changes_nothing(
    desk: Desk, tmp_path: Path, change: str, value: str
) -> None:
    """As somebody else may have made a backup: its notebook says where each upload lies."""
    desk.sent("walrus.txt", call("walrus"))
    desk.work()
    elsewhere = tmp_path / "elsewhere.sqlite"
    with closing(sqlite3.connect(notebook_file(desk.index))) as here, closing(sqlite3.connect(elsewhere)) as there:
        here.backup(there)
        there.execute(change, (value,))
        there.commit()
    file = tmp_path / "b.tar"
    write_backup(file, desk.index, elsewhere)
    before = desk.files()
    with pytest.raises(BackupDamagedError, match="it tells of an upload"):
        put_back(desk, file)
    assert desk.files() == before


def test_a_file_that_the_library_has_lost_is_told_of(desk: Desk, tmp_path: Path) -> None:
    desk.sent("walrus.txt", call("walrus"))
    desk.work()
    (lost,) = desk.library.rglob("walrus.txt")
    lost.unlink()
    file = tmp_path / "b.tar"
    told = CliRunner().invoke(app, ["backup", str(file), "--index", str(desk.index)], catch_exceptions=False)
    assert "the library does not have these uploads of the notebook: walrus.txt" in told.stderr
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if name.startswith("library/")]


def test_nothing_is_put_back_beside_somebody_who_works_on_uploads(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sent("walrus.txt", call("walrus"))
    file = tmp_path / "b.tar"
    backed_up(desk, file)
    monkeypatch.setattr("search_web.restoring_uploads._PATIENCE", 0.1)
    with FileLock(desk.library / ".worker"), pytest.raises(BackupError, match="being worked on"):
        put_back(desk, file)
    put_back(desk, file)


def test_what_lies_in_another_folder_than_before_can_be_removed(desk: Desk, tmp_path: Path) -> None:
    """A backup that is put back elsewhere, on a machine that does not have the old folder."""
    sent = desk.sent("walrus.txt", call("walrus"))
    desk.work()
    desk.confirm(sent)
    desk.work()
    file = tmp_path / "b.tar"
    backed_up(desk, file)
    desk.library.rename(tmp_path / "old-library")
    desk.folder = tmp_path / "there"
    restore_backup(file, desk.index, notebook_file(desk.index), desk.library)
    moved = type(desk).__new__(type(desk))
    moved.folder = desk.folder
    moved.client = create_app(moved.index).test_client()
    assert moved.found("walrus") == ["Mara Lind"]
    moved.client.delete(f"/api/v1/uploads/{sent}", headers={"If-Match": "*"})
    moved.work()
    assert moved.found("walrus") == []
    assert moved.one(sent)["state"] == "gone"
