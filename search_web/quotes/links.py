"""Links: addresses by which anybody reads one thing, a collection or the feed of a saved search, and nothing else.

The address has a secret of 256 random bits, of which the notebook keeps the SHA-256 alone: whoever reads the notebook
opens nothing, and a link is shown when it is made and never again. A fast digest is enough for what cannot be guessed.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import InvalidRequestError, UnknownLinkError
from search_web.access.records import is_active
from search_web.quotes.editing import fresh_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

    from search_web.quotes.history import Stamp

_BYTES = 32
_HINT = 4
_LONGEST = 200
_COLUMNS = "id, hint, collection_id, search_id, made_by, created_at, expires_at"
_STANDING = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)"

MOST_DAYS = 3650
MOST_LINKS = 100
"""How many links one thing may have at a time."""


class Target(NamedTuple):
    """What a link leads to: the id of a collection or that of a saved search; the other one is None."""

    collection_id: str | None
    search_id: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works, until `expires_at` where it is set. `hint` is how its secret ends."""

    id: str
    hint: str
    target: Target
    made_by: str | None
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that was just made, with its secret, which is nowhere else."""

    link: Link
    secret: str


def expiry(days: int | None, now: datetime) -> datetime | None:
    """Return when a link ends that is to work for so many days. Raises InvalidRequestError."""
    if days is None:
        return None
    if not 1 <= days <= MOST_DAYS:
        raise InvalidRequestError(f"{days} is no number of days", where="days", mend=f"Give 1 to {MOST_DAYS}")
    return now + timedelta(days=days)


def add_link(connection: sqlite3.Connection, stamp: Stamp, target: Target, days: int | None) -> NewLink:
    """Make a link. Raises InvalidRequestError when there are MOST_LINKS already, or days do not fit."""
    if len(links_to(connection, target, stamp.at)) >= MOST_LINKS:
        raise InvalidRequestError(f"there are {MOST_LINKS} links already", where="links", mend="Revoke some of them")
    secret = secrets.token_urlsafe(_BYTES)
    made = Link(fresh_id(), secret[-_HINT:], target, stamp.by, stamp.at, expiry(days, stamp.at))
    sql = f"INSERT INTO links ({_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - names of columns.
    until = made.expires_at and _written(made.expires_at)
    values = (made.id, made.hint, *target, made.made_by, _written(made.created_at), until, _digest(secret))
    connection.execute(sql, values)
    return NewLink(made, secret)


def links_to(connection: sqlite3.Connection, target: Target, now: datetime) -> tuple[Link, ...]:
    """Return the links to something that work, the latest first."""
    where = f"collection_id IS ? AND search_id IS ? AND {_STANDING}"
    sql = f"SELECT {_COLUMNS} FROM links WHERE {where} ORDER BY created_at DESC, id"  # noqa: S608 - as above.
    return tuple(map(_link, connection.execute(sql, (*target, _written(now)))))


def revoke_link(connection: sqlite3.Connection, target: Target, link_id: str, now: datetime) -> Link:
    """Let a link to something work no more, and return it as it was. Raises UnknownLinkError."""
    for link in links_to(connection, target, now):
        if link.id == link_id:
            connection.execute("UPDATE links SET revoked_at = ? WHERE id = ?", (_written(now), link_id))
            return link
    raise UnknownLinkError("no link has this id, or it works no more", where=link_id)


def target_of(connection: sqlite3.Connection, secret: str, now: datetime) -> Target:
    """Return what the link with this secret leads to. Raises UnknownLinkError, which does not tell why."""
    sql = f"SELECT {_COLUMNS} FROM links WHERE digest = ? AND {_STANDING}"  # noqa: S608 - as above.
    record = None
    if len(secret) <= _LONGEST:
        record = connection.execute(sql, (_digest(secret), _written(now))).fetchone()
    if record is None:
        raise dead_link()
    return _link(record).target


def check_owner(connection: sqlite3.Connection, owner: str | None) -> None:
    """Raise UnknownLinkError where what a link leads to belongs to an account that was disabled or removed."""
    if owner is not None and not is_active(connection, owner):
        raise dead_link()


def dead_link() -> UnknownLinkError:
    """Return the error for a link that leads nowhere, which does not tell why."""
    return UnknownLinkError("this link leads nowhere", mend="Ask whoever gave it to you for another one")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _written(moment: datetime) -> str:
    """Return a time as it is kept: in UTC, so that later ones are greater as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _link(record: Sequence[Any]) -> Link:
    link_id, hint, collection_id, search_id, made_by, created_at, expires_at = record
    return Link(
        id=link_id,
        hint=hint,
        target=Target(collection_id, search_id),
        made_by=made_by,
        created_at=datetime.fromisoformat(created_at),
        expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
    )
