"""The recogniser for one generation of an index, made once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from indexer.stores.keyword import Term
from indexer.text.stopwords import is_stopword
from search_web.search.entities import read_entities
from search_web.search.officers import read_officers
from search_web.search.query_periods import by_quarter
from search_web.search.recognition import Recogniser
from search_web.search.request import NO_FILTERS
from search_web.search.writings import read_writings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.index import Generation
    from search_web.search.lexicon import Lexicon
    from search_web.search.officers import Officers
    from search_web.search.query_periods import Undated

_NEARLY_ALWAYS = 0.8
_FEW = 50
_RECENT, _RECENT_LONG = 4096, 32


class Recognisers:
    """Has the recogniser of each generation in use made once. One serves many threads."""

    def of(self, generation: Generation, lexicon: Lexicon) -> Recogniser:
        """Return the recogniser of a generation."""
        return generation.once(self, lambda: _made(generation, lexicon))


def _made(generation: Generation, lexicon: Lexicon) -> Recogniser:
    passages = generation.passages

    def counted(facets: tuple[str, ...]) -> int:
        return int(passages.rows_with_any(facets).sum())

    # A time such as "since 2020" may be that of thousands of calls, each a facet: few of these are kept.
    of_few, of_many = lru_cache(maxsize=_RECENT)(counted), lru_cache(maxsize=_RECENT_LONG)(counted)

    def carrying(facets: Sequence[str]) -> int:
        return (of_few if len(facets) <= _FEW else of_many)(tuple(facets))

    entities = read_entities(passages, lexicon.aliases, lexicon.place_names)

    @cache
    def officers() -> Officers:
        return read_officers(passages.speakers.officers(), entities.people)

    @cache
    def undated() -> Undated:
        return by_quarter(entities.without_period)

    return Recogniser(
        entities,
        lexicon.is_word,
        carrying,
        passages.searchable_count,
        officers,
        lambda text: company_of(text, generation),
        read_writings(entities, carrying),
        undated,
    )


def company_of(text: str, generation: Generation) -> str | None:
    """Return the company in whose calls the rarest word of a text is said, where that is one company nearly always."""
    terms = dict.fromkeys(token.term for token in generation.analyser().analyse(text) if not is_stopword(token.term))
    frequencies = {term: generation.keyword.document_frequency(term) for term in terms}
    known = {term: passages for term, passages in frequencies.items() if passages}
    if not known:
        return None
    rows = generation.keyword.rows(Term(min(known, key=lambda term: known[term]), spoken=True), filters=NO_FILTERS)
    column = generation.passages.columns.company
    counts = column.counts(rows)
    if not len(counts) or counts.max() < _NEARLY_ALWAYS * len(rows):
        return None
    return column.values[int(counts.argmax())]
