"""The shapes of saved searches as JSON; json_view.py makes them."""

from __future__ import annotations

from typing import Annotated, NotRequired

from annotated_types import Len
from typing_extensions import TypedDict

from search_web.search.shapes import Passage  # noqa: TC001 - pydantic reads the annotations.

Pair = Annotated[list[str], Len(2, 2)]


class SavedSearch(TypedDict):
    """A search that was given a name."""

    id: str
    name: str
    query: str
    arguments: list[Pair]
    """The arguments of the search, as names and values."""
    created_at: str
    seen_at: str
    """What came into the index after this is new."""
    version: int
    owner: str | None
    """The id of the account that it is private to; null where it belongs to the team, or to the local user."""


class SavedSearchList(TypedDict):
    """Saved searches by name, or those in the bin, the last one first."""

    total: int
    searches: list[SavedSearch]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class Arrival(TypedDict):
    """A passage that a saved search finds, and when its transcript was first met."""

    at: str
    hit: Passage


class News(TypedDict):
    """What is new in a saved search: `total` counts it, `arrivals` has the first of it, newest transcripts first."""

    search: SavedSearch
    total: int
    arrivals: list[Arrival]
