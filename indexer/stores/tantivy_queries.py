"""Our query tree in the queries of tantivy. This module and `tantivy` own that library.

Nothing here opens or reads an index: a query comes from a tree and the schema of the index alone.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur
from tantivy import Query as TantivyQuery

from indexer.stores.keyword import (
    FIELD_WEIGHTS,
    AllOf,
    AnyOf,
    Best,
    Dated,
    Facet,
    Flat,
    Near,
    Phrase,
    Query,
    Term,
)
from indexer.stores.keyword_schema import DATE, EXACT, FACETS, FEWEST_TERMS_OF_A_PHRASE, day_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import tantivy

    from indexer.stores.filters import Filters

_MOST_WAYS = 1000


class QueryCompiler:
    """Makes queries for indexes of one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def filtered(self, query: Query, filters: Filters) -> TantivyQuery:
        """Return the query for the passages that match and that the filters keep."""
        kept = [self._facet_query(terms) for terms in filters.wanted()]
        if filters.date_from is not None or filters.date_to is not None:
            kept.append(self._date_query(filters.date_from, filters.date_to))
        return TantivyQuery.boolean_query([(Occur.Must, self.compiled(query)), *((Occur.Must, one) for one in kept)])

    def compiled(self, query: Query) -> TantivyQuery:  # noqa: PLR0911 - one for each node.
        """Return the query for the passages that match."""
        match query:
            case Term(term, weight):
                return _any(
                    TantivyQuery.boost_query(
                        TantivyQuery.term_query(self._schema, field, term, "freq"),
                        weight * FIELD_WEIGHTS[field],
                    )
                    for field in query.fields
                )
            case Phrase(terms, slop, weight):
                return TantivyQuery.boost_query(self._phrase(terms, slop), weight)
            case Near():
                return TantivyQuery.boost_query(self._near(query), query.weight)
            case Facet(terms):
                return self._facet_query(terms)
            case Dated(first, last):
                return self._date_query(first, last)
            case AnyOf(parts):
                return _any(self.compiled(part) for part in parts)
            case Flat(part, score):
                return TantivyQuery.const_score_query(self.compiled(part), score)
            case Best(parts):
                return TantivyQuery.disjunction_max_query([self.compiled(part) for part in parts])
            case AllOf(parts, excluded):
                return TantivyQuery.boolean_query(
                    [
                        (Occur.Must, TantivyQuery.const_score_query(TantivyQuery.all_query(), 0.0)),
                        *((Occur.Must, self.compiled(part)) for part in parts),
                        *((Occur.MustNot, self.compiled(part)) for part in excluded),
                    ]
                )

    def _facet_query(self, terms: Sequence[str]) -> TantivyQuery:
        found = _any(TantivyQuery.term_query(self._schema, FACETS, term, "basic") for term in terms)
        return TantivyQuery.const_score_query(found, 0.0)

    def _date_query(self, first: str | None, last: str | None) -> TantivyQuery:
        start, end = day_number(first) if first else None, day_number(last) if last else None
        dated = TantivyQuery.range_query(self._schema, DATE, FieldType.Unsigned, start, end)
        return TantivyQuery.const_score_query(dated, 0.0)

    def _phrase(self, terms: Sequence[str], slop: int) -> TantivyQuery:
        """Return the query for a phrase, with one exact phrase for each way to place the gaps.

        tantivy's own slop also takes one occurrence twice: it serves only where the ways are too many.
        tantivy refuses a phrase of fewer than two terms.
        """
        if len(terms) < FEWEST_TERMS_OF_A_PHRASE:
            return _any(TantivyQuery.term_query(self._schema, EXACT, term, "freq") for term in terms)
        if comb(len(terms) - 1 + slop, slop) > _MOST_WAYS:
            return TantivyQuery.phrase_query(self._schema, EXACT, list(terms), slop=slop)
        return TantivyQuery.disjunction_max_query(
            [
                TantivyQuery.phrase_query(self._schema, EXACT, list(zip(places, terms, strict=True)))
                for places in _places(len(terms), slop)
            ]
        )

    def _near(self, near: Near) -> TantivyQuery:
        """Return the query for two runs, with one exact phrase for each order and each gap between them."""
        if not near.first or not near.second:
            return _any(iter(()))
        phrases = []
        for first, second in ((near.first, near.second), (near.second, near.first)):
            for gap in range(near.distance + 1):
                places = (*range(len(first)), *range(len(first) + gap, len(first) + gap + len(second)))
                terms: list[str | tuple[int, str]] = list(zip(places, (*first, *second), strict=True))
                phrases.append(TantivyQuery.phrase_query(self._schema, EXACT, terms))
        return TantivyQuery.disjunction_max_query(phrases)


def _any(queries: Iterator[TantivyQuery]) -> TantivyQuery:
    """Return a query that one of the queries must match and whose score is their sum."""
    return TantivyQuery.boolean_query([(Occur.Should, query) for query in queries])


def _places(count: int, slop: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to place `count` terms in order from 0 on, leaving at most `slop` places between."""
    for later in combinations(range(1, count + slop), count - 1):
        yield 0, *later
