"""How many passages match a query by words.

A search by meaning alone ranks nothing by words and still tells how many passages have them, exactly: they are counted
while what was found is read and marked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from search_web.search.beside import beside
from search_web.search.matching import matching_alone, matching_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.plan import QueryPlan


def word_total(
    generation: Generation, plan: QueryPlan | None, ranking: Ranking | None, *, alone: bool
) -> Callable[[], int]:
    """Return what tells how many passages match by words; unless the ranking tells, they are being counted already.

    The ranking is that of `ranking.keyword_ranking`, which stands `alone` or beside that of the vectors.
    """
    if plan is None:
        return int
    words = matching_words(plan)
    if ranking and (not alone or words == matching_alone(plan)):
        total = ranking.total
        return lambda: total
    if not plan.filters:
        return beside(partial(generation.matching, words))
    return beside(lambda: generation.keyword.search(words, limit=1, filters=plan.filters).total)
