"""From a SearchRequest to a SearchResponse."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError
from indexer.text.sentences import sentence_spans
from search_web.search.assemble import Finding, assemble_hits
from search_web.search.candidates import Candidates
from search_web.search.cursor import resumed
from search_web.search.explain import Evidence, explain_hits
from search_web.search.explain_fusion import explain_fusion
from search_web.search.facets import facets
from search_web.search.fusion import Leg, fuse, meaning_leg, word_leg
from search_web.search.highlight import best_sentence, matches
from search_web.search.legs import DEPTH, best_first, keyword_scores, search_space, vector_scores
from search_web.search.lexicon import Lexicon, RankedLexicon
from search_web.search.matching import matching_words
from search_web.search.patterns import merged
from search_web.search.plan import make_plan
from search_web.search.query import check_dates, checked_query
from search_web.search.query_vectors import QueryVectors
from search_web.search.recognising import Recognisers
from search_web.search.request import (
    MAX_CONTEXT,
    MAX_GROUP_SIZE,
    MAX_LIMIT,
    By,
    ChipView,
    ExpansionView,
    Grouping,
    Hit,
    Legs,
    Mode,
    Recognised,
    SearchRequest,
    SearchResponse,
    Sort,
    SuggestionView,
    TotalRelation,
)
from search_web.search.results import DATED_DEPTH, DATED_NOTE, hit_groups, in_order, reach, shown, with_duplicates
from search_web.search.similar import by_meaning, by_words
from search_web.search.steering import bonus, favoured_rows, favouring
from search_web.search.suggestions import suggest
from search_web.search.trend import Trend, make_trend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.stores.index import Generation, IndexReader
    from indexer.stores.keyword import Ranking
    from indexer.text.expansion import Expansion
    from search_web.search.expanding import Added
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.recognition import Chip, Recogniser

NO_VECTORS = "This index has no vectors: found by words only. Add them with: yuanhua embed --embedder bundled"

SIMILAR = SearchRequest("")


class Searcher:
    """Answers searches over the newest generation of an index. One serves many threads.

    `glossaries` are files of the user's own, which add to the glossary that comes along or take from it. What is
    wrong with one is a GlossaryError of the first search.
    """

    def __init__(self, reader: IndexReader, glossaries: Sequence[Path] = ()) -> None:
        self.reader = reader
        self._glossaries = tuple(glossaries)
        self._query_vectors = QueryVectors()
        self._lexicons: dict[str, Lexicon] = {}
        self._loading = Lock()
        self._recognisers = Recognisers()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the ranked passages that answer a request.

        Raises InvalidRequestError for a parameter out of range and for a mode that this index cannot serve.
        """
        started = perf_counter()
        query = checked_query(request.query)
        _check_window(request)
        check_dates(request.filters)
        generation = self.reader.current()
        request = resumed(request, generation.name)
        plan = self.plan(request, query, generation)
        vectors = self._vector_findings(generation, request, plan)
        ranking = _keyword_ranking(generation, request, plan, alone=not vectors)
        evidence = _evidence(generation, request, plan, ranking, vectors)
        ordered = _ordered(evidence)
        if vectors and request.sort is not Sort.RELEVANCE:
            ordered = ordered[:DATED_DEPTH]
        response = _response(
            generation,
            request,
            plan,
            ordered,
            vectors=vectors,
            ranking=ranking,
            evidence=evidence if request.explain else None,
        )
        notes = (NO_VECTORS,) if request.mode is Mode.HYBRID and not generation.spaces else ()
        dated = (DATED_NOTE,) if vectors and request.sort is not Sort.RELEVANCE else ()
        return replace(
            response,
            notes=(*plan.notes, *notes, *dated),
            took_ms=round((perf_counter() - started) * 1000.0, 2),
            expansions=tuple(map(_expansion_view, plan.added)),
            chips=tuple(_chip_view(chip, query, request.recognised) for chip in plan.chips),
            suggestions=self._suggestions(generation, plan, query),
            fusion_explained=explain_fusion(plan, evidence) if request.explain else None,
        )

    def candidates(self, request: SearchRequest) -> Candidates:
        """Return everything that the legs of a search put forward, by relevance.

        Raises InvalidRequestError as `search` does, but for its window.
        """
        query = checked_query(request.query)
        check_dates(request.filters)
        request = replace(request, sort=Sort.RELEVANCE)
        generation = self.reader.current()
        plan = self.plan(request, query, generation)
        vectors = self._vector_findings(generation, request, plan)
        ranking = _keyword_ranking(generation, request, plan, alone=False)
        return Candidates(
            generation,
            plan,
            ranking,
            vectors,
            lambda extra: _ordered(_evidence(generation, request, plan, ranking, vectors, extra=extra)),
        )

    def similar(self, passage_id: str, request: SearchRequest = SIMILAR) -> SearchResponse:
        """Return the passages most like one, without itself and its near-duplicates; of a request the query is ignored.

        The response has the id for its query, and for its mode what the passages were found by: vectors where the
        index has them. Raises UnknownPassageError, and InvalidRequestError as `search` does.
        """
        started = perf_counter()
        _check_window(request)
        check_dates(request.filters)
        generation = self.reader.current()
        row = generation.passages.row_of(passage_id)
        names = () if request.mode is Mode.KEYWORD else _space_names(generation, request)
        mode = Mode.VECTOR if names else Mode.KEYWORD
        request = resumed(replace(request, query=passage_id, mode=mode), generation.name)
        vectors: tuple[VectorFindings, ...] = ()
        if names:
            ordered, vectors = by_meaning(generation, row, [generation.spaces[name] for name in names], request.filters)
        else:
            ordered = by_words(generation, row, request.filters)
        response = _response(generation, request, None, ordered, vectors=vectors, ranking=None)
        return replace(response, took_ms=round((perf_counter() - started) * 1000.0, 2))

    def trend(self, request: SearchRequest, by: By = By.PERIOD) -> Trend:
        """Return how often what a request looks for is said over the periods; its mode and its window do not matter.

        Raises InvalidRequestError as `search` does.
        """
        started = perf_counter()
        query = checked_query(request.query)
        check_dates(request.filters)
        generation = self.reader.current()
        plan = self.plan(request, query, generation)
        trend = make_trend(generation, plan, request.query, by, expansions=tuple(map(_expansion_view, plan.added)))
        return replace(trend, took_ms=round((perf_counter() - started) * 1000.0, 2))

    def plan(self, request: SearchRequest, query: str, generation: Generation) -> QueryPlan:
        """Return what a search of this generation will do."""

        def recognise(text: str) -> tuple[Chip, ...]:
            if request.recognised is Recognised.OFF:
                return ()
            return self._recogniser(generation).recognise(text, request.without)

        return make_plan(
            query,
            request.filters,
            generation,
            expand=self._lexicon(generation).expand if request.expand else _nothing,
            switched_off=request.without,
            plain=request.plain,
            recognise=recognise,
            chips_bind=request.recognised is Recognised.HARD,
        )

    def warm(self) -> None:
        """Open the index and load its models now, so that the first search is as quick as the next.

        Raises what opening an index and loading a model raise.
        """
        generation = self.reader.current()
        generation.analyser().analyse("预热 warm")
        self._lexicon(generation).expand("预热 warm")
        self._recogniser(generation).recognise("预热 warm")
        for space in generation.spaces.values():
            self._query_vectors.vector(generation, space.info, "预热 warm")

    def passage(self, passage_id: str, *, context: int = 1) -> Hit:
        """Return one passage with its context, shaped like a hit that no leg ranked.

        Raises UnknownPassageError when no passage has that id.
        """
        generation = self.reader.current()
        row = generation.passages.row_of(passage_id)
        return _hits(generation, None, (Finding(row),), context)[0]

    def _lexicon(self, generation: Generation) -> RankedLexicon:
        return self._lexicon_of(generation).ranked_by(generation.keyword.document_frequency)

    def _lexicon_of(self, generation: Generation) -> Lexicon:
        """Return the lexicon as the analyser of this generation cuts it, loaded once."""
        analyser = generation.analyser()
        with self._loading:
            if analyser.digest not in self._lexicons:
                self._lexicons[analyser.digest] = Lexicon(analyser, self._glossaries)
            return self._lexicons[analyser.digest]

    def _recogniser(self, generation: Generation) -> Recogniser:
        return self._recognisers.of(generation, self._lexicon_of(generation))

    def _suggestions(self, generation: Generation, plan: QueryPlan, query: str) -> tuple[SuggestionView, ...]:
        found = suggest(query, plan, generation, self._lexicon_of(generation).is_word)
        return tuple(SuggestionView(one.term, one.span, one.instead, one.query) for one in found)

    def _vector_findings(
        self, generation: Generation, request: SearchRequest, plan: QueryPlan
    ) -> tuple[VectorFindings, ...]:
        if request.mode is Mode.KEYWORD or not plan.meaning:
            return ()
        names = _space_names(generation, request)
        if not names and request.mode is Mode.VECTOR:
            raise InvalidRequestError(
                "this index has no vectors",
                where="mode",
                mend="Use mode keyword, or add vectors with: yuanhua embed --embedder bundled",
            )
        allowed = generation.passages.rows(plan.filters)
        if plan.constraint is not None:
            allowed = generation.keyword.rows(plan.constraint, filters=plan.filters)
        favoured = favoured_rows(generation.passages, plan)
        if favoured is not None and allowed is not None:
            favoured = np.intersect1d(favoured, allowed, assume_unique=True)
        spaces = [generation.spaces[name] for name in names]
        return tuple(
            search_space(space, self._query_vectors.vector(generation, space.info, plan.meaning), allowed, favoured)
            for space in spaces
        )


