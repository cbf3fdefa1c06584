"""Files of uploads for a backup: held as they are at one moment, whoever confirms or removes them meanwhile.

A held file is a second name of the same content, in LIBRARY/.held, or a copy where the disk gives no second names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.sources.sidecar import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_web.uploads.library import Library
    from search_web.uploads.model import Upload


@dataclass(frozen=True, slots=True)
class Held:
    """Files by their paths in the library, and the uploads whose files are not there."""

    files: tuple[tuple[str, Path], ...]
    missing: tuple[Upload, ...]


@contextmanager
def held_files(library: Library, uploads: Iterable[Upload], aside: Path) -> Iterator[Held]:
    """Hold the files of these uploads, with what was stated of them, until the block ends.

    `aside` is an empty folder for copies. Raises OSError for what the system refuses.
    """
    with _place_to_hold(library, aside) as folder:
        files: list[tuple[str, Path]] = []
        missing: list[Upload] = []
        for upload in uploads:
            kept = folder / upload.id
            kept.mkdir()
            if not _hold(library, upload, kept):
                missing.append(upload)
                continue
            home = library.home(upload).relative_to(library.folder).as_posix()
            files += ((f"{home}/{file.name}", file) for file in sorted(kept.iterdir()))
        yield Held(tuple(files), tuple(missing))


@contextmanager
def _place_to_hold(library: Library, aside: Path) -> Iterator[Path]:
    """Lend an empty folder on the disk of the library, or below `aside` where nothing can be written there."""
    place = aside
    with suppress(OSError):
        library.held.mkdir(exist_ok=True)
        place = library.held
    try:
        lent = tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True)
    except OSError:
        lent = tempfile.TemporaryDirectory(dir=aside, ignore_cleanup_errors=True)
    with lent as folder:
        yield Path(folder)


def _hold(library: Library, upload: Upload, kept: Path) -> bool:
    """Hold the file of one upload and its sidecar; return whether there was a file."""
    # It may move on from each place to the next while it is looked for.
    for folder in (*library.places(upload), library.confirmed(upload).parent):
        try:
            _name_again(folder / upload.name, kept / upload.name)
        except FileNotFoundError:
            continue
        sidecar = f"{upload.name}{SUFFIX}"
        for beside in library.places(upload):
            with suppress(FileNotFoundError):
                _name_again(beside / sidecar, kept / sidecar)
                break
        return True
    return False


def _name_again(file: Path, name: Path) -> None:
    try:
        os.link(file, name, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, name)
