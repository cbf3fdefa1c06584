"""Putting a backup back: nothing is changed before every file of it was found to be what was written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from indexer.errors import BackupDamagedError, BackupError, IndexStoreError, NotebookDamagedError, WouldOverwriteError
from indexer.stores.generations import current_name
from indexer.stores.index import IndexWriter
from indexer.stores.manifest import MANIFEST, FileRecord, load_manifest
from search_web.backup import CONTENTS, FORMAT, INDEX_PREFIX, NOTEBOOK_NAME, Contents, Made
from search_web.notebook.database import Notebook

if TYPE_CHECKING:
    from typing import IO

_CHUNK = 1 << 20
_MOST_CONTENTS = 64 << 20
_MEND = "Take another backup"


def restore_backup(file: Path, index: Path, notebook: Path, *, force: bool = False) -> Made:
    """Check a backup and put its index and its notebook back.

    The index is published as a new generation, to which running servers move over. A notebook that is there is replaced
    in one transaction. Raises WouldOverwriteError where an index or a notebook is there and `force` does not say to
    replace them, BackupDamagedError when the backup is not what was written, IndexStoreError when the index cannot be
    written or is of another format, NotebookError, and BackupError for what the system refuses.
    """
    try:
        with tarfile.open(file, "r:") as archive:
            contents = _contents(archive, file)
            has_notebook = any(record.path == NOTEBOOK_NAME for record in contents.files)
            if not force:
                _refuse_what_is_there(index, notebook if has_notebook else None)
            with IndexWriter(index) as writer, tempfile.TemporaryDirectory(dir=writer.scratch) as aside:
                _unpack(archive, contents, Path(aside), file)
                manifest = load_manifest(Path(aside, INDEX_PREFIX, MANIFEST), index=index)
                Path(aside, INDEX_PREFIX, MANIFEST).unlink()
                kept = Path(aside, NOTEBOOK_NAME) if has_notebook else None
                if kept is not None:
                    _check_notebook(kept, file)
                for entry in Path(aside, INDEX_PREFIX).iterdir():
                    entry.rename(writer.staging / entry.name)
                if kept is not None:
                    _put_notebook(kept, notebook)
                writer.publish(manifest)
    except tarfile.TarError as error:
        raise BackupDamagedError(f"this is no archive ({error})", where=str(file), mend=_MEND) from error
    except OSError as error:
        where = str(error.filename or file)
        mend = "See that the file and the folder of the index can be reached, and that there is room"
        raise BackupError(error.strerror or str(error), where=where, mend=mend) from error
    return Made(current_name(index), manifest.passages, has_notebook, file.stat().st_size)


def _contents(archive: tarfile.TarFile, file: Path) -> Contents:
    """Read what the archive says that it holds; it stands at its beginning."""
    member = archive.next()
    ours = member is not None and member.name == CONTENTS and member.isreg() and member.size <= _MOST_CONTENTS
    source = archive.extractfile(member) if member is not None and ours else None
    if source is None:
        raise BackupDamagedError(f"this is no backup: it does not begin with {CONTENTS}", where=str(file), mend=_MEND)
    try:
        fields = json.loads(source.read())
        if fields["format"] != FORMAT:
            what = f"the backup has format {fields['format']}, this version of Yuanhua reads format {FORMAT}"
            raise BackupError(what, where=str(file), mend="Restore it with the version that made it")
        files = tuple(FileRecord(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in fields["files"])
        contents = Contents(FORMAT, str(fields["created"]), str(fields["generation"]), files)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupDamagedError(f"{CONTENTS} cannot be read ({error})", where=str(file), mend=_MEND) from error
    for record in files:
        path = PurePosixPath(record.path)
        ours = record.path == NOTEBOOK_NAME or record.path.startswith(INDEX_PREFIX)
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


def _unpack(archive: tarfile.TarFile, contents: Contents, target: Path, file: Path) -> None:
    """Write the files that `contents` lists below the folder, each checked against its digest; no other is written."""
    missing = {record.path: record for record in contents.files}
    while (member := archive.next()) is not None:
        record = missing.pop(member.name, None)
        # A link is not followed: it could lead to whatever is on this machine.
        source = archive.extractfile(member) if member.isreg() else None
        if record is None or source is None:
            raise BackupDamagedError("it holds what it does not list", where=f"{file}, {member.name}", mend=_MEND)
        path = target / record.path
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
    return digest.hexdigest()


def _check_notebook(kept: Path, file: Path) -> None:
    """Open the notebook of the backup as the program would. Raises NotebookError when that fails."""
    with Notebook(kept).reading() as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise NotebookDamagedError(said, where=f"{file}, {NOTEBOOK_NAME}", mend=_MEND)


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
