"""From a SearchRequest to a SearchResponse."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.beside import beside
from search_web.search.answer_names import names_in
from search_web.search.assemble import Finding
from search_web.search.candidates import Candidates
from search_web.search.cursor import is_ahead, resumed
from search_web.search.directory import Directories
from search_web.search.explain_fusion import explain_fusion
from search_web.search.matching import counted_words
from search_web.search.meaning import begin_embedding, find_by_meaning, space_names
from search_web.search.plan_views import chip_view, expansion_view
from search_web.search.planning import Planner
from search_web.search.query import check_dates, check_window, checked_query
from search_web.search.query_filters import widened
from search_web.search.query_vectors import QueryVectors
from search_web.search.ranking import gather, in_final_order, keyword_ranking
from search_web.search.repeats import Repeats
from search_web.search.request import By, Mode, SearchRequest, Sort
from search_web.search.responding import make_hits, respond
from search_web.search.results import DATED_NOTE, in_order, shown
from search_web.search.similar import by_meaning, by_words
from search_web.search.timing import KEYWORD_LEG, VECTOR_LEG, WHOLE_SEARCH, timed, unobserved
from search_web.search.trend import Trend, make_trend
from search_web.search.turns import Turns
from search_web.search.unsaid import unsaid, unsaid_notes
from search_web.search.walking import ranked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.stores.index import Generation
    from indexer.stores.reader import IndexReader
    from search_web.search.answer_names import Name
    from search_web.search.directory import Directory
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.response import Hit, SearchResponse
    from search_web.search.timing import Observe

NO_VECTORS = "This index has no vectors: found by words only. Add them with: yuanhua embed --embedder bundled"

SIMILAR = SearchRequest("")
_WARMING = SearchRequest("预热 warm", limit=1)


class Searcher:
    """Answers searches over the newest generation of an index. One serves many threads.

    `glossaries` are files of the user's own, which add to the glossary that comes along or take from it. What is
    wrong with one is a GlossaryError of the first search. `observe` is told what each leg of a search, and the whole,
    took in seconds.
    """

    observe: Observe

    def __init__(self, reader: IndexReader, glossaries: Sequence[Path] = ()) -> None:
        self.reader = reader
        self.planner = Planner(glossaries)
        self.observe = unobserved
        self._query_vectors = QueryVectors()
        self._repeats = Repeats()
        self._directories = Directories()
        self._turns = Turns()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the ranked passages that answer a request.

        Raises InvalidRequestError for a parameter out of range and for a mode that this index cannot serve.
        """
        started = perf_counter()
        with self._turns.taken():
            return self._search(request, started)

    def _search(self, request: SearchRequest, started: float) -> SearchResponse:
        query = checked_query(request.query)
        check_window(request)
        check_dates(request.filters)
        generation = self._generation(request)
        request = resumed(request, generation.name)
        plan = self._planned(request, query, generation)
        suggestions = beside(lambda: self.planner.suggestions(generation, plan, query))
        found = ranked(generation, request, plan, self._query_vectors, self.observe)
        response = respond(
            generation,
            request,
            plan,
            found.ordered,
            vectors=found.vectors,
            ranking=found.ranking,
            repeats=self._repeats,
            evidence=found.evidence,
            word_total=found.word_total,
        )
        response = replace(response, unsaid=unsaid(query, plan, generation))
        notes = (NO_VECTORS,) if request.mode is Mode.HYBRID and not generation.spaces else ()
        dated = (DATED_NOTE,) if found.vectors and request.sort is not Sort.RELEVANCE else ()
        response = replace(
            response,
            notes=(*unsaid_notes(response, plan), *plan.notes, *notes, *dated),
            expansions=tuple(map(expansion_view, plan.added)),
            left_out=tuple(map(expansion_view, plan.left_out)),
            chips=tuple(chip_view(chip, query, request.recognised) for chip in plan.chips),
            suggestions=suggestions(),
            filter_suggestions=plan.unknown,
            fusion_explained=explain_fusion(plan, found.evidence) if found.evidence and request.explain else None,
        )
        took = perf_counter() - started
        self.observe(WHOLE_SEARCH, took)
        return replace(response, took_ms=round(took * 1000.0, 2))

    def first_hits(self, request: SearchRequest, most: int) -> tuple[Hit, ...]:
        """Return up to so many hits of a search from its first on, without marks, neighbours and reasons.

        They are those of its pages one after the other, at the price of one. Raises InvalidRequestError as `search`
        does, but for its window, which does not matter.
        """
        started = perf_counter()
        query = checked_query(request.query)
        check_dates(request.filters)
        request = replace(request, limit=most, offset=0, cursor=None, group=None)
        with self._turns.taken():
            generation = self.reader.current()
            plan = self._planned(request, query, generation)
            found = ranked(generation, request, plan, self._query_vectors, self.observe, count=False)
            ordered = in_order(found.ordered, generation.passages, request.sort)
            page = shown(generation, request, ordered, found.total, self._repeats)
            hits = make_hits(generation, None, page.findings, 0)
        self.observe(WHOLE_SEARCH, perf_counter() - started)
        return hits

    def candidates(self, request: SearchRequest) -> Candidates:
        """Return everything that the legs of a search put forward, by relevance.

        Raises InvalidRequestError as `search` does, but for its window.
        """
        query = checked_query(request.query)
        check_dates(request.filters)
        request = replace(request, sort=Sort.RELEVANCE)
        generation = self.reader.current()
        plan = self._planned(request, query, generation)
        with timed(VECTOR_LEG, self.observe):
            vectors = find_by_meaning(generation, request, plan, self._query_vectors)
        with timed(KEYWORD_LEG, self.observe):
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
        lexicon, generation = self.planner.lexicon(candidates.generation), candidates.generation
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
        check_window(request)
        check_dates(request.filters)
        generation = self.reader.current()
        plan = self.planner.plan(request, query, generation)
        ranking = generation.keyword.search(counted_words(plan), limit=request.limit, filters=plan.filters)
        findings = [Finding(row, score) for row, score in zip(ranking.rows, ranking.scores, strict=True)]
        return ranking.total, make_hits(generation, plan, findings, request.context)

    def similar(self, passage_id: str, request: SearchRequest = SIMILAR) -> SearchResponse:
        """Return the passages most like one, without itself and its near-duplicates; of a request the query is ignored.

        The response has the id for its query, and for its mode what the passages were found by: vectors where the
        index has them. Raises UnknownPassageError, and InvalidRequestError as `search` does.
        """
        started = perf_counter()
        check_window(request)
        check_dates(request.filters)
        generation = self._generation(request)
        row = generation.passages.row_of(passage_id)
        filters = widened(request.filters, self.planner.names_of(generation))
        names = () if request.mode is Mode.KEYWORD else space_names(generation, request)
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
        plan = self.planner.plan(request, query, generation)
        trend = make_trend(
            generation, plan, request.query, by, expansions=tuple(map(expansion_view, plan.added)), mentions=mentions
        )
        return replace(trend, took_ms=round((perf_counter() - started) * 1000.0, 2))

    def directory(self) -> tuple[Generation, Directory]:
        """Return the newest generation of the index with everybody who speaks in it."""
        generation = self.reader.current()
        return generation, self._directories.of(generation, self.planner.lexicon(generation))

    def warm(self) -> None:
        """Open the index and load its models now, so that the first search is as quick as the next.

        Raises what opening an index and loading a model raise.
        """
        generation = self.reader.current()
        generation.once(self, partial(self._warm, generation))

    def _warm(self, generation: Generation) -> bool:
        self.planner.warm(generation)
        for space in generation.spaces.values():
            self._query_vectors.vector(generation, space.info, _WARMING.query)
            space.read_ahead()
        self._directories.of(generation, self.planner.lexicon(generation))
        with self.reader.one_generation(generation):
            plan = self.planner.plan(_WARMING, _WARMING.query, generation)
            find_by_meaning(generation, _WARMING, plan, self._query_vectors)
            self.said(_WARMING)
            self.trend(_WARMING, mentions=False)
        return True

    def _planned(self, request: SearchRequest, query: str, generation: Generation) -> QueryPlan:
        """Return the plan of a search that looks for meaning too; what it means is embedded beside planning."""
        begin = partial(begin_embedding, generation, request, self._query_vectors)
        return self.planner.plan(request, query, generation, begin)

    def _generation(self, request: SearchRequest) -> Generation:
        """Return the generation to search; that of the cursor where another process has moved over to it already."""
        generation = self.reader.current()
        return self.reader.catch_up() if is_ahead(request, generation.name) else generation

    def passage(self, passage_id: str, *, context: int = 1) -> Hit:
        """Return one passage with its context, shaped like a hit that no leg ranked.

        Raises UnknownPassageError when no passage has that id.
        """
        generation = self.reader.current()
        row = generation.passages.row_of(passage_id)
        return make_hits(generation, None, (Finding(row),), context)[0]
