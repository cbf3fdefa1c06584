"""From a SearchRequest to a SearchResponse."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError
from search_web.search.answer_names import names_in
from search_web.search.assemble import Finding
from search_web.search.candidates import Candidates
from search_web.search.cursor import resumed
from search_web.search.directory import Directories
from search_web.search.explain_fusion import explain_fusion
from search_web.search.filter_suggestions import asked_values, with_notes
from search_web.search.legs import search_space
from search_web.search.lexicon import Lexicon, RankedLexicon
from search_web.search.matching import counted_words
from search_web.search.pinyin import readings
from search_web.search.plan import make_plan, widened
from search_web.search.plan_views import chip_view, expansion_view
from search_web.search.query import check_dates, checked_query
from search_web.search.query_vectors import QueryVectors
from search_web.search.ranking import gather, in_final_order, keyword_ranking
from search_web.search.recognising import Recognisers
from search_web.search.repeats import Repeats
from search_web.search.request import (
    MAX_CONTEXT,
    MAX_GROUP_SIZE,
    MAX_LIMIT,
    By,
    Hit,
    Mode,
    Recognised,
    SearchRequest,
    SearchResponse,
    Sort,
    SuggestionView,
)
from search_web.search.responding import make_hits, respond
from search_web.search.results import DATED_DEPTH, DATED_NOTE
from search_web.search.similar import by_meaning, by_words
from search_web.search.steering import favoured_rows
from search_web.search.suggestions import suggest
from search_web.search.trend import Trend, make_trend
from search_web.search.unsaid import unsaid, unsaid_notes
from search_web.search.writings import NAMED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.stores.index import Generation, IndexReader
    from indexer.text.expansion import Expansion
    from search_web.search.answer_names import Name
    from search_web.search.directory import Directory
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
        self._repeats = Repeats()
        self._directories = Directories()

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
        ranking = keyword_ranking(generation, request, plan, alone=not vectors)
        evidence = gather(generation, request, plan, ranking, vectors)
        ordered = in_final_order(evidence)
        if vectors and request.sort is not Sort.RELEVANCE:
            ordered = ordered[:DATED_DEPTH]
        response = respond(
            generation,
            request,
            plan,
            ordered,
            vectors=vectors,
            ranking=ranking,
            repeats=self._repeats,
            evidence=evidence,
        )
        response = replace(response, unsaid=unsaid(query, plan, generation))
        notes = (NO_VECTORS,) if request.mode is Mode.HYBRID and not generation.spaces else ()
        dated = (DATED_NOTE,) if vectors and request.sort is not Sort.RELEVANCE else ()
        return replace(
            response,
            notes=(*unsaid_notes(response, plan), *plan.notes, *notes, *dated),
            took_ms=round((perf_counter() - started) * 1000.0, 2),
            expansions=tuple(map(expansion_view, plan.added)),
            left_out=tuple(map(expansion_view, plan.left_out)),
            chips=tuple(chip_view(chip, query, request.recognised) for chip in plan.chips),
            suggestions=self._suggestions(generation, plan, query),
            filter_suggestions=plan.unknown,
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
        ranking = keyword_ranking(generation, request, plan, alone=False)
        return Candidates(
            generation,
            plan,
            ranking,
            vectors,
            lambda extra: in_final_order(gather(generation, request, plan, ranking, vectors, extra=extra)),
        )

    def names(self, candidates: Candidates) -> tuple[Name, ...]:
        """Return the companies, products and firms that a query names beside what the index was found to hold."""
        lexicon, generation = self._lexicon_of(candidates.generation), candidates.generation
        return names_in(
            candidates.plan.parsed.text,
            candidates.plan,
            known=lexicon.names,
            is_word=lexicon.is_word,
            analyser=generation.analyser(),
        )

    def said(self, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
        """Return how many passages have every word of a request, and the first `limit` of them by their words.

        Raises InvalidRequestError as `search` does; its mode does not matter.
        """
        query = checked_query(request.query)
        _check_window(request)
        check_dates(request.filters)
        generation = self.reader.current()
        plan = self.plan(request, query, generation)
        ranking = generation.keyword.search(counted_words(plan), limit=request.limit, filters=plan.filters)
        findings = [Finding(row, score) for row, score in zip(ranking.rows, ranking.scores, strict=True)]
        return ranking.total, make_hits(generation, plan, findings, request.context)

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
        filters = widened(request.filters, self._names_of(generation))
        names = () if request.mode is Mode.KEYWORD else _space_names(generation, request)
        mode = Mode.VECTOR if names else Mode.KEYWORD
        request = resumed(replace(request, query=passage_id, mode=mode), generation.name)
        vectors: tuple[VectorFindings, ...] = ()
        if names:
            ordered, vectors = by_meaning(generation, row, [generation.spaces[name] for name in names], filters)
        else:
            ordered = by_words(generation, row, filters)
        response = respond(generation, request, None, ordered, vectors=vectors, ranking=None, repeats=self._repeats)
        return replace(response, took_ms=round((perf_counter() - started) * 1000.0, 2))

    def trend(self, request: SearchRequest, by: By = By.PERIOD, *, mentions: bool = True) -> Trend:
        """Return how often what a request looks for is said over the periods; its mode and its window do not matter.

        Without `mentions` no passage is read, which is quicker.

        Raises InvalidRequestError as `search` does.
        """
        started = perf_counter()
        query = checked_query(request.query)
        check_dates(request.filters)
        generation = self.reader.current()
        plan = self.plan(request, query, generation)
        trend = make_trend(
            generation, plan, request.query, by, expansions=tuple(map(expansion_view, plan.added)), mentions=mentions
        )
        return replace(trend, took_ms=round((perf_counter() - started) * 1000.0, 2))

    def directory(self) -> tuple[Generation, Directory]:
        """Return the newest generation of the index with everybody who speaks in it."""
        generation = self.reader.current()
        return generation, self._directories.of(generation, self._lexicon_of(generation))

    def plan(self, request: SearchRequest, query: str, generation: Generation) -> QueryPlan:
        """Return what a search of this generation will do."""

        def recognise(text: str) -> tuple[Chip, ...]:
            if request.recognised is Recognised.OFF:
                return ()
            return self._recogniser(generation).recognise(text, request.without)

        plan = make_plan(
            query,
            request.filters,
            generation,
            expand=self._lexicon(generation).expand if request.expand else _nothing,
            switched_off=request.without,
            plain=request.plain,
            recognise=recognise,
            chips_bind=request.recognised is Recognised.HARD,
            names_of=self._names_of(generation),
        )
        asked = asked_values(request.filters, plan.parsed)
        if not asked:
            return plan
        return with_notes(plan, asked, query, generation.passages, self._recogniser(generation).writings)

    def _names_of(self, generation: Generation) -> Callable[[str, str], tuple[str, ...]]:
        """Return what gives for the value of a filter all that it is called in an index."""
        return lambda field, value: (
            self._recogniser(generation).writings.all_of(field, value) if field in NAMED_FIELDS else (value,)
        )

    def warm(self) -> None:
        """Open the index and load its models now, so that the first search is as quick as the next.

        Raises what opening an index and loading a model raise.
        """
        generation = self.reader.current()
        generation.analyser().analyse("预热 warm")
        self._lexicon(generation).expand("预热 warm")
        self._recogniser(generation).recognise("预热 warm")
        readings("热")
        for space in generation.spaces.values():
            self._query_vectors.vector(generation, space.info, "预热 warm")

    def passage(self, passage_id: str, *, context: int = 1) -> Hit:
        """Return one passage with its context, shaped like a hit that no leg ranked.

        Raises UnknownPassageError when no passage has that id.
        """
        generation = self.reader.current()
        row = generation.passages.row_of(passage_id)
        return make_hits(generation, None, (Finding(row),), context)[0]

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
        lexicon = self._lexicon_of(generation)
        found = suggest(query, plan, generation, lexicon.is_word, lambda: lexicon.equivalents)
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
