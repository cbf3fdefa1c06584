"""Collections of quotes in the notebook: making, changing, ordering, removing and taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import InvalidRequestError
from search_web.quotes import records
from search_web.quotes.editing import (
    add_quotes,
    check_free,
    expected_collection,
    expected_quote,
    fresh_id,
    raised,
    record_change,
    whole,
)
from search_web.quotes.history import Action, Change, FieldChange, changes_of, note_change
from search_web.quotes.model import Collection, Quote
from search_web.quotes.records import Summary
from search_web.quotes.wording import checked_name, checked_prose, checked_tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from search_web.notebook.database import Notebook

__all__ = ["QuoteStore", "Removed", "Summary"]


class Removed(NamedTuple):
    """What lies in the bin of a collection, in its order, and the version of the collection."""

    quotes: tuple[Quote, ...]
    version: int


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class QuoteStore:
    """The collections of one notebook. It may be used from many threads, and by many processes at once.

    Every method is one transaction. Those that change something take the version that the caller has seen as
    `expected`, and raise ConflictError when it is no longer that one; None changes whatever is there. They raise
    UnknownCollectionError or UnknownQuoteError for what is not there or was removed, InvalidRequestError for words
    that cannot be kept, and what `Notebook` raises.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = _now) -> None:
        self._notebook = notebook
        self._clock = clock

    def collections(self, *, removed: bool = False) -> tuple[Summary, ...]:
        """Return all collections by name, without their quotes, or those that were `removed`, the last one first."""
        with self._notebook.reading() as connection:
            return records.summaries(connection, removed=removed)

    def collection(self, collection_id: str) -> Collection:
        """Return a collection with its quotes in their order."""
        with self._notebook.reading() as connection:
            found = records.read_collection(connection, collection_id)
            return replace(found, quotes=records.quotes_of(connection, collection_id))

    def named(self, name_or_id: str) -> Collection:
        """Return the collection with this id, or else with this name, with its quotes."""
        with self._notebook.reading() as connection:
            return whole(connection, records.id_of(connection, " ".join(name_or_id.split())) or name_or_id)

    def removed_quotes(self, collection_id: str) -> Removed:
        """Return the quotes of a collection that were removed."""
        with self._notebook.reading() as connection:
            version = records.read_collection(connection, collection_id).version
            return Removed(records.quotes_of(connection, collection_id, removed=True), version)

    def quote(self, quote_id: str) -> Quote:
        """Return a quote."""
        with self._notebook.reading() as connection:
            return records.read_quote(connection, quote_id)

    def holds_quote(self, quote_id: str) -> bool:
        """Whether there is a quote with this id, though it be in the bin."""
        with self._notebook.reading() as connection:
            return records.holder_of(connection, quote_id) is not None

    def quotes_from(self, transcript_id: str) -> tuple[Quote, ...]:
        """Return the quotes of all collections that were taken from a transcript."""
        with self._notebook.reading() as connection:
            return records.quotes_from(connection, transcript_id)

    def history(self, collection_id: str, quote_id: str | None = None) -> tuple[Change, ...]:
        """Return the changes of a collection (though it was removed), or of one quote in it, the latest first."""
        with self._notebook.reading() as connection:
            records.read_collection(connection, collection_id, removed=True)
            return changes_of(connection, collection_id, quote_id)

    def create(self, name: str, description: str = "") -> Collection:
        """Make a collection. Raises NameTakenError when another one has this name."""
        with self._notebook.writing() as connection:
            return self._create(connection, name, description)

    def edit(
        self,
        collection_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        expected: int | None = None,
    ) -> Collection:
        """Change the name or the description of a collection, and return it with its quotes. None leaves as it is."""
        with self._notebook.writing() as connection:
            before = expected_collection(connection, collection_id, expected)
            after = replace(
                before,
                name=before.name if name is None else checked_name(name),
                description=before.description if description is None else checked_prose("description", description),
            )
            if after.name != before.name:
                check_free(connection, after.name)
            if after != before:
                records.update_collection(connection, after)
                fields = (
                    FieldChange("name", before.name, after.name),
                    FieldChange("description", before.description, after.description),
                )
                record_change(connection, self._clock(), Action.EDITED, collection_id, None, *fields)
            return whole(connection, collection_id)

    def remove(self, collection_id: str, *, expected: int | None = None) -> None:
        """Put a collection with all its quotes into the bin."""
        with self._notebook.writing() as connection:
            expected_collection(connection, collection_id, expected)
            records.mark_removed(connection, "collections", collection_id, self._clock())
            record_change(connection, self._clock(), Action.REMOVED, collection_id, None)

    def restore(self, collection_id: str) -> Collection:
        """Take a collection back as it was. Raises NameTakenError when another one has taken its name."""
        with self._notebook.writing() as connection:
            found = records.read_collection(connection, collection_id, removed=True)
            if records.is_removed(connection, "collections", collection_id):
                check_free(connection, found.name)
                records.mark_removed(connection, "collections", collection_id, None)
                record_change(connection, self._clock(), Action.RESTORED, collection_id, None)
            return whole(connection, collection_id)

    def add(self, collection_id: str, quotes: Iterable[Quote], *, expected: int | None = None) -> tuple[Quote, ...]:
        """Add quotes behind those of a collection, and return them as they are kept.

        A quote that the collection holds already, by its id, is not added again; one whose id another collection has
        gets an id of its own.
        """
        with self._notebook.writing() as connection:
            expected_collection(connection, collection_id, expected)
            return add_quotes(connection, self._clock(), collection_id, quotes)

    def take_in(self, collection: Collection, name: str | None = None) -> tuple[Collection, tuple[Quote, ...]]:
        """Add the quotes of a collection that was read from a file, all or none of them, as `add` does.

        They go into the collection of this name or id, or else of the name that the file gives, which is made where it
        is missing. Returns that collection, and the quotes that were added.
        """
        with self._notebook.writing() as connection:
            wanted = checked_name(collection.name if name is None else name)
            into = records.id_of(connection, wanted)
            if into is None:
                into = self._create(connection, wanted, collection.description).id
            added = add_quotes(connection, self._clock(), into, collection.quotes)
            return whole(connection, into), added

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
            before = expected_quote(connection, quote_id, expected)
            after = replace(
                before,
                note=before.note if note is None else checked_prose("note", note),
                tags=before.tags if tags is None else checked_tags(tags),
            )
            if after == before:
                return before
            fields = (
                FieldChange("note", before.note, after.note),
                FieldChange("tags", "\n".join(before.tags), "\n".join(after.tags)),
            )
            after = raised(connection, after)
            record_change(connection, self._clock(), Action.EDITED, after.collection_id, quote_id, *fields)
            return after

    def move_quote(
        self, quote_id: str, *, before: str | None = None, after: str | None = None, expected: int | None = None
    ) -> Collection:
        """Put a quote right before or right after another one of its collection, and return the collection.

        `expected` is the version of the collection, whose order this changes.
        """
        if (before is None) == (after is None):
            raise InvalidRequestError("name one other quote, as before or as after", where="place")
        with self._notebook.writing() as connection:
            quote = records.read_quote(connection, quote_id)
            expected_collection(connection, quote.collection_id, expected)
            other = records.read_quote(connection, str(before if after is None else after))
            if other.collection_id != quote.collection_id:
                raise InvalidRequestError("the other quote stands in another collection", where=other.id)
            old = records.position_of(connection, quote)
            if other.id != quote.id:
                records.put_beside(connection, quote, other, after=after is not None)
            if old != (new := records.position_of(connection, quote)):
                field = FieldChange("position", str(old), str(new))
                record_change(connection, self._clock(), Action.MOVED, quote.collection_id, quote_id, field)
            return whole(connection, quote.collection_id)

    def remove_quote(self, quote_id: str, *, expected: int | None = None) -> None:
        """Put a quote into the bin of its collection."""
        with self._notebook.writing() as connection:
            quote = expected_quote(connection, quote_id, expected)
            records.mark_removed(connection, "quotes", quote_id, self._clock())
            raised(connection, quote)
            record_change(
                connection,
                self._clock(),
                Action.REMOVED,
                quote.collection_id,
                quote_id,
                FieldChange("text", quote.text, ""),
            )

    def restore_quote(self, quote_id: str) -> Quote:
        """Take a quote back to where it stood."""
        with self._notebook.writing() as connection:
            quote = records.read_quote(connection, quote_id, removed=True)
            if not records.is_removed(connection, "quotes", quote_id):
                return records.read_quote(connection, quote_id)
            records.read_collection(connection, quote.collection_id)
            records.mark_removed(connection, "quotes", quote_id, None)
            quote = raised(connection, quote)
            field = FieldChange("text", "", quote.text)
            record_change(connection, self._clock(), Action.RESTORED, quote.collection_id, quote_id, field)
            return quote

    def _create(self, connection: sqlite3.Connection, name: str, description: str) -> Collection:
        now, name = self._clock(), checked_name(name)
        check_free(connection, name)
        made = Collection(fresh_id(), name, checked_prose("description", description), now, now)
        records.add_collection(connection, made)
        note_change(connection, now, Action.CREATED, made.id, None, FieldChange("name", "", name))
        return made
