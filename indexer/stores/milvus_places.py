"""What the collections of a generation in Milvus are called, and which generation is published.

An alias stands for the collection of files of the published generation. Moving it is the one step by which readers
move over: everything else of a generation is found by its name, and complete, before that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import IndexMismatchError
from indexer.stores.milvus_files import KEY, MilvusFiles
from indexer.stores.milvus_space_writer import SpaceCollections

if TYPE_CHECKING:
    from indexer.stores.milvus_client import Milvus

FORMAT = 1
"""Counts up whenever a program that knows only the older format would misread the collections."""

ALIAS = "yuanhua"
PREFIX = f"yuanhua_{FORMAT}_"
_FILES, _WORDS = "files", "words"


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
        """Return the collections of the n-th vector space of the manifest."""
        return SpaceCollections(
            self.milvus.collection(f"{self._begin}vectors_{number}"),
            self.milvus.collection(f"{self._begin}sentences_{number}", "number"),
        )

    @property
    def _begin(self) -> str:
        return f"{PREFIX}{self.name.replace('-', '_')}_"


def published_in(milvus: Milvus) -> str | None:
    """Return the name of the published generation, None when there is none.

    Raises IndexMismatchError when another version published it.
    """
    target = milvus.target(ALIAS)
    if target is None:
        return None
    if not target.startswith(PREFIX):
        raise IndexMismatchError(
            f"the index was published in another format than {FORMAT}, which this version of Yuanhua reads",
            where=f"{milvus.address.shown}, {target}",
            mend="Publish it in a database of its own with: yuanhua index FOLDER --store milvus --uri URI",
        )
    return target.removeprefix(PREFIX).removesuffix(f"_{_FILES}").replace("_", "-")


def move_alias(milvus: Milvus, name: str) -> None:
    """Let readers move over to a generation."""
    milvus.point(ALIAS, Places(milvus, name).files.collection.name)


def drop_all_but(milvus: Milvus, names: set[str | None]) -> None:
    """Remove the collections of all generations but these."""
    kept = {Places(milvus, name).words.removesuffix(_WORDS) for name in names if name}
    for name in milvus.names(PREFIX):
        if not any(name.startswith(begin) for begin in kept):
            milvus.collection(name).drop()
