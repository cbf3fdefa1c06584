"""The file of the notebook: when it is made, what is refused, and that nothing is half-written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import search_web.notebook
from indexer.errors import NotebookDamagedError, NotebookError, NotebookMismatchError
from search_web.notebook.database import Notebook
from search_web.notebook.migrations import migrations
from search_web.quotes.store import QuoteStore
from search_web.settings import notebook_file


def test_the_file_is_made_by_the_first_change_and_reads_as_empty_before(tmp_path: Path) -> None:
    file = tmp_path / "notebook.sqlite"
    store = QuoteStore(Notebook(file))
    assert store.collections() == ()
    assert not file.exists()
    store.create("Cash flow")
    assert [summary.collection.name for summary in QuoteStore(Notebook(file)).collections()] == ["Cash flow"]


def test_a_notebook_of_a_newer_version_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notebook.sqlite"
    notebook = Notebook(file)
    QuoteStore(notebook).create("Cash flow")
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    connection.close()
    for opened in (notebook, Notebook(file)):
        with pytest.raises(NotebookMismatchError, match="newer Yuanhua"):
            QuoteStore(opened).create("Margins")


def test_what_is_no_notebook_is_refused_before_anything_is_written_into_it(tmp_path: Path) -> None:
    other, text = tmp_path / "other.sqlite", tmp_path / "text.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    text.write_text("Dear diary, this is no database at all.\n" * 50, encoding="utf-8")
    for file in (other, text):
        before = file.read_bytes()
        with pytest.raises(NotebookDamagedError):
            QuoteStore(Notebook(file)).create("Cash flow")
        assert file.read_bytes() == before
    with pytest.raises(NotebookError, match="folder exists"):
        QuoteStore(Notebook(tmp_path / "nowhere" / "notebook.sqlite")).create("Cash flow")


def test_the_steps_of_the_schema_are_numbered_without_a_gap() -> None:
    """Two parts of the program that add tables at the same time must not take one number."""
    names = sorted(path.name for path in Path(search_web.notebook.__path__[0], "schema").glob("*.sql"))
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]
    assert len(migrations()) == len(names)


def test_a_change_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "notebook.sqlite")
    made = QuoteStore(notebook).create("Cash flow")

    def break_off() -> None:
        with notebook.writing() as connection:
            connection.execute("UPDATE collections SET name = 'Half'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert QuoteStore(notebook).collection(made.id) == made


def test_a_notebook_that_is_put_back_from_a_copy_is_seen_at_once(tmp_path: Path) -> None:
    """A server that runs on must not write into the file that is no longer there."""
    store, other = QuoteStore(Notebook(tmp_path / "a.sqlite")), Notebook(tmp_path / "b.sqlite")
    store.create("Old")
    QuoteStore(other).create("From the copy")
    other.close()
    for left in ("a.sqlite-wal", "a.sqlite-shm"):
        (tmp_path / left).unlink()
    (tmp_path / "b.sqlite").replace(tmp_path / "a.sqlite")
    assert [summary.collection.name for summary in store.collections()] == ["From the copy"]


def test_the_notebook_lies_beside_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert notebook_file(Path(".yuanhua")) == Path(".yuanhua-notebook.sqlite")
    assert notebook_file(Path("data/my-index")) == Path("data/my-index-notebook.sqlite")
    assert notebook_file(Path()) == tmp_path.parent / f"{tmp_path.name}-notebook.sqlite"
