"""The second keyword engine: Whoosh, in plain Python, from its maintained fork whoosh3.

This module and `whoosh_queries` own it. The schema is that of `tantivy`, and so are the formulas of BM25 (k1 1.2,
b 0.75). Whoosh keeps its table of contents as a pickle, so open only indexes that you trust, as with any pickle.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import fields, formats, index, scoring
from whoosh.analysis import IDAnalyzer

from indexer.stores.keyword import Field, Query, Ranking
from indexer.stores.keyword_schema import DATE, EXACT, FACETS, ROW, day_number, unreadable
from indexer.stores.whoosh_queries import compiled, kept_by

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from whoosh.searching import Searcher

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import KeywordDocument


def _schema() -> fields.Schema:
    """Return the schema; its analysers are never called, because terms are handed over as lists."""
    schema = fields.Schema()
    for field in Field:
        schema.add(str(field), fields.KEYWORD(scorable=True))
    schema.add(EXACT, fields.FieldType(formats.Positions(), IDAnalyzer(), scorable=True))
    schema.add(FACETS, fields.FieldType(formats.Existence(), IDAnalyzer()))
    schema.add(DATE, fields.NUMERIC(int))
    schema.add(ROW, fields.NUMERIC(int, bits=64, sortable=True))
    return schema


class _Bm25(scoring.BM25F):  # type: ignore[misc]  # Whoosh is untyped.
    """BM25 with the inverse document frequency of Robertson and Spärck Jones, kept above 0 as Lucene does."""

    def idf(self, searcher: Searcher, fieldname: str, text: bytes | str) -> float:
        """Return ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages."""
        parent = searcher.get_parent()
        found = parent.doc_frequency(fieldname, text)
        return log(1 + (parent.doc_count_all() - found + 0.5) / (found + 0.5))


@dataclass(frozen=True, slots=True)
class WhooshEngine:
    """Makes and opens Whoosh indexes."""

    name: str = "whoosh"

    def create(self, folder: Path) -> WhooshWriter:
        """Start a new index in an existing, empty folder."""
        return WhooshWriter(folder)

    def open(self, folder: Path) -> WhooshStore:
        """Open what `create` wrote.

        Raises IndexDamagedError when the files are not readable as such an index.
        """
        return WhooshStore(folder)


class WhooshWriter:
    """Writes a Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._index = index.create_in(str(folder), _schema())
        self._writer = self._index.writer(limitmb=256)

    def add(self, document: KeywordDocument) -> None:
        """Take in one passage."""
        entry: dict[str, Any] = {str(field): list(terms) for field, terms in document.fields.items() if terms}
        if document.exact:
            entry[EXACT] = list(document.exact)
        if document.facets:
            entry[FACETS] = list(document.facets)
        if document.date is not None:
            entry[DATE] = day_number(document.date)
        self._writer.add_document(**entry, **{ROW: document.row})

    def finish(self) -> None:
        """Write everything to disk. Nothing may be added afterwards."""
        self._writer.commit()
        self._index.close()


class WhooshStore:
    """An opened Whoosh index. Its searcher does not bear threads, so that they take turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        with self._damage_named():
            self._index = index.open_dir(str(folder), schema=_schema())
            self._searcher: Searcher = self._index.searcher(weighting=_Bm25())
            self._rows = self._read_rows()

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self._rows)

    def search(self, query: Query, *, limit: int, filters: Filters) -> Ranking:
        """Return the best `limit` rows by BM25 among those that the filters keep."""
        with self._lock, self._damage_named():
            found = self._searcher.search(compiled(query), limit=None, filter=kept_by(filters)).top_n
        hits = sorted(((score, self._rows[number]) for score, number in found), key=lambda hit: (-hit[0], hit[1]))
        best = hits[: max(limit, 0)]
        return Ranking(rows=tuple(row for _, row in best), scores=tuple(score for score, _ in best), total=len(hits))

    def rows(self, query: Query, *, filters: Filters) -> NDArray[np.int64]:
        """Return every row that matches, rising."""
        with self._lock, self._damage_named():
            found = self._searcher.search(compiled(query), limit=None, filter=kept_by(filters)).top_n
        return np.sort(np.array([self._rows[number] for _, number in found], dtype=np.int64))

    def matching(self, query: Query) -> int:
        """Return how many passages match."""
        with self._lock, self._damage_named():
            return len(self._searcher.search(compiled(query), limit=None).top_n)

    def document_frequency(self, term: str) -> int:
        """Return in how many passages the text has this term."""
        with self._lock, self._damage_named():
            frequency: int = self._searcher.doc_frequency(str(Field.TEXT), term)
            return frequency

    def close(self) -> None:
        """Release the files."""
        with self._lock:
            self._searcher.close()
            self._index.close()

    def _read_rows(self) -> list[int]:
        """Return the row of each document by Whoosh's number of it; an empty index lacks the column."""
        count = self._searcher.doc_count_all()
        if not count:
            return []
        rows = self._searcher.reader().column_reader(ROW)
        return [rows[number] for number in range(count)]

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Turn Whoosh's errors into ours; it raises whatever its damaged bytes lead to."""
        try:
            yield
        except Exception as error:
            raise unreadable(self._folder, error) from error
