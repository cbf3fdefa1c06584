"""Our query tree in the queries of tantivy. This module, `tantivy` and `tantivy_writer` own that library.

Nothing here opens or searches an index: a query comes from a tree, the schema, and what terms the index has.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, TypeGuard

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
    from collections.abc import Callable, Iterator, Sequence

    import tantivy

    from indexer.stores.filters import Filters

_MOST_WAYS = 1000
_EVERYTHING = AllOf(())


class QueryCompiler:
    """Makes queries for one index; `frequency` tells in how many passages a field has a term.

    What no passage can match is left out: a term is looked for in those fields alone that have it, seldom more than
    one of the five, and a phrase only where the index has all its terms.
    """

    def __init__(self, schema: tantivy.Schema, frequency: Callable[[str, str], int]) -> None:
        self._schema = schema
        self._frequency = frequency

    def filtered(self, query: Query, filters: Filters) -> TantivyQuery:
        """Return the query for the passages that match and that the filters keep."""
        kept = [self._facet_query(terms) for terms in filters.wanted()]
        if filters.date_from is not None or filters.date_to is not None:
            kept.append(self._date_query(filters.date_from, filters.date_to))
        wanted = self.compiled(query)
        if not kept:
            return wanted
        return TantivyQuery.boolean_query([(Occur.Must, wanted), *((Occur.Must, one) for one in kept)])

    def compiled(self, query: Query) -> TantivyQuery:
        """Return the query for the passages that match."""
        return self._matching(query) or TantivyQuery.boolean_query([])

    def counting(self, query: Query) -> tuple[int, TantivyQuery | None]:
        """Return a number and a query: so many passages match, and those that match the query; None where none can.

        What is made of terms alone matches as many as have the most frequent of them, and those that lack it and have
        another. To find these takes a third of the time that it takes to read them all.
        """
        found: dict[tuple[str, str], int] = {}
        if not self._gather_frequencies(query, found):
            return 0, self._matching(query)
        if not found:
            return 0, None
        most = max(found, key=lambda place: found[place])
        others = [(Occur.Should, self._holding(*place)) for place in found if place != most]
        if not others:
            return found[most], None
        rest = [(Occur.Must, TantivyQuery.boolean_query(others)), (Occur.MustNot, self._holding(*most))]
        return found[most], TantivyQuery.boolean_query(rest)

    def _holding(self, field: str, term: str) -> TantivyQuery:
        return TantivyQuery.term_query(self._schema, field, term, "basic")

    def _gather_frequencies(self, query: Query, found: dict[tuple[str, str], int]) -> bool:
        """Add how many passages have each term of a query in each field; tell whether it is made of terms alone."""
        match query:
            case Term(term):
                for field in query.fields:
                    if frequency := self._frequency(field, term):
                        found[field, term] = frequency
                return True
            case AnyOf(parts) | Best(parts):
                return all(self._gather_frequencies(part, found) for part in parts)
            case _:
                return False

    def _matching(self, query: Query) -> TantivyQuery | None:  # noqa: PLR0911 - one for each node.
        """Return the query for the passages that match; None where none can."""
        match query:
            case Term() | AnyOf():
                return _any(list(self._summands(query)))
            case Best():
                return _best([found for part in _alternatives(query) if (found := self._matching(part))])
            case Flat(part, score):
                found = self._matching(part)
                return TantivyQuery.const_score_query(found, score) if found else None
            case Phrase(terms, slop, weight):
                found = self._phrase(terms, slop)
                return _boosted(found, weight) if found else None
            case Near():
                found = self._near(query)
                return _boosted(found, query.weight) if found else None
            case Facet(terms):
                return self._facet_query(terms)
            case Dated(first, last):
                return self._date_query(first, last)
            case AllOf(parts, excluded):
                return self._all(parts, excluded)

    def _summands(self, query: Query) -> Iterator[TantivyQuery]:
        """Yield the queries of which one must match and whose scores add up, none of them such a query itself.

        tantivy reads one union of many terms several times as fast as unions within unions.
        """
        match query:
            case Term(term):
                for field in query.fields:
                    if self._frequency(field, term):
                        found = TantivyQuery.term_query(self._schema, field, term, "freq")
                        yield _boosted(found, query.weight * FIELD_WEIGHTS[field])
            case AnyOf(parts):
                for part in parts:
                    yield from self._summands(part)
            case Best() if len(alternatives := [*_alternatives(query)]) == 1:
                yield from self._summands(alternatives[0])
            case _:
                matching = self._matching(query)
                if matching is not None:
                    yield matching

    def _all(self, parts: Sequence[Query], excluded: Sequence[Query]) -> TantivyQuery | None:
        binding = [self._matching(part) for part in parts if not _binds_nothing(part)]
        if None in binding:
            return None
        # What need not match only adds to the scores of what does: asked for all passages, it would be read through.
        free = [one for part in parts if _binds_nothing(part) for one in part.parts if one != _EVERYTHING]
        required = [found for found in binding if found]
        added = [found for one in free if (found := self._matching(one))]
        unwanted = [found for part in excluded if (found := self._matching(part))]
        return TantivyQuery.boolean_query(
            [
                *((Occur.Must, found) for found in required or [_everything()]),
                *((Occur.Should, found) for found in added),
                *((Occur.MustNot, found) for found in unwanted),
            ]
        )

    def _facet_query(self, terms: Sequence[str]) -> TantivyQuery:
        each = [(Occur.Should, TantivyQuery.term_query(self._schema, FACETS, term, "basic")) for term in terms]
        return TantivyQuery.const_score_query(TantivyQuery.boolean_query(each), 0.0)

    def _date_query(self, first: str | None, last: str | None) -> TantivyQuery:
        start, end = day_number(first) if first else None, day_number(last) if last else None
        dated = TantivyQuery.range_query(self._schema, DATE, FieldType.Unsigned, start, end)
        return TantivyQuery.const_score_query(dated, 0.0)

    def _phrase(self, terms: Sequence[str], slop: int) -> TantivyQuery | None:
        """Return the query for a phrase, with one exact phrase for each way to place the gaps.

        tantivy's own slop also takes one occurrence twice: it serves only where the ways are too many.
        tantivy refuses a phrase of fewer than two terms.
        """
        if not self._has_all(terms):
            return None
        if len(terms) < FEWEST_TERMS_OF_A_PHRASE:
            return _any([TantivyQuery.term_query(self._schema, EXACT, term, "freq") for term in terms])
        if comb(len(terms) - 1 + slop, slop) > _MOST_WAYS:
            return TantivyQuery.phrase_query(self._schema, EXACT, list(terms), slop=slop)
        return _best(
            [
                TantivyQuery.phrase_query(self._schema, EXACT, list(zip(places, terms, strict=True)))
                for places in _places(len(terms), slop)
            ]
        )

    def _near(self, near: Near) -> TantivyQuery | None:
        """Return the query for two runs, with one exact phrase for each order and each gap between them."""
        if not near.first or not near.second or not self._has_all((*near.first, *near.second)):
            return None
        phrases = []
        for first, second in ((near.first, near.second), (near.second, near.first)):
            for gap in range(near.distance + 1):
                places = (*range(len(first)), *range(len(first) + gap, len(first) + gap + len(second)))
                terms: list[str | tuple[int, str]] = list(zip(places, (*first, *second), strict=True))
                phrases.append(TantivyQuery.phrase_query(self._schema, EXACT, terms))
        return _best(phrases)

    def _has_all(self, terms: Sequence[str]) -> bool:
        return all(self._frequency(EXACT, term) for term in terms)


def _everything() -> TantivyQuery:
    return TantivyQuery.const_score_query(TantivyQuery.all_query(), 0.0)


def _boosted(query: TantivyQuery, weight: float) -> TantivyQuery:
    """Return the query with its scores multiplied."""
    return query if weight == 1.0 else TantivyQuery.boost_query(query, weight)


def _binds_nothing(query: Query) -> TypeGuard[AnyOf]:
    """Tell whether every passage matches, and what else may match only adds to the score."""
    return isinstance(query, AnyOf) and _EVERYTHING in query.parts


def _any(queries: Sequence[TantivyQuery]) -> TantivyQuery | None:
    """Return a query that one of the queries must match and whose score is their sum; None without queries."""
    if len(queries) > 1:
        return TantivyQuery.boolean_query([(Occur.Should, query) for query in queries])
    return queries[0] if queries else None


def _alternatives(query: Best) -> Iterator[Query]:
    """Yield the parts of a query, and for those that are such a query themselves, their parts."""
    for part in query.parts:
        if isinstance(part, Best):
            yield from _alternatives(part)
        else:
            yield part


def _best(queries: Sequence[TantivyQuery]) -> TantivyQuery | None:
    """Return a query that one of the queries must match and whose score is that of the best; None without queries."""
    if len(queries) > 1:
        return TantivyQuery.disjunction_max_query(list(queries))
    return queries[0] if queries else None


def _places(count: int, slop: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to place `count` terms in order from 0 on, leaving at most `slop` places between."""
    for later in combinations(range(1, count + slop), count - 1):
        yield 0, *later
