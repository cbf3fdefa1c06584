"""Uploads as rows of the notebook: SQL in, values out, within a transaction that the caller holds."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.errors import UnknownUploadError
from search_web.quotes.codec import from_text, to_text
from search_web.uploads.draft_reading import DraftReading
from search_web.uploads.model import Progress, Summary, Trouble, Upload, UploadState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_COLUMNS = (
    "id, name, size, digest, state, owner, stated, summary, trouble, transcript_id, stage, done, total, attempts,"
    " created_at, updated_at, version"
)
_SELECT = f"SELECT {_COLUMNS} FROM uploads"  # noqa: S608 - a constant.
_STATED = dict[str, str]


def read(connection: sqlite3.Connection, upload_id: str) -> Upload:
    """Return an upload. Raises UnknownUploadError."""
    record = connection.execute(f"{_SELECT} WHERE id = ?", (upload_id,)).fetchone()
    if record is None:
        raise UnknownUploadError("no upload has this id", where=upload_id, mend="See the list of uploads")
    return _upload(record)


def find(connection: sqlite3.Connection, digest: str) -> Upload | None:
    """Return the upload of these bytes, if there is one."""
    record = connection.execute(f"{_SELECT} WHERE digest = ?", (digest,)).fetchone()
    return None if record is None else _upload(record)


def read_all(
    connection: sqlite3.Connection,
    states: Iterable[UploadState] = UploadState,
    *,
    newest_first: bool = False,
    limit: int = -1,
) -> tuple[Upload, ...]:
    """Return the uploads in these states as they came, or the newest first."""
    wanted = tuple(states)
    marks, order = ", ".join("?" * len(wanted)), "DESC" if newest_first else "ASC"
    found = connection.execute(
        f"{_SELECT} WHERE state IN ({marks}) ORDER BY created_at {order}, id {order} LIMIT ?", (*wanted, limit)
    )
    return tuple(map(_upload, found))


def count(connection: sqlite3.Connection, states: Iterable[UploadState]) -> tuple[int, int]:
    """Return how many uploads are in these states, and how many bytes they have together."""
    wanted = tuple(states)
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(f"SELECT count(*), total(size) FROM uploads WHERE state IN ({marks})", wanted)  # noqa: S608 - only marks.
    number, size = found.fetchone()
    return int(number), int(size)


def untouched_since(connection: sqlite3.Connection, states: Iterable[UploadState]) -> datetime | None:
    """Return when that upload in these states was changed that was longest left alone."""
    wanted = tuple(states)
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(f"SELECT min(updated_at) FROM uploads WHERE state IN ({marks})", wanted)  # noqa: S608 - only marks.
    (oldest,) = found.fetchone()
    return datetime.fromisoformat(oldest) if oldest else None


def write(connection: sqlite3.Connection, upload: Upload) -> None:
    """Write an upload over the one of its id, or beside the others; what was read of it stays."""
    names = [name.strip() for name in _COLUMNS.split(",")]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    connection.execute(
        f"INSERT INTO uploads ({_COLUMNS}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - constants.
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        (
            upload.id,
            upload.name,
            upload.size,
            upload.digest,
            upload.state,
            upload.owner,
            to_text(_STATED, dict(upload.stated)),
            to_text(Summary, upload.summary) if upload.summary else None,
            to_text(Trouble, upload.trouble) if upload.trouble else None,
            upload.transcript_id,
            upload.progress.stage,
            upload.progress.done,
            upload.progress.total,
            upload.attempts,
            upload.created_at.isoformat(),
            upload.updated_at.isoformat(),
            upload.version,
        ),
    )


def write_reading(connection: sqlite3.Connection, upload_id: str, reading: DraftReading | None) -> None:
    """Write what was understood of an upload."""
    text = to_text(DraftReading, reading) if reading else None
    connection.execute("UPDATE uploads SET reading = ? WHERE id = ?", (text, upload_id))


def read_reading(connection: sqlite3.Connection, upload_id: str) -> DraftReading | None:
    """Return what was understood of an upload."""
    (text,) = connection.execute("SELECT reading FROM uploads WHERE id = ?", (upload_id,)).fetchone() or (None,)
    found: DraftReading | None = from_text(DraftReading, text, where=f"the upload {upload_id}") if text else None
    return found


def delete(connection: sqlite3.Connection, upload_id: str) -> None:
    """Delete an upload."""
    connection.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))


def ids(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all uploads."""
    return frozenset(found for (found,) in connection.execute("SELECT id FROM uploads"))


def _upload(record: Sequence[Any]) -> Upload:
    known = dict(zip((name.strip() for name in _COLUMNS.split(",")), record, strict=True))
    where = f"the upload {known['id']}"
    progress = Progress(*(known.pop(field.name) for field in fields(Progress)))
    summary, trouble, stated = known.pop("summary"), known.pop("trouble"), known.pop("stated")
    state, created, updated = known.pop("state"), known.pop("created_at"), known.pop("updated_at")
    return Upload(
        **known,
        state=UploadState(state),
        stated=from_text(_STATED, stated, where=where),
        summary=from_text(Summary, summary, where=where) if summary else None,
        trouble=from_text(Trouble, trouble, where=where) if trouble else None,
        progress=progress,
        created_at=datetime.fromisoformat(created),
        updated_at=datetime.fromisoformat(updated),
    )
