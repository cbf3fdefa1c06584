"""The links by which people without an account read a collection."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.errors import UnknownCollectionError
from search_web.access.model import LOCAL
from search_web.quotes.editing import whole
from search_web.quotes.guard import managed, readable
from search_web.quotes.history import Action, FieldChange, Stamp, note_change
from search_web.quotes.links import Target, add_link, check_owner, dead_link, links_to, revoke_link, target_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_web.access.model import Person
    from search_web.notebook.database import Notebook
    from search_web.quotes.links import Link, NewLink
    from search_web.quotes.model import Collection


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class CollectionLinks:
    """The links to the collections of one notebook, for a person. Many threads and processes may use them at once.

    Every method is one transaction. They raise UnknownCollectionError and NotPermittedError as those of `QuoteStore`
    do: a link is made, seen and revoked by those who may say who sees the collection.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = _now, person: Person = LOCAL) -> None:
        self._notebook = notebook
        self._clock = clock
        self._person = person

    def as_seen_by(self, person: Person) -> CollectionLinks:
        """Return the links of the same notebook for this person."""
        return CollectionLinks(self._notebook, self._clock, person)

    def to(self, collection_id: str) -> tuple[Link, ...]:
        """Return the links to a collection that work, the latest first."""
        with self._notebook.reading() as connection:
            managed(connection, self._person, collection_id)
            return links_to(connection, Target(collection_id, None), self._clock())

    def make(self, collection_id: str, days: int | None = None) -> NewLink:
        """Make a link that works for so many days, or until it is revoked. Raises InvalidRequestError."""
        with self._notebook.writing() as connection:
            managed(connection, self._person, collection_id)
            stamp = Stamp(self._clock(), self._person.id)
            made = add_link(connection, stamp, Target(collection_id, None), days)
            note_change(connection, stamp, Action.LINKED, collection_id, None, FieldChange("link", "", made.link.id))
            return made

    def revoke(self, collection_id: str, link_id: str) -> None:
        """Let a link work no more. Raises UnknownLinkError."""
        with self._notebook.writing() as connection:
            managed(connection, self._person, collection_id)
            stamp = Stamp(self._clock(), self._person.id)
            revoke_link(connection, Target(collection_id, None), link_id, stamp.at)
            note_change(connection, stamp, Action.UNLINKED, collection_id, None, FieldChange("link", link_id, ""))

    def opened(self, secret: str) -> Collection:
        """Return the collection that the link with this secret leads to, for whoever has it.

        Raises UnknownLinkError, in the same words whether there never was such a link, it was revoked, its time is
        over, the collection was removed, or the account of its owner rests.
        """
        with self._notebook.reading() as connection:
            collection_id = target_of(connection, secret, self._clock()).collection_id
            try:
                # The secret is the permission; only whether the collection stands is asked.
                found = readable(connection, LOCAL, collection_id or "")
            except UnknownCollectionError as error:
                raise dead_link() from error
            check_owner(connection, found.owner)
            return whole(connection, found.id)
