"""Digests of the code that makes what an index holds: when they change, it is made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files as package_files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

READER_LIBRARIES = ("lxml", "opencc", "openpyxl", "pypdfium2", "python-docx", "resiliparse")
"""The distributions that decide, beside our own code, what is read out of a file."""

_CODE = ("indexer.sources", "indexer.transcripts", "indexer.text")
_CODE_OF_WORDS = (
    ("indexer.build", "words.py"),
    ("indexer.build", "sketch.py"),
    ("indexer.stores", "filters.py"),
    ("indexer.stores", "prepared.py"),
)
_NO_CODE = ("__pycache__",)


@cache
def parser_digest() -> str:
    """Return a digest of all that makes a transcript out of a file: code, its data, and the libraries it uses."""
    digest = hashlib.sha256()
    for package in _CODE:
        for name, file in files_below(package_files(package), package):
            digest.update(f"{name}\n".encode() + file.read_bytes())
    for library in READER_LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    return digest.hexdigest()[:16]


@cache
def words_digest() -> str:
    """Return a digest of the code that makes words, facets and sketches out of a transcript."""
    digest = hashlib.sha256()
    for name, file in files_below(package_files("indexer.text"), "indexer.text"):
        digest.update(f"{name}\n".encode() + file.read_bytes())
    for package, name in _CODE_OF_WORDS:
        digest.update(f"{package}/{name}\n".encode() + package_files(package).joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def files_below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Yield the files of a package and of the folders in it, each with its name, in a fixed order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and not entry.name.endswith(".pyc"):
            yield f"{name}/{entry.name}", entry
        elif entry.is_dir() and entry.name not in _NO_CODE:
            yield from files_below(entry, f"{name}/{entry.name}")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "is not installed"
