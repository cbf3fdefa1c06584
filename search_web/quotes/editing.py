"""What every change of the notebook does: check what it stands on, raise versions, and write itself down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from indexer.errors import NameTakenError, UnknownCollectionError
from search_web.quotes import records
from search_web.quotes.history import Action, FieldChange, Stamp, note_change
from search_web.quotes.wording import checked_prose, checked_tags, numbered_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

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


def check_free(connection: sqlite3.Connection, name: str, owner: str | None) -> None:
    """Raise NameTakenError when a collection of this owner that stands has this name."""
    other = records.id_named(connection, name, owner)
    if other is not None:
        mend = "Take another name, or rename that one first"
        raise NameTakenError(f"the collection {other} is called '{name}'", where="name", mend=mend)


def free_name(connection: sqlite3.Connection, name: str, owner: str | None) -> str:
    """Return this name, or where a collection of this owner has it the name with the lowest number that is free."""
    return numbered_name(name, lambda one: records.id_named(connection, one, owner) is not None)


def _found(connection: sqlite3.Connection, collection_id: str) -> Collection:
    found = records.find_collection(connection, collection_id)
    if found is None:
        raise UnknownCollectionError("no collection has this id", where=collection_id)
    return found