def _space_names(generation: Generation, request: SearchRequest) -> tuple[str, ...]:
    """Return the vector spaces to search in."""
    names = tuple(generation.spaces) if request.embedders is None else request.embedders
    for name in names:
        if name not in generation.spaces:
            raise InvalidRequestError(
                f"this index has no vectors of '{name}', only of: {', '.join(generation.spaces) or 'none'}",
                where="embedder",
                mend=f"Add them with: yuanhua embed --embedder {name}",
            )
    return names


def _nothing(_: str) -> tuple[Expansion, ...]:
    return ()


def _expansion_view(added: Added) -> ExpansionView:
    expansion = added.expansion
    return ExpansionView(
        term=expansion.term,
        of=(expansion.start, expansion.end),
        language=expansion.language,
        relation=expansion.relation.value,
        source=expansion.strength.value,
        weight=added.weight,
        passages=added.passages,
        active=added.active,
    )


def _chip_view(chip: Chip, query: str, recognised: Recognised) -> ChipView:
    start, end = chip.span
    return ChipView(
        id=chip.id,
        kind=chip.kind.value,
        value=chip.value,
        text=query[start:end],
        of=chip.span,
        effect=recognised.value,
        active=chip.active,
        how=str(chip.how),
    )


def _check_window(request: SearchRequest) -> None:
    for where, value, low, high in (
        ("limit", request.limit, 1, MAX_LIMIT),
        ("offset", request.offset, 0, None),
        ("context", request.context, 0, MAX_CONTEXT),
        ("group_size", request.group_size, 1, MAX_GROUP_SIZE),
    ):
        if value < low or (high is not None and value > high):
            allowed = f"from {low} to {high}" if high is not None else f"of {low} or more"
            raise InvalidRequestError(f"{value} is not a number {allowed}", where=where)


