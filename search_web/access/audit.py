"""The audit log: who changed what, when, from where. Lines are only ever added."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from search_web.access.accounts import folded, now
from search_web.access.model import Entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from search_web.access.model import Person
    from search_web.notebook.database import Notebook

MOST = 500
"""How many lines are read at once."""

LONGEST = 500
"""How many characters of what a line speaks of are kept."""


def record(
    connection: sqlite3.Connection,
    person: Person,
    action: str,
    object: str,  # noqa: A002 - as the log calls it.
    *,
    address: str = "",
    request_id: str = "",
    at: datetime | None = None,
) -> int:
    """Write a line within the transaction that it tells of, and return its number.

    `action` is the endpoint or the command that was asked for, `object` the address or the name of what it changed.
    """
    cursor = connection.execute(
        "INSERT INTO audit (at, user_id, person, action, object, address, request_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (at or now()).isoformat(timespec="milliseconds"),
            person.id,
            person.name,
            action,
            object[:LONGEST],
            address,
            request_id,
        ),
    )
    return int(cursor.lastrowid or 0)


def recorder(person: Person, action: str, object: str) -> Callable[[sqlite3.Connection], None]:  # noqa: A002
    """Return what writes a line of this person's action into every transaction that it witnesses."""

    def witness(connection: sqlite3.Connection) -> None:
        record(connection, person, action, object)

    return witness


def stands(connection: sqlite3.Connection, number: int, request_id: str) -> bool:
    """Return whether the line of this number is the one that was written in this request."""
    found = connection.execute("SELECT 1 FROM audit WHERE number = ? AND request_id = ?", (number, request_id))
    return found.fetchone() is not None


class AuditLog:
    """The audit log of one notebook."""

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def record(self, person: Person, action: str, object: str, *, address: str = "", request_id: str = "") -> int:  # noqa: A002
        """Write a line in a transaction of its own, and return its number."""
        with self._notebook.writing() as connection:
            return record(connection, person, action, object, address=address, request_id=request_id, at=self._clock())

    def name_object(self, number: int, object: str) -> None:  # noqa: A002 - as the log calls it.
        """Say of a line what came of it, where that was not known when it was written."""
        with self._notebook.writing() as connection:
            connection.execute("UPDATE audit SET object = ? WHERE number = ?", (object[:LONGEST], number))

    def entries(
        self, *, since: datetime | None = None, user: str | None = None, before: int | None = None, limit: int = MOST
    ) -> tuple[Entry, ...]:
        """Return lines, the latest first: of a person by name or id, not older than `since`, before a number."""
        start = since.astimezone(UTC).isoformat(timespec="milliseconds") if since else ""
        with self._notebook.reading() as connection:
            connection.create_function("folded", 1, folded, deterministic=True)
            rows = connection.execute(
                "SELECT number, at, user_id, person, action, object, address, request_id FROM audit"
                " WHERE at >= ? AND (? IS NULL OR number < ?) AND (? IS NULL OR user_id = ? OR folded(person) = ?)"
                " ORDER BY number DESC LIMIT ?",
                (start, before, before, user, user, folded(user or ""), max(1, min(limit, MOST))),
            ).fetchall()
        return tuple(
            Entry(number, datetime.fromisoformat(at), user_id, person, action, changed, address, request_id)
            for number, at, user_id, person, action, changed, address, request_id in rows
        )
