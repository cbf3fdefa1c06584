"""Backups hold one state of index and notebook, whoever writes meanwhile, and are put back whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from indexer.errors import BackupDamagedError, BackupError, IndexDamagedError, WouldOverwriteError
from indexer.stores.check import check_index
from indexer.stores.generations import current_name, generation_folder
from indexer.stores.index import IndexReader
from search_web.access.doors import Doors
from search_web.access.model import AccountRole, Scope
from search_web.backup import write_backup
from search_web.cli import app
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore
from search_web.restoring import restore_backup
from search_web.settings import notebook_file


def speak(folder: Path, text: str) -> Path:
    """Index one call with this text and return the index."""
    folder.mkdir(exist_ok=True)
    file = folder / "call.txt"
    file.write_text(f"Operator: Welcome.\n\nJane Roe: {text}\n", encoding="utf-8")
    index_paths(folder / "index", [file], BuildSettings(embedders=()))
    return folder / "index"


def said(index: Path) -> str:
    passages = IndexReader(index).current().passages
    return " ".join(item.passage.text for item in passages.get(range(passages.count)))


def names_in(store: QuoteStore) -> list[str]:
    return [summary.collection.name for summary in store.collections()]


def collections(index: Path) -> list[str]:
    return names_in(QuoteStore(Notebook(notebook_file(index))))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return an index of one call, with a notebook of one collection beside it."""
    index = speak(tmp_path / "here", "Our zebra margin rose.")
    QuoteStore(Notebook(notebook_file(index))).create("Margins")
    return index


def test_what_was_backed_up_comes_back(index: Path, tmp_path: Path) -> None:
    runner, file, there = CliRunner(), tmp_path / "b.tar", tmp_path / "there" / "index"
    made = runner.invoke(app, ["backup", str(file), "--index", str(index), "--json"], catch_exceptions=False)
    assert json.loads(made.stdout) == {
        "generation": current_name(index),
        "passages": 2,
        "notebook": True,
        "size": file.stat().st_size,
        "uploads": 0,
        "missing": [],
    }
    back = runner.invoke(app, ["restore", str(file), "--index", str(there)], catch_exceptions=False)
    assert back.exit_code == 0, back.output
    assert check_index(there) == ()
    assert said(there) == said(index)
    assert collections(there) == ["Margins"]


def test_sessions_do_not_come_back_and_tokens_do(index: Path, tmp_path: Path) -> None:
    """A session of then may have been ended since, for a reason; who puts a backup back, is in the audit log."""
    doors = Doors(notebook_file(index))
    ada = doors.accounts.add("Ada", "zinc plover ferry", AccountRole.ADMIN)
    before = doors.sessions.open(ada.id, address="192.0.2.1", agent="")
    _, token = doors.tokens.make(ada.person, "news", [Scope.SEARCH])
    file = tmp_path / "b.tar"
    write_backup(file, index, notebook_file(index))
    since = doors.sessions.open(ada.id, address="192.0.2.1", agent="")
    command = ["restore", str(file), "--index", str(index), "--force"]
    told = CliRunner().invoke(app, command, catch_exceptions=False)
    assert "All sessions are over. Tokens and links are valid as when the backup was made" in told.stdout
    assert doors.sessions.person(before) is None
    assert doors.sessions.person(since) is None
    assert doors.tokens.person(token) is not None
    assert [(entry.action, entry.object) for entry in doors.audit.entries(limit=1)] == [("restore", "b.tar")]


def test_nothing_is_written_over_unless_forced(index: Path, tmp_path: Path) -> None:
    """With force, those who have index and notebook open see what was put back."""
    file, notebook = tmp_path / "b.tar", notebook_file(index)
    write_backup(file, index, notebook)
    with pytest.raises(WouldOverwriteError, match="--force"):
        write_backup(file, index, notebook)
    speak(index.parent, "Our walrus margin fell.")
    reader, store = IndexReader(index), QuoteStore(Notebook(notebook))
    store.create("Later")
    assert "walrus" in said(index)
    with pytest.raises(WouldOverwriteError, match="there is an index already"):
        restore_backup(file, index, notebook)
    assert "walrus" in said(index)
    before = reader.current().name
    restore_backup(file, index, notebook, force=True)
    assert reader.current().name > before
    assert "zebra" in said(index)
    assert names_in(store) == ["Margins"]


