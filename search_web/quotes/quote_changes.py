"""What may be changed of a quote, within a transaction: its note and tags, its place, and whether it is there.

Whether a person may do so was asked before (guard.py). Each change writes itself into the history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from search_web.quotes import records
from search_web.quotes.editing import raised, record_change
from search_web.quotes.history import Action, FieldChange
from search_web.quotes.wording import checked_prose, checked_tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from search_web.quotes.history import Stamp
    from search_web.quotes.model import Quote


def edit(
    connection: sqlite3.Connection, stamp: Stamp, before: Quote, note: str | None, tags: Iterable[str] | None
) -> Quote:
    """Change the note or the tags of a quote, and return it. None leaves as it is."""
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
    record_change(connection, stamp, Action.EDITED, after.collection_id, after.id, *fields)
    return after


def move(connection: sqlite3.Connection, stamp: Stamp, quote: Quote, other: Quote, *, after: bool) -> None:
    """Put a quote right before or right `after` another one of its collection. Raises InvalidRequestError."""
    if other.collection_id != quote.collection_id:
        raise InvalidRequestError("the other quote stands in another collection", where=other.id)
    old = records.position_of(connection, quote)
    if other.id != quote.id:
        records.put_beside(connection, quote, other, after=after)
    if old != (new := records.position_of(connection, quote)):
        field = FieldChange("position", str(old), str(new))
        record_change(connection, stamp, Action.MOVED, quote.collection_id, quote.id, field)


def remove(connection: sqlite3.Connection, stamp: Stamp, quote: Quote) -> None:
    """Put a quote into the bin of its collection."""
    records.mark_removed(connection, "quotes", quote.id, stamp.at)
    raised(connection, quote)
    field = FieldChange("text", quote.text, "")
    record_change(connection, stamp, Action.REMOVED, quote.collection_id, quote.id, field)


def restore(connection: sqlite3.Connection, stamp: Stamp, quote: Quote) -> Quote:
    """Take a quote out of the bin to where it stood, and return it."""
    records.mark_removed(connection, "quotes", quote.id, None)
    quote = raised(connection, quote)
    field = FieldChange("text", "", quote.text)
    record_change(connection, stamp, Action.RESTORED, quote.collection_id, quote.id, field)
    return quote
