"""Which examples of a query may stand on a page: those that find something in this index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.request import Mode, SearchRequest

if TYPE_CHECKING:
    from search_web.search.searcher import Searcher

EXAMPLES = ("菜鸟 EBITA", "AI monetization")


def examples_said(searcher: Searcher) -> list[str]:
    """Return the examples of which every word was said; none of them is of use to others."""
    return [query for query in EXAMPLES if _is_said(searcher, query)]


def _is_said(searcher: Searcher, query: str) -> bool:
    found = searcher.search(SearchRequest(query, mode=Mode.KEYWORD, limit=1))
    return bool(found.total) and not found.unsaid
