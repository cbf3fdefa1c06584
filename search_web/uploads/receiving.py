"""Bytes from a stranger to a file on the disk: piece by piece, so many and no more, hashed on the way."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import EmptySourceError, OversizedSourceError, UploadError, UploadSpaceError, YuanhuaError
from indexer.sources.readers import most_bytes
from search_web.uploads.names import safe_name, shown_name

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_MEGABYTE = 1024**2


class Incoming(io.RawIOBase):
    """A file that is being received, under a name that the client gives.

    What must not be kept is read to its end and thrown away, so that the files behind it in the same request are
    received: `finish` raises why.
    """

    def __init__(self, folder: Path, given: str) -> None:
        self.given = shown_name(given)
        self.name = ""
        self.size = 0
        self.path: Path | None = None
        self._hash = hashlib.sha256()
        self._trouble: YuanhuaError | None = None
        self._descriptor = -1
        try:
            self.name = safe_name(given)
            self._most = most_bytes(self.name.rpartition(".")[2])
            self._descriptor, path = tempfile.mkstemp(dir=folder)
            self.path = Path(path)
        except YuanhuaError as error:
            self._trouble = error
        except OSError as error:
            self._refuse(_unwritten(error, self.given))

    @property
    def hopeless(self) -> bool:
        """Whether it is clear already that the file is not kept."""
        return self._trouble is not None

    def writable(self) -> bool:
        """Whether it may be written: always."""
        return True

    def seekable(self) -> bool:
        """Whether it may be rewound; nothing comes of that."""
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Do nothing: the file is not read through this object."""
        return offset if whence == 0 else 0

    def write(self, data: ReadableBuffer, /) -> int:
        """Take the next bytes."""
        view = memoryview(data)
        self.size += view.nbytes
        if self._trouble is not None:
            return view.nbytes
        if self.size > self._most:
            what = f"it has more than the {self._most // _MEGABYTE} MB that a file of its format may have"
            mend = "If it holds many transcripts, part them; if it carries pictures or sound, save its text alone"
            self._refuse(OversizedSourceError(what, where=self.given, mend=mend))
            return view.nbytes
        self._hash.update(view)
        try:
            rest = view
            while rest.nbytes:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            self._refuse(_unwritten(error, self.given))
        return view.nbytes

    def finish(self) -> tuple[Path, str]:
        """Flush the file to the disk; return its place and the SHA-256 of its bytes. Raises why it is not kept."""
        if self._trouble is None and not self.size:
            self._refuse(EmptySourceError("the file is empty", where=self.given, mend="Leave it out"))
        if self._trouble is None:
            try:
                os.fsync(self._descriptor)
            except OSError as error:
                self._refuse(_unwritten(error, self.given))
        if self._trouble is not None or self.path is None:
            raise self._trouble or UploadError("nothing was received", where=self.given)
        self._close_file()
        return self.path, self._hash.hexdigest()

    def close(self) -> None:
        """Delete what was received, unless somebody has taken it away meanwhile."""
        if not self.closed:
            self._close_file()
            if self.path is not None:
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)
        super().close()

    def _refuse(self, error: YuanhuaError) -> None:
        self._trouble = error
        self._close_file()
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _close_file(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _unwritten(error: OSError, where: str) -> UploadError:
    what = f"it could not be written to the disk of the server ({error.strerror})"
    return UploadSpaceError(what, where=where, mend="Make room there, then send it again")
