"""The links by which feed readers, which cannot sign in, follow a saved search."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.errors import UnknownSearchError
from search_web.access.model import LOCAL
from search_web.quotes.history import Stamp
from search_web.quotes.links import Target, add_link, check_owner, dead_link, links_to, revoke_link, target_of
from search_web.saved.guard import managed, readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_web.access.model import Person
    from search_web.notebook.database import Notebook
    from search_web.quotes.links import Link, NewLink
    from search_web.saved.model import SavedSearch


def _now() -> datetime:
    return datetime.now(UTC)


class FeedLinks:
    """The links to the feeds of one notebook, for a person. Many threads and processes may use them at once.

    Every method is one transaction. They raise UnknownSearchError and NotPermittedError as those of `SavedSearches` do.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = _now, person: Person = LOCAL) -> None:
        self._notebook = notebook
        self._clock = clock
        self._person = person

    def as_seen_by(self, person: Person) -> FeedLinks:
        """Return the links of the same notebook for this person."""
        return FeedLinks(self._notebook, self._clock, person)

    def to(self, search_id: str) -> tuple[Link, ...]:
        """Return the links to the feed of a search that work, the latest first."""
        with self._notebook.reading() as connection:
            found = managed(connection, self._person, search_id)
            return links_to(connection, Target(None, found.id), self._clock())

    def make(self, search_id: str, days: int | None = None) -> NewLink:
        """Make a link that works for so many days, or until it is revoked. Raises InvalidRequestError."""
        with self._notebook.writing() as connection:
            found = managed(connection, self._person, search_id)
            return add_link(connection, Stamp(self._clock(), self._person.id), Target(None, found.id), days)

    def revoke(self, search_id: str, link_id: str) -> None:
        """Let a link work no more. Raises UnknownLinkError."""
        with self._notebook.writing() as connection:
            found = managed(connection, self._person, search_id)
            revoke_link(connection, Target(None, found.id), link_id, self._clock())

    def opened(self, secret: str) -> SavedSearch:
        """Return the search that the link with this secret follows, for whoever has it.

        Raises UnknownLinkError, in the same words whether there never was such a link, it was revoked, its time is
        over, the search was removed, or the account of its owner rests.
        """
        with self._notebook.reading() as connection:
            search_id = target_of(connection, secret, self._clock()).search_id
            try:
                found = readable(connection, LOCAL, search_id or "")
            except UnknownSearchError as error:
                raise dead_link() from error
            check_owner(connection, found.owner)
            return found
