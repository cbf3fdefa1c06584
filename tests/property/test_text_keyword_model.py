"""Every keyword engine matches the passages that a plain reading of the query tree matches."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.stores.engines import KEYWORD_ENGINES, keyword_engine
from indexer.stores.filters import Filters
from indexer.stores.keyword import AllOf, AnyOf, Field, KeywordDocument, Phrase, Query, Term

TERMS = st.sampled_from(("a", "b", "c"))
TEXTS = st.lists(st.lists(TERMS, max_size=7), min_size=1, max_size=6)
LEAVES = st.builds(Term, TERMS) | st.builds(Phrase, st.lists(TERMS, max_size=4).map(tuple), slop=st.integers(0, 3))


def _nested(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(parts, max_size=3).map(tuple)
    return st.builds(AnyOf, some) | st.builds(AllOf, some, excluded=st.lists(parts, max_size=1).map(tuple))


QUERIES: st.SearchStrategy[Query] = st.recursive(LEAVES, _nested, max_leaves=6)


def matches(query: Query, text: list[str]) -> bool:
    match query:
        case Term(term, _):
            return term in text
        case Phrase(terms, slop, _):
            return bool(terms) and any(
                tuple(text[place] for place in places) == terms and places[-1] - places[0] + 1 <= len(terms) + slop
                for places in combinations(range(len(text)), len(terms))
            )
        case AnyOf(parts):
            return any(matches(part, text) for part in parts)
        case AllOf(parts, excluded):
            return all(matches(part, text) for part in parts) and not any(matches(part, text) for part in excluded)


@pytest.mark.parametrize("name", KEYWORD_ENGINES)
@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, queries=st.lists(QUERIES, min_size=1, max_size=25))
def test_an_engine_matches_what_the_query_says(name: str, texts: list[list[str]], queries: list[Query]) -> None:
    engine = keyword_engine(name)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Threads of the engine may still tidy up.
        writer = engine.create(Path(folder))
        for row, text in enumerate(texts):
            writer.add(KeywordDocument(row, {Field.TEXT: text}, text, (), None))
        writer.finish()
        store = engine.open(Path(folder))
        for query in queries:
            ranking = store.search(query, limit=10, filters=Filters())
            assert set(ranking.rows) == {row for row, text in enumerate(texts) if matches(query, text)}, query
            assert ranking.total == len(ranking.rows) == store.matching(query)
        store.close()
