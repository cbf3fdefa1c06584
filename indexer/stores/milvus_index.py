"""Reads the generation that is published in Milvus."""

from __future__ import annotations

import re
import shutil
import threading
import time
from typing import TYPE_CHECKING

from filelock import FileLock

from indexer.errors import IndexDamagedError, IndexMissingError, IndexStoreError, IndexUnreachableError
from indexer.stores.filters import Filters
from indexer.stores.generations import KEYWORD, PASSAGES, Generation, generation_folder
from indexer.stores.manifest import MANIFEST, load_manifest
from indexer.stores.milvus_client import Milvus
from indexer.stores.milvus_places import Places, published_in
from indexer.stores.milvus_space import MilvusSpace
from indexer.stores.milvus_terms import TERMS
from indexer.stores.milvus_words import MilvusEngine
from indexer.stores.passages import PassageStore
from indexer.stores.reader import IndexReader

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.stores.milvus_address import MilvusAddress
    from indexer.stores.space import Space

FETCHED = "from-milvus"
"""The folder, within that of the index, in which a machine keeps the files that it fetched."""

_PLAIN = re.compile(r"\w[\w.-]*")

READERS_LOOK_EVERY = 2.0
"""After how many seconds a reader asks again which generation is published."""


class MilvusReader(IndexReader):
    """Hands out the generation that is published in a Milvus, and moves over when a newer one is.

    `folder` is where this machine keeps the files that it fetches; below it they lie as in the folder of an index.
    """

    def __init__(self, address: MilvusAddress, folder: Path) -> None:
        super().__init__(folder / FETCHED)
        self._address = address
        self._connecting = threading.Lock()
        self._milvus: Milvus | None = None
        self._published: str | None = None
        self._looked = float("-inf")

    def published(self) -> str:
        """Return the name of the published generation; Milvus is asked every READERS_LOOK_EVERY seconds.

        While it does not answer, that is the one in use. Raises IndexMissingError, and what connecting raises.
        """
        with self._connecting:
            if self._published is not None and time.monotonic() - self._looked < READERS_LOOK_EVERY:
                return self._published
            try:
                name = published_in(self._connected())
            except IndexUnreachableError:
                if self._published is None:
                    raise
                # What this machine has of it can still be read; a search will say what is wrong. Others need not wait.
                name = self._published
            if name is None:
                raise IndexMissingError(
                    f"no index is published in {self._address.shown}",
                    mend="Publish one with: yuanhua index FOLDER --store milvus --uri URI",
                )
            self._published, self._looked = name, time.monotonic()
            return name

    def names(self) -> list[str]:
        """Return the name of the published generation: Milvus holds no other for long."""
        return [self.published()]

    def open(self, name: str) -> Generation:
        """Open a generation, having fetched its files unless they are there."""
        with self._connecting:
            milvus = self._connected()
        return open_in_milvus(milvus, name, self.folder)

    def close(self) -> None:
        """Release the generation that is open, and the connection."""
        super().close()
        with self._connecting:
            milvus, self._milvus = self._milvus, None
        if milvus is not None:
            milvus.close()

    def _connected(self) -> Milvus:
        self._milvus = self._milvus or Milvus(self._address)
        return self._milvus


def open_in_milvus(milvus: Milvus, name: str, fetched: Path) -> Generation:
    """Open a generation that is in Milvus, having fetched its files, unless they are there, below `fetched`.

    Raises IndexDamagedError when it is not all there, IndexMismatchError when another version wrote it.
    """
    places = Places(milvus, name)
    folder = _fetch(places, fetched)
    manifest = load_manifest(folder / MANIFEST, index=fetched)
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
    return Generation(name, fetched, manifest, passages, keyword, spaces)


def _fetch(places: Places, fetched: Path) -> Path:
    """Return the folder of the files of a generation, complete; those of older generations but one are removed."""
    folder = generation_folder(fetched, places.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(fetched / "LOCK"):
        if (folder / MANIFEST).exists() and _complete(folder, fetched):
            return folder
        staging = folder.parent / ".staging"
        for left in (staging, folder):
            shutil.rmtree(left, ignore_errors=True)
        (staging / KEYWORD).mkdir(parents=True)
        places.files.collection.load()
        (staging / MANIFEST).write_bytes(places.files.read_bytes(MANIFEST))
        for record in load_manifest(staging / MANIFEST, index=fetched).files:
            if record.path != f"{KEYWORD}/{TERMS}" and not _PLAIN.fullmatch(record.path):
                raise IndexDamagedError(f"it names a file that no index has ({record.path})", where=MANIFEST)
            places.files.read(record, staging / record.path)
        staging.rename(folder)
        others = sorted((path for path in folder.parent.iterdir() if path.is_dir() and path != folder), key=_age)
        for old in others[:-1]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _complete(folder: Path, fetched: Path) -> bool:
    """Whether the files of the folder have the sizes that its manifest says."""
    records = load_manifest(folder / MANIFEST, index=fetched).files
    paths = [(folder / record.path, record.size) for record in records]
    return all(path.is_file() and path.stat().st_size == size for path, size in paths)


def _age(folder: Path) -> tuple[int, str]:
    """Return when a folder was made; of two that were at once, the later generation has the higher number."""
    return folder.stat().st_mtime_ns, folder.name
