"""Writes the passages of a new generation into SQLite; passages.py reads the tables described here."""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING

from indexer.codec import transcript_to_json
from indexer.errors import IndexStoreError
from indexer.stores.facets import RunCollector
from indexer.stores.row_columns import RowCollector, write_rows
from indexer.stores.signatures import SignatureWriter
from indexer.stores.transcript_records import records_of, text_digest
from indexer.stores.unwritable import writing
from indexer.text.shingles import packed
from indexer.text.shingles import signatures as signatures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from indexer.model import Transcript
    from indexer.stores.transcript_records import TranscriptRecords

__all__ = ["PassageWriter", "text_digest"]

# `row` counts the passages of the whole index from 0. Passages of one transcript stand side by side, in
# reading order. `document` is the whole transcript as zlib-compressed JSON; the views, whose records
# passage_records.py reads, answer a page of hits with one join. `postings` are the packed runs of facets.py; they
# hold the searchable passages only.
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE transcripts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, company TEXT, ticker TEXT,
    period TEXT, date TEXT, language TEXT NOT NULL, path TEXT NOT NULL, format TEXT NOT NULL,
    sha256 TEXT NOT NULL, parser TEXT NOT NULL, first_row INTEGER NOT NULL, passages INTEGER NOT NULL,
    speakers INTEGER NOT NULL, exchanges INTEGER NOT NULL, fiscal INTEGER NOT NULL, kind TEXT NOT NULL,
    document BLOB NOT NULL, duplicate_of TEXT);
CREATE TABLE speakers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, other_names TEXT NOT NULL, title TEXT,
    affiliation TEXT, role TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, transcript INTEGER NOT NULL, speaker INTEGER NOT NULL,
    text TEXT NOT NULL, digest BLOB NOT NULL, section TEXT NOT NULL, heading TEXT, delivery TEXT NOT NULL,
    language TEXT NOT NULL, page INTEGER, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    position INTEGER NOT NULL, turn INTEGER NOT NULL, exchange TEXT, time_start REAL, time_end REAL,
    searchable INTEGER NOT NULL, asks INTEGER NOT NULL);
CREATE TABLE questions (
    transcript INTEGER NOT NULL, exchange TEXT NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (transcript, exchange)) WITHOUT ROWID;
