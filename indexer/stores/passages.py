"""Reads the passages of a published index: SQLite, opened as a file that nobody changes any more."""

from __future__ import annotations

import json
import zlib
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from indexer.codec import transcript_from_json
from indexer.errors import UnknownPassageError, UnknownTranscriptError
from indexer.stores.column_reading import read_columns, rows_from_tables
from indexer.stores.passage_pages import read_page
from indexer.stores.passage_queries import ASKED, EXCHANGES, HITS, NEIGHBOURS, OF_TRANSCRIPT, QUESTIONS
from indexer.stores.passage_records import (
    StoredPassage,
    TranscriptInfo,
    keyed_passage,
    stored_passage,
    transcript_info,
)
from indexer.stores.passage_writer import PassageWriter, text_digest
from indexer.stores.published_database import PublishedDatabase, bindable, only
from indexer.stores.row_columns import read_rows, read_searchable
from indexer.stores.row_filter import RowFilter
from indexer.stores.signatures import read_signatures
from indexer.stores.speakers import Speakers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer.model import Transcript
    from indexer.stores.columns import Columns
    from indexer.stores.filters import Filters
    from indexer.stores.passage_pages import PassageOnPage
    from indexer.stores.row_columns import RowColumns

__all__ = ["PassageStore", "PassageWriter", "StoredPassage", "TranscriptInfo", "text_digest"]


