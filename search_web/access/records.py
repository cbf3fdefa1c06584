"""Accounts as rows of the notebook: SQL in, values out, within a transaction that the caller holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.errors import UnknownAccountError
from search_web.access.model import Account, AccountRole

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

_ACCOUNT = "SELECT id, name, role, created_at, signed_in_at, disabled_at FROM users WHERE removed_at IS NULL"


def accounts(connection: sqlite3.Connection) -> tuple[Account, ...]:
    """Return all accounts."""
    return tuple(map(_account, connection.execute(_ACCOUNT)))


def account(connection: sqlite3.Connection, folded: str) -> Account | None:
    """Return the account of this folded name."""
    row = connection.execute(f"{_ACCOUNT} AND folded = ?", (folded,)).fetchone()
    return _account(row) if row else None


def known_account(connection: sqlite3.Connection, id_or_name: str, folded: str) -> Account:
    """Return the account with this id or folded name. Raises UnknownAccountError when there is none."""
    row = connection.execute(
        f"{_ACCOUNT} AND (id = ? OR folded = ?) ORDER BY folded = ? DESC LIMIT 1", (id_or_name, folded, folded)
    ).fetchone()
    if row is None:
        mend = "List them with: yuanhua users list"
        raise UnknownAccountError(f"there is no account '{id_or_name}'", mend=mend)
    return _account(row)


def add_account(connection: sqlite3.Connection, made: Account, folded: str, password: str) -> None:
    """Write a new account, with what is kept of its password."""
    connection.execute(
        "INSERT INTO users (id, name, folded, role, password, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (made.id, made.name, folded, made.role, password, made.created_at.isoformat()),
    )


def change_account(connection: sqlite3.Connection, changed: Account) -> Account:
    """Write what may change of an account, and return it."""
    connection.execute(
        "UPDATE users SET role = ?, signed_in_at = ?, disabled_at = ? WHERE id = ?",
        (changed.role, _written(changed.signed_in_at), _written(changed.disabled_at), changed.id),
    )
    return changed


def password(connection: sqlite3.Connection, user_id: str) -> str:
    """Return what is kept of the password of an account."""
    (kept,) = connection.execute("SELECT password FROM users WHERE id = ?", (user_id,)).fetchone()
    return str(kept)


def keep_password(connection: sqlite3.Connection, user_id: str, kept: str) -> None:
    """Write what is kept of a password."""
    connection.execute("UPDATE users SET password = ? WHERE id = ?", (kept, user_id))


def end_all_sessions(connection: sqlite3.Connection) -> None:
    """Sign everybody out."""
    connection.execute("DELETE FROM sessions")


def end_sessions(connection: sqlite3.Connection, user_id: str) -> None:
    """End every session of an account."""
    connection.execute("DELETE FROM sessions WHERE user_id = ?", (user_id,))


def is_active(connection: sqlite3.Connection, user_id: str) -> bool:
    """Whether an account is there and not disabled."""
    sql = "SELECT 1 FROM users WHERE id = ? AND disabled_at IS NULL AND removed_at IS NULL"
    return connection.execute(sql, (user_id,)).fetchone() is not None


def names(connection: sqlite3.Connection, wanted: Iterable[str]) -> dict[str, str]:
    """Return the names of accounts by their ids, those that were removed too."""
    found = (connection.execute("SELECT id, name FROM users WHERE id = ?", (one,)).fetchone() for one in wanted)
    return dict(filter(None, found))


def hand_over(connection: sqlite3.Connection, user_id: str, heir: str | None, but: Collection[str] = ()) -> None:
    """Give what an account owns to another, or to the team: in all tables with a column `owner`, `but` for these."""
    tables = connection.execute(
        "SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table' AND columns.name = 'owner'"
    ).fetchall()
    for table in {name for (name,) in tables} - set(but):
        connection.execute(f'UPDATE "{table}" SET owner = ? WHERE owner = ?', (heir, user_id))  # noqa: S608 - our own.


def remove_account(connection: sqlite3.Connection, user_id: str, at: datetime) -> None:
    """Leave of an account but its name."""
    end_sessions(connection, user_id)
    connection.execute("DELETE FROM tokens WHERE user_id = ?", (user_id,))
    connection.execute("UPDATE users SET password = '', removed_at = ? WHERE id = ?", (at.isoformat(), user_id))


def _account(row: Sequence[Any]) -> Account:
    user_id, name, role, created_at, signed_in_at, disabled_at = row
    return Account(
        id=user_id,
        name=name,
        role=AccountRole(role),
        created_at=datetime.fromisoformat(created_at),
        signed_in_at=_read(signed_in_at),
        disabled_at=_read(disabled_at),
    )


def _read(time: str | None) -> datetime | None:
    return datetime.fromisoformat(time) if time else None


def _written(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
