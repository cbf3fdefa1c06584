"""The numbers of the terms of one generation, beside it in SQLite: what Milvus knows them by, and how common they are.

Milvus holds for each passage a sparse vector with one place for each term of each field. A number a term, given here
in the order of their first coming, cannot collide as a hash of 32 bits would.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError
from indexer.stores.published_database import PublishedDatabase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

TERMS = "terms.sqlite"

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE terms (
    field TEXT NOT NULL, term BLOB NOT NULL, number INTEGER NOT NULL, passages INTEGER NOT NULL,
    PRIMARY KEY (field, term)) WITHOUT ROWID;
CREATE TABLE about (
    collection TEXT NOT NULL, passages INTEGER NOT NULL, rows INTEGER NOT NULL, lengths TEXT NOT NULL);
BEGIN;
"""
_FIND = """
SELECT t.field, j.value, t.number, t.passages FROM json_each(?) j
JOIN terms t ON t.field = ? AND t.term = CAST(j.value AS BLOB)
"""

_SATURATION, _LENGTH_SHARE = 1.2, 0.75
_EXACT_LENGTHS, _SIGNIFICANT_BITS = 24, 4


class TermCollector:
    """Gives numbers to terms while passages come, and counts the passages of each and the lengths of fields."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._passages = array("L")
        self._lengths: dict[str, int] = {}
        self.passages = 0
        self.rows = 0

    def start(self, row: int) -> None:
        """Begin the passage of a row."""
        self.passages += 1
        self.rows = max(self.rows, row + 1)

    def numbers(self, field: str, terms: Iterable[str]) -> list[int]:
        """Return the number of each term of a field, in their order, and count them for one passage."""
        found = []
        for term in terms:
            key = (field, term)
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._passages)
                self._passages.append(0)
            found.append(number)
        for number in set(found):
            self._passages[number] += 1
        self._lengths[field] = self._lengths.get(field, 0) + len(found)
        return found

    def average(self, field: str) -> float:
        """Return how many terms a passage has in a field on average, at least some."""
        return max(self._lengths.get(field, 0) / max(self.passages, 1), 1e-9)

    def write(self, folder: Path, collection: str) -> None:
        """Write all that was collected, for the collection that holds the passages."""
        path = folder / TERMS
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript(_SCHEMA)
            records = (
                (field, term.encode("utf-8", "surrogatepass"), number, self._passages[number])
                for (field, term), number in self._numbers.items()
            )
            connection.executemany("INSERT INTO terms VALUES (?, ?, ?, ?)", records)
            lengths = {field: self.average(field) for field in self._lengths}
            about = (collection, self.passages, self.rows, json.dumps(lengths))
            connection.execute("INSERT INTO about VALUES (?, ?, ?, ?)", about)
            connection.execute("COMMIT")
        finally:
            connection.close()


class TermNumbers:
    """Reads such a file. Raises IndexDamagedError when it is missing or not what was written."""

    def __init__(self, folder: Path) -> None:
        mend = "Publish it again with: yuanhua index FOLDER --store milvus"
        self._database = PublishedDatabase(folder / TERMS, mend=mend)
        abouts = self._database.select("SELECT collection, passages, rows, lengths FROM about", (), tuple)
        if len(abouts) != 1:
            raise IndexDamagedError("it does not say what it belongs to", where=str(folder / TERMS), mend=mend)
        self.collection: str = abouts[0][0]
        self.passages: int = abouts[0][1]
        self.rows: int = abouts[0][2]
        self._lengths: dict[str, float] = json.loads(abouts[0][3])
        self._database.select("SELECT number, passages FROM terms LIMIT 1", (), tuple)

    def find(self, field: str, terms: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Return the number of each term that the field has, and in how many passages it stands."""
        wanted = [term for term in dict.fromkeys(terms) if "\x00" not in term and _is_text(term)]
        found = {
            term: (number, passages)
            for _, term, number, passages in self._database.select(_FIND, (json.dumps(wanted), field), tuple)
        }
        for term in set(terms).difference(wanted):
            sql = "SELECT number, passages FROM terms WHERE field = ? AND term = ?"
            for record in self._database.select(sql, (field, term.encode("utf-8", "surrogatepass")), tuple):
                found[term] = (record[0], record[1])
        return found

    def information(self, passages: int) -> float:
        """Return what a term tells that stands in so many passages: the idf of BM25 as Lucene has it."""
        return math.log(1.0 + (self.passages - passages + 0.5) / (passages + 0.5))

    def weight(self, field: str, frequency: int, length: int) -> float:
        """Return what a term counts in a field of that length, without its idf."""
        return term_weight(frequency, length, self._lengths.get(field, 1.0))

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def term_weight(frequency: int, length: int, average: float) -> float:
    """Return the part of BM25 that hangs on the passage, with k1 1.2 and b 0.75.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
    """
    norm = _SATURATION * (1.0 - _LENGTH_SHARE + _LENGTH_SHARE * _rounded(length) / average)
    return frequency * (_SATURATION + 1.0) / (frequency + norm)


def _rounded(length: int) -> int:
    """Return a length as Lucene and tantivy keep it, in one byte, so that all engines rank alike.

    Up to 40 it is exact, beyond that it has four significant bits: SmallFloat.intToByte4 of Lucene (2017).
    """
    beyond = max(length - _EXACT_LENGTHS, 0)
    shift = beyond.bit_length() - _SIGNIFICANT_BITS
    return length if shift <= 0 else _EXACT_LENGTHS + (beyond >> shift << shift)


def _is_text(term: str) -> bool:
    try:
        term.encode()
    except UnicodeEncodeError:
        return False
    return True
