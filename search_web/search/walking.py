"""Both legs of a search walked and joined: everything that is known of a ranking before a page of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indexer.beside import beside
from search_web.search.meaning import find_by_meaning, takes_part
from search_web.search.ranking import gather, in_final_order, in_order_of_words, keyword_ranking
from search_web.search.request import Sort
from search_web.search.results import DATED_DEPTH
from search_web.search.timing import KEYWORD_LEG, VECTOR_LEG, timed
from search_web.search.word_total import word_total

if TYPE_CHECKING:
    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.assemble import Finding
    from search_web.search.explain import Evidence
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.query_vectors import QueryVectors
    from search_web.search.request import SearchRequest
    from search_web.search.timing import Observe


class Ranked(NamedTuple):
    """What the legs found, what each says of every candidate, and the candidates by relevance.

    `evidence` is None where the words alone rank and nobody asks why. `word_total` counts the passages that match by
    words, 0 where they were not to be counted.
    """

    vectors: tuple[VectorFindings, ...]
    ranking: Ranking | None
    evidence: Evidence | None
    ordered: tuple[Finding, ...]
    word_total: int

    @property
    def total(self) -> int:
        """How many passages were found, also those that were not fetched."""
        return self.ranking.total if self.ranking and not self.vectors else len(self.ordered)


def ranked(
    generation: Generation,
    request: SearchRequest,
    plan: QueryPlan,
    query_vectors: QueryVectors,
    observe: Observe,
    *,
    count: bool = True,
) -> Ranked:
    """Walk the legs that a request asks for, beside each other; `observe` is told how long each took.

    With `count` the passages that match by words are counted too.
    """
    meant = takes_part(generation, request, plan)

    def by_words() -> tuple[Ranking | None, int]:
        with timed(KEYWORD_LEG, observe):
            ranking = keyword_ranking(generation, request, plan, alone=not meant)
        return ranking, word_total(generation, plan, ranking, alone=not meant) if count else 0

    words = beside(by_words) if meant else by_words
    with timed(VECTOR_LEG, observe):
        vectors = find_by_meaning(generation, request, plan, query_vectors)
    ranking, matching = words()
    if ranking and not vectors and not request.explain:
        return Ranked(vectors, ranking, None, in_order_of_words(ranking), matching)
    evidence = gather(generation, request, plan, ranking, vectors)
    ordered = in_final_order(evidence)
    if vectors and request.sort is not Sort.RELEVANCE:
        ordered = ordered[:DATED_DEPTH]
    return Ranked(vectors, ranking, evidence, ordered, matching)
