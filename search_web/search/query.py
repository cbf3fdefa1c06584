"""A query as the keyword leg needs it: which terms to look for, and how much of the query they stand for."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from indexer.stores.keyword import AnyOf, Term
from indexer.text.stopwords import is_stopword
from search_web.search.request import MAX_QUERY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import KeywordStore
    from indexer.text.analyser import Analyser


def checked_query(query: str) -> str:
    """Return the query without blanks around it.

    Raises InvalidRequestError when nothing is left or when it is longer than MAX_QUERY_LENGTH code points.
    """
    stripped = query.strip()
    if not stripped:
        raise InvalidRequestError("the query is empty", where="q", mend="Give at least one word to look for")
    if len(stripped) > MAX_QUERY_LENGTH:
        raise InvalidRequestError(
            f"the query has {len(stripped)} characters, more than {MAX_QUERY_LENGTH}",
            where="q",
            mend="Shorten it to the sentence that matters",
        )
    return stripped


def check_dates(filters: Filters) -> None:
    """Raise InvalidRequestError unless the dates of the filters are ISO 8601 days in order."""
    for where, day in (("date_from", filters.date_from), ("date_to", filters.date_to)):
        try:
            sound = day is None or date.fromisoformat(day).isoformat() == day
        except ValueError:
            sound = False
        if not sound:
            raise InvalidRequestError(
                f"{day!r} is not a value of {where}", where=where, mend="Use a date such as 2023-08-10"
            )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise InvalidRequestError(
            f"{filters.date_from!r} is later than date_to, {filters.date_to!r}",
            where="date_from",
            mend="Give an earlier date_from or a later date_to",
        )


def query_terms(query: str, analyser: Analyser) -> tuple[str, ...]:
    """Return the terms to look for, each once, in the order of the query.

    Function words are left out unless the query has nothing else.
    """
    terms = tuple(dict.fromkeys(token.term for token in analyser.analyse(query)))
    informative = tuple(term for term in terms if not is_stopword(term))
    return informative or terms


def any_term(terms: Sequence[str]) -> AnyOf:
    """Return the keyword query that scores a passage by every term it has."""
    return AnyOf(tuple(Term(term) for term in terms))


def term_weights(terms: Sequence[str], store: KeywordStore) -> dict[str, float]:
    """Return the inverse document frequency of each term; a term that no passage has weighs like the rarest."""
    return {term: math.log(1.0 + store.count / (store.document_frequency(term) + 0.5)) for term in terms}


def coverage(weights: Mapping[str, float], store: KeywordStore) -> float:
    """Return how much of the query's information the index knows as words, from 0 to 1.

    `weights` are those of `term_weights`. A query in a language that the passages are not written in has little
    coverage, and the keyword leg should step back.
    """
    total = sum(weights.values())
    known = sum(weight for term, weight in weights.items() if store.document_frequency(term))
    return known / total if total else 0.0
