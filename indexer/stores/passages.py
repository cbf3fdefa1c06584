"""Reads the passages of a published index: SQLite, opened as a file that nobody changes any more."""

from __future__ import annotations

import json
import sqlite3
import weakref
import zlib
from collections import deque
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import numpy as np

from indexer.codec import transcript_from_json
from indexer.errors import IndexDamagedError, UnknownPassageError, UnknownTranscriptError
from indexer.stores.appearances import APPEARANCES_SQL, ROWS_SQL, Appearance, appearance
from indexer.stores.columns import COLUMNS_SQL, Columns, columns_of
from indexer.stores.facets import mark_runs
from indexer.stores.passage_entities import Call, Officer, Person, call, officer, person
from indexer.stores.passage_records import (
    StoredPassage,
    TranscriptInfo,
    keyed_passage,
    stored_passage,
    transcript_info,
)
from indexer.stores.passage_writer import PassageWriter, text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.model import Transcript
    from indexer.stores.filters import Filters

__all__ = ["Call", "PassageStore", "PassageWriter", "Person", "StoredPassage", "TranscriptInfo", "text_digest"]

T = TypeVar("T")

_HITS = "SELECT hits.* FROM json_each(?) j JOIN hits ON hits.row = j.value"
_NEIGHBOURS = """
WITH wanted AS (
    SELECT m.row AS centre, t.first_row, t.first_row + t.passages - 1 AS last_row
    FROM json_each(:rows) j JOIN passages m ON m.row = j.value JOIN transcripts t ON t.number = m.transcript)
SELECT centre, hits.* FROM wanted JOIN hits
WHERE hits.row BETWEEN max(centre - :distance, first_row) AND min(centre + :distance, last_row)
    AND hits.row != centre
ORDER BY hits.row
"""
_QUESTIONS = """
SELECT q.exchange, hits.* FROM json_each(?) j
JOIN transcripts k ON k.id = json_extract(j.value, '$[0]')
JOIN questions q ON q.transcript = k.number AND q.exchange = json_extract(j.value, '$[1]')
JOIN hits ON hits.row = q.row
"""
_EXCHANGES = """
SELECT p.exchange, hits.* FROM json_each(?) j
JOIN transcripts k ON k.id = json_extract(j.value, '$[0]')
JOIN passages p ON p.row BETWEEN k.first_row AND k.first_row + k.passages - 1
    AND p.exchange = json_extract(j.value, '$[1]')
JOIN hits ON hits.row = p.row
ORDER BY hits.row
"""
_OF_TRANSCRIPT = """
SELECT hits.* FROM transcripts k JOIN hits ON hits.row BETWEEN k.first_row AND k.first_row + k.passages - 1
WHERE k.id = ? ORDER BY hits.row
"""
_PEOPLE = "SELECT name, other_names, affiliation, role FROM speakers GROUP BY 1, 2, 3, 4"
_OFFICERS = """
SELECT DISTINCT s.name, s.other_names, s.title, t.company, t.ticker
FROM (SELECT DISTINCT transcript, speaker FROM passages) p
JOIN speakers s ON s.number = p.speaker JOIN transcripts t ON t.number = p.transcript
WHERE s.role = 'management' AND s.title IS NOT NULL ORDER BY t.date
"""
_CALLS = "SELECT id, company, ticker, period, date FROM transcripts ORDER BY number"
_ASKED = """
SELECT p.row, p.asks, q.row FROM json_each(?) j JOIN passages p ON p.row = j.value
JOIN questions q ON q.transcript = p.transcript AND q.exchange = p.exchange
"""


