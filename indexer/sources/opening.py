"""Files to bytes: opens only regular files, and only those of a size that a transcript may have."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from indexer.errors import OversizedSourceError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

_MEGABYTE = 1024**2


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of the file at `path`.

    Raises OversizedSourceError, before anything is read, when it has more than `most` bytes, and SourceError when
    it is no regular file or cannot be opened: reading from a pipe or a device might never end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is a pipe or a device and no file"
            raise SourceError(what, where=str(path), mend="Name a file.")
        if status.st_size > most:
            raise _oversized(path, status.st_size, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        what = f"the file cannot be opened ({why})"
        raise SourceError(what, where=str(path), mend="Check its path and rights.") from error
    if len(data) > most:
        raise _oversized(path, len(data), most)
    return data


def _oversized(path: Path, size: int, most: int) -> OversizedSourceError:
    return OversizedSourceError(
        f"it has {size // _MEGABYTE} MB; no transcript of its format has more than {most // _MEGABYTE}",
        where=str(path),
        mend="If it holds many transcripts, part them; if it carries pictures or sound, save its text alone.",
    )
