"""Sessions: who is signed in with a browser. The browser has a secret, the notebook its digest."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from indexer.errors import NotebookError
from search_web.access.accounts import now
from search_web.access.credentials import digest, fresh_secret
from search_web.access.model import AccountRole, Person, Session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from search_web.notebook.database import Notebook

IDLE = timedelta(hours=12)
"""A session ends when nothing was asked for so long; also one from so far ahead, which a wrong clock has dated."""

LONGEST = timedelta(days=14)
"""A session ends so long after its sign-in, whatever was asked."""

_MOST = 50
"""How many sessions an account may have; the one that was used longest ago ends when there is another."""

_NOTED = timedelta(minutes=5)
"""How often it is written down that a session is used: writing takes longer than reading."""

_KEY = 16
_LONGEST_AGENT = 200


class Sessions:
    """The sessions of one notebook. They may be used from many threads, and by many processes at once."""

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def open(self, user_id: str, *, address: str, agent: str) -> str:
        """Begin a session of an account that has proved to be somebody's, and return its new secret."""
        secret, at = fresh_secret(), self._clock()
        with self._notebook.writing() as connection:
            _sweep(connection, at)
            connection.execute(
                "INSERT INTO sessions (digest, user_id, created_at, seen_at, address, agent) VALUES (?, ?, ?, ?, ?, ?)",
                (digest(secret), user_id, at.isoformat(), at.isoformat(), address, agent[:_LONGEST_AGENT]),
            )
            connection.execute(
                "DELETE FROM sessions WHERE digest IN"
                " (SELECT digest FROM sessions WHERE user_id = ? ORDER BY seen_at DESC, digest LIMIT -1 OFFSET ?)",
                (user_id, _MOST),
            )
        return secret

    def person(self, secret: str) -> Person | None:
        """Return who is signed in with this secret, and note that they are about; None for nobody."""
        key, at = digest(secret), self._clock()
        with self._notebook.reading() as connection:
            row = connection.execute(
                "SELECT users.id, users.name, users.role, sessions.created_at, sessions.seen_at"
                " FROM sessions JOIN users ON users.id = sessions.user_id"
                " WHERE sessions.digest = ? AND users.disabled_at IS NULL AND users.removed_at IS NULL",
                (key,),
            ).fetchone()
        if row is None:
            return None
        user_id, name, role, created_at, seen_at = row
        seen = datetime.fromisoformat(seen_at)
        if _is_over(datetime.fromisoformat(created_at), seen, at):
            return None
        if abs(at - seen) > _NOTED:
            # It is no reason to answer nothing that this cannot be written.
            with suppress(NotebookError), self._notebook.writing() as connection:
                connection.execute("UPDATE sessions SET seen_at = ? WHERE digest = ?", (at.isoformat(), key))
        return Person(user_id, name, AccountRole(role).scopes)

    def of(self, user_id: str) -> tuple[Session, ...]:
        """Return the sessions of an account, the last used first."""
        with self._notebook.reading() as connection:
            rows = connection.execute(
                "SELECT digest, created_at, seen_at, address, agent FROM sessions WHERE user_id = ?"
                " ORDER BY seen_at DESC, digest",
                (user_id,),
            ).fetchall()
        found = (
            Session(key[:_KEY], datetime.fromisoformat(created), datetime.fromisoformat(seen), address, agent)
            for key, created, seen, address, agent in rows
        )
        at = self._clock()
        return tuple(one for one in found if not _is_over(one.created_at, one.seen_at, at))

    def close(self, secret: str) -> None:
        """End the session with this secret, if there is one."""
        with self._notebook.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (digest(secret),))

    def close_all(self, user_id: str) -> None:
        """End all sessions of an account."""
        with self._notebook.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE user_id = ?", (user_id,))


def session_key(secret: str) -> str:
    """Return the `key` of the session with this secret."""
    return digest(secret)[:_KEY]


def _is_over(created: datetime, seen: datetime, at: datetime) -> bool:
    return abs(at - seen) > IDLE or not -IDLE <= at - created <= LONGEST


def _sweep(connection: sqlite3.Connection, at: datetime) -> None:
    connection.execute(
        "DELETE FROM sessions WHERE seen_at NOT BETWEEN ? AND ? OR created_at NOT BETWEEN ? AND ?",
        [moment.isoformat() for moment in (at - IDLE, at + IDLE, at - LONGEST, at + IDLE)],
    )
