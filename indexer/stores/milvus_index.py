"""Reads the generation that is published in Milvus."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

from filelock import FileLock

from indexer.errors import IndexDamagedError, IndexMissingError, IndexStoreError, IndexUnreachableError
from indexer.stores.filters import Filters
from indexer.stores.generations import KEYWORD, PASSAGES, Generation
from indexer.stores.manifest import MANIFEST, load_manifest
from indexer.stores.milvus_client import Milvus
from indexer.stores.milvus_places import Places, published_in
from indexer.stores.milvus_space import MilvusSpace
from indexer.stores.milvus_terms import TERMS
from indexer.stores.milvus_words import MilvusEngine
from indexer.stores.passages import PassageStore

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.stores.milvus_address import MilvusAddress
    from indexer.stores.space import Space

FETCHED = "from-milvus"
"""The folder, within that of the index, in which a machine keeps the files that it fetched."""

READERS_LOOK_EVERY = 2.0
"""After how many seconds a reader asks again which generation is published."""


class MilvusReader:
    """Hands out the generation that is published in a Milvus, and moves over when a newer one is.

    `folder` is where this machine keeps the files that it fetches. It may be used from many threads.
    """

    def __init__(self, address: MilvusAddress, folder: Path) -> None:
        self._address = address
        self._fetched = folder / FETCHED
        self._lock = threading.Lock()
        self._milvus: Milvus | None = None
        self._generation: Generation | None = None
        self._looked = float("-inf")

    def current(self) -> Generation:
        """Return the published generation; every READERS_LOOK_EVERY seconds Milvus is asked which that is.

        Raises IndexMissingError, IndexDamagedError, IndexMismatchError, IndexUnreachableError or IndexAccessError.
        """
        generation = self._generation
        if generation is not None and time.monotonic() - self._looked < READERS_LOOK_EVERY:
            return generation
        with self._lock:
            if self._generation is not None and time.monotonic() - self._looked < READERS_LOOK_EVERY:
                return self._generation
            milvus = self._milvus = self._milvus or Milvus(self._address)
            try:
                name = published_in(milvus)
            except IndexUnreachableError:
                if self._generation is None:
                    raise
                # What this machine has of it can still be read; a search will say what is wrong.
                name = self._generation.name
            if name is None:
                raise IndexMissingError(
                    f"no index is published in {self._address.shown}",
                    mend="Publish one with: yuanhua index FOLDER --store milvus --uri URI",
                )
            if self._generation is None or self._generation.name != name:
                self._generation = self._open(milvus, name)
            self._looked = time.monotonic()
            return self._generation

    def close(self) -> None:
        """Release the generation that is open, and the connection."""
        with self._lock:
            generation, self._generation = self._generation, None
            milvus, self._milvus = self._milvus, None
        if generation is not None:
            generation.close()
        if milvus is not None:
            milvus.close()

    def _open(self, milvus: Milvus, name: str) -> Generation:
        """Open a generation, or the newer one that was published while this one was being opened."""
        while True:
            try:
                return open_in_milvus(milvus, name, self._fetched)
            except IndexStoreError:
                newer = published_in(milvus)
                if newer in {None, name}:
                    raise
                name = str(newer)


def open_in_milvus(milvus: Milvus, name: str, fetched: Path) -> Generation:
    """Open a generation that is in Milvus, having fetched its files, unless they are there, below `fetched`.

    Raises IndexDamagedError when it is not all there, IndexMismatchError when another version wrote it.
    """
    places = Places(milvus, name)
    folder = _fetch(places, fetched)
    manifest = load_manifest(folder / MANIFEST, index=fetched.parent)
    passages = PassageStore(folder / PASSAGES)
    try:
        keyword = MilvusEngine(milvus, places.words).open(folder / KEYWORD)
        searchable = passages.rows(Filters())
        spaces: dict[str, Space] = {
            info.embedder: MilvusSpace(info, places.space(number), searchable)
            for number, info in enumerate(manifest.spaces)
        }
    except IndexStoreError:
        passages.close()
        raise
    return Generation(name, fetched.parent, manifest, passages, keyword, spaces)


def _fetch(places: Places, fetched: Path) -> Path:
    """Return the folder of the files of a generation, complete; those of older generations but one are removed."""
    folder = fetched / places.name
    fetched.mkdir(parents=True, exist_ok=True)
    with FileLock(fetched / "LOCK"):
        if (folder / MANIFEST).exists() and _complete(folder, fetched):
            return folder
        staging = fetched / ".staging"
        for left in (staging, folder):
            shutil.rmtree(left, ignore_errors=True)
        (staging / KEYWORD).mkdir(parents=True)
        places.files.collection.load()
        (staging / MANIFEST).write_bytes(places.files.read_bytes(MANIFEST))
        for record in load_manifest(staging / MANIFEST, index=fetched.parent).files:
            if record.path not in {PASSAGES, f"{KEYWORD}/{TERMS}"}:
                raise IndexDamagedError(f"it names a file that no index has ({record.path})", where=MANIFEST)
            places.files.read(record, staging / record.path)
        staging.rename(folder)
        others = sorted((path for path in fetched.iterdir() if path.is_dir() and path != folder), key=_age)
        for old in others[:-1]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _complete(folder: Path, fetched: Path) -> bool:
    """Whether the files of the folder have the sizes that its manifest says."""
    records = load_manifest(folder / MANIFEST, index=fetched.parent).files
    paths = [(folder / record.path, record.size) for record in records]
    return all(path.is_file() and path.stat().st_size == size for path, size in paths)


def _age(folder: Path) -> float:
    return folder.stat().st_mtime
