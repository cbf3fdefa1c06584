"""Which examples of a query may stand on a page: those that find something in this index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.request import SearchRequest

if TYPE_CHECKING:
    from search_web.search.searcher import Searcher

EXAMPLES = ("菜鸟 EBITA", "AI monetization")


def examples_said(searcher: Searcher) -> list[str]:
    """Return the examples of which some passage has every word; none of the others is of use."""
    return [query for query in EXAMPLES if searcher.said(SearchRequest(query, limit=1))[0]]
