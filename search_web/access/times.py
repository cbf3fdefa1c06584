"""Times that people and programs write."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.errors import InvalidRequestError


def time_of(said: str, where: str) -> datetime | None:
    """Return the beginning of a day, or a time, in UTC; None for an empty text. One without a zone is in UTC.

    Raises InvalidRequestError, which says `where` it stands.
    """
    if not said.strip():
        return None
    try:
        return in_utc(datetime.fromisoformat(said.strip()))
    except (ValueError, OverflowError):
        mend = "Write a day such as 2026-03-01, or a time such as 2026-03-01T09:30:00Z"
        raise InvalidRequestError(f"{said[:40]!r} is no time", where=where, mend=mend) from None


def in_utc(time: datetime) -> datetime:
    """Return a time in UTC; one without a zone is taken for such. Raises OverflowError at the ends of all time."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
