"""The history of a collection: every change, when it was made, and what stood there before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from search_web.quotes.codec import from_text, to_text

if TYPE_CHECKING:
    import sqlite3

_SHOWN = 60
_Fields = tuple[tuple[str, str, str], ...]


class Action(StrEnum):
    """What was done."""

    CREATED = "created"
    ADDED = "added"
    EDITED = "edited"
    MOVED = "moved"
    REMOVED = "removed"
    RESTORED = "restored"
    LINKED = "linked"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field said before and after. Tags stand one a line, positions count from 1."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a change is made, and by which account; None for the local user."""

    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a collection, or of a quote in it where `quote_id` is set; `number` rises with every change.

    `by` is the id of the account that made it, None for the local user.
    """

    number: int
    at: datetime
    action: Action
    collection_id: str
    quote_id: str | None
    fields: tuple[FieldChange, ...]
    by: str | None = None

    @property
    def sentence(self) -> str:
        """The change in words."""
        what = "the collection" if self.quote_id is None else f"quote {self.quote_id}"
        told = "; ".join(_told(change) for change in self.fields)
        return f"{self.action.value} {what}: {told}" if told else f"{self.action.value} {what}"


def note_change(
    connection: sqlite3.Connection,
    stamp: Stamp,
    action: Action,
    collection_id: str,
    quote_id: str | None,
    *fields: FieldChange,
) -> None:
    """Write a change into the history, within the transaction that makes it."""
    written = to_text(_Fields, tuple((one.field, one.before, one.after) for one in fields))
    sql = "INSERT INTO changes (at, action, collection_id, quote_id, fields, made_by) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(sql, (stamp.at.isoformat(), action, collection_id, quote_id, written, stamp.by))


def changes_of(connection: sqlite3.Connection, collection_id: str, quote_id: str | None = None) -> tuple[Change, ...]:
    """Return the changes of a collection, or of one quote in it, the latest first."""
    sql = """SELECT number, at, action, collection_id, quote_id, fields, made_by FROM changes
        WHERE collection_id = ?1 AND (?2 IS NULL OR quote_id = ?2) ORDER BY number DESC"""
    return tuple(
        Change(
            number,
            datetime.fromisoformat(at),
            Action(action),
            holder,
            quote,
            tuple(FieldChange(*one) for one in from_text(_Fields, fields, f"change {number}")),
            by,
        )
        for number, at, action, holder, quote, fields, by in connection.execute(sql, (collection_id, quote_id))
    )


def _told(change: FieldChange) -> str:
    before, after = _shown(change.before), _shown(change.after)
    if not change.before:
        return f"{change.field} {after}"
    return f"{change.field} {before} → {after}"


def _shown(text: str) -> str:
    line = ", ".join(text.splitlines())
    return f"“{line[: _SHOWN - 1]}…”" if len(line) > _SHOWN else f"“{line}”"
