"""Putting uploaded files back from a backup, each where the state of its upload has it."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from indexer.errors import BackupDamagedError, BackupError, WouldOverwriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_web.uploads.library import Library
    from search_web.uploads.model import Upload

_PATIENCE = 45.0
"""For so many seconds is waited for whoever works on uploads: a server holds the lock for 20 after its last work."""

_ID = re.compile(r"[0-9a-zA-Z]+")
_SEPARATORS = re.compile(r"[/\\\0]")


def refuse_names_that_lead_away(uploads: Iterable[Upload], file: Path) -> None:
    """Raise BackupDamagedError for an upload that would lie outside of any library, where others would be removed."""
    for upload in uploads:
        if not _ID.fullmatch(upload.id) or upload.name in {"", ".", ".."} or _SEPARATORS.search(upload.name):
            what = f"it tells of an upload '{upload.id}' named '{upload.name}'"
            raise BackupDamagedError(what, where=str(file), mend="Take another backup")


def refuse_uploads_that_are_there(library: Library) -> None:
    """Raise WouldOverwriteError where the library has uploads already."""
    if library.is_off:
        return
    if any(library.folder.glob("[!.]*/*")) or any(library.folder.glob(".drafts/*")):
        mend = "Name another folder with --library, or write over what is there with --force"
        raise WouldOverwriteError("there are uploads already", where=str(library.folder), mend=mend)


@contextmanager
def library_held(library: Library) -> Iterator[Path | None]:
    """Keep everybody else from working on the library, and lend an empty folder in it; None where there is none.

    Raises BackupError when somebody works on uploads all the time, and UploadsUnavailableError.
    """
    if library.is_off:
        yield None
        return
    library.ready()
    lock = FileLock(library.lock)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout as error:
        mend = "Try again when they are in the index, or stop the server"
        raise BackupError("uploads are being worked on", where=str(library.folder), mend=mend) from error
    try:
        library.held.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.held, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    finally:
        lock.release()


def put_uploads(library: Library, uploads: Iterable[Upload], unpacked: Path) -> tuple[Upload, ...]:
    """Put the files of these uploads in their places; return those whose files are not in the backup."""
    missing = []
    for upload in uploads:
        kept = unpacked / library.home(upload).relative_to(library.folder)
        if (kept / upload.name).is_file():
            os.utime(kept)
            library.put_back(upload, kept)
        else:
            missing.append(upload)
    return tuple(missing)
