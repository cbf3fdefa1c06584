"""The folder of an index, and one generation of it as it is opened for reading.

::

    INDEX/
    ├── CURRENT                     the name of the generation that readers open
    ├── LOCK, WRITER                who is writing
    └── generations/
        └── 000007-3fa9c1/          a counter, and the beginning of the digest of the content
            ├── manifest.json
            ├── passages.sqlite
            ├── columns.npz         what passages are counted by; not in indexes of earlier versions
            ├── signatures.npy
            ├── prepared.sqlite     for the next build alone
            ├── keyword/
            └── vectors/SPACE/
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from shlex import quote
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from indexer.stores.digests import compare_digests, compare_sizes, compare_small_files, wrong_files
from indexer.stores.engines import keyword_engine
from indexer.stores.manifest import MANIFEST, FileRecord, Manifest, load_manifest, rebuild_command
from indexer.stores.passages import PassageStore
from indexer.stores.vector_space import VectorSpace
from indexer.text.analyser import shared_analyser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from indexer.stores.keyword import KeywordStore, Query
    from indexer.stores.space import Space
    from indexer.text.analyser import Analyser

CURRENT = "CURRENT"
GENERATIONS = "generations"
PASSAGES = "passages.sqlite"
PREPARED = "prepared.sqlite"
KEYWORD = "keyword"
VECTORS = "vectors"

_MOST_COUNTS = 65_536

T = TypeVar("T")

_NAME = re.compile(r"(\d{6,})-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of an index, opened. It may be used from many threads.

    `spaces` has the vector spaces by the name of their embedder. The files stay readable for those who hold a
    generation, also when a newer one is published; they are released when nobody holds it any more.
    """

    name: str
    index: Path
    manifest: Manifest
    passages: PassageStore
    keyword: KeywordStore
    spaces: Mapping[str, Space]
    _counts: dict[Query, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _making: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Return what `make` makes of this generation, which is not None, made by whoever asks for this key first.

        It lives as long as the generation does, so that two generations that are in use at once each have theirs.
        """
        found: T | None = self._made.get(key)
        if found is None:
            with self._making:
                found = self._made.get(key)
                if found is None:
                    found = self._made[key] = make()
        return found

    def forget(self) -> None:
        """Let go of all that `once` has made, which may hold the generation; who asks again has it made again."""
        self._made.clear()

    def verify_files(self) -> None:
        """Read every file that readers need wholly.

        Raises IndexDamagedError, which names the first that is not what was written.
        """
        try:
            compare_digests(generation_folder(self.index, self.name), _for_readers(self.manifest))
        except IndexDamagedError as error:
            mend = rebuild_command(self.index, self.manifest)
            raise IndexDamagedError(error.what, where=error.where, mend=mend) from error

    def prepared_file(self) -> Path | None:
        """Return the file with what builds need not work out again; None when it is not what was written.

        It is read wholly. It only spares work, so that damage in it hinders nobody.
        """
        folder = generation_folder(self.index, self.name)
        records = [record for record in self.manifest.files if record.path == PREPARED]
        return folder / PREPARED if records and not any(wrong_files(folder, records)) else None

    def matching(self, query: Query) -> int:
        """Return how many passages match; it is counted once, as the terms of the lexicon come again and again."""
        found = self._counts.get(query)
        if found is None:
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            found = self._counts[query] = self.keyword.matching(query)
        return found

    def analyser(self) -> Analyser:
        """Return the analyser for queries.

        Raises IndexMismatchError when it does not analyse as it did when the index was written.
        """
        analyser = shared_analyser(self.manifest.segmenter, self.manifest.user_words)
        if analyser.digest != self.manifest.analyser_digest:
            what = "the index was written with another version of text analysis or of its dictionary"
            raise IndexMismatchError(what, where=str(self.index), mend=rebuild_command(self.index, self.manifest))
        return analyser

    def check_embedder(self, name: str, digest: str) -> None:
        """Raise IndexMismatchError when the vectors of embedder `name` were made with another digest."""
        written = {space.embedder: space.digest for space in self.manifest.spaces}
        if written.get(name) != digest:
            what = f"the vectors of {name} in the index were made with another version of it"
            mend = f"Make them anew with: yuanhua embed --embedder {quote(name)} --index {quote(str(self.index))}"
            raise IndexMismatchError(what, where=str(self.index), mend=mend)

    def close(self) -> None:
        """Release the files now. Nobody may use the generation afterwards."""
        self.passages.close()
        self.keyword.close()
        for space in self.spaces.values():
            space.close()


def open_generation(index: Path, name: str) -> Generation:
    """Open one generation. The sizes of its files and the digests of the smallest are compared with the manifest.

    Raises IndexDamagedError, IndexMismatchError, or EngineUnavailableError.
    """
    folder = generation_folder(index, name)
    manifest = load_manifest(folder / MANIFEST, index=index)
    mend = rebuild_command(index, manifest)
    try:
        compare_sizes(folder, _for_readers(manifest))
        compare_small_files(folder, _for_readers(manifest))
        with ExitStack() as opened:
            passages = PassageStore(folder / PASSAGES, mend=mend)
            opened.callback(passages.close)
            keyword = keyword_engine(manifest.keyword_engine).open(folder / KEYWORD)
            opened.callback(keyword.close)
            spaces: dict[str, Space] = {}
            for info in manifest.spaces:
                spaces[info.embedder] = VectorSpace.open(folder / VECTORS / info.name, info)
                opened.callback(spaces[info.embedder].close)
            opened.pop_all()
    except IndexDamagedError as error:
        raise IndexDamagedError(error.what, where=error.where or str(folder), mend=mend) from error
    return Generation(name, index, manifest, passages, keyword, spaces)


def _for_readers(manifest: Manifest) -> list[FileRecord]:
    """Return the files that readers need: all but what only spares the next build work."""
    return [record for record in manifest.files if record.path != PREPARED]


def current_name(index: Path) -> str:
    """Return the name of the published generation.

    Raises IndexMissingError when nothing was published, IndexDamagedError when CURRENT names no generation.
    """
    path = index / CURRENT
    try:
        # Nothing but the end of the line is taken off: what is not what was written shall be seen.
        name = path.read_text(encoding="utf-8").removesuffix("\n")
    except (FileNotFoundError, NotADirectoryError) as error:
        mend = f"Make one with: yuanhua index FOLDER --index {quote(str(index))}"
        raise IndexMissingError(f"no index in {index}", mend=mend) from error
    except (OSError, ValueError) as error:
        raise IndexDamagedError(str(error), where=str(path), mend=rebuild_command(index)) from error
    if not _NAME.fullmatch(name):
        raise IndexDamagedError("it names no generation", where=str(path), mend=rebuild_command(index))
    return name


def generation_folder(index: Path, name: str) -> Path:
    """Return the folder of a generation."""
    return index / GENERATIONS / name


def published_names(index: Path) -> list[str]:
    """Return the names of all complete generations in the folder, oldest first."""
    folder = index / GENERATIONS
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return sorted((name for name in names if _NAME.fullmatch(name)), key=counter)


def counter(name: str) -> int:
    """Return the number that a generation's name begins with."""
    return int(name.partition("-")[0])
