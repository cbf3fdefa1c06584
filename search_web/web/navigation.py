"""Where the links of the search page lead. Every state of a search is a URL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from search_web.search.answer_values import Scope
from search_web.web.params import filter_arguments, search_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer.stores.filters import Filters
    from search_web.search.query_views import ExpansionView, FilterSuggestion
    from search_web.search.request import SearchRequest

# How many page numbers stand on either side of the page that is shown.
_NEARBY = 2


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that holds, with the address of the same search without it."""

    name: str
    value: str
    url_without: str


@dataclass(frozen=True, slots=True)
class TermSwitch:
    """A term that was added to the query, or is switched off, with the address of the same search the other way.

    `of` are the words of the query that called it up.
    """

    term: str
    of: str
    language: str
    passages: int
    active: bool
    url: str


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a filter that the index has nothing of, with the nearest that it has and where each leads.

    `sentence` is what the notes of the response say of it.
    """

    field: str
    value: str
    sentence: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of results; `gap` says that pages before it are not listed."""

    number: int
    url: str
    current: bool
    gap: bool


def search_url(request: SearchRequest, **changes: object) -> str:
    """Return the address of a search, or of the same search with other fields of SearchRequest."""
    arguments = search_arguments(replace(request, **changes))  # type: ignore[arg-type]
    return f"/?{urlencode(arguments)}" if arguments else "/"


def call_url(request: SearchRequest, transcript_id: str) -> str:
    """Return the address of all hits of a search in one call, one by one."""
    filters = replace(request.filters, transcript=(transcript_id,))
    return search_url(request, filters=filters, group=None, offset=0)


def ask_url(request: SearchRequest, scope: Scope = Scope.ANSWERS, **changes: object) -> str:
    """Return the address of the answers to a query, with the filters of its search."""
    arguments = search_arguments(replace(request, offset=0, **changes))  # type: ignore[arg-type]
    chosen = [] if scope is Scope.ANSWERS else [("scope", scope.value)]
    return f"/ask?{urlencode([*arguments, *chosen])}"


def active_filters(
    request: SearchRequest, url: Callable[[SearchRequest], str] | None = None
) -> tuple[ActiveFilter, ...]:
    """Return every filter that holds; taking one away leads to the first page, or to what `url` says."""
    leading_to = url or (lambda wanted: search_url(wanted, offset=0))
    return tuple(
        ActiveFilter(name, value, leading_to(replace(request, filters=without_filter(request, name, value))))
        for name, value in filter_arguments(request.filters)
    )


def term_switches(request: SearchRequest, expansions: Sequence[ExpansionView]) -> tuple[TermSwitch, ...]:
    """Return the added terms, each once, in their order."""
    query = request.query.strip()
    found: dict[str, TermSwitch] = {}
    for expansion in expansions:
        start, end = expansion.of
        rest = tuple(term for term in request.without if term != expansion.term)
        without = (*rest, expansion.term) if expansion.active else rest
        switch = TermSwitch(
            term=expansion.term,
            of=query[start:end],
            language=expansion.language,
            passages=expansion.passages,
            active=expansion.active,
            url=search_url(request, without=without, offset=0),
        )
        found.setdefault(expansion.term, switch)
    return tuple(found.values())


def unknown_values(request: SearchRequest, suggestions: Sequence[FilterSuggestion]) -> tuple[UnknownValue, ...]:
    """Return the values that find nothing, with the address of the same search with each value that may be meant."""
    return tuple(
        UnknownValue(
            one.field,
            one.value,
            one.sentence,
            tuple((instead, _with_instead(request, one, place)) for place, instead in enumerate(one.instead)),
        )
        for one in suggestions
    )


def page_links(request: SearchRequest, total: int) -> tuple[PageLink, ...]:
    """Return links to the first, the last and the nearby pages; none when everything is on one page."""
    last = -(-total // request.limit)
    current = request.offset // request.limit + 1
    if last <= 1:
        return ()
    nearby = range(current - _NEARBY, current + _NEARBY + 1)
    numbers = sorted({1, last, *(number for number in nearby if 1 <= number <= last)})
    return tuple(
        PageLink(
            number,
            search_url(request, offset=(number - 1) * request.limit),
            current=number == current,
            gap=number - before > 1,
        )
        for before, number in zip([0, *numbers], numbers, strict=False)
    )


def _with_instead(request: SearchRequest, suggestion: FilterSuggestion, place: int) -> str:
    if suggestion.queries:
        return search_url(request, query=suggestion.queries[place], offset=0)
    values: tuple[str, ...] = getattr(request.filters, suggestion.field)
    instead = tuple(suggestion.instead[place] if value == suggestion.value else value for value in values)
    filters = replace(request.filters, **{suggestion.field: instead})  # type: ignore[arg-type]
    return search_url(request, filters=filters, offset=0)


def without_filter(request: SearchRequest, name: str, value: str) -> Filters:
    """Return the filters of a request without one value of one of them."""
    kept: str | tuple[str, ...] | None = getattr(request.filters, name)
    rest = tuple(each for each in kept if each != value) if isinstance(kept, tuple) else None
    return replace(request.filters, **{name: rest})  # type: ignore[arg-type]
