"""Vectors kept between builds, found by the model and the text that they were made of.

One file serves all indexes of a user: a build that goes on after a kill takes from it what was embedded before, and so
do a build from scratch, another index of the same texts, and a model that comes back. It holds digests of texts, and no
texts. It may be deleted at any time, and what is wrong with it costs time and never a build: what cannot be read is
embedded again.

It is SQLite with a write-ahead log, so that a process that is killed leaves whole vectors only, and several may write.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from contextlib import suppress
from hashlib import blake2b
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from numpy.typing import NDArray

FILE = "vectors.sqlite"

# Counts up when the tables change; a file of another version is made anew.
_VERSION = 1
_SCHEMA = f"""
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA user_version = {_VERSION};
CREATE TABLE IF NOT EXISTS vectors (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, run INTEGER NOT NULL, vector BLOB NOT NULL,
    checksum INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS vectors_by_run ON vectors (run);
"""
_FIND = "SELECT key, number, run, vector, checksum FROM vectors WHERE key IN ({})"
_KEEP = """
INSERT INTO vectors (key, run, vector, checksum) VALUES (?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET run = excluded.run, vector = excluded.vector, checksum = excluded.checksum
"""
_MAKE_ROOM = """
DELETE FROM vectors WHERE number IN (SELECT number FROM vectors WHERE run < ? ORDER BY run, number LIMIT ?)
"""
_AT_ONCE = 500
_PATIENCE = 10.0
# A build that is killed loses what came in since the last transaction: this many vectors or seconds at most.
_PENDING, _SECONDS = 1024, 3.0
# What a vector takes beside its numbers: its key, twice, and its share of the pages.
_OVERHEAD = 200
# So many bytes of the disk are left to what is not spared work: the index itself, for one.
_LEFT = 1 << 30


class VectorCache:
    """The vectors in one file of at most about `limit` bytes, as a context manager.

    When it is full, or nearly all of the disk is, vectors go that no build has used for longest; what this build has
    used stays, and where nothing else is left, no more are kept. A file that cannot be opened is as one without vectors
    that keeps none.
    """

    def __init__(self, path: Path, *, limit: int) -> None:
        self.refused = 0
        """How many vectors were not kept: there is no room for them, or the file cannot be written."""
        self._path = path
        self.limit = limit
        self._pending: dict[bytes, bytes] = {}
        self._used: list[int] = []
        self._written = monotonic()
        self._run = 0
        self._connection = self._opened() if limit > 0 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, model: str, texts: Sequence[str], dimension: int) -> list[NDArray[np.float32] | None]:
        """Return for each text its vector, shape (dimension,), or None. `model` is the digest of an embedder."""
        if self._connection is None:
            return [None] * len(texts)
        keys = [_key(model, text) for text in texts]
        found: dict[bytes, bytes] = {key: self._pending[key] for key in keys if key in self._pending}
        try:
            for some in _parts(sorted(set(keys).difference(found))):
                records = self._connection.execute(_FIND.format(",".join("?" * len(some))), some)
                for key, number, run, vector, checksum in records:
                    if _checksum(key, vector) == checksum:
                        found[key] = vector
                        if run != self._run:
                            self._used.append(number)
        except sqlite3.Error as error:
            self._give_up(error)
        return [_vector(found.get(key), dimension) for key in keys]

    def keep(self, model: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Take in the vectors of texts, shape (len(texts), dimension)."""
        if self._connection is None:
            self.refused += len(texts)
            return
        for text, vector in zip(texts, np.ascontiguousarray(vectors, dtype="<f4"), strict=True):
            self._pending[_key(model, text)] = vector.tobytes()
        if len(self._pending) >= _PENDING or monotonic() - self._written > _SECONDS:
            self._write()

    def close(self) -> None:
        """Write what is pending, and release the file."""
        self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection | None:
        """Open the file, which is made anew when it is none of ours; None when that cannot be done."""
        for _ in range(2):
            connection = None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # Vectors tell something of the texts that they were made of: they are nobody else's business.
                os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
                connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version in {0, _VERSION}:
                    connection.executescript(_SCHEMA)
                    connection.execute("PRAGMA synchronous = NORMAL")
                    (last,) = connection.execute("SELECT max(run) FROM vectors").fetchone()
                    self._run = (last or 0) + 1
                    return connection
            except (OSError, sqlite3.OperationalError):
                if connection is not None:
                    connection.close()
                return None
            except sqlite3.DatabaseError:
                pass
            if connection is not None:
                connection.close()
            self._discard()
        return None

    def _write(self) -> None:
        connection, pending, used = self._connection, self._pending, self._used
        self._pending, self._used, self._written = {}, [], monotonic()
        if connection is None or not (pending or used):
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("UPDATE vectors SET run = ? WHERE number = ?", ((self._run, one) for one in used))
            if pending and self._has_room(connection, pending):
                records = ((key, self._run, vector, _checksum(key, vector)) for key, vector in pending.items())
                connection.executemany(_KEEP, records)
            else:
                self.refused += len(pending)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            self.refused += len(pending)
            self._give_up(error)

    def _has_room(self, connection: sqlite3.Connection, pending: dict[bytes, bytes]) -> bool:
        """Make room for the vectors, if they can have some."""
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        wanted = sum(map(len, pending.values())) + _OVERHEAD * len(pending)
        missing: int = (pages - free) * size + wanted - self.limit
        grown = wanted - free * size
        if grown > 0:
            missing = max(missing, grown + _LEFT - shutil.disk_usage(self._path.parent).free)
        if missing <= 0:
            return True
        count = -(-missing * len(pending) // wanted)
        removed: int = connection.execute(_MAKE_ROOM, (self._run, count)).rowcount
        return removed >= count

    def _give_up(self, error: sqlite3.Error) -> None:
        """Do without the file from now on, and without what is in it where it is damaged."""
        connection, self._connection = self._connection, None
        self.refused += len(self._pending)
        self._pending, self._used = {}, []
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        if not isinstance(error, sqlite3.OperationalError):
            self._discard()

    def _discard(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()


def _key(model: str, text: str) -> bytes:
    return blake2b(f"{model}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _checksum(key: bytes, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(key))


def _vector(content: bytes | None, dimension: int) -> NDArray[np.float32] | None:
    if content is None or len(content) != 4 * dimension:
        return None
    return np.frombuffer(content, dtype="<f4")


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    yield from (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
