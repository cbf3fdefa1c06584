"""The second keyword engine: Whoosh, in plain Python, from its maintained fork whoosh3. This module owns it.

The schema is that of tantivy.py, and so are the formulas of BM25 (k1 1.2, b 0.75). Whoosh keeps its table of
contents as a pickle, so open only indexes that you trust, as with any pickle.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import fields, formats, index, matching, query, scoring
from whoosh.analysis import IDAnalyzer
from whoosh.query.spans import SpanNear, SpanNear2

from indexer.errors import IndexDamagedError
from indexer.stores.keyword import (
    FIELD_WEIGHTS,
    AllOf,
    AnyOf,
    Best,
    Dated,
    Facet,
    Field,
    Flat,
    Near,
    Phrase,
    Query,
    Ranking,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from whoosh.searching import Searcher

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import KeywordDocument

_EXACT = "exact"
_FACETS = "facets"
_DATE = "date"
_ROW = "row"
_PAIR = 2
_NEXT_TO_NOTHING = 1e-9


def _schema() -> fields.Schema:
    """Return the schema; its analysers are never called, because terms are handed over as lists."""
    schema = fields.Schema()
    for field in Field:
        schema.add(str(field), fields.KEYWORD(scorable=True))
    schema.add(_EXACT, fields.FieldType(formats.Positions(), IDAnalyzer(), scorable=True))
    schema.add(_FACETS, fields.FieldType(formats.Existence(), IDAnalyzer()))
    schema.add(_DATE, fields.NUMERIC(int))
    schema.add(_ROW, fields.NUMERIC(int, bits=64, sortable=True))
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
            entry[_EXACT] = list(document.exact)
        if document.facets:
            entry[_FACETS] = list(document.facets)
        if document.date is not None:
            entry[_DATE] = _day(document.date)
        self._writer.add_document(**entry, **{_ROW: document.row})

    def finish(self) -> None:
        """Write everything to disk. Nothing may be added afterwards."""
        self._writer.commit()
        self._index.close()


def _day(date: str) -> int:
    """Return an ISO 8601 date as a number that sorts alike: 20230810."""
    return int(date.replace("-", ""))


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
            found = self._searcher.search(_compile(query), limit=None, filter=_filter(filters)).top_n
        hits = sorted(((score, self._rows[number]) for score, number in found), key=lambda hit: (-hit[0], hit[1]))
        best = hits[: max(limit, 0)]
        return Ranking(rows=tuple(row for _, row in best), scores=tuple(score for score, _ in best), total=len(hits))

    def rows(self, query: Query, *, filters: Filters) -> NDArray[np.int64]:
        """Return every row that matches, rising."""
        with self._lock, self._damage_named():
            found = self._searcher.search(_compile(query), limit=None, filter=_filter(filters)).top_n
        return np.sort(np.array([self._rows[number] for _, number in found], dtype=np.int64))

    def matching(self, query: Query) -> int:
        """Return how many passages match."""
        with self._lock, self._damage_named():
            return len(self._searcher.search(_compile(query), limit=None).top_n)

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
        rows = self._searcher.reader().column_reader(_ROW)
        return [rows[number] for number in range(count)]

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Turn Whoosh's errors into ours; it raises whatever its damaged bytes lead to."""
        try:
            yield
        except Exception as error:
            raise IndexDamagedError(
                f"The keyword index cannot be read ({error})",
                where=str(self._folder),
                mend="Build it again: yuanhua index",
            ) from error


def _filter(filters: Filters) -> query.Query | None:
    kept = [_facet(terms) for terms in filters.wanted()]
    if filters.date_from is not None or filters.date_to is not None:
        kept.append(_dated(filters.date_from, filters.date_to))
    return query.And(kept) if kept else None


def _facet(terms: Sequence[str]) -> query.Query:
    return _any([query.Term(_FACETS, term) for term in terms])


def _dated(first: str | None, last: str | None) -> query.Query:
    return query.NumericRange(_DATE, _day(first) if first else None, _day(last) if last else None)


