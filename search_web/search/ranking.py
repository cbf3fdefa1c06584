"""The legs of a search joined: what each says of every candidate, and the order that comes of it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.assemble import Finding, bare_findings
from search_web.search.explain import Evidence
from search_web.search.fusion import Leg, fuse, meaning_leg, word_leg
from search_web.search.legs import DEPTH, best_first, keyword_scores, vector_scores
from search_web.search.matching import matching_alone, matching_words
from search_web.search.raising import raised, with_named
from search_web.search.request import Mode
from search_web.search.response import Legs, LegScore
from search_web.search.results import reach
from search_web.search.steering import bonus
from search_web.search.surroundings import OF_MEANING, OF_WORDS, lent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.request import SearchRequest


def keyword_ranking(generation: Generation, request: SearchRequest, plan: QueryPlan, *, alone: bool) -> Ranking | None:
    """Return the ranking by words, which must go deeper than DEPTH where it stands `alone`."""
    if request.mode is Mode.VECTOR and plan.meaning:
        return None
    if not alone:
        return with_named(generation, plan, matching_words(plan))
    everything, reached = generation.keyword.count, reach(request)
    depth = max(DEPTH, everything if reached is None else min(reached, everything))
    return raised(generation, plan, matching_alone(plan), depth)


def gather(
    generation: Generation,
    request: SearchRequest,
    plan: QueryPlan,
    ranking: Ranking | None,
    vectors: Sequence[VectorFindings],
    *,
    extra: Sequence[int] = (),
) -> Evidence:
    """Return what all legs say of all candidates; the `extra` rows are scored beside them."""
    keyword_rows = np.array([*(ranking.rows if ranking else ()), *extra], dtype=np.int64)
    candidates = np.unique(np.concatenate([keyword_rows, *(finding.rows for finding in vectors)]))
    legs: dict[str, Leg] = {}
    if ranking:
        legs["keyword"] = word_leg(
            keyword_scores(ranking, candidates), ranking.rows, information=plan.information, coverage=plan.coverage
        )
    if vectors:
        scores = vector_scores(vectors, candidates, generation.passages.columns.extent[candidates])
        found = np.zeros(len(candidates), dtype=np.bool_)
        for finding in vectors:
            found[np.searchsorted(candidates, finding.rows)] = True
        order = best_first(candidates, scores)
        legs["vector"] = meaning_leg(scores, tuple(candidates[order][found[order]].tolist()))
    if ranking and vectors:
        transcripts = generation.passages.columns.transcript.codes
        legs = {
            name: leg.with_surroundings(share * lent(leg.signal, candidates, transcripts))
            for (name, leg), share in zip(legs.items(), (OF_WORDS * plan.coverage, OF_MEANING), strict=True)
        }
    best = max(ranking.scores, default=0.0) if ranking else 0.0
    favour = bonus(generation.passages, plan, candidates, best) if vectors else None
    return Evidence(candidates, legs, vectors, request.fusion, favour)


def in_final_order(evidence: Evidence) -> tuple[Finding, ...]:
    """Return the findings of all legs in their final order, without their places in the legs."""
    return bare_findings(fuse(evidence.candidates, tuple(evidence.legs.values()), evidence.fusion, evidence.bonus))


def in_order_of_words(ranking: Ranking) -> tuple[Finding, ...]:
    """Return the findings of the words where they alone rank: what `in_final_order` comes to then."""
    return bare_findings(zip(ranking.rows, ranking.scores, strict=True))


def with_word_places(findings: Sequence[Finding], ranking: Ranking) -> tuple[Finding, ...]:
    """Return the findings with the place that each has in the ranking by words, which has them all."""
    rows = {finding.row for finding in findings}
    ranked = ((row, rank) for rank, row in enumerate(ranking.rows, start=1) if row in rows)
    places = dict(islice(ranked, len(rows)))
    return tuple(
        Finding(row, score, Legs(LegScore(rank := places[row], ranking.scores[rank - 1]), None), best)
        for row, score, _, best in findings
    )


def with_places(findings: Sequence[Finding], evidence: Evidence) -> tuple[Finding, ...]:
    """Return the findings with the place that each has in the legs."""
    rows = frozenset(finding.row for finding in findings)
    places = {name: leg.places(evidence.candidates, rows) for name, leg in evidence.legs.items()}
    return tuple(
        finding._replace(
            legs=Legs(places.get("keyword", {}).get(finding.row), places.get("vector", {}).get(finding.row))
        )
        for finding in findings
    )
