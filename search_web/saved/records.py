"""Saved searches as rows of the notebook: SQL in, values out, within a transaction that the caller holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.errors import UnknownSearchError
from search_web.quotes.codec import from_text, to_text
from search_web.saved.model import Arguments, SavedSearch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_SEARCH = "SELECT id, name, arguments, created_at, seen_at, version, removed_at FROM saved_searches"


def read_all(connection: sqlite3.Connection, *, removed: bool) -> tuple[SavedSearch, ...]:
    """Return the searches that stand, by name, or those in the bin, the last one first."""
    order = "IS NOT NULL ORDER BY removed_at DESC, id" if removed else "IS NULL"
    found = tuple(map(_search, connection.execute(f"{_SEARCH} WHERE removed_at {order}")))
    return found if removed else tuple(sorted(found, key=lambda search: search.name.casefold()))


def read_search(connection: sqlite3.Connection, id_or_name: str, *, removed: bool = False) -> SavedSearch:
    """Return the search with this id or name. Raises UnknownSearchError when there is none, or it is in the bin."""
    kept = "" if removed else "AND removed_at IS NULL"
    order = "ORDER BY id = ? DESC, removed_at IS NULL DESC LIMIT 1"
    record = connection.execute(
        f"{_SEARCH} WHERE (id = ? OR name = ?) {kept} {order}", (id_or_name, id_or_name, id_or_name)
    ).fetchone()
    if record is None:
        raise UnknownSearchError(
            f"there is no saved search '{id_or_name}'", mend="List them with: yuanhua searches list"
        )
    return _search(record)


def name_holder(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the id of the search that has this name; None when it is free."""
    record = connection.execute("SELECT id FROM saved_searches WHERE name = ? AND removed_at IS NULL", (name,))
    found = record.fetchone()
    return None if found is None else str(found[0])


def write(connection: sqlite3.Connection, search: SavedSearch) -> None:
    """Write a search over the one of its id, or beside the others."""
    connection.execute(
        "INSERT OR REPLACE INTO saved_searches (id, name, arguments, created_at, seen_at, version, removed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            search.id,
            search.name,
            to_text(Arguments, search.arguments),
            search.created_at.isoformat(),
            search.seen_at.isoformat(),
            search.version,
            search.removed_at.isoformat() if search.removed_at else None,
        ),
    )


def arrivals(connection: sqlite3.Connection) -> dict[tuple[str, str], datetime]:
    """Return when each transcript of each digest was first met."""
    found = connection.execute("SELECT transcript_id, source_digest, at FROM arrivals")
    return {(transcript, digest): datetime.fromisoformat(at) for transcript, digest, at in found}


def add_arrivals(connection: sqlite3.Connection, met: Iterable[tuple[str, str]], at: datetime) -> None:
    """Write down that these transcripts were met, unless they were met before."""
    connection.executemany(
        "INSERT OR IGNORE INTO arrivals (transcript_id, source_digest, at) VALUES (?, ?, ?)",
        [(transcript, digest, at.isoformat()) for transcript, digest in met],
    )


def _search(record: Sequence[Any]) -> SavedSearch:
    search_id, name, arguments, created_at, seen_at, version, removed_at = record
    return SavedSearch(
        id=search_id,
        name=name,
        arguments=from_text(Arguments, arguments, where=f"the saved search {search_id}"),
        created_at=datetime.fromisoformat(created_at),
        seen_at=datetime.fromisoformat(seen_at),
        version=version,
        removed_at=datetime.fromisoformat(removed_at) if removed_at else None,
    )