def _keyword_ranking(generation: Generation, request: SearchRequest, plan: QueryPlan, *, alone: bool) -> Ranking | None:
    """Return the ranking by words, which must go deeper than DEPTH where it stands `alone`."""
    if request.mode is Mode.VECTOR and plan.meaning:
        return None
    depth = DEPTH
    if alone:
        everything, reached = generation.keyword.count, reach(request)
        depth = max(DEPTH, everything if reached is None else min(reached, everything))
    wanted = matching_words(plan)
    words = favouring(wanted, plan) if alone else wanted
    return generation.keyword.search(words, limit=depth, filters=plan.filters)


def _response(
    generation: Generation,
    request: SearchRequest,
    plan: QueryPlan | None,
    ranked: Sequence[Finding],
    *,
    vectors: Sequence[VectorFindings],
    ranking: Ranking | None,
    evidence: Evidence | None = None,
) -> SearchResponse:
    """Return the page of a ranking that was asked for; `ranked` stands by relevance."""
    alone = ranking if not vectors else None
    total = alone.total if alone else len(ranked)
    ordered = in_order(ranked, generation.passages, request.sort)
    page = shown(generation, request, ordered, total)
    hits = _hits(generation, plan, _with_best_sentences(page.findings, vectors), request.context, evidence)
    hits = with_duplicates(generation.passages, page, hits)
    word_total = 0
    if plan:
        words = matching_words(plan)
        known = ranking if ranking and words == plan.wanted else None
        word_total = (known or generation.keyword.search(words, limit=1, filters=plan.filters)).total
    counted = None
    if request.facets:
        rows = np.array([finding.row for finding in ranked], dtype=np.int64)
        if plan and alone and alone.total > len(ranked):
            rows = generation.keyword.rows(plan.wanted, filters=plan.filters)
        counted = facets(generation.passages.columns, rows)
    return SearchResponse(
        query=request.query,
        mode=request.mode,
        fusion=request.fusion,
        took_ms=0.0,
        total=total,
        generation=generation.name,
        notes=(),
        hits=() if request.group else hits,
        total_relation=TotalRelation.EXACT if alone else TotalRelation.APPROXIMATE,
        word_total=word_total,
        collapsed=page.collapsed,
        next_cursor=page.next_cursor,
        facets=counted,
        grouped_by=request.group,
        groups=hit_groups(page, hits, by_exchange=request.group is Grouping.EXCHANGE) if request.group else (),
        group_total=page.size if request.group else None,
    )