def _compile(wanted: Query) -> query.Query:  # noqa: PLR0911 - one for each node.
    match wanted:
        case Term(term, weight):
            return _any(
                [query.Term(str(field), term, boost=weight * FIELD_WEIGHTS[field]) for field in wanted.fields],
            )
        case Phrase(terms, slop, weight):
            found = [query.Term(_EXACT, term, boost=weight) for term in terms]
            return _run(found, slop)
        case Near(first, second, distance, weight):
            runs = [_run([query.Term(_EXACT, term, boost=weight) for term in terms]) for terms in (first, second)]
            return _EitherOrder(*runs, slop=distance + 1, ordered=False) if first and second else query.NullQuery
        case Facet(terms):
            return _unscored(_facet(terms))
        case Dated(first, last):
            return _unscored(_dated(first, last))
        case AnyOf(parts):
            return _any([_compile(part) for part in parts])
        case Flat(part, score):
            return _Constant(_compile(part), score)
        case Best(parts):
            found = [_compile(part) for part in parts]
            return query.DisjunctionMax(found) if found else query.NullQuery
        case AllOf(parts, excluded):
            kept = [_compile(part) for part in parts] or [_unscored(query.Every())]
            # Whoosh's AndNot lets a passage through when the first excluded one stands before it.
            return query.And([*kept, *(_unscored(query.Not(_compile(part))) for part in excluded)])


def _run(terms: Sequence[query.Term], slop: int = 0) -> query.Query:
    return _Near(terms, slop) if len(terms) >= _PAIR else _any(terms)


def _unscored(kept: query.Query) -> query.Query:
    return _Constant(kept, 0.0)


class _Constant(query.ConstantScoreQuery):  # type: ignore[misc]  # Whoosh is untyped.
    """A query that gives every passage the same score.

    Whoosh's own takes a score of 0 for none given, and a union passes over what could score no more than 0.
    """

    def matcher(self, searcher: Searcher, context: Any = None) -> matching.Matcher:  # noqa: ANN401  Whoosh is untyped.
        """Return the matcher over one segment."""
        found = self.child.matcher(searcher, context)
        ids = list(found.all_ids())
        return matching.ListMatcher(ids, [self.score or _NEXT_TO_NOTHING] * len(ids)) if ids else matching.NullMatcher()


def _any(queries: Sequence[query.Query]) -> query.Query:
    """Return a query that one of the queries must match and whose score is their sum."""
    return query.Or(queries) if queries else query.NullQuery


class _EitherOrder(SpanNear):  # type: ignore[misc]  # Whoosh is untyped.
    """Two runs near each other; Whoosh's own cannot stand beside other queries, because it gives no size."""

    def estimate_size(self, ixreader: Any) -> int:  # noqa: ANN401  Whoosh is untyped.
        """Return at least how many passages match."""
        size: int = self.q.estimate_size(ixreader)
        return size


class _Near(SpanNear2):  # type: ignore[misc]  # Whoosh is untyped.
    """Terms in this order with at most `gaps` others between the first and the last of them.

    Whoosh's own phrase allows as many between each two.
    """

    def __init__(self, terms: Sequence[query.Term], gaps: int) -> None:
        super().__init__(terms, slop=gaps + 1)
        self._gaps = gaps

    def matcher(self, searcher: Searcher, context: Any = None) -> matching.Matcher:  # noqa: ANN401  Whoosh is untyped.
        """Return the matcher of this phrase over one segment."""
        return _NearMatcher([term.matcher(searcher, context) for term in self.qs], self._gaps)


class _NearMatcher(SpanNear2.SpanNear2Matcher):  # type: ignore[misc]  # Whoosh is untyped.
    """Walks through the passages in which the phrase stands."""

    def __init__(self, terms: Sequence[matching.Matcher], gaps: int) -> None:
        self._longest = len(terms) + gaps
        super().__init__(terms, slop=gaps + 1)

    def copy(self) -> _NearMatcher:
        """Return a matcher at the same place."""
        return _NearMatcher([term.copy() for term in self.ms], self.slop - 1)

    def _get_spans(self) -> list[Any]:
        return [span for span in super()._get_spans() if span.end - span.start < self._longest]
