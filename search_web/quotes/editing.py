"""What every change of the notebook does: check what it stands on, raise versions, and write itself down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from indexer.errors import NameTakenError, UnknownCollectionError
from search_web.quotes import records
from search_web.quotes.history import Action, FieldChange, Stamp, note_change
from search_web.quotes.sharing import is_own, may_read
from search_web.quotes.wording import checked_prose, checked_tags, numbered_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from search_web.access.model import Person
    from search_web.quotes.model import Collection, Quote

_ID_LENGTH = 12


def record_change(
    connection: sqlite3.Connection,
    stamp: Stamp,
    action: Action,
    collection_id: str,
    quote_id: str | None,
    *fields: FieldChange,
) -> None:
    """Write a change into the history, with those fields that it changed, and raise the version of the collection."""
    changed = [field for field in fields if field.before != field.after]
    note_change(connection, stamp, action, collection_id, quote_id, *changed)
    collection = _found(connection, collection_id)
    records.update_collection(connection, replace(collection, version=collection.version + 1, updated_at=stamp.at))


def fresh_id() -> str:
    """Return an id that no quote and no collection has."""
    return uuid4().hex[:_ID_LENGTH]


def add_quotes(
    connection: sqlite3.Connection, stamp: Stamp, collection_id: str, quotes: Iterable[Quote]
) -> tuple[Quote, ...]:
    """Write quotes behind those of a collection, but for those that it holds already, and return them as they are kept.

    One whose id another collection has gets an id of its own.
    """
    added = []
    for quote in quotes:
        holder = records.holder_of(connection, quote.id)
        if holder == collection_id:
            continue
        kept = replace(
            quote,
            id=quote.id if holder is None else fresh_id(),
            collection_id=collection_id,
            note=checked_prose("note", quote.note),
            tags=checked_tags(quote.tags),
            version=1,
        )
        records.add_quote(connection, kept)
        record_change(connection, stamp, Action.ADDED, collection_id, kept.id, FieldChange("text", "", kept.text))
        added.append(kept)
    return tuple(added)


def whole(connection: sqlite3.Connection, collection_id: str) -> Collection:
    """Return a collection with its quotes, as it is kept: whether a person may read it was asked before."""
    found = _found(connection, collection_id)
    return replace(found, quotes=records.quotes_of(connection, collection_id))


def raised(connection: sqlite3.Connection, quote: Quote) -> Quote:
    """Write a changed quote with the next version, and return it so."""
    changed = replace(quote, version=quote.version + 1)
    records.update_quote(connection, changed)
    return changed


def check_free(connection: sqlite3.Connection, person: Person, wanted: Collection) -> None:
    """Raise NameTakenError when another collection of its owner stands by this name, and the person may know it."""
    for other in records.namesakes(connection, wanted):
        if is_own(person, other) or may_read(person, other):
            mend = "Take another name, or rename that one first"
            raise NameTakenError(f"the collection {other.id} is called '{wanted.name}'", where="name", mend=mend)


def free_name(connection: sqlite3.Connection, wanted: Collection) -> str:
    """Return its name, or that with the lowest number that its owner has not: once in private, and once shared."""

    def is_taken(name: str) -> bool:
        others = records.namesakes(connection, replace(wanted, name=name))
        return any(other.visibility is wanted.visibility for other in others)

    return numbered_name(wanted.name, is_taken)


def _found(connection: sqlite3.Connection, collection_id: str) -> Collection:
    found = records.find_collection(connection, collection_id)
    if found is None:
        raise UnknownCollectionError("no collection has this id", where=collection_id)
    return found
