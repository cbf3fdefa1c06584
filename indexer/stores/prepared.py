"""What a build works out for each transcript beside its passages, kept so that the next build need not.

Cutting passages into words takes longer than everything else, and the rows of passages shift when a transcript before
them changes: so the words are kept by transcript, without rows. Readers of an index do not need this file. It is made
of what else is there, and a build that cannot use it works everything out again.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.joined_terms import JoinedTerms, joined
from indexer.stores.keyword import Field, KeywordDocument
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_FAST = 1
_BESIDE = tuple(field for field in Field if field is not Field.TEXT)
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE made (by TEXT NOT NULL);
CREATE TABLE prepared (id TEXT PRIMARY KEY, words BLOB NOT NULL, sketch BLOB NOT NULL, signatures BLOB NOT NULL);
BEGIN;
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The words of the passages of one transcript (`pack_words`), the sketch of its text, and their signatures.

    The signatures are those of `indexer.text.shingles`, one a passage, as unsigned integers of 32 bits.
    """

    words: bytes
    sketch: bytes
    signatures: bytes


def pack_words(documents: Iterable[KeywordDocument]) -> bytes:
    """Return the documents of one transcript in few bytes, without dates; their rows count from 0.

    What stands beside the text, its facets too, is the same for many passages and kept once.
    """
    beside: dict[tuple[Sequence[str], ...], int] = {}
    rows = []
    for document in documents:
        fields = document.fields
        key = (document.facets, *[fields[field] for field in _BESIDE])
        place = beside.setdefault(key, len(beside))
        rows.append((document.row, place, joined(fields[Field.TEXT]), joined(document.exact)))
    kept = [(facets, *map(joined, fields)) for facets, *fields in beside]
    return zlib.compress(json.dumps((kept, rows), ensure_ascii=False).encode(), _FAST)


def unpack_words(packed: bytes, *, first_row: int, date: str | None) -> Iterator[KeywordDocument]:
    """Yield the documents that were packed; their rows count from `first_row`."""
    kept, rows = json.loads(zlib.decompress(packed))
    beside = [(dict(zip(_BESIDE, map(JoinedTerms, fields), strict=True)), tuple(facets)) for facets, *fields in kept]
    for row, place, text, exact in rows:
        fields, facets = beside[place]
        yield KeywordDocument(
            first_row + row, {Field.TEXT: JoinedTerms(text), **fields}, JoinedTerms(exact), facets, date
        )


class PreparedWriter:
    """Writes a new file; `made_by` is the digest of all that decides what is written."""

    def __init__(self, path: Path, made_by: str) -> None:
        self._path = path
        with writing(path, sqlite3.OperationalError):
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.executescript(_SCHEMA)
            self._connection.execute("INSERT INTO made VALUES (?)", (made_by,))

    def add(self, transcript_id: str, prepared: Prepared) -> None:
        """Keep what was worked out for one transcript."""
        with writing(self._path, sqlite3.OperationalError):
            self._connection.execute(
                "INSERT INTO prepared VALUES (?, ?, ?, ?)",
                (transcript_id, prepared.words, prepared.sketch, prepared.signatures),
            )

    def finish(self) -> None:
        """Complete the file."""
        with writing(self._path, sqlite3.OperationalError):
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file, complete or not."""
        self._connection.close()


class PreparedStore:
    """Reads such a file. It knows nothing without one, or when it was made by something else."""

    def __init__(self, path: Path | None, made_by: str) -> None:
        # Without a file the database is an empty one in memory.
        place = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if path is not None else ":memory:"
        self._connection = sqlite3.connect(place, uri=True)
        self._usable = self._one("SELECT by FROM made") == (made_by,)

    def get(self, transcript_id: str) -> Prepared | None:
        """Return what is known of a transcript."""
        record = (
            self._one("SELECT words, sketch, signatures FROM prepared WHERE id = ?", transcript_id)
            if self._usable
            else None
        )
        return Prepared(*record) if record else None

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _one(self, sql: str, *values: str) -> tuple[bytes, bytes, bytes] | tuple[str] | None:
        with suppress(sqlite3.Error):
            return self._connection.execute(sql, values).fetchone()  # type: ignore[no-any-return]
        return None
