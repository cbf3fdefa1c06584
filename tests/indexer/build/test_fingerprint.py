"""Whatever decides what is read from a file is in the digest by which files are read anew."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import indexer
from indexer.build.fingerprint import READER_LIBRARIES, files_below, parser_digest

ROOT = Path(indexer.__file__).parent
STAGES = ("sources", "transcripts", "text")
# They cut words out of what was read, and make signatures of it; the analyser has its own digest.
WORDS_ONLY = {"jieba", "rjieba", "numpy"}


def imported(file: Path) -> set[str]:
    """Return the packages from elsewhere that a module imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"indexer"}


def test_every_library_that_reads_is_in_the_digest() -> None:
    packages = {name for stage in STAGES for file in (ROOT / stage).rglob("*.py") for name in imported(file)}
    owners = packages_distributions()
    libraries = {owner.lower() for name in packages - WORDS_ONLY for owner in owners[name]}
    assert libraries <= set(READER_LIBRARIES)
    assert "lxml" in libraries


def test_data_and_packages_within_packages_are_in_the_digest(tmp_path: Path) -> None:
    for name in ("a.py", "deep/er/b.py", "deep/data.bin", "__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [name for name, _ in files_below(tmp_path, "p")] == ["p/a.py", "p/deep/data.bin", "p/deep/er/b.py"]
    assert len(parser_digest()) == 16
