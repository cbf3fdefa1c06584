"""The folder of uploaded files.

::

    LIBRARY/
    ├── Fenwick Q3 call 5f0c…/        a confirmed file, alone in a folder of its own
    │   ├── Fenwick Q3 call.pdf
    │   └── Fenwick Q3 call.pdf.toml  what people stated of it, where they did
    ├── .drafts/ID/                   the same before it is confirmed
    ├── .removed/ID/                  the same while it is taken out of the index
    ├── .incoming/                    what is being received
    ├── .held/                        second names of files, while a backup is made
    └── .worker                       the lock of the one process that works on them

`yuanhua index LIBRARY` reads the confirmed files alone. A file goes from one state to the next by one renaming of its
folder, so that a machine that loses power leaves it in one of them.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from indexer.errors import UploadsUnavailableError
from indexer.sources.sidecar import SUFFIX
from search_web.uploads.model import PENDING
from search_web.uploads.names import folder_name

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from search_web.uploads.model import Upload

_ABANDONED = 6 * 60 * 60.0
"""After so many seconds nobody is still sending what lies in .incoming, or about to note what lies in .drafts."""

_OFF = "Uploads are switched off here: --library is none"


class Library:
    """Where uploaded files lie. `folder` is None where none are taken."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def is_off(self) -> bool:
        """Whether no uploads are taken."""
        return self._folder is None

    @property
    def folder(self) -> Path:
        """The folder. Raises UploadsUnavailableError where there is none."""
        if self._folder is None:
            raise UploadsUnavailableError("this server takes no uploads", mend=_OFF)
        return self._folder

    @property
    def lock(self) -> Path:
        """The file whose lock the process has that works on uploads."""
        return self.folder / ".worker"

    @property
    def held(self) -> Path:
        """The folder of the files that a backup holds on to."""
        return self.folder / ".held"

    def ready(self) -> Path:
        """Make the folders and return that for what is received. Raises UploadsUnavailableError."""
        incoming = self.folder / ".incoming"
        try:
            for folder in (incoming, self.folder / ".drafts", self.folder / ".removed"):
                folder.mkdir(parents=True, exist_ok=True)
            if not os.access(incoming, os.W_OK):
                raise PermissionError(0, "Permission denied", str(incoming))
        except OSError as error:
            what = f"uploads cannot be kept: the folder of the library cannot be written ({error.strerror})"
            mend = "The server's --library must name a folder that it may write to"
            raise UploadsUnavailableError(what, mend=mend) from error
        return incoming

    def draft(self, upload: Upload) -> Path:
        """Return where a file lies until it is confirmed."""
        return self.folder / ".drafts" / upload.id / upload.name

    def confirmed(self, upload: Upload) -> Path:
        """Return where a file lies once it is confirmed."""
        return self.folder / folder_name(upload) / upload.name

    def places(self, upload: Upload) -> tuple[Path, Path, Path]:
        """Return the folders in which an upload may lie, as it goes from one to the next."""
        return self.folder / ".drafts" / upload.id, self.confirmed(upload).parent, self.folder / ".removed" / upload.id

    def home(self, upload: Upload) -> Path:
        """Return the folder in which an upload lies in its state, unless work on it was cut off."""
        draft, confirmed, _ = self.places(upload)
        return draft if upload.state in PENDING else confirmed

    def put_back(self, upload: Upload, kept: Path) -> None:
        """Make the folder `kept`, which lies on the same disk, the one of this upload, in place of what there was."""
        for folder in self.places(upload):
            if folder.exists():
                shutil.rmtree(folder)
        home = self.home(upload)
        home.parent.mkdir(parents=True, exist_ok=True)
        kept.rename(home)
        _sync(home.parent)

    def take_in(self, received: Path, upload: Upload) -> None:
        """Make what was received, and is on the disk, a draft."""
        place = self.draft(upload)
        place.parent.mkdir()
        received.rename(place)
        _sync(place.parent)
        _sync(place.parent.parent)

    def state(self, upload: Upload) -> None:
        """Write what people state of a draft beside it."""
        place = self.draft(upload)
        sidecar = place.with_name(place.name + SUFFIX)
        if not upload.stated:
            sidecar.unlink(missing_ok=True)
            return
        fresh = sidecar.with_name(f".{sidecar.name[-200:]}.new")
        fresh.write_text(sidecar_text(upload.stated), encoding="utf-8")
        fresh.replace(sidecar)

    def confirm(self, upload: Upload) -> Path:
        """Move a draft among the confirmed files, unless it is there already, and return its place."""
        place = self.confirmed(upload)
        for before in (self.folder / ".drafts" / upload.id, self.folder / ".removed" / upload.id):
            if before.exists() and not place.parent.exists():
                before.rename(place.parent)
        _sync(self.folder)
        return place

    def set_aside(self, upload: Upload) -> Path:
        """Move a confirmed file out of the way, to be removed, and return where it was."""
        place, aside = self.confirmed(upload), self.folder / ".removed" / upload.id
        if place.parent.exists() and not aside.exists():
            aside.parent.mkdir(exist_ok=True)
            place.parent.rename(aside)
        return place

    def forget(self, upload: Upload) -> None:
        """Delete a file, wherever it lies."""
        for folder in self.places(upload):
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, known: Container[str]) -> None:
        """Delete what was received in part, and drafts and removed files that no upload is `known` of by its id."""
        for folder, wanted in ((".incoming", ()), (".held", ()), (".drafts", known), (".removed", known)):
            for entry in _entries(self.folder / folder):
                with suppress(OSError):
                    if entry.name in wanted or time.time() - entry.stat().st_mtime < _ABANDONED:
                        continue
                    if entry.is_dir() and not entry.is_symlink():
                        shutil.rmtree(entry, ignore_errors=True)
                    else:
                        entry.unlink()


def sidecar_text(stated: Mapping[str, str]) -> str:
    """Return a sidecar in TOML that states these fields."""
    # A basic string of TOML is written as one of JSON is, except for DEL, which no value holds that was checked.
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in stated.items())


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _sync(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