def test_what_was_left_of_another_notebook_is_not_read_into_the_one_that_is_put_back(
    index: Path, tmp_path: Path
) -> None:
    """The notebook was removed, and the log of its last changes, which SQLite keeps beside it, was forgotten."""
    file, there = tmp_path / "b.tar", tmp_path / "there" / "index"
    write_backup(file, index, notebook_file(index))
    there.parent.mkdir()
    other = Notebook(there.with_name("other.sqlite"))
    QuoteStore(other).create("Of another notebook")
    log = Path(f"{notebook_file(there)}-wal")
    shutil.copyfile(f"{there.with_name('other.sqlite')}-wal", log)
    assert log.stat().st_size
    restore_backup(file, there, notebook_file(there))
    assert collections(there) == ["Margins"]


def test_a_damaged_backup_changes_nothing(index: Path, tmp_path: Path) -> None:
    """Wherever a byte of it is turned, or it is cut off."""
    file, there = tmp_path / "b.tar", tmp_path / "there" / "index"
    write_backup(file, index, notebook_file(index))
    whole = file.read_bytes()
    places = [*range(700, len(whole) - 20_000, len(whole) // 25), whole.index(b"zebra")]
    damaged = [whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :] for at in places if whole[at]]
    for content in [*damaged, whole[: len(whole) // 2], whole[:100], b"", b"no archive" * 100]:
        file.write_bytes(content)
        with pytest.raises(BackupError):
            restore_backup(file, there, notebook_file(there))
        assert not (there / "CURRENT").exists()
        assert not notebook_file(there).exists()


def test_a_damaged_index_makes_no_backup(index: Path, tmp_path: Path) -> None:
    database = generation_folder(index, current_name(index)) / "passages.sqlite"
    content = bytearray(database.read_bytes())
    content[-1] ^= 1
    database.write_bytes(content)
    with pytest.raises(IndexDamagedError, match="yuanhua check"):
        write_backup(tmp_path / "b.tar", index, notebook_file(index))
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_an_archive_cannot_write_beside_its_place(index: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "b.tar", tmp_path / "there" / "index"
    write_backup(file, index, notebook_file(index))
    hostile = file.read_bytes().replace(b"index/passages.sqlite", b"index/../../../../evil")
    file.write_bytes(hostile.replace(b"index/passages.sqlite", b"index/../../evil.file"))
    with pytest.raises(BackupDamagedError):
        restore_backup(file, there, notebook_file(there))
    assert not list(tmp_path.rglob("evil*"))


def test_backups_are_whole_while_both_are_written(index: Path, tmp_path: Path) -> None:
    """Each has a published generation, and the notebook with every collection up to one and none after it."""
    notebook, done = notebook_file(index), Event()

    def write() -> None:
        store = QuoteStore(Notebook(notebook))
        number = 0
        while not done.is_set():
            number += 1
            store.create(f"c{number:03d}")
            if number % 5 == 0:
                speak(index.parent, f"Our walrus margin rose {number} times.")

    writer = Thread(target=write)
    writer.start()
    try:
        files = [tmp_path / f"{number}.tar" for number in range(4)]
        for file in files:
            write_backup(file, index, notebook)
    finally:
        done.set()
        writer.join()
    for file in files:
        there = tmp_path / file.stem / "index"
        restore_backup(file, there, notebook_file(there))
        assert check_index(there) == ()
        names = sorted(set(collections(there)) - {"Margins"})
        assert names == [f"c{number + 1:03d}" for number in range(len(names))]
