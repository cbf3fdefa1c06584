"""How many passages match a query by words, counted beside the rest of a search.

A search by meaning alone ranks nothing by words and still tells how many passages have them, exactly. tantivy counts
without Python's lock, and searches take turns, so that another processor is mostly idle meanwhile: what is found is
read and marked while the count goes on.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from search_web.search.matching import matching_alone, matching_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.plan import QueryPlan

_COUNTERS = 2


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
        return _counters(os.getpid()).submit(generation.matching, words).result
    return lambda: generation.keyword.search(words, limit=1, filters=plan.filters).total


@lru_cache(maxsize=1)
def _counters(_process: int) -> ThreadPoolExecutor:
    """Return the threads that count; a process that was forked has none of its parent's."""
    return ThreadPoolExecutor(_COUNTERS, thread_name_prefix="counter")
