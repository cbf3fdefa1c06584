"""A real index of the project's own sample transcripts, with words and meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.searcher import Searcher

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=("bundled",)))
    return folder


@pytest.fixture(scope="session")
def searcher(sample_index: Path) -> Searcher:
    return Searcher(IndexReader(sample_index))