class PassageStore:
    """The passages of one generation. It may be read from many threads.

    Every method raises IndexDamagedError, with `mend` as the advice, when the file is not what was written.
    """

    def __init__(self, path: Path, *, mend: str = "") -> None:
        self._path = path
        self._mend = mend
        self._idle: deque[sqlite3.Connection] = deque()
        self._finalizer = weakref.finalize(self, _close_all, self._idle)
        (self.count,) = self._select("SELECT coalesce(max(row) + 1, 0) FROM passages", (), _only)
        (self.transcript_count,) = self._select("SELECT count(*) FROM transcripts", (), _only)
        # Courtesies ("Thank you.") are here to be read beside others and are never found themselves.
        self._unsearchable = np.array(
            self._select("SELECT row FROM passages WHERE NOT searchable ORDER BY row", (), _only), dtype=np.int64
        )
        self.searchable_count = self.count - len(self._unsearchable)

    def get(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[StoredPassage, ...]:
        """Return the passages of these rows, in the order asked for."""
        wanted = [int(row) for row in rows]
        records = self._select(_HITS, (json.dumps(wanted),), stored_passage)
        found = {stored.row: stored for stored in records}
        try:
            return tuple(found[row] for row in wanted)
        except KeyError as error:
            raise self._damaged(f"it has no passage in row {error}") from error

    def row_of(self, passage_id: str) -> int:
        """Return the row of a passage. Raises UnknownPassageError when none has that id."""
        rows = self._select("SELECT row FROM passages WHERE id = ?", (_bindable(passage_id),), _only)
        if not rows:
            raise UnknownPassageError("no passage has this id", where=passage_id)
        return int(rows[0])

    def neighbours(
        self, rows: Sequence[int] | NDArray[np.int64], distance: int
    ) -> tuple[tuple[tuple[StoredPassage, ...], tuple[StoredPassage, ...]], ...]:
        """Return, for each row, up to `distance` passages before and after it in the same transcript."""
        wanted = [int(row) for row in rows]
        around: dict[int, tuple[list[StoredPassage], list[StoredPassage]]] = {row: ([], []) for row in wanted}
        values = {"rows": json.dumps(list(around)), "distance": distance}
        for centre, stored in self._select(_NEIGHBOURS, values, keyed_passage):
            around[centre][stored.row > centre].append(stored)
        return tuple((tuple(around[row][0]), tuple(around[row][1])) for row in wanted)

    def questions(self, exchange_keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], StoredPassage]:
        """Return the passage that puts the question of each exchange, by (transcript id, exchange id)."""
        openings = self._select(_QUESTIONS, (json.dumps(list(dict.fromkeys(exchange_keys))),), keyed_passage)
        return {(stored.transcript.id, exchange): stored for exchange, stored in openings}

    def exchanges(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[StoredPassage, ...]]:
        """Return all passages of each exchange in reading order, by (transcript id, exchange id)."""
        found: dict[tuple[str, str], list[StoredPassage]] = {}
        for exchange, stored in self._select(_EXCHANGES, (json.dumps(list(dict.fromkeys(keys))),), keyed_passage):
            found.setdefault((stored.transcript.id, exchange), []).append(stored)
        return {key: tuple(passages) for key, passages in found.items()}

    def of_transcript(self, transcript_id: str) -> tuple[StoredPassage, ...]:
        """Return all passages of a transcript in reading order; none when no transcript has that id."""
        return tuple(self._select(_OF_TRANSCRIPT, (_bindable(transcript_id),), stored_passage))

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """Return all transcripts in the order of their rows."""
        return tuple(self._select("SELECT * FROM listed", (), transcript_info))

    def transcript(self, transcript_id: str) -> Transcript:
        """Return the whole transcript as it was written.

        Raises UnknownTranscriptError when none has that id.
        """
        return self.written(transcript_id)[0]

    def written(self, transcript_id: str) -> tuple[Transcript, bytes]:
        """Return a transcript and the compressed JSON that it was read from. Raises as `transcript` does."""
        sql = "SELECT document FROM transcripts WHERE id = ?"
        found = self._select(sql, (_bindable(transcript_id),), _document)
        if not found:
            raise UnknownTranscriptError("no transcript has this id", where=transcript_id)
        return found[0]

    def parsers(self) -> dict[str, str]:
        """Return the version of the parser that made each transcript, by transcript id."""
        return dict(self._select("SELECT id, parser FROM transcripts", (), tuple))

    def rows(self, filters: Filters) -> NDArray[np.int64] | None:
        """Return the searchable rows that the filters keep, rising; None when those are all rows."""
        if not filters:
            return self._all_searchable
        kept = np.ones(self.count, dtype=np.bool_)
        kept[self._unsearchable] = False
        for alternatives in filters.wanted():
            kept &= self._rows_with_any(alternatives)
        if filters.date_from or filters.date_to:
            kept &= self._rows_dated(filters.date_from, filters.date_to)
        return np.flatnonzero(kept)

    def rows_with_any(self, facets: Sequence[str]) -> NDArray[np.bool_]:
        """Return which searchable rows have one of these facet terms, shape (count,)."""
        return self._rows_with_any(facets)

    def people(self) -> tuple[Person, ...]:
        """Return everybody who speaks in the index, each with every firm and role that they speak in once."""
        return tuple(self._select(_PEOPLE, (), person))

    def officers(self) -> tuple[Officer, ...]:
        """Return everybody of a management whose title is known, those of older calls first."""
        return tuple(self._select(_OFFICERS, (), officer))

    def known_facets(self, facets: Sequence[str]) -> frozenset[str]:
        """Return those of the facet terms that some searchable passage has."""
        sql = "SELECT term FROM json_each(?) j JOIN facets ON term = j.value"
        return frozenset(self._select(sql, (json.dumps(list(facets)),), _only))

    def facets_of(self, field: str) -> tuple[str, ...]:
        """Return the facet terms of a field, sorted."""
        sql = "SELECT term FROM facets WHERE term >= ? AND term < ? ORDER BY term"
        return tuple(self._select(sql, (f"{field}=", f"{field}>"), _only))

    @cached_property
    def appearances(self) -> tuple[Appearance, ...]:
        """Who speaks in which transcript, in the order of their first words; read when first asked for."""
        return tuple(self._select(APPEARANCES_SQL, (), appearance))

    def rows_said(self, appearances: Iterable[Appearance]) -> NDArray[np.int64]:
        """Return the searchable rows of what was said in these appearances, rising."""
        wanted = json.dumps([(one.transcript, one.speaker) for one in appearances])
        return np.unique(np.array(self._select(ROWS_SQL, (wanted,), _only), dtype=np.int64))

    def calls(self) -> tuple[Call, ...]:
        """Return whose call every transcript is, and on what, in the order of their rows."""
        return tuple(self._select(_CALLS, (), call))

    def places_in_exchanges(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[tuple[int, bool, int], ...]:
        """Return, for each of these rows that belongs to an exchange: itself, whether it asks, the question's row."""
        wanted = json.dumps([int(row) for row in rows])
        return tuple((row, bool(asks), question) for row, asks, question in self._select(_ASKED, (wanted,), tuple))

    def known_terms(self, terms: Sequence[str]) -> dict[str, int]:
        """Return those of the terms that the index has, in whichever field, with the number of their passages."""
        sql = "SELECT term, passages FROM json_each(?) j JOIN vocabulary ON term = j.value"
        return dict(self._select(sql, (json.dumps(list(terms)),), tuple))

    def terms_with_prefix(self, prefix: str, limit: int = 200) -> tuple[str, ...]:
        """Return the terms of the index that begin so, those in most passages first, at most `limit`."""
        sql = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? ORDER BY passages DESC, term LIMIT ?"
        start = _bindable(prefix)
        if not prefix or isinstance(start, bytes):
            return ()
        return tuple(self._select(sql, (start, f"{start}\U0010ffff", limit), _only))

    def terms_like(self, first: str, shortest: int, longest: int) -> tuple[tuple[str, int], ...]:
        """Return the terms that begin with a character and have such a length, with the number of their passages."""
        sql = (
            "SELECT term, passages FROM vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
            " ORDER BY term"
        )
        values = (_bindable(first), f"{first}\U0010ffff", shortest, longest)
        return tuple(self._select(sql, values, tuple))

    def terms_ending(self, rest: str, length: int) -> tuple[tuple[str, int], ...]:
        """Return the terms of a length that end so, with the number of their passages. Reads the whole vocabulary."""
        sql = "SELECT term, passages FROM vocabulary WHERE length(term) = ? AND substr(term, ?) = ? ORDER BY term"
        return tuple(self._select(sql, (length, length - len(rest) + 1, _bindable(rest)), tuple))

    @cached_property
    def columns(self) -> Columns:
        """What the passages are counted and grouped by; made when first asked for."""
        return columns_of(self._select(COLUMNS_SQL, (), tuple))

    def texts_of(self, rows: Sequence[int] | NDArray[np.int64]) -> dict[int, str]:
        """Return the text of each of these rows, by row."""
        sql = "SELECT row, text FROM json_each(?) j JOIN passages ON row = j.value"
        return dict(self._select(sql, (json.dumps([int(row) for row in rows]),), tuple))

    def texts(self) -> Iterator[str]:
        """Yield the texts of all passages by row."""
        with self._reading() as connection:
            for (text,) in connection.execute("SELECT text FROM passages ORDER BY row"):
                yield text

    def searchable_texts(self) -> Iterator[tuple[int, str]]:
        """Yield row and text of all searchable passages by row."""
        with self._reading() as connection:
            yield from connection.execute("SELECT row, text FROM passages WHERE searchable ORDER BY row")

    def rows_of_digests(self, digests: Iterable[bytes]) -> dict[bytes, int]:
        """Return, for each text digest that is known here, a searchable row whose text has it."""
        sql = "SELECT row FROM passages WHERE digest = ? AND searchable LIMIT 1"
        with self._reading() as connection:
            found = ((digest, connection.execute(sql, (digest,)).fetchone()) for digest in digests)
            return {digest: record[0] for digest, record in found if record}

    def verify(self) -> None:
        """Let SQLite check the whole file, and raise IndexDamagedError with the first thing it finds."""
        findings = self._select("PRAGMA integrity_check(1)", (), _only)
        if findings != ["ok"]:
            raise self._damaged(str(findings[0]))

    def close(self) -> None:
        """Release the file. Also done when nobody holds the store any more."""
        self._finalizer()

    @cached_property
    def _all_searchable(self) -> NDArray[np.int64] | None:
        """The searchable rows, rising; None when all are. Made once, since most searches have no filter."""
        if not len(self._unsearchable):
            return None
        rows = np.delete(np.arange(self.count, dtype=np.int64), self._unsearchable)
        rows.setflags(write=False)
        return rows

    def _rows_with_any(self, terms: Sequence[str]) -> NDArray[np.bool_]:
        mask = np.zeros(self.count, dtype=np.bool_)
        sql = "SELECT postings FROM json_each(?) j JOIN facets ON term = j.value"
        mark_runs(mask, self._select(sql, (json.dumps(terms),), _only))
        return mask

    def _rows_dated(self, first: str | None, last: str | None) -> NDArray[np.bool_]:
        sql = "SELECT first_row, passages FROM transcripts WHERE date >= ? AND (? IS NULL OR date <= ?)"
        mask = np.zeros(self.count, dtype=np.bool_)
        for first_row, passages in self._select(sql, (first or "", last or None, last), tuple):
            mask[first_row : first_row + passages] = True
        return mask

    def _select(self, sql: str, values: Sequence[object] | Mapping[str, object], make: Callable[[Any], T]) -> list[T]:
        with self._reading() as connection:
            return [make(record) for record in connection.execute(sql, values)]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that no other thread uses meanwhile, and turn what it raises into our error."""
        connection = None
        try:
            connection = self._borrow()
            yield connection
        except (sqlite3.Error, zlib.error, ValueError) as error:
            raise self._damaged(str(error)) from error
        finally:
            if connection is not None:
                self._idle.append(connection)
                if not self._finalizer.alive:
                    _close_all(self._idle)

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        # Published files never change: without locks and checks for changes SQLite answers fastest.
        uri = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)

    def _damaged(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(what, where=str(self._path), mend=self._mend)


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()


def _bindable(text: str) -> str | bytes:
    """Return the text as SQLite takes it: bytes, which equal nothing stored, for a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _only(record: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a column of any type.
    return record[0]


def _document(record: tuple[bytes]) -> tuple[Transcript, bytes]:
    return transcript_from_json(zlib.decompress(record[0])), record[0]
