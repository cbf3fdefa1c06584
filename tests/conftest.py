"""What holds for all tests."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, is_hypothesis_test, settings

from indexer.build import BuildSettings, index_paths

# How long an example takes says more about the machine than about the code: it first loads dictionaries and models.
# What a change must pass is the same each time; whoever works on the code has new examples with every run.
settings.register_profile(
    "yuanhua",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("YUANHUA_SAME_EXAMPLES") == "1",
)
settings.load_profile("yuanhua")

# No test knows what was embedded for another one, or for the user; those of the cache name a folder of their own.
os.environ["YUANHUA_VECTOR_CACHE"] = "0"

CORPUS = Path(__file__).parents[1] / "corpus"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let coverage look away while Hypothesis tries its examples, and from files that stand beside some checkouts only.

    Its figure is of what the tests reach everywhere and without chance, and to trace code doubles its time.
    """
    for item in items:
        by_chance = isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)
        reasons = [str(mark.kwargs.get("reason")) for mark in item.iter_markers("skipif")]
        if by_chance or any("beside this checkout" in reason for reason in reasons):
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """Take what was loaded out of the collector's sight: it stays, and to look through it takes a tenth of a second."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of corpus/, with words and meaning, to be copied by whoever writes beside it.

    It is made once for all processes of a run: whoever comes first makes it, while others wait.
    """
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder = place / "corpus-index"
    with FileLock(place / "corpus-index.lock"):
        if not (folder / "CURRENT").exists():
            index_paths(folder, [CORPUS], BuildSettings(embedders=("bundled",)))
    return folder
