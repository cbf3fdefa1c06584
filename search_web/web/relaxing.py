"""Where nothing was found: the same search with less asked of it, and how much that finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.stores.filters import Filters
from search_web.search.request import Mode
from search_web.search.response import TotalRelation
from search_web.web.navigation import active_filters, search_url, without_filter

if TYPE_CHECKING:
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher

_MOST = 4


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A search that asks for less: without the filter `name` of this `value`, else without any, or in another mode.

    `total` counts what it finds; there is no relaxation that finds nothing.
    """

    name: str
    value: str
    total: int
    approximate: bool
    url: str


def relaxations(searcher: Searcher, request: SearchRequest) -> tuple[Relaxation, ...]:
    """Return what would find something, the smallest change first; for a request that finds nothing."""
    tried = [
        (one.name, one.value, replace(request, filters=without_filter(request, one.name, one.value)))
        for one in active_filters(request)[:_MOST]
    ]
    if len(tried) > 1:
        tried.append(("filters", "", replace(request, filters=Filters())))
    if not request.plain:
        tried.append(("plain", "", replace(request, plain=True)))
    if request.mode is Mode.KEYWORD:
        tried.append(("mode", Mode.HYBRID.value, replace(request, mode=Mode.HYBRID)))
    found = (_relaxation(searcher, name, value, replace(changed, offset=0)) for name, value, changed in tried)
    return tuple(one for one in found if one.total)


def _relaxation(searcher: Searcher, name: str, value: str, request: SearchRequest) -> Relaxation:
    response = searcher.search(replace(request, limit=1, context=0, group=None, explain=False, facets=False))
    approximate = response.total_relation is TotalRelation.APPROXIMATE
    return Relaxation(name, value, response.total, approximate, search_url(request))
