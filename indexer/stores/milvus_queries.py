"""Our query tree as Milvus takes it: the terms that it names, an expression for what matches, weights for what ranks.

Terms go in as numbers (`milvus_terms`), so that nothing of a user's words can end a text of an expression. Where a
text does stand in one, it is quoted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    Term,
)
from indexer.stores.keyword_schema import EXACT, FACETS, day_number
from indexer.stores.milvus_expressions import NOTHING, either, every, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import Query
    from indexer.stores.milvus_terms import TermNumbers

EVERYTHING = "row >= 0"
"""An expression that every record meets."""

TERMS, DAY = "terms", "day"


@dataclass(frozen=True, slots=True)
class Expression:
    """What Milvus is asked; without `exact` it keeps too much, and each passage is to be looked at again."""

    text: str
    exact: bool = True


class Vocabulary:
    """What the terms of one query are called in Milvus, and how common they are."""

    def __init__(self, terms: TermNumbers, query: Query) -> None:
        named: defaultdict[str, list[str]] = defaultdict(list)
        for field, term in _named(query):
            named[field].append(term)
        self._found = {
            (field, term): found
            for field, listed_ in named.items()
            for term, found in terms.find(field, listed_).items()
        }
        self._terms = terms
        self.numbers = dict(self._found.values())

    def number(self, field: str, term: str) -> int | None:
        """Return the number of a term of a field, None when no passage has it."""
        found = self._found.get((field, term))
        return found[0] if found else None

    def known(self, field: str, terms: tuple[str, ...]) -> list[int]:
        """Return the numbers of those terms that the field has."""
        return [number for term in terms if (number := self.number(field, term)) is not None]

    def information(self, number: int) -> float:
        """Return the idf of a term."""
        return self._terms.information(self.numbers[number])


def filtered(query: Query, filters: Filters) -> Query:
    """Return the query for what matches and what the filters keep; its scores are those of the query."""
    kept: list[Query] = [Facet(terms) for terms in filters.wanted()]
    if filters.date_from is not None or filters.date_to is not None:
        kept.append(Dated(filters.date_from, filters.date_to))
    return AllOf((query, *kept)) if kept else query


def needs_all_rows(query: Query) -> bool:
    """Whether some part of the query matches by other than terms."""
    match query:
        case AllOf(parts, excluded):
            return not parts or any(map(needs_all_rows, (*parts, *excluded)))
        case AnyOf(parts) | Best(parts):
            return any(map(needs_all_rows, parts))
        case Flat(part):
            return needs_all_rows(part)
        case Dated():
            return True
        case _:
            return False


def expression(query: Query, words: Vocabulary) -> Expression:  # noqa: PLR0911 - one for each node.
    """Return the expression for the passages that match."""
    match query:
        case Term(term):
            return _has_any([number for field in query.fields for number in words.known(field, (term,))])
        case Facet(terms):
            return _has_any(words.known(FACETS, terms))
        case Dated(first, last):
            return Expression(dated_expression(first, last))
        case Phrase(terms, slop):
            return _phrase(words, terms, slop)
        case Near(first, second):
            if not first or not second:
                return Expression(NOTHING)
            return Expression(_phrase(words, (*first, *second), 1).text, exact=False)
        case AnyOf(parts) | Best(parts):
            some = [expression(part, words) for part in parts]
            return Expression(_joined(either, some, NOTHING), all(one.exact for one in some))
        case Flat(part):
            return expression(part, words)
        case AllOf(parts, excluded):
            all_of = [expression(part, words) for part in parts]
            without = [expression(part, words) for part in excluded]
            # What keeps too much may not be taken away: the passages are looked at again.
            all_of += [Expression(f"not ({one.text})") for one in without if one.exact]
            exact = all(one.exact for one in (*all_of, *without))
            return Expression(_joined(every, all_of, EVERYTHING), exact)


def dated_expression(first: str | None, last: str | None) -> str:
    """Return the expression for the calls that were held from one day to another, both included."""
    parts = [f"{DAY} >= {day_number(first) if first else 1}", *([f"{DAY} <= {day_number(last)}"] if last else [])]
    return " and ".join(parts)


def filter_expression(filters: Filters) -> str:
    """Return the expression for what filters keep, by the words of the facets, for collections without numbers."""
    parts = [f"array_contains_any({FACETS}, [{', '.join(map(quoted, terms))}])" for terms in filters.wanted()]
    if filters.date_from is not None or filters.date_to is not None:
        parts.append(dated_expression(filters.date_from, filters.date_to))
    return " and ".join(parts)


def ranking_weights(  # noqa: PLR0911 - one for each node.
    query: Query, words: Vocabulary
) -> tuple[dict[int, float], float]:
    """Return weights by which the inner product with a passage, plus a slack, is never below its score."""
    match query:
        case Term(term, weight):
            return {
                number: weight * FIELD_WEIGHTS[field] * words.information(number)
                for field in query.fields
                for number in words.known(field, (term,))
            }, 0.0
        case Phrase() | Near():
            terms = query.terms if isinstance(query, Phrase) else (*query.first, *query.second)
            return {number: query.weight * words.information(number) for number in words.known(EXACT, terms)}, 0.0
        case Flat(Facet(terms), score):
            return dict.fromkeys(words.known(FACETS, terms), score), 0.0
        case Flat(part, score):
            return dict.fromkeys(ranking_weights(part, words)[0], score), score
        case AnyOf(parts) | AllOf(parts):
            return _summed([ranking_weights(part, words) for part in parts])
        case Best(parts):
            return _greatest([ranking_weights(part, words) for part in parts])
        case _:
            return {}, 0.0


def _named(query: Query) -> Iterator[tuple[str, str]]:
    """Yield every field and term that the query names."""
    match query:
        case Term(term):
            yield from ((field, term) for field in query.fields)
        case Phrase(terms):
            yield from ((EXACT, term) for term in terms)
        case Near(first, second):
            yield from ((EXACT, term) for term in (*first, *second))
        case Facet(terms):
            yield from ((FACETS, term) for term in terms)
        case AnyOf(parts) | Best(parts):
            for part in parts:
                yield from _named(part)
        case Flat(part):
            yield from _named(part)
        case AllOf(parts, excluded):
            for part in (*parts, *excluded):
                yield from _named(part)


def _phrase(words: Vocabulary, terms: tuple[str, ...], slop: int) -> Expression:
    numbers = words.known(EXACT, terms)
    if not terms or len(numbers) < len(terms):
        return Expression(NOTHING)
    if len(terms) == 1:
        return _has_any(numbers)
    together = f"array_contains_all({TERMS}, {listed(dict.fromkeys(numbers))})"
    if slop:
        return Expression(together, exact=False)
    # A run that overlaps itself stands there too: the blanks between two numbers are two.
    return Expression(f'({together} and {EXACT} like "%{run_of(numbers)}%")')


def run_of(numbers: list[int]) -> str:
    """Return numbers of terms, in their order, as the column `exact` has them."""
    return "".join(f" {number} " for number in numbers)


def _has_any(numbers: list[int]) -> Expression:
    return Expression(f"array_contains_any({TERMS}, {listed(numbers)})" if numbers else NOTHING)


def _joined(join: Callable[[Sequence[str]], str], parts: list[Expression], nothing: str) -> str:
    return join([one.text for one in parts]) if parts else nothing


def _summed(parts: list[tuple[dict[int, float], float]]) -> tuple[dict[int, float], float]:
    total: defaultdict[int, float] = defaultdict(float)
    for weights, _ in parts:
        for number, weight in weights.items():
            total[number] += weight
    return dict(total), sum(slack for _, slack in parts)


def _greatest(parts: list[tuple[dict[int, float], float]]) -> tuple[dict[int, float], float]:
    greatest: dict[int, float] = {}
    for weights, _ in parts:
        for number, weight in weights.items():
            greatest[number] = max(weight, greatest.get(number, 0.0))
    return greatest, max((slack for _, slack in parts), default=0.0)
