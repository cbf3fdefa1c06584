"""The small files of a generation as records of a Milvus collection, so that serving machines need its address alone.

Passages and transcripts, the numbers of the terms and the manifest are some kilobytes a passage that a page of hits
needs at once: each serving machine fetches them when a generation is published, checks their digests, and reads them
from its own disk.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError
from indexer.stores.manifest import FileRecord
from indexer.stores.milvus_errors import AGAIN
from indexer.stores.milvus_expressions import quoted
from indexer.stores.milvus_schema import ColumnSpec, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from indexer.stores.milvus_collection import Collection

KEY = "part"

# A text of Milvus holds 65,535 bytes; base 64 makes four of three.
_PART = 48_000
_PARTS_AT_ONCE = 64
_NO_VECTOR = [0.0, 1.0]
_COLUMNS = (
    ColumnSpec(KEY, Kind.KEY_TEXT),
    ColumnSpec("data", Kind.TEXT),
    ColumnSpec("vector", Kind.VECTOR, 2),  # Milvus wants one in each collection.
)


@dataclass(frozen=True, slots=True)
class MilvusFiles:
    """Files in one collection, which must be one made for them, with KEY for its key."""

    collection: Collection

    def create(self) -> None:
        """Make the collection, unless it is there."""
        self.collection.create(_COLUMNS, expected=0)

    def write(self, path: Path, name: str) -> FileRecord:
        """Write a file under a name. Parts that are there from a run that was broken off are sent again if changed."""
        digest = hashlib.sha256()
        batch: list[dict[str, Any]] = []
        with path.open("rb") as file:
            for number, part in enumerate(iter(lambda: file.read(_PART), b"")):
                digest.update(part)
                batch.append(_record(_key(name, number), part))
                if len(batch) == _PARTS_AT_ONCE:
                    self.collection.upsert(batch)
                    batch = []
        self.collection.upsert(batch)
        return FileRecord(name, path.stat().st_size, digest.hexdigest())

    def write_bytes(self, content: bytes, name: str) -> None:
        """Write what fits one part under a name."""
        self.collection.upsert([_record(_key(name, number), part) for number, part in enumerate(_cut(content))])

    def read_bytes(self, name: str) -> bytes:
        """Return what was written under a name. Raises IndexDamagedError when it is not there."""
        found = self._parts(name, 0, _PARTS_AT_ONCE)
        if not found:
            raise self._damaged(f"{name} is not there")
        return b"".join(found)

    def read(self, record: FileRecord, path: Path) -> None:
        """Write a file of the collection to `path`. Raises IndexDamagedError when it is not what was written."""
        digest = hashlib.sha256()
        count = -(-record.size // _PART)
        with path.open("wb") as file:
            for first in range(0, count, _PARTS_AT_ONCE):
                for part in self._parts(record.path, first, min(first + _PARTS_AT_ONCE, count)):
                    digest.update(part)
                    file.write(part)
        if digest.hexdigest() != record.sha256:
            path.unlink()
            raise self._damaged(f"{record.path} is not what was written (its SHA-256 differs)")

    def _parts(self, name: str, first: int, end: int) -> list[bytes]:
        keys = ", ".join(quoted(_key(name, number)) for number in range(first, end))
        found = {one[KEY]: one["data"] for one in self.collection.query(f"{KEY} in [{keys}]", (KEY, "data"))}
        try:
            return [zlib.decompress(base64.b64decode(found[key])) for key in sorted(found)]
        except (zlib.error, binascii.Error) as error:
            raise self._damaged(f"{name} cannot be read ({error})") from error

    def _damaged(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(what, where=self.collection.name, mend=AGAIN)


def _record(key: str, part: bytes) -> dict[str, Any]:
    return {KEY: key, "data": base64.b64encode(zlib.compress(part, 1)).decode("ascii"), "vector": _NO_VECTOR}


def _cut(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _PART] for start in range(0, len(content), _PART))


def _key(name: str, number: int) -> str:
    """Return the key of a part; keys sort as parts do."""
    return f"{name}#{number:09d}"
