"""Which passages match a query tree and what each scores, from the terms that passages have.

Milvus ranks by one inner product, which knows no "the best of", no phrases and no exclusions. So it gives what each
passage has of each term, and the tree is worked out here, exactly as the other engines do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer.stores.keyword import FIELD_WEIGHTS, AllOf, AnyOf, Best, Dated, Facet, Flat, Near, Phrase, Term
from indexer.stores.keyword_schema import EXACT, FACETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.keyword import Query
    from indexer.stores.milvus_queries import Vocabulary
    from indexer.stores.milvus_terms import TermNumbers


class Source(Protocol):
    """What is known of the passages among which a query is worked out; rows always rise."""

    def postings(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the rows that have a term, and what it weighs in each."""
        ...

    def everything(self) -> NDArray[np.int64]:
        """Return all rows."""
        ...

    def dated(self, first: str | None, last: str | None) -> NDArray[np.int64]:
        """Return the rows of calls held from one day to another."""
        ...

    def runs(self, rows: NDArray[np.int64]) -> Mapping[int, Sequence[int]]:
        """Return for each of these rows the numbers of its exact terms, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """Rows, rising, and their scores; with `rest`, all other rows match too, and score 0."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    rest: bool = False


_NONE = Scored(np.empty(0, np.int64), np.empty(0, np.float64))


class Scoring:
    """Works queries out among the passages of a source."""

    def __init__(self, terms: TermNumbers, words: Vocabulary, source: Source) -> None:
        self._terms = terms
        self._words = words
        self._source = source

    def scored(self, query: Query) -> Scored:
        """Return every row that matches, with its score."""
        found = self._of(query)
        if not found.rest:
            return found
        rows = self._source.everything()
        return Scored(rows, _at(found, rows))

    def _of(self, query: Query) -> Scored:  # noqa: C901, PLR0911 - one for each node.
        match query:
            case Term(term, weight):
                return _union(
                    [
                        self._posting(number, weight * FIELD_WEIGHTS[field])
                        for field in query.fields
                        for number in self._words.known(field, (term,))
                    ],
                    np.add,
                )
            case Phrase(terms, slop, weight):
                return self._phrase(terms, slop, weight)
            case Near(first, second):
                if not first or not second:
                    return _NONE
                return self._counted((*first, *second), query.weight, lambda run: _near(run, query, self._words))
            case Facet(terms):
                rows = [self._source.postings(number)[0] for number in self._words.known(FACETS, terms)]
                return _flat(np.unique(np.concatenate(rows)) if rows else _NONE.rows, 0.0)
            case Dated(first_day, last_day):
                return _flat(self._source.dated(first_day, last_day), 0.0)
            case AnyOf(parts):
                return _union([self._of(part) for part in parts], np.add)
            case Best(parts):
                return _union([self._of(part) for part in parts], np.maximum)
            case Flat(part, score):
                return _flat(self.scored(part).rows, score)
            case AllOf():
                return self._all(query)

    def _posting(self, number: int, weight: float) -> Scored:
        rows, weights = self._source.postings(number)
        return Scored(rows, weights * (weight * self._words.information(number)))

    def _phrase(self, terms: tuple[str, ...], slop: int, weight: float) -> Scored:
        if not terms:
            return _NONE
        numbers = self._words.known(EXACT, terms)
        if len(terms) == 1:
            return self._posting(numbers[0], weight) if numbers else _NONE
        return self._counted(terms, weight, lambda run: _ordered(run, numbers, slop))

    def _counted(self, terms: tuple[str, ...], weight: float, times: _Times) -> Scored:
        """Return the rows that have all these exact terms so that they count `times` or more than none."""
        numbers = list(dict.fromkeys(self._words.known(EXACT, terms)))
        if len(numbers) < len(set(terms)):
            return _NONE
        having = [self._source.postings(number)[0] for number in numbers]
        rows = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), having)
        told = weight * sum(self._words.information(self._words.number(EXACT, term) or 0) for term in terms)
        found, scores = [], []
        runs = self._source.runs(rows)
        for row in rows.tolist():
            count = times(runs[row])
            if count:
                found.append(row)
                scores.append(told * self._terms.weight(EXACT, count, len(runs[row])))
        return Scored(np.array(found, dtype=np.int64), np.array(scores, dtype=np.float64))

    def _all(self, query: AllOf) -> Scored:
        parts = [self._of(part) for part in query.parts]
        strict = [part.rows for part in parts if not part.rest]
        if strict:
            rows = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), strict)
        else:
            rows = np.unique(np.concatenate([_NONE.rows, *(part.rows for part in parts)]))
        rest = not strict
        if query.excluded:
            if rest:
                rows, rest = self._source.everything(), False
            for one in query.excluded:
                rows = np.setdiff1d(rows, self.scored(one).rows, assume_unique=True)
        scores = np.sum([_at(part, rows) for part in parts], axis=0) if parts else np.zeros(len(rows))
        return Scored(rows, scores, rest)


class _Times(Protocol):
    def __call__(self, run: Sequence[int], /) -> int: ...


def _flat(rows: NDArray[np.int64], score: float) -> Scored:
    return Scored(rows, np.full(len(rows), score))


def _at(found: Scored, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the score of each of these rows, 0 where it has none."""
    scores = np.zeros(len(rows))
    if len(found.rows):
        places = np.minimum(np.searchsorted(found.rows, rows), len(found.rows) - 1)
        here = found.rows[places] == rows
        scores[here] = found.scores[places[here]]
    return scores


def _union(parts: Sequence[Scored], join: np.ufunc) -> Scored:
    if not parts:
        return _NONE
    rows, places = np.unique(np.concatenate([part.rows for part in parts]), return_inverse=True)
    scores = np.zeros(len(rows))
    join.at(scores, places, np.concatenate([part.scores for part in parts]))
    return Scored(rows, scores, any(part.rest for part in parts))


def _ordered(run: Sequence[int], numbers: Sequence[int], slop: int) -> int:
    """Count from how many places on the numbers stand in order with at most `slop` others between them."""
    count = 0
    for start, number in enumerate(run):
        if number != numbers[0]:
            continue
        place = start
        for wanted in numbers[1:]:
            # The nearest place of each leaves the fewest between.
            last = start + len(numbers) + slop
            place = next((at for at in range(place + 1, min(last, len(run))) if run[at] == wanted), -1)
            if place < 0:
                break
        count += place >= 0
    return count


def _near(run: Sequence[int], near: Near, words: Vocabulary) -> int:
    """Count the places of the first run that the second stands near."""
    first, second = (_places(run, words.known(EXACT, terms)) for terms in (near.first, near.second))
    return sum(
        any(
            0 <= other - (one + len(near.first)) <= near.distance
            or 0 <= one - (other + len(near.second)) <= near.distance
            for other in second
        )
        for one in first
    )


def _places(run: Sequence[int], numbers: list[int]) -> list[int]:
    return [at for at in range(len(run) - len(numbers) + 1) if list(run[at : at + len(numbers)]) == numbers]
