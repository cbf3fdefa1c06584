"""The facets at the side of the results: values with counts, each a link that adds a filter or takes it away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from search_web.web.labels import choices, filter_label, has_choices, label
from search_web.web.navigation import search_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from search_web.search.request import SearchRequest
    from search_web.search.response import Facet
    from search_web.search.searcher import Searcher

_ORDER = ("company", "period", "role", "section", "speaker", "firm", "delivery", "language")


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value that can be chosen, or that is `active` and can be left; `count` is None where none was counted."""

    value: str
    shown: str
    count: int | None
    active: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetList:
    """The values of one field; `more` counts those that are not listed."""

    field: str
    name: str
    links: tuple[FacetLink, ...]
    more: int


def counted_facets(searcher: Searcher, request: SearchRequest, found: Iterable[Facet]) -> tuple[Facet, ...]:
    """Return the facets of a search, with all that a filter could be changed to.

    What a field is filtered by leaves nothing else of it to count, so such a field is counted in the same search
    without that filter.
    """
    return tuple(
        _without_own_filter(searcher, request, facet) if getattr(request.filters, facet.field) else facet
        for facet in found
    )


def facet_lists(
    request: SearchRequest, facets: Iterable[Facet], url: Callable[[SearchRequest], str] = search_url
) -> tuple[FacetList, ...]:
    """Return a list for each field that leaves a choice; without `facets`, of what it can be, without counts."""
    counted = {facet.field: facet for facet in facets}
    lists = (_facet_list(request, field, counted.get(field), url) for field in _ORDER)
    return tuple(one for one in lists if len(one.links) > 1 or any(link.active for link in one.links))


def _without_own_filter(searcher: Searcher, request: SearchRequest, facet: Facet) -> Facet:
    filters = replace(request.filters, **{facet.field: ()})  # type: ignore[arg-type]
    opened = replace(
        request, filters=filters, limit=1, offset=0, context=0, cursor=None, group=None, facets=True, explain=False
    )
    counted = searcher.search(opened).facets or ()
    return next((one for one in counted if one.field == facet.field), facet)


def _facet_list(
    request: SearchRequest, field: str, facet: Facet | None, url: Callable[[SearchRequest], str]
) -> FacetList:
    active: tuple[str, ...] = getattr(request.filters, field)
    if facet is not None:
        counts: dict[str, int | None] = {one.value: one.count for one in facet.values}
    else:
        counts = dict.fromkeys(choices(field) if has_choices(field) else ())
    values = sorted(counts, reverse=True) if field == "period" else list(counts)
    known = {facet_term(field, value) for value in values}
    values = [value for value in active if facet_term(field, value) not in known] + values
    links = tuple(_link(request, field, value, counts.get(value), url) for value in values)
    return FacetList(field, filter_label(field), links, facet.more if facet else 0)


def _link(
    request: SearchRequest, field: str, value: str, count: int | None, url: Callable[[SearchRequest], str]
) -> FacetLink:
    chosen: tuple[str, ...] = getattr(request.filters, field)
    rest = tuple(one for one in chosen if facet_term(field, one) != facet_term(field, value))
    active = len(rest) < len(chosen)
    filters = replace(request.filters, **{field: rest if active else (*chosen, value)})  # type: ignore[arg-type]
    leads_to = url(replace(request, filters=filters, offset=0, cursor=None))
    return FacetLink(value, label(field, value), count, active, leads_to)
