"""Why hits stand where they stand, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_web.search import explain_shapes as shapes
    from search_web.search.explanation import FusionExplained, HitExplained, TermExplained


def fusion_explained_json(explained: FusionExplained) -> shapes.FusionExplained:
    """Return how the legs of a search became one ranking."""
    return {
        "fusion": explained.fusion,
        "candidates": explained.candidates,
        "information": explained.information,
        "best_share": explained.best_share,
        "shape": explained.shape,
        "coverage": explained.coverage,
        "weights": dict(explained.weights),
        "why": list(explained.why),
    }


def hit_explained_json(hit: HitExplained) -> shapes.HitExplained:
    """Return why a hit stands where it stands."""
    return {
        "terms": [_term(term) for term in hit.terms],
        "spaces": [
            {
                "embedder": space.embedder,
                "passage": space.passage,
                "sentence": space.sentence,
                "standardised": space.standardised,
            }
            for space in hit.spaces
        ],
        "parts": [
            {
                "leg": part.leg,
                "rank": part.rank,
                "score": part.score,
                "signal": part.signal,
                "weight": part.weight,
                "adds": part.adds,
                "around": part.around,
            }
            for part in hit.parts
        ],
    }


def _term(term: TermExplained) -> shapes.TermExplained:
    return {
        "term": term.term,
        "source": term.source,
        "of": term.of,
        "weight": term.weight,
        "idf": term.idf,
        "passages": term.passages,
        "times": term.times,
        "fields": [{"field": field.field, "weight": field.weight} for field in term.fields],
        "score": term.score,
        "counts": term.counts,
    }
