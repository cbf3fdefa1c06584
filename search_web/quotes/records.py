"""Collections and quotes as rows of the notebook: SQL in, values out, within a transaction that the caller holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.model import Delivery
from search_web.quotes.codec import from_text, to_text
from search_web.quotes.model import Collection, Occasion, Place, Quote, Visibility, Voice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_COLLECTION_COLUMNS = "id, name, description, created_at, updated_at, version, owner, visibility, removed_at"
_COLLECTION = f"SELECT {_COLLECTION_COLUMNS} FROM collections"  # noqa: S608 - names of columns.
_SUMMARY = f"""
SELECT {_COLLECTION_COLUMNS},
    (SELECT count(*) FROM quotes q WHERE q.collection_id = c.id AND q.removed_at IS NULL)
FROM collections c
"""  # noqa: S608 - as above.
_QUOTE_COLUMNS = (
    'id, collection_id, text, language, delivery, transcript_id, passage_id, "start", "end", source_digest,'
    " source_path, context_before, context_after, voice, occasion, question, url, collected_at, note, tags, version"
)
_QUOTE = f"SELECT {_QUOTE_COLUMNS} FROM quotes"  # noqa: S608 - names of columns.
_ADD_QUOTE = f"""
INSERT INTO quotes ({_QUOTE_COLUMNS}, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    (SELECT coalesce(max(position), 0) + 1 FROM quotes WHERE collection_id = ?))
"""  # noqa: S608 - as above.
_FROM_TRANSCRIPT = f"""{_QUOTE}
WHERE transcript_id = ? AND removed_at IS NULL
    AND collection_id IN (SELECT id FROM collections WHERE removed_at IS NULL)
ORDER BY passage_id, "start", id
"""  # noqa: S608 - as above.
_Asked = tuple[Voice, str]
_Tags = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A collection as a list shows it: without its quotes, which `count` counts. `removed_at` is set in the bin."""

    collection: Collection
    count: int
    removed_at: datetime | None = None


def summaries(connection: sqlite3.Connection, *, removed: bool) -> tuple[Summary, ...]:
    """Return the collections that stand, by name, or those in the bin, the last one first."""
    order = "c.removed_at IS NOT NULL ORDER BY c.removed_at DESC, c.id" if removed else "c.removed_at IS NULL"
    found = connection.execute(f"{_SUMMARY} WHERE {order}").fetchall()
    listed = tuple(Summary(_collection(record), record[-1], _time(record[-2])) for record in found)
    return listed if removed else tuple(sorted(listed, key=lambda summary: summary.collection.name.casefold()))


def find_collection(connection: sqlite3.Connection, collection_id: str) -> Collection | None:
    """Return a collection without its quotes, though it be in the bin; None when there is none."""
    record = connection.execute(f"{_COLLECTION} WHERE id = ?", (collection_id,)).fetchone()
    return None if record is None else _collection(record)


def collections_named(connection: sqlite3.Connection, name: str) -> tuple[Collection, ...]:
    """Return the collections that stand and have this name, of all owners, without their quotes."""
    found = connection.execute(f"{_COLLECTION} WHERE name = ? AND removed_at IS NULL ORDER BY id", (name,))
    return tuple(map(_collection, found))


def owned_by(connection: sqlite3.Connection, owner: str) -> tuple[Collection, ...]:
    """Return the collections of an account, those in the bin too, without their quotes."""
    return tuple(map(_collection, connection.execute(f"{_COLLECTION} WHERE owner = ? ORDER BY id", (owner,))))


def namesakes(connection: sqlite3.Connection, wanted: Collection) -> tuple[Collection, ...]:
    """Return the other collections of the same owner that stand and have the same name, without their quotes."""
    sql = f"{_COLLECTION} WHERE name = ? AND owner IS ? AND id != ? AND removed_at IS NULL"
    return tuple(map(_collection, connection.execute(sql, (wanted.name, wanted.owner, wanted.id))))


def id_named(connection: sqlite3.Connection, name: str, owner: str | None) -> str | None:
    """Return the id of the collection with this name, if one that stands and belongs to this owner has it.

    Of two it is the private one.
    """
    sql = "SELECT id FROM collections WHERE name = ? AND owner IS ? AND removed_at IS NULL ORDER BY visibility"
    record = connection.execute(sql, (name, owner)).fetchone()
    return None if record is None else str(record[0])


