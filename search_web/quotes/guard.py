"""Collections and quotes as they are for one person, within a transaction: nothing is read past `sharing`.

What a person may not read raises what raises where there is nothing at all, in the same words. Each function raises
UnknownCollectionError or UnknownQuoteError for what is not there or was removed, NotPermittedError for what the person
may read but not change so, and ConflictError where it has another version than the `expected` one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import (
    ConflictError,
    InvalidRequestError,
    NotPermittedError,
    UnknownCollectionError,
    UnknownQuoteError,
)
from search_web.quotes import records
from search_web.quotes.sharing import is_own, may_manage, may_read, may_write

if TYPE_CHECKING:
    import sqlite3

    from search_web.access.model import Person
    from search_web.quotes.model import Collection, Quote


def readable(
    connection: sqlite3.Connection, person: Person, collection_id: str, *, removed: bool = False
) -> Collection:
    """Return a collection that this person may read, without its quotes; with `removed` though it be in the bin."""
    found = records.find_collection(connection, collection_id)
    if found is None or not may_read(person, found):
        mend = "`yuanhua quotes list` lists those that there are"
        raise UnknownCollectionError("no collection has this id or name", where=collection_id, mend=mend)
    if not removed and records.is_removed(connection, "collections", collection_id):
        mend = f"Take it back with: yuanhua quotes restore {collection_id}"
        raise UnknownCollectionError(f"the collection '{found.name}' was removed", where=collection_id, mend=mend)
    return found


def editable(
    connection: sqlite3.Connection, person: Person, collection_id: str, expected: int | None = None
) -> Collection:
    """Return a collection that this person may change, without its quotes."""
    found = readable(connection, person, collection_id)
    check_writes(person)
    _check_version(found.version, expected, f"collection {collection_id}")
    return found


def managed(
    connection: sqlite3.Connection,
    person: Person,
    collection_id: str,
    expected: int | None = None,
    *,
    removed: bool = False,
) -> Collection:
    """Return a collection whose fate is this person's to decide, without its quotes."""
    found = readable(connection, person, collection_id, removed=removed)
    check_manage(person, found)
    _check_version(found.version, expected, f"collection {collection_id}")
    return found


def check_writes(person: Person) -> None:
    """Raise NotPermittedError unless this person changes what they may read."""
    if not may_write(person):
        what = "this account or token reads collections and searches, and does not change them"
        raise NotPermittedError(what, mend="Ask an administrator for an account that writes")


def check_manage(person: Person, found: Collection) -> None:
    """Raise NotPermittedError unless the fate of a collection is this person's to decide."""
    if not may_manage(person, found):
        what = "only its owner or an administrator says who sees a collection, removes it or hands it over"
        raise NotPermittedError(what, where=found.id, mend="Ask one of them")


def readable_named(connection: sqlite3.Connection, person: Person, name_or_id: str) -> Collection:
    """Return the collection with this id, or else with this name: the person's own, or the only one of another owner.

    Raises InvalidRequestError where several others have the name.
    """
    found = records.find_collection(connection, name_or_id)
    if found is None or not may_read(person, found):
        named = [one for one in records.collections_named(connection, name_or_id) if may_read(person, one)]
        named = [one for one in named if is_own(person, one)] or named
        if len(named) > 1:
            what = f"{len(named)} collections are called '{name_or_id}': {', '.join(one.id for one in named)}"
            raise InvalidRequestError(what, where="name", mend="Give the id of the one that is meant")
        if named:
            return named[0]
    return readable(connection, person, name_or_id)


def readable_quote(connection: sqlite3.Connection, person: Person, quote_id: str, *, removed: bool = False) -> Quote:
    """Return a quote that this person may read; with `removed` though it or its collection be in the bin."""
    quote = records.find_quote(connection, quote_id)
    holder = None if quote is None else records.find_collection(connection, quote.collection_id)
    if quote is None or holder is None or not may_read(person, holder):
        mend = "`yuanhua quotes list COLLECTION` lists the quotes of one"
        raise UnknownQuoteError("no quote has this id", where=quote_id, mend=mend)
    if not removed:
        for table, row_id in (("collections", quote.collection_id), ("quotes", quote.id)):
            if records.is_removed(connection, table, row_id):
                what = "the quote was removed" if table == "quotes" else "the collection of the quote was removed"
                raise UnknownQuoteError(
                    what, where=quote_id, mend=f"Take it back with: yuanhua quotes restore {row_id}"
                )
    return quote


def editable_quote(
    connection: sqlite3.Connection, person: Person, quote_id: str, expected: int | None = None, *, removed: bool = False
) -> Quote:
    """Return a quote that this person may change."""
    quote = readable_quote(connection, person, quote_id, removed=removed)
    check_writes(person)
    _check_version(quote.version, expected, f"quote {quote_id}")
    return quote


def _check_version(current: int, expected: int | None, where: str) -> None:
    if expected is not None and current != expected:
        what = f"somebody has changed it meanwhile: this is version {current}, and not {expected}"
        mend = "Read it again, and repeat the change on what is there now"
        raise ConflictError(what, where=where, mend=mend, current=current)
