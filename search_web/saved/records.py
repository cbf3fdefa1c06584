"""Saved searches as rows of the notebook: SQL in, values out, within a transaction that the caller holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from search_web.quotes.codec import from_text, to_text
from search_web.saved.model import Arguments, SavedSearch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_SEARCH = "SELECT id, name, arguments, created_at, seen_at, version, removed_at, owner FROM saved_searches"


def read_all(connection: sqlite3.Connection, *, removed: bool) -> tuple[SavedSearch, ...]:
    """Return the searches that stand, by name, or those in the bin, the last one first."""
    order = "IS NOT NULL ORDER BY removed_at DESC, id" if removed else "IS NULL"
    found = tuple(map(_search, connection.execute(f"{_SEARCH} WHERE removed_at {order}")))
    return found if removed else tuple(sorted(found, key=lambda search: search.name.casefold()))


def searches_called(connection: sqlite3.Connection, id_or_name: str) -> tuple[SavedSearch, ...]:
    """Return the searches with this id or name, of all owners, those in the bin last."""
    order = "ORDER BY removed_at IS NOT NULL, removed_at DESC, id"
    found = connection.execute(f"{_SEARCH} WHERE id = ? OR name = ? {order}", (id_or_name, id_or_name))
    return tuple(map(_search, found))


def name_holder(connection: sqlite3.Connection, name: str, owner: str | None) -> str | None:
    """Return the id of the search of this owner that has this name; None when it is free."""
    sql = "SELECT id FROM saved_searches WHERE name = ? AND owner IS ? AND removed_at IS NULL"
    found = connection.execute(sql, (name, owner)).fetchone()
    return None if found is None else str(found[0])


def owned_by(connection: sqlite3.Connection, owner: str) -> tuple[SavedSearch, ...]:
    """Return the searches of an account, those in the bin too."""
    return tuple(map(_search, connection.execute(f"{_SEARCH} WHERE owner = ? ORDER BY id", (owner,))))


def write(connection: sqlite3.Connection, search: SavedSearch) -> None:
    """Write a search over the one of its id, or beside the others."""
    connection.execute(
        "INSERT INTO saved_searches (id, name, arguments, created_at, seen_at, version, removed_at, owner)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " arguments = excluded.arguments, seen_at = excluded.seen_at, version = excluded.version,"
        " removed_at = excluded.removed_at, owner = excluded.owner",
        (
            search.id,
            search.name,
            to_text(Arguments, search.arguments),
            search.created_at.isoformat(),
            search.seen_at.isoformat(),
            search.version,
            search.removed_at.isoformat() if search.removed_at else None,
            search.owner,
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


def latest(connection: sqlite3.Connection) -> datetime | None:
    """Return the latest moment at which something was met or seen; None where nothing was."""
    found = connection.execute(
        "SELECT max(at) FROM arrivals UNION ALL SELECT max(seen_at) FROM saved_searches"
        " UNION ALL SELECT max(created_at) FROM saved_searches"
    )
    return max((datetime.fromisoformat(at) for (at,) in found if at is not None), default=None)


def _search(record: Sequence[Any]) -> SavedSearch:
    search_id, name, arguments, created_at, seen_at, version, removed_at, owner = record
    return SavedSearch(
        id=search_id,
        name=name,
        arguments=from_text(Arguments, arguments, where=f"the saved search {search_id}"),
        created_at=datetime.fromisoformat(created_at),
        seen_at=datetime.fromisoformat(seen_at),
        version=version,
        removed_at=datetime.fromisoformat(removed_at) if removed_at else None,
        owner=owner,
    )