def is_removed(connection: sqlite3.Connection, table: str, row_id: str) -> bool:
    """Whether a row of the table `collections` or `quotes` that is there lies in the bin."""
    (removed_at,) = connection.execute(f"SELECT removed_at FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
    return removed_at is not None


def mark_removed(connection: sqlite3.Connection, table: str, row_id: str, removed_at: datetime | None) -> None:
    """Put a row of the table `collections` or `quotes` into the bin, or take it out."""
    sql = f"UPDATE {table} SET removed_at = ? WHERE id = ?"  # noqa: S608 - names of our own.
    connection.execute(sql, (removed_at.isoformat() if removed_at else None, row_id))


def add_collection(connection: sqlite3.Connection, new: Collection) -> None:
    """Write a new collection, without quotes."""
    values = (new.id, new.name, new.description, new.created_at.isoformat(), new.updated_at.isoformat(), new.version)
    sql = f"INSERT INTO collections ({_COLLECTION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"  # noqa: S608 - as above.
    connection.execute(sql, (*values, new.owner, new.visibility))


def update_collection(connection: sqlite3.Connection, changed: Collection) -> None:
    """Write what may change of a collection itself."""
    sql = """UPDATE collections
        SET name = ?, description = ?, updated_at = ?, version = ?, owner = ?, visibility = ? WHERE id = ?"""
    words = (changed.name, changed.description, changed.updated_at.isoformat(), changed.version)
    connection.execute(sql, (*words, changed.owner, changed.visibility, changed.id))


def quotes_of(connection: sqlite3.Connection, collection_id: str, *, removed: bool = False) -> tuple[Quote, ...]:
    """Return the quotes of a collection in their order, or those of its bin."""
    state = "IS NOT NULL" if removed else "IS NULL"
    sql = f"{_QUOTE} WHERE collection_id = ? AND removed_at {state} ORDER BY position, id"
    return tuple(map(_quote, connection.execute(sql, (collection_id,))))


def quotes_from(connection: sqlite3.Connection, transcript_id: str) -> tuple[Quote, ...]:
    """Return the quotes of all collections that were taken from a transcript, by passage and place in it."""
    return tuple(map(_quote, connection.execute(_FROM_TRANSCRIPT, (transcript_id,))))


def find_quote(connection: sqlite3.Connection, quote_id: str) -> Quote | None:
    """Return a quote, though it or its collection be in the bin; None when there is none."""
    record = connection.execute(f"{_QUOTE} WHERE id = ?", (quote_id,)).fetchone()
    return None if record is None else _quote(record)


def holder_of(connection: sqlite3.Connection, quote_id: str) -> str | None:
    """Return the id of the collection that a quote belongs to, though it be in the bin; None when there is none."""
    record = connection.execute("SELECT collection_id FROM quotes WHERE id = ?", (quote_id,)).fetchone()
    return None if record is None else str(record[0])


def add_quote(connection: sqlite3.Connection, quote: Quote) -> None:
    """Write a new quote behind all others of its collection."""
    place, occasion = quote.place, to_text(Occasion, quote.occasion)
    values = (
        quote.id, quote.collection_id, quote.text, quote.language, quote.delivery, place.transcript_id,
        place.passage_id, place.start, place.end, place.source_digest, place.source_path, *place.context,
        to_text(Voice, quote.voice), occasion, to_text(_Asked, quote.question) if quote.question else None, quote.url,
        quote.collected_at.isoformat(), quote.note, to_text(_Tags, quote.tags), quote.version,
    )  # fmt: skip
    connection.execute(_ADD_QUOTE, (*values, quote.collection_id))


def update_quote(connection: sqlite3.Connection, changed: Quote) -> None:
    """Write what may change of a quote: never its words or where they come from."""
    sql = "UPDATE quotes SET note = ?, tags = ?, version = ? WHERE id = ?"
    connection.execute(sql, (changed.note, to_text(_Tags, changed.tags), changed.version, changed.id))


def position_of(connection: sqlite3.Connection, quote: Quote) -> int:
    """Return which quote of its collection, without those in the bin, this one is, counted from 1."""
    sql = """SELECT count(*) FROM quotes WHERE collection_id = ?1 AND removed_at IS NULL
        AND (position, id) <= (SELECT position, id FROM quotes WHERE id = ?2)"""
    (position,) = connection.execute(sql, (quote.collection_id, quote.id)).fetchone()
    return int(position)


def put_beside(connection: sqlite3.Connection, quote: Quote, other: Quote, *, after: bool) -> None:
    """Give a quote the place right before another of its collection, or right `after` it."""
    (position,) = connection.execute("SELECT position FROM quotes WHERE id = ?", (other.id,)).fetchone()
    place = position + after
    shift = "UPDATE quotes SET position = position + 1 WHERE collection_id = ? AND position >= ?"
    connection.execute(shift, (quote.collection_id, place))
    connection.execute("UPDATE quotes SET position = ? WHERE id = ?", (place, quote.id))


def _collection(record: Sequence[Any]) -> Collection:
    collection_id, name, description, created_at, updated_at, version, owner, visibility = record[:8]
    created, updated = datetime.fromisoformat(created_at), datetime.fromisoformat(updated_at)
    return Collection(
        collection_id,
        name,
        description,
        created,
        updated,
        version=version,
        owner=owner,
        visibility=Visibility(visibility),
    )


def _quote(record: Sequence[Any]) -> Quote:
    (
        quote_id, collection_id, text, language, delivery, transcript_id, passage_id, start, end, source_digest,
        source_path, before, after, voice, occasion, question, url, collected_at, note, tags, version,
    ) = record  # fmt: skip
    where = f"quote {quote_id}"
    return Quote(
        id=quote_id,
        collection_id=collection_id,
        text=text,
        language=language,
        delivery=Delivery(delivery),
        place=Place(transcript_id, passage_id, start, end, source_digest, source_path, (before, after)),
        voice=from_text(Voice, voice, where),
        occasion=from_text(Occasion, occasion, where),
        question=None if question is None else from_text(_Asked, question, where),
        url=url,
        collected_at=datetime.fromisoformat(collected_at),
        note=note,
        tags=from_text(_Tags, tags, where),
        version=version,
    )


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
