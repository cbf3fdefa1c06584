"""The default keyword engine: tantivy, a library in Rust. This, `tantivy_writer` and `tantivy_queries` own it.

Scores are tantivy's BM25 (k1 1.2, b 0.75), which it computes over all passages whatever the filters keep.
"""

from __future__ import annotations

import os
import shutil
import weakref
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter, neg
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, cast

import numpy as np
import tantivy
from tantivy import Order
from tantivy import Query as TantivyQuery

from indexer.stores.keyword import AnyOf, Facet, Field, Phrase, Query, Ranking, Term
from indexer.stores.keyword_schema import FACETS, ROW, unreadable
from indexer.stores.row_sets import RowSets
from indexer.stores.tantivy_queries import QueryCompiler
from indexer.stores.tantivy_writer import TantivyWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters

_TEXT = Field.TEXT.value
_FREQUENCIES = 1 << 16


@dataclass(frozen=True, slots=True)
class TantivyEngine:
    """Makes and opens tantivy indexes.

    `memory` is how many bytes the writer fills before it writes a segment to disk. They are taken as
    needed, some 20 MB for 10,000 passages of 110 Chinese characters, so that the default keeps about a
    million in one segment.
    """

    name: str = "tantivy"
    memory: int = 2_000_000_000

    def create(self, folder: Path) -> TantivyWriter:
        """Start a new index in an existing, empty folder."""
        return TantivyWriter(folder, self.memory)

    def open(self, folder: Path) -> TantivyStore:
        """Open what `create` wrote.

        Raises IndexDamagedError when the files are not readable as such an index.
        """
        return TantivyStore(folder)


class TantivyStore:
    """An opened tantivy index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._damage_named():
            index = tantivy.Index.open(self._place(folder))
            self._searcher = index.searcher()
            # A dictionary offers a hundred words for a query, and the same for the next.
            self._frequency = lru_cache(maxsize=_FREQUENCIES)(self._searcher.doc_freq)
            self._compiler = QueryCompiler(index.schema, self._frequency)
            # An index of something else, or one with a field missing, would only show when a query meets it.
            self._searcher.search(self._compiler.compiled(AnyOf((Term(""), Phrase(("", ""))))), 1)

    @property
    def count(self) -> int:
        """The number of passages."""
        return self._searcher.num_docs

    def search(self, query: Query, *, limit: int, filters: Filters) -> Ranking:
        """Return the best `limit` rows by BM25 among those that the filters keep.

        tantivy gives hits by falling score; within a segment, equal scores come by rising row.
        """
        with self._damage_named():
            compiled = self._compiler.filtered(query, filters)
            result = self._fetch(compiled, max(limit, 1))  # tantivy takes no limit of 0.
            hits = result.hits
            rows = cast("list[int]", self._searcher.fast_field_values(ROW, [place for _, place in hits]))
        scores = [score for score, _ in hits]
        if self._searcher.num_segments > 1:
            ranked = sorted(zip(map(neg, scores), rows, strict=True))
            rows = list(map(itemgetter(1), ranked))
            scores = list(map(neg, map(itemgetter(0), ranked)))
        kept = max(limit, 0)
        return Ranking(rows=tuple(rows[:kept]), scores=tuple(scores[:kept]), total=_total(result))

    def rows(self, query: Query, *, filters: Filters) -> NDArray[np.int64]:
        """Return every row that matches, rising."""
        with self._damage_named():
            if filters:
                return self._ordered(self._compiler.filtered(query, filters), self.count)
            return self._row_sets.rows(query, self._found, self._about)

    @cached_property
    def _row_sets(self) -> RowSets:
        last = self._searcher.search(TantivyQuery.all_query(), 1, count=False, order_by_field=ROW).hits
        return RowSets(int(last[0][0]) + 1 if last else 0)

    def _found(self, query: Query) -> NDArray[np.int64]:
        return self._ordered(self._compiler.compiled(query), self._most(query))

    def _ordered(self, query: TantivyQuery, most: int) -> NDArray[np.int64]:
        """Return every row that matches, rising: put in order by tantivy, rows come without a second look-up."""
        found = self._searcher.search(query, max(most, 1), count=False, order_by_field=ROW, order=Order.Asc)
        hits = found.hits
        return np.fromiter(map(itemgetter(0), hits), dtype=np.int64, count=len(hits))

    def _most(self, query: Query) -> int:
        """Return how many rows can match; tantivy makes room for as many."""
        parts = query.parts if isinstance(query, AnyOf) else (query,)
        known = [self._about(part) if isinstance(part, Term | Facet) else self.count for part in parts]
        return min(sum(known), self.count)

    def _about(self, part: Term | Facet) -> int:
        if isinstance(part, Term):
            return sum(self._frequency(field, part.term) for field in part.fields)
        return sum(self._frequency(FACETS, term) for term in part.terms)

    def _fetch(self, query: TantivyQuery, limit: int) -> tantivy.SearchResult:
        """Return at least `limit` hits, and every hit that ties with the last of these.

        Within a segment, equal scores come by rising row. Only with more than one segment must all the rows
        that tie be seen before they can be put in order.
        """
        wanted = limit
        result = self._searcher.search(query, wanted)
        while self._searcher.num_segments > 1 and wanted < _total(result) and _ends_in_tie(result, limit):
            wanted *= 2
            result = self._searcher.search(query, wanted)
        return result

    def matching(self, query: Query) -> int:
        """Return how many passages match."""
        try:
            known, more = self._compiler.counting(query)
            if more is None:
                return known
            return known + _total(self._searcher.search(TantivyQuery.const_score_query(more, 0.0), 1))
        except BaseException as error:
            self._name_damage(error)
            raise

    def document_frequency(self, term: str) -> int:
        """Return in how many passages the text has this term."""
        # Asked so often that a context manager would take as long as the answer.
        try:
            frequency: int = self._frequency(_TEXT, term)
        except BaseException as error:
            self._name_damage(error)
            raise
        return frequency

    def close(self) -> None:
        """Release the files. tantivy does so itself as soon as nobody holds the store."""

    def _place(self, folder: Path) -> str:
        """Return where to open the index: where its folder may not be written to, at links in a folder of its own.

        tantivy makes a lock file beside the files that it opens.
        """
        if os.access(folder, os.W_OK):
            return str(folder)
        links = mkdtemp(prefix="yuanhua-keyword-")
        weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
        for file in folder.iterdir():
            if file.suffix != ".lock":
                Path(links, file.name).symlink_to(file.absolute())
        return links

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Turn tantivy's errors into ours.

        A file that is cut short makes tantivy panic, and its panics do not derive from Exception.
        """
        try:
            yield
        except BaseException as error:
            self._name_damage(error)
            raise

    def _name_damage(self, error: BaseException) -> None:
        if isinstance(error, (OSError, ValueError)) or type(error).__name__ == "PanicException":
            raise unreadable(self._folder, error) from error


def _total(result: tantivy.SearchResult) -> int:
    total: int = result.count  # type: ignore[attr-defined]  # tantivy's stubs lack it.
    return total


def _ends_in_tie(result: tantivy.SearchResult, limit: int) -> bool:
    """Tell whether the hit at the limit scores like the last one that was fetched."""
    return bool(result.hits[limit - 1][0] == result.hits[-1][0])
