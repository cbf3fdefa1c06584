"""Saved searches in a request: how they are saved and run, for their pages, their feeds and their JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from search_web.saved.news import arrived, met, news
from search_web.saved.store import kept_arguments
from search_web.web.current import current_saved, current_searcher
from search_web.web.params import search_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from search_web.saved.model import Arguments, News, SavedSearch
    from search_web.search.request import SearchRequest


def save_search(name: str, arguments: Iterable[tuple[str, str]]) -> SavedSearch:
    """Save a search under a name. Raises RequestError for one that cannot be made, and what the store raises."""
    kept = checked_arguments(arguments)
    return current_saved().create(name, kept, met(current_searcher().reader.current().passages))


def checked_arguments(arguments: Iterable[tuple[str, str]]) -> Arguments:
    """Return what of the arguments of a search is kept. Raises RequestError for a search that cannot be made."""
    kept = kept_arguments(arguments)
    # What cannot be searched for is better refused now than at every look.
    current_searcher().said(search_request(MultiDict(kept)))
    return kept


def news_since_saved(search: SavedSearch) -> News:
    """Return what came in since a search was saved, which is what its feed has."""
    return news(current_searcher(), search, request_of(search), arrivals(), since=search.created_at)


def news_of(search: SavedSearch) -> News:
    """Return what is new in a search since it was last seen."""
    return news(current_searcher(), search, request_of(search), arrivals())


def arrivals() -> Mapping[str, datetime]:
    """Return when each transcript of the index was first met."""
    return arrived(current_saved(), current_searcher())


def request_of(search: SavedSearch) -> SearchRequest:
    """Return what a saved search asks for. Raises RequestError."""
    return search_request(MultiDict(search.arguments))
