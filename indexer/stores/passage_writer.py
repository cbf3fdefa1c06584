"""Writes the passages of a new generation into SQLite; passages.py reads the tables described here."""

from __future__ import annotations

import json
import sqlite3
import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING

from indexer.codec import transcript_to_json
from indexer.errors import IndexStoreError
from indexer.stores.facets import RunCollector
from indexer.stores.filters import facet_terms
from indexer.stores.signatures import write_signatures
from indexer.stores.unwritable import writing
from indexer.text.shingles import signatures as signatures_of
from indexer.text.shingles import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from indexer.model import Speaker, Transcript

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


def text_digest(text: str) -> bytes:
    """Return the digest (16 bytes) by which equal passage texts are known."""
    return blake2b(text.encode(), digest_size=16).digest()


class PassageWriter:
    """Writes transcripts, one after the other, into a new SQLite file, and the signatures of their passages beside it.

    `finish` makes the file complete; leaving the context closes it whatever happened. Texts must be encodable
    as UTF-8 (no lone surrogates); no two transcripts and no two passages may have the same id.
    """

    def __init__(self, path: Path) -> None:
        # A file that is not finished is thrown away: SQLite needs no journal and need not wait for the disk.
        self._path = path
        self._signatures: list[NDArray[np.uint32]] = []
        with writing(path, sqlite3.OperationalError):
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.executescript(_SCHEMA)
        self._facets = RunCollector()
        self._transcripts = 0
        self._speakers = 0
        self._passages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

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
        try:
            with writing(self._path, sqlite3.OperationalError):
                first_row = self._add(transcript, parser, document or zlib.compress(transcript_to_json(transcript)))
        except sqlite3.IntegrityError as error:
            what = f"an id is given to two transcripts or to two passages ({error})"
            raise IndexStoreError(what, where=transcript.id) from error
        made = unpacked(signatures) if signatures is not None else None
        self._signatures.append(signatures_of([one.text for one in transcript.passages]) if made is None else made)
        return first_row

    def mark_duplicates(self, duplicates: Mapping[str, str]) -> None:
        """Note, by the id of a transcript, which other one gives the same call more fully."""
        sql = "UPDATE transcripts SET duplicate_of = ? WHERE id = ?"
        with writing(self._path, sqlite3.OperationalError):
            self._connection.executemany(sql, ((other, id_) for id_, other in duplicates.items()))

    def finish(self, vocabulary: Mapping[str, int] | None = None) -> None:
        """Complete and close the file. Nothing may be added afterwards.

        `vocabulary` has, for each term of the index, in how many passages it stands.
        """
        with writing(self._path, sqlite3.OperationalError):
            self._connection.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted((vocabulary or {}).items()))
            self._connection.executemany("INSERT INTO facets VALUES (?, ?)", self._facets.packed())
            self._connection.executescript(_INDEXES)  # Which commits first.
            self._connection.close()
        write_signatures(self._path.parent, self._signatures)

    def _add(self, transcript: Transcript, parser: str, document: bytes) -> int:
        first_row, number, source = self._passages, self._transcripts, transcript.source
        self._connection.execute(
            _ADD_TRANSCRIPT,
            (
                number, transcript.id, transcript.title, transcript.company, transcript.ticker,
                transcript.period, transcript.date, transcript.language, source.path, source.format,
                source.sha256, parser, first_row, len(transcript.passages), len(transcript.speakers),
                len(transcript.exchanges), transcript.fiscal, transcript.kind,
                document,
            ),
        )  # fmt: skip
        speakers = self._add_speakers(transcript)
        self._connection.executemany(_ADD_PASSAGE, self._passage_records(transcript, number, speakers))
        self._add_questions(transcript, number, first_row)
        self._transcripts += 1
        self._passages += len(transcript.passages)
        return first_row

    def _add_speakers(self, transcript: Transcript) -> dict[Speaker, int]:
        """Write every speaker that a passage or the list of speakers names, and return their numbers."""
        speakers = dict.fromkeys((*transcript.speakers, *(passage.speaker for passage in transcript.passages)))
        numbers = {speaker: self._speakers + step for step, speaker in enumerate(speakers)}
        records = (
            (
                number, speaker.id, speaker.name, json.dumps(speaker.other_names), speaker.title,
                speaker.affiliation, speaker.role,
            )
            for speaker, number in numbers.items()
        )  # fmt: skip
        self._connection.executemany(_ADD_SPEAKER, records)
        self._speakers += len(numbers)
        return numbers

    def _passage_records(
        self, transcript: Transcript, number: int, speakers: dict[Speaker, int]
    ) -> Iterator[tuple[object, ...]]:
        asking = {passage_id for exchange in transcript.exchanges for passage_id in exchange.question_ids}
        for row, passage in enumerate(transcript.passages, start=self._passages):
            if passage.searchable:
                self._facets.add(row, facet_terms(transcript, passage))
            yield (
                row, passage.id, number, speakers[passage.speaker], passage.text, text_digest(passage.text),
                passage.section, passage.heading, passage.delivery, passage.language, passage.page,
                passage.lines.first, passage.lines.last, passage.position, passage.turn, passage.exchange_id,
                passage.time.start if passage.time else None, passage.time.end if passage.time else None,
                passage.searchable, passage.id in asking,
            )  # fmt: skip

    def _add_questions(self, transcript: Transcript, number: int, first_row: int) -> None:
        """Note for each exchange the row of the passage that puts its question.

        That is the first with a question mark: what comes before it greets and thanks.
        """
        rows = {passage.id: row for row, passage in enumerate(transcript.passages, start=first_row)}
        asking = {passage.id for passage in transcript.passages if "?" in passage.text or "？" in passage.text}
        records = (
            (number, exchange.id, rows[next((id_ for id_ in ids if id_ in asking), ids[0])])
            for exchange in transcript.exchanges
            if (ids := exchange.question_ids)
        )
        self._connection.executemany("INSERT INTO questions VALUES (?, ?, ?)", records)
