"""Uploads as JSON objects: what the API answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from search_web.uploads.model import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.uploads.model import Upload
    from search_web.uploads.reading import Reading

JsonObject = dict[str, Any]


def uploads_json(uploads: Sequence[Upload]) -> JsonObject:
    """Return a list of uploads."""
    return {"total": len(uploads), "uploads": [upload_json(upload) for upload in uploads]}


def upload_json(upload: Upload) -> JsonObject:
    """Return an upload.

    `summary` is null until it was read, `trouble` null unless something went wrong, `progress` null unless it is being
    indexed, and `transcript_id` null until it is in the index.
    """
    return {
        "id": upload.id,
        "name": upload.name,
        "size": upload.size,
        "sha256": upload.digest,
        "state": upload.state.value,
        "owner": upload.owner,
        "stated": dict(upload.stated),
        "summary": asdict(upload.summary) if upload.summary else None,
        "trouble": asdict(upload.trouble) if upload.trouble else None,
        "progress": asdict(upload.progress) if upload.state is State.INDEXING else None,
        "transcript_id": upload.transcript_id,
        "created_at": upload.created_at.isoformat(),
        "updated_at": upload.updated_at.isoformat(),
        "version": upload.version,
        "url": f"/uploads/{upload.id}",
    }


def whole_upload_json(upload: Upload, reading: Reading | None) -> JsonObject:
    """Return an upload with what was understood of it, null until it was read."""
    return {**upload_json(upload), "reading": asdict(reading) if reading else None}
