"""How many passages match a query by words, exactly, whatever a search ranks them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.matching import matching_alone, matching_words

if TYPE_CHECKING:
    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.plan import QueryPlan


def word_total(generation: Generation, plan: QueryPlan, ranking: Ranking | None, *, alone: bool) -> int:
    """Return how many passages match by words; they are only counted where the ranking does not tell.

    The ranking is that of `ranking.keyword_ranking`, which stands `alone` or beside that of the vectors.
    """
    words = matching_words(plan)
    if ranking and (not alone or words == matching_alone(plan)):
        return ranking.total
    if plan.filters:
        return generation.keyword.search(words, limit=1, filters=plan.filters).total
    return generation.matching(words)
