"""No test is passed over in silence."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parent


def test_every_folder_that_has_tests_is_looked_into(pytestconfig: pytest.Config) -> None:
    """By default pytest passes by folders with names such as `build`, which is one of ours."""
    passed_by = pytestconfig.getini("norecursedirs")
    files = [file.relative_to(TESTS) for file in TESTS.rglob("test_*.py") if "node_modules" not in file.parts]
    assert Path("indexer/build/test_watch.py") in files
    assert not [file for file in files if any(fnmatch(part, one) for part in file.parts[:-1] for one in passed_by)]
