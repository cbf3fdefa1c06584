"""A parsed query to the queries of the keyword engine, and to the patterns that its highlights are found by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from indexer.stores.keyword import AllOf, AnyOf, Dated, Facet, Phrase, Term
from indexer.stores.keyword import Near as NearQuery
from indexer.text.normalise import fold
from search_web.search.patterns import NearPattern, PrefixPattern, RunPattern, TermPattern
from search_web.search.query_fields import date_range
from search_web.search.query_tree import Both, Either, Fielded, Loose, Near, Not, Prefix, Quoted, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from indexer.stores.keyword import Query
    from indexer.text.analyser import Analyser
    from search_web.search.patterns import Pattern
    from search_web.search.query_tree import Leaf, Node, ParsedQuery


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the nodes of a query.

    `terms_with_prefix` returns the terms of the index that begin so. `others_of` returns, for a word or a quoted
    text, the queries for what the glossary says instead of it. `names_of` returns a value of a field and what else it
    is called.
    """

    analyser: Analyser
    terms_with_prefix: Callable[[str], tuple[str, ...]]
    others_of: Callable[[Leaf], tuple[Query, ...]] = lambda _: ()
    names_of: Callable[[str, str], tuple[str, ...]] = lambda _, value: (value,)

    def constraint(self, parsed: ParsedQuery) -> Query | None:
        """Return what every passage must match, or None when nothing binds."""
        if parsed.is_plain:
            return None
        required = tuple(query for node in parsed.required if (query := self._query(node)) is not None)
        excluded = tuple(query for node in parsed.excluded if (query := self._query(node)) is not None)
        return AllOf(required, excluded) if required or excluded else None

    def leaf(self, leaf: Leaf) -> Query | None:
        """Return the query for one leaf without what the glossary says instead; None for one without a term."""
        match leaf:
            case Word(text):
                return self.word(text)
            case Quoted(text):
                terms = self._exact(text)
                return Phrase(terms) if terms else None
            case Prefix(text):
                return AnyOf(tuple(Term(term) for term in self.terms_with_prefix(fold(text))))
            case Near(first, second, distance):
                one, other = self._exact(first.text), self._exact(second.text)
                return NearQuery(one, other, distance) if one and other else None

    def shown(self, leaf: Leaf) -> str:
        """Return a leaf as the user knows it."""
        match leaf:
            case Word(text):
                return text
            case Quoted(text):
                return f'"{text}"'
            case Prefix(text):
                return f"{text}*"
            case Near(first, second, distance):
                return f"{self.shown(first)} NEAR/{distance} {self.shown(second)}"

    def patterns(self, leaf: Leaf) -> tuple[Pattern, ...]:
        """Return what a leaf stands for in the text of a passage."""
        match leaf:
            case Word(text):
                return tuple(TermPattern(token.term) for token in self.analyser.analyse(text))
            case Quoted(text):
                return (RunPattern(self._exact(text)),)
            case Prefix(text):
                return (PrefixPattern(fold(text)),)
            case Near(first, second, distance):
                return (NearPattern(self._exact(first.text), self._exact(second.text), distance),)

    def word(self, text: str) -> Query | None:
        """Return the query that a passage must match to have this word, or this run of words without blanks.

        What the analyser takes for one word may stand in any form and field; a run of several must stand so.
        """
        tokens = self.analyser.analyse(text)
        if not tokens:
            return None
        first, last = min(token.start for token in tokens), max(token.end for token in tokens)
        whole = tuple(Term(token.term) for token in tokens if (token.start, token.end) == (first, last))
        exact = self._exact(text)
        return AnyOf((*whole, *((Phrase(exact),) if len(exact) > 1 or not whole else ())))

    def _query(self, node: Node) -> Query | None:
        match node:
            case Word() | Quoted() | Prefix() | Near():
                own = self.leaf(node)
                others = self.others_of(node)
                return own if own is None or not others else AnyOf((own, *others))
            case Fielded(field, value):
                return field_query(field, *self.names_of(field, value))
            case Both(parts):
                return self._all(parts)
            case Either(parts):
                return AnyOf(tuple(self._queries(parts)))
            case Not(part):
                without = self._query(part)
                return None if without is None else AllOf((), (without,))
            case Loose(parts):
                binding = tuple(part for part in parts if not isinstance(part, Word))
                return self._all(binding) if binding else AnyOf(tuple(self._queries(parts)))

    def _all(self, parts: Iterable[Node]) -> Query:
        return AllOf(tuple(self._queries(parts)))

    def _queries(self, parts: Iterable[Node]) -> Iterable[Query]:
        return (query for part in parts if (query := self._query(part)) is not None)

    def _exact(self, text: str) -> tuple[str, ...]:
        return tuple(token.term for token in self.analyser.exact(text))


def field_query(field: str, value: str, *others: str) -> Query:
    """Return the query for one field with a value that `checked_value` has passed, or others that it is called."""
    if field == "date":
        days = date_range(value)
        return Dated(days.first, days.last) if days else AnyOf(())
    return Facet(tuple(facet_term(field, name) for name in (value, *others)))
