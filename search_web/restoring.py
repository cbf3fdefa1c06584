"""Putting a backup back: nothing is changed before every file of it was found to be what was written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from indexer.errors import BackupDamagedError, BackupError, IndexStoreError, NotebookDamagedError, WouldOverwriteError
from indexer.stores.generations import current_name
from indexer.stores.index import IndexWriter
from indexer.stores.manifest import MANIFEST, FileRecord, load_manifest
from search_web.access.records import end_all_sessions
from search_web.backup import (
    CONTENTS,
    FORMAT,
    INDEX_PREFIX,
    LIBRARY_PREFIX,
    NOTEBOOK_NAME,
    READ_FORMATS,
    Contents,
    Made,
    uploads_of,
)
from search_web.notebook.database import Notebook
from search_web.restoring_uploads import (
    library_held,
    put_uploads,
    refuse_names_that_lead_away,
    refuse_uploads_that_are_there,
)
from search_web.uploads.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    Witness = Callable[[sqlite3.Connection], None]

_CHUNK = 1 << 20
_MOST_CONTENTS = 64 << 20
_MEND = "Take another backup"


def restore_backup(
    file: Path,
    index: Path,
    notebook: Path,
    library: Path | None = None,
    *,
    force: bool = False,
    witness: Witness | None = None,
) -> Made:
    """Check a backup and put its index, its notebook and its uploads back; without a `library`, not the uploads.

    The index is published as a new generation, to which running servers move over. A notebook that is there is replaced
    in one transaction. All sessions of the notebook are over; `witness` is told of that, as `Notebook` has it. Files of
    the library that the backup knows nothing of stay.
    Raises WouldOverwriteError where an index, a notebook or uploads are there and `force` does not say to replace them,
    BackupDamagedError when the backup is not what was written, IndexStoreError when the index cannot be written or is
    of another format, NotebookError, and BackupError for what the system refuses or another process is at.
    """
    try:
        with tarfile.open(file, "r:") as archive, ExitStack() as held:
            contents = _contents(archive, file)
            has_notebook = any(record.path == NOTEBOOK_NAME for record in contents.files)
            has_uploads = any(record.path.startswith(LIBRARY_PREFIX) for record in contents.files)
            shelf = Library(library if has_uploads else None)
            if not force:
                _refuse_what_is_there(index, notebook if has_notebook else None)
                refuse_uploads_that_are_there(shelf)
            # The library first: whoever works on uploads takes the locks in this order, too.
            uploaded = held.enter_context(library_held(shelf))
            writer = held.enter_context(IndexWriter(index))
            aside = Path(held.enter_context(tempfile.TemporaryDirectory(dir=writer.scratch)))
            _unpack(archive, contents, aside, uploaded or aside, file)
            manifest = load_manifest(aside / INDEX_PREFIX / MANIFEST, index=index)
            (aside / INDEX_PREFIX / MANIFEST).unlink()
            kept = aside / NOTEBOOK_NAME if has_notebook else None
            if kept is not None:
                _prepare_notebook(kept, file, witness)
            told = uploads_of(kept) if kept is not None else ()
            refuse_names_that_lead_away(told, file)
            uploads = told if library is not None else ()
            for entry in (aside / INDEX_PREFIX).iterdir():
                entry.rename(writer.staging / entry.name)
            missing = put_uploads(shelf, uploads, uploaded / LIBRARY_PREFIX) if uploaded else uploads
            if kept is not None:
                _put_notebook(kept, notebook)
            writer.publish(manifest)
    except tarfile.TarError as error:
        raise BackupDamagedError(f"this is no archive ({error})", where=str(file), mend=_MEND) from error
    except OSError as error:
        where = str(error.filename or file)
        mend = "See that the file and the folder of the index can be reached, and that there is room"
        raise BackupError(error.strerror or str(error), where=where, mend=mend) from error
    names = tuple(one.name for one in missing)
    size = file.stat().st_size
    return Made(current_name(index), manifest.passages, has_notebook, size, len(uploads) - len(names), names)


def _contents(archive: tarfile.TarFile, file: Path) -> Contents:
    """Read what the archive says that it holds; it stands at its beginning."""
    member = archive.next()
    ours = member is not None and member.name == CONTENTS and member.isreg() and member.size <= _MOST_CONTENTS
    source = archive.extractfile(member) if member is not None and ours else None
    if source is None:
        raise BackupDamagedError(f"this is no backup: it does not begin with {CONTENTS}", where=str(file), mend=_MEND)
    try:
        fields = json.loads(source.read())
        if fields["format"] not in READ_FORMATS:
            what = f"the backup has format {fields['format']}, this version of Yuanhua reads formats up to {FORMAT}"
            raise BackupError(what, where=str(file), mend="Restore it with the version that made it")
        files = tuple(FileRecord(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in fields["files"])
        contents = Contents(FORMAT, str(fields["created"]), str(fields["generation"]), files)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupDamagedError(f"{CONTENTS} cannot be read ({error})", where=str(file), mend=_MEND) from error
    for record in files:
        path = PurePosixPath(record.path)
        ours = record.path == NOTEBOOK_NAME or record.path.startswith((INDEX_PREFIX, LIBRARY_PREFIX))
        if not ours or path.is_absolute() or ".." in path.parts or "\\" in record.path or "\0" in record.path:
            raise BackupDamagedError(f"it names a file '{record.path}'", where=str(file), mend=_MEND)
    return contents


def _refuse_what_is_there(index: Path, notebook: Path | None) -> None:
    mend = "Name others with --index and --notebook, or write over them with --force"
    try:
        name = current_name(index)
    except IndexStoreError:
        pass
    else:
        raise WouldOverwriteError(f"there is an index already (generation {name})", where=str(index), mend=mend)
    if notebook is not None and notebook.exists():
        raise WouldOverwriteError("there is a notebook already", where=str(notebook), mend=mend)


def _unpack(archive: tarfile.TarFile, contents: Contents, aside: Path, uploaded: Path, file: Path) -> None:
    """Write the files that `contents` lists below two folders, each checked against its digest; no other is written."""
    missing = {record.path: record for record in contents.files}
    while (member := archive.next()) is not None:
        record = missing.pop(member.name, None)
        # A link is not followed: it could lead to whatever is on this machine.
        source = archive.extractfile(member) if member.isreg() else None
        if record is None or source is None:
            raise BackupDamagedError("it holds what it does not list", where=f"{file}, {member.name}", mend=_MEND)
        path = (uploaded if record.path.startswith(LIBRARY_PREFIX) else aside) / record.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if member.size != record.size or _copy(source, path) != record.sha256:
            raise BackupDamagedError("it is not what was written", where=f"{file}, {record.path}", mend=_MEND)
    if missing:
        raise BackupDamagedError("it is missing or cut off", where=f"{file}, {min(missing)}", mend=_MEND)


def _copy(source: IO[bytes], path: Path) -> str:
    """Copy a file; return the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _prepare_notebook(kept: Path, file: Path, witness: Witness | None) -> None:
    """Open the notebook of the backup as the program would, and end its sessions. Raises NotebookError."""
    with closing(Notebook(kept)) as notebook:
        with notebook.reading() as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise NotebookDamagedError(said, where=f"{file}, {NOTEBOOK_NAME}", mend=_MEND)
        with notebook.writing() as connection:
            end_all_sessions(connection)
            if witness is not None:
                witness(connection)


def _put_notebook(kept: Path, notebook: Path) -> None:
    """Make the notebook what it was: a new file, or the content of the one that others may have open."""
    if not notebook.exists():
        notebook.parent.mkdir(parents=True, exist_ok=True)
        fresh = notebook.with_name(f"{notebook.name}.restored")
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600)
        shutil.copyfile(kept, fresh)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        # What SQLite kept beside a notebook that is no more, it would read into this one.
        for kind in ("-wal", "-shm", "-journal"):
            notebook.with_name(notebook.name + kind).unlink(missing_ok=True)
        fresh.replace(notebook)
    else:
        try:
            with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(notebook, timeout=60.0)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            mend = f"Move {notebook.name} and the files beside it whose names begin with that away, then try again"
            raise NotebookDamagedError(f"it cannot be replaced ({error})", where=str(notebook), mend=mend) from error
    # An older notebook is brought to this version before others look.
    with Notebook(notebook).writing():
        pass