class PassageStore:
    """The passages of one generation. It may be read from many threads.

    Every method raises IndexDamagedError, with `mend` as the advice, when the file is not what was written.
    """

    def __init__(self, path: Path, *, mend: str = "") -> None:
        self._folder = path.parent
        self._database = PublishedDatabase(path, mend=mend)
        (self.count,) = self._database.select("SELECT coalesce(max(row) + 1, 0) FROM passages", (), only)
        (self.transcript_count,) = self._database.select("SELECT count(*) FROM transcripts", (), only)
        self._row_filter = RowFilter(self._database, self.count, read_searchable(self._folder, self.count, mend=mend))
        self.searchable_count = self._row_filter.searchable_count
        self._rows = lru_cache(maxsize=1)(partial(_row_columns, self._folder, self.count, self._database, mend))
        self.speakers = Speakers(self._database, self._rows)

    def get(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[StoredPassage, ...]:
        """Return the passages of these rows, in the order asked for."""
        wanted = [int(row) for row in rows]
        records = self._database.select(HITS, (json.dumps(wanted),), stored_passage)
        found = {stored.row: stored for stored in records}
        try:
            return tuple(found[row] for row in wanted)
        except KeyError as error:
            raise self._database.damaged(f"it has no passage in row {error}") from error

    def page(self, rows: Sequence[int] | NDArray[np.int64], distance: int) -> tuple[PassageOnPage, ...]:
        """Return these passages, in the order asked for, each with up to `distance` others on either side."""
        return read_page(self._database, [int(row) for row in rows], distance)

    def ids_of(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the id of each of these rows that there is, by row."""
        sql = "SELECT p.row, p.id FROM json_each(?) j JOIN passages p ON p.row = j.value"
        return dict(self._database.select(sql, (json.dumps([int(row) for row in rows]),), tuple))

    def row_of(self, passage_id: str) -> int:
        """Return the row of a passage. Raises UnknownPassageError when none has that id."""
        rows = self._database.select("SELECT row FROM passages WHERE id = ?", (bindable(passage_id),), only)
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
        for centre, stored in self._database.select(NEIGHBOURS, values, keyed_passage):
            around[centre][stored.row > centre].append(stored)
        return tuple((tuple(around[row][0]), tuple(around[row][1])) for row in wanted)

    def questions(self, exchange_keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], StoredPassage]:
        """Return the passage that puts the question of each exchange, by (transcript id, exchange id)."""
        openings = self._database.select(QUESTIONS, (json.dumps(list(dict.fromkeys(exchange_keys))),), keyed_passage)
        return {(stored.transcript.id, exchange): stored for exchange, stored in openings}

    def exchanges(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[StoredPassage, ...]]:
        """Return all passages of each exchange in reading order, by (transcript id, exchange id)."""
        found: dict[tuple[str, str], list[StoredPassage]] = {}
        for exchange, stored in self._database.select(
            EXCHANGES, (json.dumps(list(dict.fromkeys(keys))),), keyed_passage
        ):
            found.setdefault((stored.transcript.id, exchange), []).append(stored)
        return {key: tuple(passages) for key, passages in found.items()}

    def of_transcript(self, transcript_id: str) -> tuple[StoredPassage, ...]:
        """Return all passages of a transcript in reading order; none when no transcript has that id."""
        return tuple(self._database.select(OF_TRANSCRIPT, (bindable(transcript_id),), stored_passage))

    def transcripts(self) -> tuple[TranscriptInfo, ...]:
        """Return all transcripts in the order of their rows."""
        return tuple(self._database.select("SELECT * FROM listed", (), transcript_info))

    def transcript(self, transcript_id: str) -> Transcript:
        """Return the whole transcript as it was written.

        Raises UnknownTranscriptError when none has that id.
        """
        return self.written(transcript_id)[0]

    def written(self, transcript_id: str) -> tuple[Transcript, bytes]:
        """Return a transcript and the compressed JSON that it was read from. Raises as `transcript` does."""
        sql = "SELECT document FROM transcripts WHERE id = ?"
        found = self._database.select(sql, (bindable(transcript_id),), _document)
        if not found:
            raise UnknownTranscriptError("no transcript has this id", where=transcript_id)
        return found[0]

    def parsers(self) -> dict[str, str]:
        """Return the version of the parser that made each transcript, by transcript id."""
        return dict(self._database.select("SELECT id, parser FROM transcripts", (), tuple))

    def rows(self, filters: Filters) -> NDArray[np.int64] | None:
        """Return the searchable rows that the filters keep, rising; None when those are all rows."""
        return self._row_filter.kept_by(filters)

    def rows_with_any(self, facets: Sequence[str]) -> NDArray[np.bool_]:
        """Return which searchable rows have one of these facet terms, shape (count,)."""
        return self._row_filter.with_any(facets)

    def known_facets(self, facets: Sequence[str]) -> frozenset[str]:
        """Return those of the facet terms that some searchable passage has."""
        sql = "SELECT term FROM json_each(?) j JOIN facets ON term = j.value"
        return frozenset(self._database.select(sql, (json.dumps(list(facets)),), only))

    def facets_of(self, field: str) -> tuple[str, ...]:
        """Return the facet terms of a field, sorted."""
        sql = "SELECT term FROM facets WHERE term >= ? AND term < ? ORDER BY term"
        return tuple(self._database.select(sql, (f"{field}=", f"{field}>"), only))

    def places_in_exchanges(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[tuple[int, bool, int], ...]:
        """Return, for each of these rows that belongs to an exchange: itself, whether it asks, the question's row."""
        wanted = json.dumps([int(row) for row in rows])
        return tuple(
            (row, bool(asks), question) for row, asks, question in self._database.select(ASKED, (wanted,), tuple)
        )

    def known_terms(self, terms: Sequence[str]) -> dict[str, int]:
        """Return those of the terms that the index has, in whichever field, with the number of their passages."""
        sql = "SELECT term, passages FROM json_each(?) j JOIN vocabulary ON term = j.value"
        return dict(self._database.select(sql, (json.dumps(list(terms)),), tuple))

    def terms_with_prefix(self, prefix: str, limit: int = 200) -> tuple[str, ...]:
        """Return the terms of the index that begin so, those in most passages first, at most `limit`."""
        sql = "SELECT term FROM vocabulary WHERE term >= ? AND term < ? ORDER BY passages DESC, term LIMIT ?"
        start = bindable(prefix)
        if not prefix or isinstance(start, bytes):
            return ()
        return tuple(self._database.select(sql, (start, f"{start}\U0010ffff", limit), only))

    def terms_of_length(self, shortest: int, longest: int) -> list[tuple[str, int]]:
        """Return the terms of the index that have such a length, with how many passages have them."""
        sql = "SELECT term, passages FROM vocabulary WHERE length(term) BETWEEN ? AND ?"
        return self._database.select(sql, (shortest, longest), tuple)

    def terms_between(self, first: str, end: str) -> list[tuple[str, int]]:
        """Return the terms of the index from one on and before another, with how many passages have them."""
        sql = "SELECT term, passages FROM vocabulary WHERE term >= ? AND term < ?"
        return self._database.select(sql, (first, end), tuple)

    @cached_property
    def columns(self) -> Columns:
        """What the passages are counted and grouped by; made when first asked for."""
        return read_columns(self._database, self._rows())

    @cached_property
    def signatures(self) -> NDArray[np.uint32]:
        """The signatures of the passages by row, shape (count, PERMUTATIONS); opened when first asked for."""
        try:
            return read_signatures(self._folder, self.count)
        except (OSError, ValueError, EOFError) as error:
            raise self._database.damaged(f"the signatures of the passages cannot be read ({error})") from error

    def texts_of(self, rows: Sequence[int] | NDArray[np.int64]) -> dict[int, str]:
        """Return the text of each of these rows, by row."""
        sql = "SELECT row, text FROM json_each(?) j JOIN passages ON row = j.value"
        return dict(self._database.select(sql, (json.dumps([int(row) for row in rows]),), tuple))

    def texts(self) -> Iterator[str]:
        """Yield the texts of all passages by row."""
        with self._database.reading() as connection:
            for (text,) in connection.execute("SELECT text FROM passages ORDER BY row"):
                yield text

    def searchable_texts(self) -> Iterator[tuple[int, str]]:
        """Yield row and text of all searchable passages by row."""
        with self._database.reading() as connection:
            yield from connection.execute("SELECT row, text FROM passages WHERE searchable ORDER BY row")

    def rows_of_digests(self, digests: Iterable[bytes]) -> dict[bytes, int]:
        """Return, for each text digest that is known here, a searchable row whose text has it."""
        sql = "SELECT row FROM passages WHERE digest = ? AND searchable LIMIT 1"
        with self._database.reading() as connection:
            found = ((digest, connection.execute(sql, (digest,)).fetchone()) for digest in digests)
            return {digest: record[0] for digest, record in found if record}

    def verify(self) -> None:
        """Let SQLite check the whole file, and raise IndexDamagedError with the first thing it finds."""
        findings = self._database.select("PRAGMA integrity_check(1)", (), only)
        if findings != ["ok"]:
            raise self._database.damaged(str(findings[0]))

    def close(self) -> None:
        """Release the file. Also done when nobody holds the store any more."""
        self._database.close()


def _document(record: tuple[bytes]) -> tuple[Transcript, bytes]:
    return transcript_from_json(zlib.decompress(record[0])), record[0]


def _row_columns(folder: Path, count: int, database: PublishedDatabase, mend: str) -> RowColumns:
    """Return what each passage says of itself."""
    found = read_rows(folder, count, mend=mend)
    return rows_from_tables(database) if found is None else found
