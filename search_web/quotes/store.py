"""Collections of quotes in the notebook: making, changing, ordering, removing and taking back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import InvalidRequestError, UnknownQuoteError
from search_web.access.model import LOCAL
from search_web.quotes import quote_changes, records
from search_web.quotes.changing import CollectionChanges, changed, field_changes, made_collection
from search_web.quotes.editing import add_quotes, check_free, record_change, whole
from search_web.quotes.guard import (
    editable,
    editable_quote,
    managed,
    readable,
    readable_named,
    readable_quote,
)
from search_web.quotes.history import Action, Change, Stamp, changes_of
from search_web.quotes.records import Summary
from search_web.quotes.sharing import may_read
from search_web.quotes.taking_in import taken_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from search_web.access.model import Person
    from search_web.notebook.database import Notebook
    from search_web.quotes.model import Collection, Quote, Visibility

__all__ = ["QuoteStore", "Removed", "Summary"]


class Removed(NamedTuple):
    """What lies in the bin of a collection, in its order, and the version of the collection."""

    quotes: tuple[Quote, ...]
    version: int


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class QuoteStore:
    """The collections of one notebook, as they are for a person. Many threads and processes may use them at once.

    Every method is one transaction. Those that change something take the version that the caller has seen as
    `expected`, and raise ConflictError when it is no longer that one; None changes whatever is there. They raise
    UnknownCollectionError or UnknownQuoteError for what is not there or was removed, or is private to somebody else,
    NotPermittedError for what is for others to do, InvalidRequestError for words that cannot be kept, and what
    `Notebook` raises.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = _now, person: Person = LOCAL) -> None:
        self._notebook = notebook
        self._clock = clock
        self._person = person

    def as_seen_by(self, person: Person) -> QuoteStore:
        """Return the collections of the same notebook as they are for this person, who makes the changes."""
        return QuoteStore(self._notebook, self._clock, person)

    def collections(self, *, removed: bool = False) -> tuple[Summary, ...]:
        """Return all collections by name, without their quotes, or those that were `removed`, the last one first."""
        with self._notebook.reading() as connection:
            found = records.summaries(connection, removed=removed)
        return tuple(one for one in found if may_read(self._person, one.collection))

    def collection(self, collection_id: str) -> Collection:
        """Return a collection with its quotes in their order."""
        with self._notebook.reading() as connection:
            found = readable(connection, self._person, collection_id)
            return replace(found, quotes=records.quotes_of(connection, collection_id))

    def named(self, name_or_id: str) -> Collection:
        """Return the collection with this id, or else with this name, the person's own before others, with its quotes.

        Raises InvalidRequestError where several others have the name.
        """
        with self._notebook.reading() as connection:
            return whole(connection, readable_named(connection, self._person, " ".join(name_or_id.split())).id)

    def own(self, name: str) -> Collection | None:
        """Return the person's own collection of this name, with its quotes; None when there is none."""
        with self._notebook.reading() as connection:
            found = records.id_named(connection, " ".join(name.split()), self._person.id)
            return None if found is None else whole(connection, found)

    def removed_quotes(self, collection_id: str) -> Removed:
        """Return the quotes of a collection that were removed."""
        with self._notebook.reading() as connection:
            version = readable(connection, self._person, collection_id).version
            return Removed(records.quotes_of(connection, collection_id, removed=True), version)

    def quote(self, quote_id: str) -> Quote:
        """Return a quote."""
        with self._notebook.reading() as connection:
            return readable_quote(connection, self._person, quote_id)

    def holds_quote(self, quote_id: str) -> bool:
        """Whether there is a quote with this id, though it be in the bin."""
        with self._notebook.reading() as connection, suppress(UnknownQuoteError):
            return bool(readable_quote(connection, self._person, quote_id, removed=True))
        return False

    def quotes_from(self, transcript_id: str) -> tuple[Quote, ...]:
        """Return the quotes of all collections that were taken from a transcript."""
        with self._notebook.reading() as connection:
            found = records.quotes_from(connection, transcript_id)
            holders = {one.collection_id: records.find_collection(connection, one.collection_id) for one in found}
        seen = {key for key, holder in holders.items() if holder is not None and may_read(self._person, holder)}
        return tuple(one for one in found if one.collection_id in seen)

    def history(self, collection_id: str, quote_id: str | None = None) -> tuple[Change, ...]:
        """Return the changes of a collection (though it was removed), or of one quote in it, the latest first."""
        with self._notebook.reading() as connection:
            readable(connection, self._person, collection_id, removed=True)
            return changes_of(connection, collection_id, quote_id)

    def create(self, name: str, description: str = "", visibility: Visibility | None = None) -> Collection:
        """Make a collection of the person's own. Raises NameTakenError when another one of theirs has this name."""
        with self._notebook.writing() as connection:
            return made_collection(connection, self._person, self._stamp(), name, description, visibility=visibility)

    def edit(
        self,
        collection_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        visibility: Visibility | None = None,
        owner: str | None = None,
        expected: int | None = None,
    ) -> Collection:
        """Change a collection itself, and return it with its quotes. None leaves as it is.

        With `owner` it is handed over to another account; where that has one of its name, it gets a number behind it.
        So it does wherever its owner has one that the person may not read.
        """
        wanted = CollectionChanges(name, description, visibility, owner)
        with self._notebook.writing() as connection:
            before = editable(connection, self._person, collection_id, expected)
            after = changed(connection, self._person, before, wanted)
            if after != before:
                records.update_collection(connection, after)
                told = field_changes(before, after)
                record_change(connection, self._stamp(), Action.EDITED, collection_id, None, *told)
            kept = whole(connection, collection_id)
            # Who no longer reads it does not learn that its new owner has another one of that name.
            return kept if may_read(self._person, after) else replace(kept, name=wanted.applied_to(before).name)

    def remove(self, collection_id: str, *, expected: int | None = None) -> None:
        """Put a collection with all its quotes into the bin."""
        with self._notebook.writing() as connection:
            managed(connection, self._person, collection_id, expected)
            records.mark_removed(connection, "collections", collection_id, self._clock())
            record_change(connection, self._stamp(), Action.REMOVED, collection_id, None)

    def restore(self, collection_id: str) -> Collection:
        """Take a collection back as it was. Raises NameTakenError when another one has taken its name."""
        with self._notebook.writing() as connection:
            found = managed(connection, self._person, collection_id, removed=True)
            if records.is_removed(connection, "collections", collection_id):
                check_free(connection, self._person, found)
                records.mark_removed(connection, "collections", collection_id, None)
                record_change(connection, self._stamp(), Action.RESTORED, collection_id, None)
            return whole(connection, collection_id)

    def add(self, collection_id: str, quotes: Iterable[Quote], *, expected: int | None = None) -> tuple[Quote, ...]:
        """Add quotes behind those of a collection, and return them as they are kept.

        A quote that the collection holds already, by its id, is not added again; one whose id another collection has
        gets an id of its own.
        """
        with self._notebook.writing() as connection:
            editable(connection, self._person, collection_id, expected)
            return add_quotes(connection, self._stamp(), collection_id, quotes)

    def take_in(self, collection: Collection, name: str | None = None) -> tuple[Collection, tuple[Quote, ...]]:
        """Add the quotes of a collection that was read from a file, all or none of them, as `add` does.

        They go into the collection of this name or id, or else into the person's own of the name that the file gives,
        which is made where it is missing. Returns that collection, and the quotes that were added.
        """
        with self._notebook.writing() as connection:
            return taken_in(connection, self._person, self._stamp(), collection, name)

    def edit_quote(
        self,
        quote_id: str,
        *,
        note: str | None = None,
        tags: Iterable[str] | None = None,
        expected: int | None = None,
    ) -> Quote:
        """Change the note or the tags of a quote, and return it. None leaves as it is."""
        with self._notebook.writing() as connection:
            before = editable_quote(connection, self._person, quote_id, expected)
            return quote_changes.edit(connection, self._stamp(), before, note, tags)

    def move_quote(
        self, quote_id: str, *, before: str | None = None, after: str | None = None, expected: int | None = None
    ) -> Collection:
        """Put a quote right before or right after another one of its collection, and return the collection.

        `expected` is the version of the collection, whose order this changes.
        """
        if (before is None) == (after is None):
            raise InvalidRequestError("name one other quote, as before or as after", where="place")
        with self._notebook.writing() as connection:
            quote = editable_quote(connection, self._person, quote_id)
            editable(connection, self._person, quote.collection_id, expected)
            other = readable_quote(connection, self._person, str(before if after is None else after))
            quote_changes.move(connection, self._stamp(), quote, other, after=after is not None)
            return whole(connection, quote.collection_id)

    def remove_quote(self, quote_id: str, *, expected: int | None = None) -> None:
        """Put a quote into the bin of its collection."""
        with self._notebook.writing() as connection:
            quote = editable_quote(connection, self._person, quote_id, expected)
            quote_changes.remove(connection, self._stamp(), quote)

    def restore_quote(self, quote_id: str) -> Quote:
        """Take a quote back to where it stood."""
        with self._notebook.writing() as connection:
            quote = editable_quote(connection, self._person, quote_id, removed=True)
            if not records.is_removed(connection, "quotes", quote_id):
                return readable_quote(connection, self._person, quote_id)
            readable(connection, self._person, quote.collection_id)
            return quote_changes.restore(connection, self._stamp(), quote)

    def _stamp(self) -> Stamp:
        return Stamp(self._clock(), self._person.id)
