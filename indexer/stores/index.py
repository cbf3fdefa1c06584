"""The one writer of an index: generations are built aside and published by one atomic step."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from indexer.errors import IndexLockedError, IndexStoreError
from indexer.stores.check import Problem, check_index
from indexer.stores.generations import (
    CURRENT,
    GENERATIONS,
    Generation,
    counter,
    current_name,
    generation_folder,
    published_names,
)
from indexer.stores.manifest import MANIFEST, FileRecord, Manifest, dump_manifest
from indexer.stores.reader import IndexReader
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["Generation", "IndexReader", "IndexWriter", "Manifest", "Problem", "check_index"]

_STAGING = ".staging"
_SCRATCH = ".scratch"
_LOCK = "LOCK"
_WRITER = "WRITER"


class IndexWriter:
    """The only writer of an index, as a context manager.

    `staging` is an empty folder on the same file system in which the new generation is written; `publish`
    makes it the current one. `scratch` is another one, for what is needed only while building. What is not
    published is thrown away. Entering raises IndexLockedError when
    another process writes, and removes what writers that died have left. What the system refuses meanwhile is an
    IndexUnwritableError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / GENERATIONS / _STAGING
        self.scratch = folder / GENERATIONS / _SCRATCH

    def __enter__(self) -> Self:
        with writing(self.folder), ExitStack() as held:
            (self.folder / GENERATIONS).mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / _LOCK, timeout=0)
            try:
                self._lock.acquire()
            except Timeout as error:
                mend = "Wait until it has finished, then run the command again"
                what = f"another process is writing the index{self._holder()}"
                raise IndexLockedError(what, where=str(self.folder), mend=mend) from error
            held.callback(self._lock.release)
            holder = {"pid": os.getpid(), "host": platform.node(), "since": now()}
            (self.folder / _WRITER).write_text(json.dumps(holder), encoding="utf-8")
            self._remove_unpublished()
            self._remove_leftovers()
            self.staging.mkdir()
            self.scratch.mkdir()
            held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove_unpublished()
        (self.folder / _WRITER).unlink(missing_ok=True)
        self._lock.release()
        if isinstance(error, OSError):
            with writing(self.folder):
                raise error

    def publish(self, manifest: Manifest) -> Manifest:
        """Make what stands in `staging` the current generation and return its manifest, now with the files.

        Everything is on the disk before CURRENT is replaced, so that a crash leaves the old generation or the
        new one. The generation that was current until now stays for its readers; older ones are removed.
        """
        manifest = replace(manifest, files=tuple(_sealed_files(self.staging)))
        _write_synced(self.staging / MANIFEST, dump_manifest(manifest))
        _sync_folders(self.staging)
        name = self._next_name(manifest)
        self.staging.rename(generation_folder(self.folder, name))
        _sync(self.folder / GENERATIONS)
        fresh = self.folder / f"{CURRENT}.new"
        _write_synced(fresh, f"{name}\n".encode())
        fresh.replace(self.folder / CURRENT)
        _sync(self.folder)
        self._remove_leftovers()
        return manifest

    def _next_name(self, manifest: Manifest) -> str:
        numbers = [counter(name) for name in published_names(self.folder)]
        return f"{max(numbers, default=0) + 1:06d}-{manifest.digest[:6]}"

    def _remove_leftovers(self) -> None:
        """Keep the current generation and the one before it; remove the others."""
        names = published_names(self.folder)
        try:
            current = current_name(self.folder)
        except IndexStoreError:
            return
        older = [name for name in names if counter(name) < counter(current)]
        for name in set(names) - {current, *older[-1:]}:
            shutil.rmtree(generation_folder(self.folder, name), ignore_errors=True)

    def _remove_unpublished(self) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _holder(self) -> str:
        """Say who holds the lock, as far as that is known."""
        try:
            holder = json.loads((self.folder / _WRITER).read_bytes())
            return f" (process {holder['pid']} on {holder['host']}, since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sealed_files(folder: Path) -> Iterator[FileRecord]:
    """Flush every file below the folder to the disk and yield its record, by path."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield FileRecord(path.relative_to(folder).as_posix(), os.fstat(file.fileno()).st_size, digest)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folders(folder: Path) -> None:
    for below in folder.rglob("*"):
        if below.is_dir():
            _sync(below)
    _sync(folder)


def _sync(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system lets a folder be opened (not on Windows)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
