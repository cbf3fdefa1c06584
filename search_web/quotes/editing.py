"""What every change of the notebook does: check what it stands on, raise versions, and write itself down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from indexer.errors import ConflictError, NameTakenError
from search_web.quotes import records
from search_web.quotes.history import Action, FieldChange, note_change
from search_web.quotes.wording import checked_prose, checked_tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from search_web.quotes.model import Collection, Quote

_ID_LENGTH = 12


def record_change(
    connection: sqlite3.Connection,
    now: datetime,
    action: Action,
    collection_id: str,
    quote_id: str | None,
    *fields: FieldChange,
) -> None:
    """Write a change into the history, with those fields that it changed, and raise the version of the collection."""
    changed = [field for field in fields if field.before != field.after]
    note_change(connection, now, action, collection_id, quote_id, *changed)
    collection = records.read_collection(connection, collection_id, removed=True)
    records.update_collection(connection, replace(collection, version=collection.version + 1, updated_at=now))


def fresh_id() -> str:
    """Return an id that no quote and no collection has."""
    return uuid4().hex[:_ID_LENGTH]


def add_quotes(
    connection: sqlite3.Connection, now: datetime, collection_id: str, quotes: Iterable[Quote]
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
        record_change(connection, now, Action.ADDED, collection_id, kept.id, FieldChange("text", "", kept.text))
        added.append(kept)
    return tuple(added)


def whole(connection: sqlite3.Connection, collection_id: str) -> Collection:
    """Return a collection that stands, with its quotes."""
    found = records.read_collection(connection, collection_id)
    return replace(found, quotes=records.quotes_of(connection, collection_id))


def raised(connection: sqlite3.Connection, quote: Quote) -> Quote:
    """Write a changed quote with the next version, and return it so."""
    changed = replace(quote, version=quote.version + 1)
    records.update_quote(connection, changed)
    return changed


def check_free(connection: sqlite3.Connection, name: str) -> None:
    """Raise NameTakenError when a collection that stands has this name."""
    other = records.id_named(connection, name)
    if other is not None:
        mend = "Take another name, or rename that one first"
        raise NameTakenError(f"the collection {other} is called '{name}'", where="name", mend=mend)


def expected_collection(connection: sqlite3.Connection, collection_id: str, expected: int | None) -> Collection:
    """Return a collection without its quotes. Raises ConflictError when it has another version than `expected`."""
    found = records.read_collection(connection, collection_id)
    _check_version(found.version, expected, f"collection {collection_id}")
    return found


def expected_quote(connection: sqlite3.Connection, quote_id: str, expected: int | None) -> Quote:
    """Return a quote. Raises ConflictError when it has another version than `expected`."""
    found = records.read_quote(connection, quote_id)
    _check_version(found.version, expected, f"quote {quote_id}")
    return found


def _check_version(current: int, expected: int | None, where: str) -> None:
    if expected is not None and current != expected:
        what = f"somebody has changed it meanwhile: this is version {current}, and not {expected}"
        mend = "Read it again, and repeat the change on what is there now"
        raise ConflictError(what, where=where, mend=mend, current=current)
