"""Our query tree in the queries of Whoosh. This module and `whoosh` own that library.

Nothing here opens or reads an index. Where Whoosh's own queries find or score otherwise than the tree says, they are
mended here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh import matching, query
from whoosh.query.spans import SpanNear, SpanNear2

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
    from collections.abc import Sequence

    from whoosh.searching import Searcher

    from indexer.stores.filters import Filters

_NEXT_TO_NOTHING = 1e-9


def compiled(wanted: Query) -> query.Query:  # noqa: PLR0911 - one for each node.
    """Return the query for the passages that match."""
    match wanted:
        case Term(term, weight):
            return _any(
                [query.Term(str(field), term, boost=weight * FIELD_WEIGHTS[field]) for field in wanted.fields],
            )
        case Phrase(terms, slop, weight):
            found = [query.Term(EXACT, term, boost=weight) for term in terms]
            return _run(found, slop)
        case Near(first, second, distance, weight):
            runs = [_run([query.Term(EXACT, term, boost=weight) for term in terms]) for terms in (first, second)]
            return _EitherOrder(*runs, slop=distance + 1, ordered=False) if first and second else query.NullQuery
        case Facet(terms):
            return _unscored(_facet(terms))
        case Dated(first, last):
            return _unscored(_dated(first, last))
        case AnyOf(parts):
            return _any([compiled(part) for part in parts])
        case Flat(part, score):
            return _Constant(compiled(part), score)
        case Best(parts):
            found = [compiled(part) for part in parts]
            return _Best(found) if found else query.NullQuery
        case AllOf(parts, excluded):
            kept = [compiled(part) for part in parts] or [_unscored(query.Every())]
            # Whoosh's AndNot lets a passage through when the first excluded one stands before it.
            return query.And([*kept, *(_unscored(query.Not(compiled(part))) for part in excluded)])


def kept_by(filters: Filters) -> query.Query | None:
    """Return the query for the passages that the filters keep; None when those are all."""
    kept = [_facet(terms) for terms in filters.wanted()]
    if filters.date_from is not None or filters.date_to is not None:
        kept.append(_dated(filters.date_from, filters.date_to))
    return query.And(kept) if kept else None


def _facet(terms: Sequence[str]) -> query.Query:
    return _any([query.Term(FACETS, term) for term in terms])


def _dated(first: str | None, last: str | None) -> query.Query:
    return query.NumericRange(DATE, day_number(first) if first else None, day_number(last) if last else None)


def _run(terms: Sequence[query.Term], slop: int = 0) -> query.Query:
    return _Near(terms, slop) if len(terms) >= FEWEST_TERMS_OF_A_PHRASE else _any(terms)


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


class _Best(query.DisjunctionMax):  # type: ignore[misc]  # Whoosh is untyped.
    """At least one matches, and the best counts; Whoosh's own takes the best of what stands in different passages."""

    def _matcher(self, subs: Sequence[query.Query], searcher: Searcher, context: Any) -> matching.Matcher:  # noqa: ANN401  Whoosh is untyped.
        reader = searcher.reader()
        size = lambda one: one.estimate_size(reader)  # noqa: E731 - as Whoosh's own does.
        found: matching.Matcher = self._tree_matcher(subs, _BestMatcher, searcher, context, size)
        return found


class _BestMatcher(matching.DisjunctionMaxMatcher):  # type: ignore[misc]  # Whoosh is untyped.
    """Walks through the passages that one of two matchers finds."""

    def score(self) -> float:
        """Return the score of those matchers that stand in this passage, the greater one of two."""
        here = self.id()
        scores: list[float] = [one.score() for one in (self.a, self.b) if one.is_active() and one.id() == here]
        return max(scores)


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

    def score(self) -> float:
        """Return the score of as many of each term as the phrase stands there: Whoosh would count each by itself."""
        return sum(_scored_with(term, len({span.start for span in self.spans()})) for term in self.ms)

    def _get_spans(self) -> list[Any]:
        return [span for span in super()._get_spans() if span.end - span.start < self._longest]


def _scored_with(term: matching.Matcher, frequency: int) -> float:
    """Return what a term scores in the passage where its matcher is, as if it stood there so often."""
    boost = 1.0
    while isinstance(term, matching.WrappingMatcher):
        boost, term = boost * term.boost, term.child
    score: float = term.scorer._score(frequency, term.scorer.dfl(term.id()))  # noqa: SLF001 - what its scorers define.
    return boost * score
