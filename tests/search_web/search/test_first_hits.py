"""The hits of a search as a table has them: those of its pages, at the price of one search."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING

import pytest

from search_web.search.request import Mode, SearchRequest, Sort
from search_web.search.timing import WHOLE_SEARCH

if TYPE_CHECKING:
    from search_web.search.response import Hit
    from search_web.search.searcher import Searcher


def paged(searcher: Searcher, request: SearchRequest, most: int) -> list[Hit]:
    """Return the hits of the pages of a search, page after page."""
    found: list[Hit] = []
    cursor: str | None = None
    while len(found) < most:
        response = searcher.search(replace(request, cursor=cursor))
        found += response.hits
        cursor = response.next_cursor
        if cursor is None:
            break
    return found[:most]


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.DATE_ASC])
@pytest.mark.parametrize("mode", list(Mode))
def test_they_are_those_of_its_pages(searcher: Searcher, mode: Mode, sort: Sort) -> None:
    request = SearchRequest("云收入 margin", mode=mode, sort=sort, limit=7)
    listed = searcher.first_hits(request, 25)
    shown = paged(searcher, request, 25)
    assert len(listed) == 25
    assert [(hit.id, hit.score, hit.text, hit.answered) for hit in listed] == [
        (hit.id, hit.score, hit.text, hit.answered) for hit in shown
    ]


def test_a_long_query_is_read_and_searched_once(searcher: Searcher) -> None:
    times: list[str] = []
    before, searcher.observe = searcher.observe, lambda leg, _seconds: times.append(leg)
    request = SearchRequest("cash flow 现金流 margin " * 320, mode=Mode.HYBRID)
    try:
        started = process_time()
        hits = searcher.first_hits(request, 1000)
        used = process_time() - started
    finally:
        searcher.observe = before
    assert len(hits) > 100, "more than the largest page"
    assert times.count(WHOLE_SEARCH) == 1
    assert used < 3.0, "on a busy machine; a tenth of it on a quiet one"
