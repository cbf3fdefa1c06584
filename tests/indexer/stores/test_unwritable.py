"""Disks that take no more, and folders that nothing may be written to."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import IndexUnwritableError
from indexer.stores.generations import current_name
from indexer.stores.index import check_index
from indexer.stores.space_writer import SpaceWriter
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore
from search_web.settings import notebook_file
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("engine", "kilobytes"), [("tantivy", 1), ("tantivy", 400), ("whoosh", 0), ("whoosh", 150)])
def test_a_disk_that_takes_no_more_leaves_the_published_index(tmp_path: Path, engine: str, kilobytes: int) -> None:
    """The system refuses what goes beyond a size, as it does on a full disk: SQLite, the engine, faiss, our own files."""
    index, call = tmp_path / "index", tmp_path / "call.txt"
    call.write_text("Jane Roe: Our zebra margin rose.\n", encoding="utf-8")
    index_paths(index, [call], BuildSettings(embedders=("bundled",), keyword_engine=engine))
    before = current_name(index)
    done = subprocess.run(
        [sys.executable, "-m", "search_web", "index", str(ROOT / "corpus"), "--index", str(index), "--workers", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024,) * 2),
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith("skipped")]
    assert (done.returncode, len(said)) == (2, 1), done.stderr
    assert "it cannot be written" in said[0]
    assert "has room" in said[0]
    assert (current_name(index), check_index(index)) == (before, ())
    assert [entry.name for entry in (index / "generations").iterdir()] == [before]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the system refuse what makes a file larger than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("large", "name"), [(1, "sentence_spans.npy"), (100, "sentences.npy")])
def test_a_disk_that_is_full_by_the_places_of_sentences_is_named(tmp_path: Path, large: int, name: str) -> None:
    """The vectors are written, their places no more."""
    count = 10_000
    writer = SpaceWriter(tmp_path, 1, 1, np.empty((0, 1), np.float32), large=large)
    row = np.zeros(1, np.int64)
    writer.add(row, np.ones((1, 1), np.float32))
    writer.add_sentences(np.repeat(row, count), np.ones((count, 1), np.float32), np.zeros((count, 2), np.int32))
    with files_of_at_most(60_000), pytest.raises(IndexUnwritableError, match=rf"{name}: it cannot be written"):
        writer.finish()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written to a folder, where the system heeds that; root needs a mount of its own."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    bound = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("root may write everywhere, and nothing may be mounted here")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_read_only_index_is_searched_and_its_notebook_read(tmp_path: Path) -> None:
    """As where a volume is mounted read-only: tantivy and SQLite would make files beside those that they open."""
    place = tmp_path / "place"
    place.mkdir()
    call = tmp_path / "call.txt"
    call.write_text("Jane Roe: Our zebra margin rose.\n", encoding="utf-8")
    index_paths(place / "index", [call], BuildSettings(embedders=()))
    notebook = Notebook(notebook_file(place / "index"))
    made = f"/api/v1/collections/{QuoteStore(notebook).create('kept').id}"
    notebook.close()
    with read_only(place):
        client = create_app(place / "index").test_client()
        assert client.get("/api/v1/search?q=zebra").get_json()["total"] == 1
        assert client.get(made).get_json()["name"] == "kept"
        assert client.get("/collections").status_code == 200
        refused = client.post("/api/v1/collections", json={"name": "more"})
        assert (refused.status_code, "notebook" in refused.get_json()["type"]) == (503, True)
        with pytest.raises(
            IndexUnwritableError, match=r"it cannot be written \((Read-only file system|Permission denied)\)"
        ):
            index_paths(place / "index", [call], BuildSettings(embedders=()))
