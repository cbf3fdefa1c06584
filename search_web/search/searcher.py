"""From a SearchRequest to a SearchResponse."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError
from indexer.text.sentences import sentence_spans
from search_web.search.assemble import Finding, assemble_hits
from search_web.search.fusion import Leg, fuse
from search_web.search.highlight import best_sentence, highlight_spans
from search_web.search.legs import DEPTH, best_first, keyword_scores, search_space, vector_scores
from search_web.search.query import any_term, check_dates, checked_query, coverage, query_terms, term_weights
from search_web.search.query_vectors import QueryVectors
from search_web.search.request import (
    MAX_CONTEXT,
    MAX_LIMIT,
    Hit,
    Legs,
    Mode,
    SearchRequest,
    SearchResponse,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.stores.index import Generation, IndexReader
    from indexer.stores.keyword import Ranking
    from indexer.text.analyser import Analyser
    from search_web.search.legs import VectorFindings

NO_VECTORS = "This index has no vectors: found by words only. Add them with: yuanhua embed --embedder bundled"


class Searcher:
    """Answers searches over the newest generation of an index. One serves many threads."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self._query_vectors = QueryVectors()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the ranked passages that answer a request.

        Raises InvalidRequestError for a parameter out of range and for a mode that this index cannot serve.
        """
        started = perf_counter()
        query = checked_query(request.query)
        _check_window(request)
        check_dates(request.filters)
        generation = self.reader.current()
        analyser = generation.analyser()
        terms = query_terms(query, analyser)
        weights = term_weights(terms, generation.keyword)
        ranking = _keyword_ranking(generation, request, terms)
        vectors = self._vector_findings(generation, request, query)
        ordered = _fused(generation, request, weights, ranking, vectors)
        page = ordered[request.offset : request.offset + request.limit]
        return SearchResponse(
            query=request.query,
            mode=request.mode,
            fusion=request.fusion,
            total=ranking.total if ranking and not vectors else len(ordered),
            generation=generation.name,
            notes=(NO_VECTORS,) if request.mode is Mode.HYBRID and not vectors else (),
            hits=_hits(generation, analyser, weights, _with_best_sentences(page, vectors), request.context),
            took_ms=round((perf_counter() - started) * 1000.0, 2),
        )

    def warm(self) -> None:
        """Open the index and load its models now, so that the first search is as quick as the next.

        Raises what opening an index and loading a model raise.
        """
        generation = self.reader.current()
        generation.analyser().analyse("预热 warm")
        for space in generation.spaces.values():
            self._query_vectors.vector(generation, space.info, "预热 warm")

    def passage(self, passage_id: str, *, context: int = 1) -> Hit:
        """Return one passage with its context, shaped like a hit that no leg ranked.

        Raises UnknownPassageError when no passage has that id.
        """
        generation = self.reader.current()
        row = generation.passages.row_of(passage_id)
        return _hits(generation, generation.analyser(), {}, (Finding(row),), context)[0]

    def _vector_findings(
        self, generation: Generation, request: SearchRequest, query: str
    ) -> tuple[VectorFindings, ...]:
        if request.mode is Mode.KEYWORD:
            return ()
        names = tuple(generation.spaces) if request.embedders is None else request.embedders
        for name in names:
            if name not in generation.spaces:
                raise InvalidRequestError(
                    f"this index has no vectors of '{name}', only of: {', '.join(generation.spaces) or 'none'}",
                    where="embedder",
                    mend=f"Add them with: yuanhua embed --embedder {name}",
                )
        if not names and request.mode is Mode.VECTOR:
            raise InvalidRequestError(
                "this index has no vectors",
                where="mode",
                mend="Use mode keyword, or add vectors with: yuanhua embed --embedder bundled",
            )
        allowed = generation.passages.rows(request.filters)
        spaces = [generation.spaces[name] for name in names]
        return tuple(
            search_space(space, self._query_vectors.vector(generation, space.info, query), allowed) for space in spaces
        )


def _check_window(request: SearchRequest) -> None:
    for where, value, low, high in (
        ("limit", request.limit, 1, MAX_LIMIT),
        ("offset", request.offset, 0, None),
        ("context", request.context, 0, MAX_CONTEXT),
    ):
        if value < low or (high is not None and value > high):
            allowed = f"from {low} to {high}" if high is not None else f"of {low} or more"
            raise InvalidRequestError(f"{value} is not a number {allowed}", where=where)


def _keyword_ranking(generation: Generation, request: SearchRequest, terms: Sequence[str]) -> Ranking | None:
    if request.mode is Mode.VECTOR:
        return None
    depth = max(DEPTH, request.offset + request.limit) if request.mode is Mode.KEYWORD else DEPTH
    return generation.keyword.search(any_term(terms), limit=depth, filters=request.filters)


def _fused(
    generation: Generation,
    request: SearchRequest,
    weights: Mapping[str, float],
    ranking: Ranking | None,
    vectors: Sequence[VectorFindings],
) -> tuple[Finding, ...]:
    """Return the findings of all legs in their final order."""
    keyword_rows = np.array(ranking.rows if ranking else (), dtype=np.int64)
    candidates = np.unique(np.concatenate([keyword_rows, *(finding.rows for finding in vectors)]))
    legs: dict[str, Leg] = {}
    if ranking:
        share = coverage(weights, generation.keyword)
        legs["keyword"] = Leg(keyword_scores(ranking, candidates), ranking.rows, share)
    if vectors:
        scores = vector_scores(vectors, candidates)
        found = np.isin(candidates, np.concatenate([finding.rows for finding in vectors]))
        order = best_first(candidates, scores)
        legs["vector"] = Leg(scores, tuple(candidates[order][found[order]].tolist()), 1.0)
    fused = fuse(candidates, tuple(legs.values()), request.fusion)
    places = {name: leg.places(candidates) for name, leg in legs.items()}
    return tuple(
        Finding(
            row,
            score,
            Legs(places.get("keyword", {}).get(row), places.get("vector", {}).get(row)),
        )
        for row, score in fused
    )


def _with_best_sentences(page: Sequence[Finding], vectors: Sequence[VectorFindings]) -> tuple[Finding, ...]:
    """Return the findings with the sentence of each that is nearest to the query, where a space has sentences."""
    searched = next((finding for finding in vectors if finding.space.info.sentences), None)
    if searched is None or not page:
        return tuple(page)
    rows = np.array([finding.row for finding in page], dtype=np.int64)
    _, spans = searched.space.sentence_scores(searched.query, rows)
    return tuple(
        Finding(finding.row, finding.score, finding.legs, (int(start), int(end)) if end > start else None)
        for finding, (start, end) in zip(page, spans, strict=True)
    )


def _hits(
    generation: Generation,
    analyser: Analyser,
    weights: Mapping[str, float],
    findings: Sequence[Finding],
    context: int,
) -> tuple[Hit, ...]:
    stored = generation.passages.get([finding.row for finding in findings])
    highlights: dict[int, tuple[tuple[int, int], ...]] = {}
    marked: list[Finding] = []
    for finding, item in zip(findings, stored, strict=True):
        tokens = analyser.analyse(item.passage.text) if weights else ()
        highlights[item.row] = highlight_spans(tokens, weights)
        if finding.best_sentence:
            best = best_sentence(finding.best_sentence, sentence_spans(item.passage.text), tokens, weights)
            marked.append(replace(finding, best_sentence=best))
        else:
            marked.append(finding)
    return assemble_hits(generation.passages, marked, context=context, highlights=highlights, stored=stored)