CREATE TABLE vocabulary (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facets (term TEXT PRIMARY KEY, postings BLOB NOT NULL) WITHOUT ROWID;
CREATE VIEW listed AS SELECT
    id, title, company, ticker, period, date, language, path, format, sha256, passages, speakers, exchanges,
    fiscal, kind, duplicate_of
FROM transcripts ORDER BY number;
CREATE VIEW hits AS SELECT
    p.row, p.id AS passage, p.text, p.section, p.heading, p.delivery, p.language, p.page, p.first_line,
    p.last_line, p.position, p.turn, p.exchange, p.time_start, p.time_end, p.searchable, p.asks,
    s.id, s.name, s.other_names, s.title, s.affiliation, s.role,
    t.id, t.title, t.company, t.ticker, t.period, t.date, t.language, t.path, t.format, t.sha256, t.passages,
    t.speakers, t.exchanges, t.fiscal, t.kind, t.duplicate_of
FROM passages p JOIN speakers s ON s.number = p.speaker JOIN transcripts t ON t.number = p.transcript;
BEGIN;
"""
_INDEXES = """
CREATE INDEX passages_by_digest ON passages (digest);
CREATE INDEX transcripts_by_date ON transcripts (date);
CREATE INDEX speakers_by_name ON speakers (name, other_names, affiliation, role);
ANALYZE;
"""
_ADD_TRANSCRIPT = "INSERT INTO transcripts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
_ADD_SPEAKER = "INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?, ?)"
_ADD_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# A third of the time of zlib's default, for some ten per cent more bytes.
_LEVEL = 3
_ADD_QUESTION = "INSERT INTO questions VALUES (?, ?, ?)"


def packed_document(transcript: Transcript) -> bytes:
    """Return the whole transcript as it is kept, compressed JSON."""
    return zlib.compress(transcript_to_json(transcript), _LEVEL)


class PassageWriter:
    """Writes transcripts, one after the other, into a new SQLite file, and the columns and signatures beside it.

    `finish` makes the file complete; leaving the context closes it whatever happened. Texts must be encodable
    as UTF-8 (no lone surrogates); no two transcripts and no two passages may have the same id.
    """

    def __init__(self, path: Path) -> None:
        # A file that is not finished is thrown away: SQLite needs no journal and need not wait for the disk.
        self._path = path
        self._signatures = SignatureWriter(path.parent)
        with writing(path, sqlite3.OperationalError):
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.executescript(_SCHEMA)
        self._facets = RunCollector()
        self._columns = RowCollector()
        self._transcripts = 0
        self._speakers = 0
        self._passages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._signatures.close()

    @property
    def transcripts(self) -> int:
        """The number of transcripts written so far."""
        return self._transcripts

    @property
    def passages(self) -> int:
        """The number of passages written so far, which is the row of the next one."""
        return self._passages

    def add(
        self, transcript: Transcript, *, parser: str, document: bytes | None = None, signatures: bytes | None = None
    ) -> int:
        """Write one transcript and return the row of its first passage.

        `parser` names the version of the parser that made it, so that another version knows to parse anew.
        `document` is the transcript as compressed JSON and `signatures` are those of its passages, where the caller
        has them.
        Raises IndexStoreError when the id of the transcript or of a passage was there before.
        """
        document = document or packed_document(transcript)
        signatures = signatures or packed(signatures_of([one.text for one in transcript.passages]))
        return self.add_records(records_of(transcript), parser=parser, document=document, signatures=signatures)

    def add_records(self, records: TranscriptRecords, *, parser: str, document: bytes, signatures: bytes) -> int:
        """Write one transcript of which everything is at hand, as `add` does."""
        try:
            with writing(self._path, sqlite3.OperationalError):
                first_row = self._add(records, parser, document)
        except sqlite3.IntegrityError as error:
            what = f"an id is given to two transcripts or to two passages ({error})"
            raise IndexStoreError(what, where=records.info.id) from error
        self._signatures.add(signatures)
        return first_row

    def mark_duplicates(self, duplicates: Mapping[str, str]) -> None:
        """Note, by the id of a transcript, which other one gives the same call more fully."""
        sql = "UPDATE transcripts SET duplicate_of = ? WHERE id = ?"
        with writing(self._path, sqlite3.OperationalError):
            self._connection.executemany(sql, ((other, id_) for id_, other in duplicates.items()))

    def finish(self, vocabulary: Iterable[tuple[str, int]] = ()) -> None:
        """Complete and close the file. Nothing may be added afterwards.

        `vocabulary` has each term of the index, rising, with the count of passages in which it stands.
        """
        with writing(self._path, sqlite3.OperationalError):
            self._connection.executemany("INSERT INTO vocabulary VALUES (?, ?)", vocabulary)
            self._connection.executemany("INSERT INTO facets VALUES (?, ?)", self._facets.packed())
            self._connection.executescript(_INDEXES)  # Which commits first.
            self._connection.close()
        self._signatures.finish()
        write_rows(self._path.parent, self._columns.collected())

    def _add(self, records: TranscriptRecords, parser: str, document: bytes) -> int:
        execute, executemany = self._connection.execute, self._connection.executemany
        row, number, speaker = self._passages, self._transcripts, self._speakers
        execute(_ADD_TRANSCRIPT, (number, *records.described, parser, row, *records.counted, document))
        executemany(_ADD_SPEAKER, ((place, *record) for place, record in enumerate(records.speakers, speaker)))
        executemany(
            _ADD_PASSAGE,
            (
                (place, record[0], number, speaker + record[1], *record[2:])
                for place, record in enumerate(records.passages, row)
            ),
        )
        executemany(_ADD_QUESTION, ((number, exchange, row + place) for exchange, place in records.questions))
        for place, count, terms in records.facets:
            self._facets.add(row + place, terms, count=count)
        if records.passages:
            speakers, exchanges, *told = records.told
            own = [None if one is None else (number, one) for one in exchanges]
            self._columns.add([speaker + one for one in speakers], own, *told)
        self._transcripts += 1
        self._speakers += len(records.speakers)
        self._passages += len(records.passages)
        return row
