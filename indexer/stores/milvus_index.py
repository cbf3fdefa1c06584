"""A published generation in Milvus: what its collections are called, how one is published, and how it is read.

An alias stands for the collection of files of the published generation. Moving it is the one step by which readers
move over: everything else of a generation is found by its name, and complete, before that.
"""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, IndexStoreError
from indexer.stores.filters import Filters
from indexer.stores.generations import KEYWORD, PASSAGES, Generation
from indexer.stores.manifest import MANIFEST, dump_manifest, load_manifest
from indexer.stores.milvus_client import Milvus
from indexer.stores.milvus_files import KEY, MilvusFiles
from indexer.stores.milvus_space import MilvusSpace, SpaceCollections, write_milvus_space
from indexer.stores.milvus_terms import TERMS
from indexer.stores.milvus_words import MilvusEngine
from indexer.stores.passages import PassageStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from indexer.stores.keyword import KeywordDocument
    from indexer.stores.manifest import Manifest
    from indexer.stores.milvus_address import MilvusAddress
    from indexer.stores.milvus_client import Collection
    from indexer.stores.space import Space

FORMAT = 1
"""Counts up whenever a program that knows only the older format would misread the collections."""

ALIAS = "yuanhua"
_PREFIX = f"yuanhua_{FORMAT}_"
_FILES, _WORDS = "files", "words"

FETCHED = "from-milvus"
"""The folder, within that of the index, in which a machine keeps the files that it fetched."""

READERS_LOOK_EVERY = 2.0
"""After how many seconds a reader asks again which generation is published."""

READERS_NEED = 10.0
"""How many seconds after that the generation before it is removed: searches that began with it have ended."""


@dataclass(frozen=True, slots=True)
class Places:
    """The collections of one generation, by its name."""

    milvus: Milvus
    name: str

    @property
    def words(self) -> str:
        """The name of the collection of the keyword leg."""
        return f"{self._begin}{_WORDS}"

    @property
    def files(self) -> MilvusFiles:
        """The small files."""
        return MilvusFiles(self.milvus.collection(f"{self._begin}{_FILES}", KEY))

    def space(self, number: int) -> SpaceCollections:
        """The collections of the n-th vector space of the manifest."""
        return SpaceCollections(
            self.milvus.collection(f"{self._begin}vectors_{number}"),
            self.milvus.collection(f"{self._begin}sentences_{number}", "number"),
        )

    def all(self) -> list[Collection]:
        """All collections of the generation that are there."""
        return [self.milvus.collection(name) for name in self.milvus.names(self._begin)]

    @property
    def _begin(self) -> str:
        return f"{_PREFIX}{self.name.replace('-', '_')}_"


def published_in(milvus: Milvus) -> str | None:
    """Return the name of the published generation, None when there is none.

    Raises IndexMismatchError when another version published it.
    """
    target = milvus.target(ALIAS)
    if target is None:
        return None
    if not target.startswith(_PREFIX):
        raise IndexMismatchError(
            f"the index was published in another format than {FORMAT}, which this version of Yuanhua reads",
            where=f"{milvus.address.shown}, {target}",
            mend="Publish it in a database of its own with: yuanhua index FOLDER --store milvus --uri URI",
        )
    return target.removeprefix(_PREFIX).removesuffix(f"_{_FILES}").replace("_", "-")


def is_whole(milvus: Milvus, generation: Generation) -> bool:
    """Tell whether Milvus holds all records of a generation, which `publish` has been through with."""
    places, searchable = Places(milvus, generation.name), generation.passages.searchable_count
    expected = [(milvus.collection(places.words), searchable)]
    for number, info in enumerate(generation.manifest.spaces):
        of_space = places.space(number)
        expected += [(of_space.passages, searchable), (of_space.sentences, info.sentences)]
    try:
        places.files.read_bytes(MANIFEST)
        return all(not count or (one.exists() and one.count(strong=True) == count) for one, count in expected)
    except IndexDamagedError:
        return False


def publish(
    milvus: Milvus,
    generation: Generation,
    folder: Path,
    documents: Callable[[], Iterable[KeywordDocument]],
    *,
    scratch: Path,
    progress: Callable[[str, int, int], None],
    readers_need: float = READERS_NEED,
) -> None:
    """Copy a generation, whose files are in `folder`, to Milvus and let readers move over to it.

    `documents` gives the words of all searchable passages by rising row, as often as asked. What a run that was broken
    off has left of this generation is taken up; what one has left of another is removed.
    """
    before, places = published_in(milvus), Places(milvus, generation.name)
    _drop_all_but(milvus, {generation.name, before})
    scratch.mkdir(parents=True, exist_ok=True)
    steps = 2 + len(generation.spaces)
    progress("to Milvus", 0, steps)
    writer = MilvusEngine(milvus, places.words).create(scratch)
    for document in documents():
        writer.add(document)
    writer.finish()
    progress("to Milvus", 1, steps)
    for number, info in enumerate(generation.manifest.spaces):
        space = generation.spaces[info.embedder]
        write_milvus_space(places.space(number), space, documents(), generation.passages.searchable_count)
        progress("to Milvus", 2 + number, steps)
    files = places.files
    files.create()
    records = (files.write(folder / PASSAGES, PASSAGES), files.write(scratch / TERMS, f"{KEYWORD}/{TERMS}"))
    manifest = replace(
        generation.manifest, keyword_engine="milvus", keyword_version=version("pymilvus"), files=records
    )
    files.write_bytes(dump_manifest(manifest), MANIFEST)
    files.collection.finish()
    milvus.point(ALIAS, files.collection.name)
    progress("to Milvus", steps, steps)
    if before not in {None, generation.name}:
        time.sleep(readers_need)
    _drop_all_but(milvus, {generation.name})
    shutil.rmtree(scratch, ignore_errors=True)


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
            name = published_in(milvus)
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


def _drop_all_but(milvus: Milvus, names: set[str | None]) -> None:
    """Remove the collections of all generations but these."""
    kept = {Places(milvus, name).words.removesuffix(_WORDS) for name in names if name}
    for name in milvus.names(_PREFIX):
        if not any(name.startswith(begin) for begin in kept):
            milvus.collection(name).drop()
