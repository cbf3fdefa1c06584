"""A saved search and what is new in it: frozen values, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.quotes.model import Visibility

if TYPE_CHECKING:
    from datetime import datetime

    from search_web.search.response import Hit

Arguments = tuple[tuple[str, str], ...]
"""The arguments of the address of a search, as names and values."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that was given a name.

    What came into the index after `seen_at` is new. `version` rises by one with every change but that of `seen_at`.
    `owner` is the id of the account that it is private to, None where it belongs to the team.
    """

    id: str
    name: str
    arguments: Arguments
    created_at: datetime
    seen_at: datetime
    version: int = 1
    removed_at: datetime | None = None
    owner: str | None = None

    @property
    def visibility(self) -> Visibility:
        """Who else reads it."""
        return Visibility.TEAM if self.owner is None else Visibility.PRIVATE

    @property
    def query(self) -> str:
        """What is looked for, without the filters."""
        return next((value for name, value in self.arguments if name == "q"), "")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A passage that a saved search finds, and when the transcript that it stands in was first met."""

    hit: Hit
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search finds in transcripts that are new to it, the newest first, then by relevance.

    `total` counts all of it; `arrivals` has the first of it.
    """

    search: SavedSearch
    total: int
    arrivals: tuple[Arrival, ...]
