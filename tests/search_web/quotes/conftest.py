"""A store of quotes in a new file, and real indexes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.passages import PassageStore

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture
def store(tmp_path: Path) -> QuoteStore:
    return QuoteStore(Notebook(tmp_path / "notebook.sqlite"))


@pytest.fixture(scope="session")
def corpus_passages(tmp_path_factory: pytest.TempPathFactory) -> PassageStore:
    """Return the passages of an index of corpus/, by words only."""
    folder = tmp_path_factory.mktemp("quotes") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=()))
    return IndexReader(folder).current().passages


@pytest.fixture
def passages_of(tmp_path: Path) -> Callable[..., PassageStore]:
    """Return a function that makes the index hold these files, by name, and returns its passages."""

    def build(**texts: str) -> PassageStore:
        folder = tmp_path / "calls"
        folder.mkdir(exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        index_paths(tmp_path / "index", [folder], BuildSettings(embedders=()))
        return IndexReader(tmp_path / "index").current().passages

    return build
