"""A backup: an index, the notebook and what was uploaded in one tar archive, with the digest of every file.

::

    backup.json                 what this is, and the size and SHA-256 of every other file
    index/manifest.json         of the generation
    index/…                     its files
    library/…                   the uploaded files that the notebook tells of, where each belongs in that state
    notebook.sqlite             one state of the notebook, where there is one

All may be in use and be written meanwhile: a published generation never changes, the notebook is copied by SQLite, and
uploaded files are held under a second name.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from indexer.errors import BackupError, IndexDamagedError, WouldOverwriteError
from indexer.stores.generations import current_name, generation_folder
from indexer.stores.manifest import MANIFEST, FileRecord, load_manifest
from search_web.notebook.database import Notebook
from search_web.uploads.holding import Held, held_files
from search_web.uploads.library import Library
from search_web.uploads.store import Uploads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.stores.manifest import Manifest
    from search_web.uploads.model import Upload

# Counts up whenever a program that knows only the older format would misread a backup.
FORMAT = 2
READ_FORMATS = frozenset({1, FORMAT})
"""Format 1 has no uploads."""

CONTENTS = "backup.json"
INDEX_PREFIX = "index/"
LIBRARY_PREFIX = "library/"
NOTEBOOK_NAME = "notebook.sqlite"

_ATTEMPTS = 4
_ROOM = "See that its folder exists, may be written to and has room"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: `generation` is its name in the index it was made of, the paths of `files` are within it."""

    format: int
    created: str
    generation: str
    files: tuple[FileRecord, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written or put back: the generation, its passages, whether a notebook, and the bytes of the archive.

    `uploads` counts uploads with their files; `missing` are names of those whose files the library does not have.
    """

    generation: str
    passages: int
    notebook: bool
    size: int
    uploads: int = 0
    missing: tuple[str, ...] = ()


def write_backup(file: Path, index: Path, notebook: Path, library: Path | None = None, *, force: bool = False) -> Made:
    """Write a backup of the published generation, the notebook and its uploads in this library, whole or not at all.

    Every file of the generation is compared with its digest on the way. Raises WouldOverwriteError where `file` exists
    and `force` does not say to replace it, IndexStoreError or NotebookError for what cannot be read, and BackupError
    for what the system refuses.
    """
    if file.exists() and not force:
        raise WouldOverwriteError("there is a file already", where=str(file), mend="Name another, or add --force")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as aside:
            with _held_state(notebook, library, Path(aside)) as (copied, uploads, held):
                unfinished = Path(aside) / "unfinished"
                name, manifest = _write(unfinished, index, copied, held.files)
            if copied is not None:
                unfinished.chmod(copied.stat().st_mode)
            size = unfinished.stat().st_size
            unfinished.replace(file)
    except OSError as error:
        raise BackupError(f"it cannot be written ({error.strerror})", where=str(file), mend=_ROOM) from error
    missing = tuple(one.name for one in held.missing)
    return Made(name, manifest.passages, copied is not None, size, uploads - len(missing), missing)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _held_state(notebook: Path, library: Path | None, aside: Path) -> Iterator[tuple[Path | None, int, Held]]:
    """Lend a copy of the notebook, how many uploads it tells of, and their files as they are in that state.

    A file that was removed between the two makes both be taken anew; one that is missing again and again, is.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        place = aside / f"state-{attempt}"
        place.mkdir()
        copied = _copied_notebook(notebook, place / NOTEBOOK_NAME)
        uploads = uploads_of(copied) if copied and library else ()
        (place / "held").mkdir()
        with held_files(Library(library), uploads, place / "held") if uploads else nullcontext(Held((), ())) as held:
            if not held.missing or attempt == _ATTEMPTS:
                yield copied, len(uploads), held
                return


def uploads_of(notebook: Path) -> tuple[Upload, ...]:
    """Return the uploads that a copy of the notebook tells of."""
    with closing(Notebook(notebook)) as copy:
        return Uploads(copy, Library(None)).all()


def _copied_notebook(notebook: Path, target: Path) -> Path | None:
    """Copy one state of the notebook, whoever writes meanwhile; None where there is no notebook."""
    if not notebook.exists():
        return None
    target.touch(0o600)
    with Notebook(notebook).reading() as source, closing(sqlite3.connect(target)) as copy:
        try:
            source.backup(copy)
            # A copy of one file, that needs no second one beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            what = f"the notebook cannot be copied there ({error})"
            raise BackupError(what, where=str(target.parents[2]), mend=_ROOM) from error
    return target


def _write(
    target: Path, index: Path, notebook: Path | None, uploaded: Sequence[tuple[str, Path]]
) -> tuple[str, Manifest]:
    with ExitStack() as opened:
        name, manifest, dumped, parts = _held_generation(index, opened)
        records = [
            FileRecord(INDEX_PREFIX + MANIFEST, len(dumped), hashlib.sha256(dumped).hexdigest()),
            *(FileRecord(INDEX_PREFIX + record.path, record.size, record.sha256) for record in manifest.files),
            *(FileRecord(LIBRARY_PREFIX + path, kept.stat().st_size, digest_of(kept)) for path, kept in uploaded),
        ]
        if notebook is not None:
            records.append(FileRecord(NOTEBOOK_NAME, notebook.stat().st_size, digest_of(notebook)))
            parts.append((NOTEBOOK_NAME, opened.enter_context(notebook.open("rb"))))
        contents = json.dumps(asdict(Contents(FORMAT, manifest.created, name, tuple(records))), indent=1).encode()
        digests = {record.path: record for record in records}
        with target.open("xb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
                _add(archive, CONTENTS, io.BytesIO(contents), None)
                _add(archive, INDEX_PREFIX + MANIFEST, io.BytesIO(dumped), None)
                for path, source in parts:
                    _add(archive, path, source, digests[path])
                for path, kept in uploaded:
                    with kept.open("rb") as source:
                        _add(archive, LIBRARY_PREFIX + path, source, digests[LIBRARY_PREFIX + path])
            file.flush()
            os.fsync(file.fileno())
    return name, manifest


def _held_generation(index: Path, opened: ExitStack) -> tuple[str, Manifest, bytes, list[tuple[str, BinaryIO]]]:
    """Open every file of the published generation, so that a writer who removes it takes nothing away any more."""
    while True:
        name = current_name(index)
        folder = generation_folder(index, name)
        with ExitStack() as attempt:
            try:
                manifest = load_manifest(folder / MANIFEST, index=index)
                dumped = (folder / MANIFEST).read_bytes()
                parts: list[tuple[str, BinaryIO]] = [
                    (INDEX_PREFIX + record.path, attempt.enter_context((folder / record.path).open("rb")))
                    for record in manifest.files
                ]
            except (OSError, IndexDamagedError) as error:
                if current_name(index) != name:
                    continue
                if isinstance(error, IndexDamagedError):
                    raise
                what = f"the file cannot be read ({error.strerror})"
                raise IndexDamagedError(what, where=str(error.filename), mend="See: yuanhua check") from error
            opened.push(attempt.pop_all())
            return name, manifest, dumped, parts


def _add(archive: tarfile.TarFile, path: str, source: BinaryIO, expected: FileRecord | None) -> None:
    """Add a file, and see that it is what was expected of it."""
    hashed = _Hashed(source)
    member = tarfile.TarInfo(path)
    member.size = source.seek(0, io.SEEK_END)
    member.mode = 0o600
    source.seek(0)
    archive.addfile(member, hashed)
    if expected is not None and (member.size, hashed.digest()) != (expected.size, expected.sha256):
        mend = "It would be no good backup. See what is wrong with: yuanhua check"
        raise IndexDamagedError("the file is not what was written", where=path, mend=mend)


class _Hashed(io.RawIOBase):
    """A file that hashes what is read of it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._source.read(size)
        self._hash.update(chunk)
        return chunk

    def digest(self) -> str:
        return self._hash.hexdigest()