def _evidence(
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
        scores = vector_scores(vectors, candidates)
        found = np.isin(candidates, np.concatenate([finding.rows for finding in vectors]))
        order = best_first(candidates, scores)
        legs["vector"] = meaning_leg(scores, tuple(candidates[order][found[order]].tolist()))
    favour = bonus(generation.passages, plan, candidates) if vectors else None
    return Evidence(candidates, legs, vectors, request.fusion, favour)


def _ordered(evidence: Evidence) -> tuple[Finding, ...]:
    """Return the findings of all legs in their final order."""
    fused = fuse(evidence.candidates, tuple(evidence.legs.values()), evidence.fusion, evidence.bonus)
    places = {name: leg.places(evidence.candidates) for name, leg in evidence.legs.items()}
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
    plan: QueryPlan | None,
    findings: Sequence[Finding],
    context: int,
    evidence: Evidence | None = None,
) -> tuple[Hit, ...]:
    """Return the hits for these findings, explained where the evidence is given."""
    stored = generation.passages.get([finding.row for finding in findings])
    highlights: dict[int, tuple[tuple[int, int], ...]] = {}
    marked: list[Finding] = []
    for finding, item in zip(findings, stored, strict=True):
        found = matches(plan, item.passage.text, generation.analyser()) if plan else ()
        highlights[item.row] = merged([match.span for match in found])
        if finding.best_sentence:
            best = best_sentence(finding.best_sentence, sentence_spans(item.passage.text), found)
            marked.append(replace(finding, best_sentence=best))
        else:
            marked.append(finding)
    hits = assemble_hits(generation.passages, marked, context=context, highlights=highlights, stored=stored)
    if plan is None or evidence is None:
        return hits
    explained = explain_hits(stored, plan, evidence, generation)
    return tuple(replace(hit, explained=one) for hit, one in zip(hits, explained, strict=True))
