"""Whether the files of a generation are what was written: by their sizes at once, by their digests where it matters.

SHA-256 goes over some 800 MB a second, and an index of a million passages has some three gigabytes. So whoever opens a
generation has only the smallest files of it read, up to MOST_AT_OPENING bytes, which is all of an index of ten thousand
passages. Whoever stands long enough, as a server does, reads all of them before it answers from them; so does whoever
makes a new generation of an older one, and `check_index`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.stores.manifest import FileRecord

MOST_AT_OPENING = 64 << 20
"""How many bytes are read of a generation when it is opened, to compare them with their digests."""


def compare_sizes(folder: Path, records: Iterable[FileRecord]) -> None:
    """Raise IndexDamagedError naming the first of these files that is missing or has another size than written."""
    for record in records:
        path = folder / record.path
        try:
            size = path.stat().st_size
        except OSError as error:
            raise IndexDamagedError("the file is missing or cannot be read", where=str(path)) from error
        if size != record.size:
            raise IndexDamagedError(f"the file has {size} bytes instead of {record.size}", where=str(path))


def compare_small_files(folder: Path, records: Iterable[FileRecord]) -> None:
    """Raise IndexDamagedError naming the first of the smallest files that is not what was written."""
    left = MOST_AT_OPENING
    for record in sorted(records, key=lambda record: record.size):
        left -= record.size
        if left < 0:
            return
        compare_digests(folder, (record,))


def compare_digests(folder: Path, records: Iterable[FileRecord]) -> None:
    """Read these files wholly; raise IndexDamagedError naming the first that is not what was written."""
    for path, what in wrong_files(folder, records):
        raise IndexDamagedError(what, where=path)


def wrong_files(folder: Path, records: Iterable[FileRecord]) -> Iterator[tuple[str, str]]:
    """Yield each of these files that is missing or is not what was written, and what is wrong with it."""
    for record in records:
        path = folder / record.path
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield str(path), f"the file cannot be read ({error.strerror})"
            continue
        if digest != record.sha256:
            yield str(path), "the file is not what was written (its SHA-256 differs)"
