"""From a ranking to the response: the page that was asked for, its hits, totals, groups and facets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indexer.text.sentences import sentence_spans
from search_web.search.assemble import Finding, assemble_hits
from search_web.search.explain import explain_hits
from search_web.search.facets import facets
from search_web.search.highlight import Marker, all_within, best_sentence
from search_web.search.matching import matching_alone
from search_web.search.patterns import merged
from search_web.search.ranking import with_places, with_word_places
from search_web.search.request import Grouping
from search_web.search.response import SearchResponse, TotalRelation
from search_web.search.results import hit_groups, in_order, shown, with_duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.explain import Evidence
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.repeats import Repeats
    from search_web.search.request import SearchRequest
    from search_web.search.response import Hit


def respond(
    generation: Generation,
    request: SearchRequest,
    plan: QueryPlan | None,
    ranked: Sequence[Finding],
    *,
    vectors: Sequence[VectorFindings],
    ranking: Ranking | None,
    repeats: Repeats,
    evidence: Evidence | None = None,
    word_total: int = 0,
) -> SearchResponse:
    """Return the page of a ranking that was asked for; `ranked` stands by relevance.

    `word_total` is how many passages match by words. Without `evidence` the places of the hits are those of `ranking`.
    """
    alone = ranking if not vectors else None
    total = alone.total if alone else len(ranked)
    ordered = in_order(ranked, generation.passages, request.sort)
    page = shown(generation, request, ordered, total, repeats)
    findings = _with_best_sentences(page.findings, vectors)
    if evidence is not None:
        findings = with_places(findings, evidence)
    elif alone:
        findings = with_word_places(findings, alone)
    hits = make_hits(generation, plan, findings, request.context, evidence if request.explain else None)
    hits = with_duplicates(generation.passages, page, hits)
    counted = None
    if request.facets:
        rows = np.array([finding.row for finding in ranked], dtype=np.int64)
        if plan and alone and alone.total > len(ranked):
            rows = generation.keyword.rows(matching_alone(plan), filters=plan.filters)
        if page.repeated:
            rows = rows[~np.isin(rows, list(page.repeated))]
        counted = facets(generation, rows)
    return SearchResponse(
        query=request.query,
        mode=request.mode,
        fusion=request.fusion,
        took_ms=0.0,
        total=total,
        generation=generation.name,
        notes=(),
        hits=() if request.group else hits,
        total_relation=TotalRelation.EXACT if alone or (ranking and total == word_total) else TotalRelation.APPROXIMATE,
        word_total=word_total,
        collapsed=page.collapsed,
        next_cursor=page.next_cursor,
        facets=counted,
        grouped_by=request.group,
        groups=hit_groups(page, hits, by_exchange=request.group is Grouping.EXCHANGE) if request.group else (),
        group_total=page.size if request.group else None,
        repeated=len(page.repeated),
    )


def _with_best_sentences(page: Sequence[Finding], vectors: Sequence[VectorFindings]) -> tuple[Finding, ...]:
    """Return the findings with the sentence of each that is nearest to the query, where a space has sentences."""
    searched = next((finding for finding in vectors if finding.space.info.sentences), None)
    if searched is None or not page:
        return tuple(page)
    rows = np.array([finding.row for finding in page], dtype=np.int64)
    spans = searched.best_sentences(rows).tolist()
    return tuple(
        finding._replace(best_sentence=(start, end) if end > start else None)
        for finding, (start, end) in zip(page, spans, strict=True)
    )


def make_hits(
    generation: Generation,
    plan: QueryPlan | None,
    findings: Sequence[Finding],
    context: int,
    evidence: Evidence | None = None,
) -> tuple[Hit, ...]:
    """Return the hits for these findings, explained where the evidence is given."""
    page = generation.passages.page([finding.row for finding in findings], context)
    marker = Marker(plan, generation.analyser()) if plan else None
    highlights: dict[int, tuple[tuple[int, int], ...]] = {}
    marked: list[Finding] = []
    for finding, item in zip(findings, page, strict=True):
        text = item.text
        found = marker.matches(text) if marker else ()
        highlights[finding.row] = merged([match.span for match in found])
        if finding.best_sentence and not all_within(finding.best_sentence, found):
            best = best_sentence(finding.best_sentence, sentence_spans(text), found)
            marked.append(finding._replace(best_sentence=best))
        else:
            marked.append(finding)
    hits = assemble_hits(marked, page, highlights)
    if plan is None or evidence is None:
        return hits
    stored = generation.passages.get([finding.row for finding in findings])
    explained = explain_hits(stored, plan, evidence, generation)
    return tuple(replace(hit, explained=one) for hit, one in zip(hits, explained, strict=True))
