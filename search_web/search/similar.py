"""More like this passage: those nearest to it in meaning, or else those that share its most telling words."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import AnyOf, Term
from indexer.text.stopwords import is_stopword
from search_web.search.assemble import Finding
from search_web.search.legs import DEPTH, best_first, search_space, vector_scores
from search_web.search.response import Legs, LegScore
from search_web.search.results import COLLAPSE_DEPTH, near_representatives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.filters import Filters
    from indexer.stores.index import Generation
    from indexer.stores.space import Space
    from search_web.search.legs import VectorFindings

TELLING_TERMS = 12
"""How many terms of a passage stand for it where there are no vectors."""


def by_meaning(
    generation: Generation, row: int, spaces: Sequence[Space], filters: Filters
) -> tuple[tuple[Finding, ...], tuple[VectorFindings, ...]]:
    """Return the passages nearest to one, and what each space found: its own vectors are the query."""
    allowed = generation.passages.rows(filters)
    found = tuple(
        search_space(space, space.vectors_of(np.array([row]))[0], allowed, filters=filters) for space in spaces
    )
    rows = np.unique(np.concatenate([one.rows for one in found]))
    rows = rows[rows != row]
    scores = vector_scores(found, rows)
    ranked = (
        Finding(near, score, Legs(None, LegScore(rank, score)))
        for rank, (near, score) in enumerate(
            ((int(rows[place]), float(scores[place])) for place in best_first(rows, scores)), start=1
        )
    )
    return _without_its_like(generation, row, tuple(ranked)), found


def by_words(generation: Generation, row: int, filters: Filters) -> tuple[Finding, ...]:
    """Return the passages that have most of what tells a passage from others."""
    terms = telling_terms(generation, generation.passages.texts_of([row])[row])
    ranking = generation.keyword.search(AnyOf(tuple(map(Term, terms))), limit=DEPTH, filters=filters)
    others = [pair for pair in zip(ranking.rows, ranking.scores, strict=True) if pair[0] != row]
    ranked = (
        Finding(other, score, Legs(LegScore(rank, score), None)) for rank, (other, score) in enumerate(others, start=1)
    )
    return _without_its_like(generation, row, tuple(ranked))


def telling_terms(generation: Generation, text: str) -> tuple[str, ...]:
    """Return the terms of a text with the most weight, tf · ln(1 + N / df), the weightiest first.

    Spärck Jones, "A statistical interpretation of term specificity" (1972); the frequency in the text counts by its
    square root.
    """
    counts = Counter(token.term for token in generation.analyser().analyse(text) if not is_stopword(token.term))
    store = generation.keyword
    weights = {
        term: math.sqrt(count) * math.log(1.0 + store.count / (store.document_frequency(term) + 0.5))
        for term, count in counts.items()
    }
    return tuple(sorted(weights, key=lambda term: (-weights[term], term))[:TELLING_TERMS])


def _without_its_like(generation: Generation, row: int, ranked: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Leave out the near-duplicates of the passage itself, as deep as these are looked for."""
    rows = [row, *(finding.row for finding in ranked[:COLLAPSE_DEPTH])]
    firsts = near_representatives(generation.passages, rows)
    same = {one for one, first in zip(rows, firsts, strict=True) if first == 0}
    return tuple(finding for finding in ranked if finding.row not in same)
