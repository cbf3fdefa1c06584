"""Uploads as JSON objects: what the API answers. shapes.py describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.uploads.model import UploadState
from search_web.uploads.shapes import UploadEntry, UploadList, WholeUpload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.uploads.draft_reading import DraftReading
    from search_web.uploads.model import Upload


def uploads_json(uploads: Sequence[Upload]) -> UploadList:
    """Return a list of uploads."""
    return {"total": len(uploads), "uploads": [upload_json(upload) for upload in uploads]}


def upload_json(upload: Upload) -> UploadEntry:
    """Return an upload."""
    return UploadEntry(
        id=upload.id,
        name=upload.name,
        size=upload.size,
        sha256=upload.digest,
        state=upload.state,
        owner=upload.owner,
        stated=dict(upload.stated),
        summary=upload.summary,
        trouble=upload.trouble,
        progress=upload.progress if upload.state is UploadState.INDEXING else None,
        transcript_id=upload.transcript_id,
        created_at=upload.created_at.isoformat(),
        updated_at=upload.updated_at.isoformat(),
        version=upload.version,
        url=f"/uploads/{upload.id}",
    )


def whole_upload_json(upload: Upload, reading: DraftReading | None) -> WholeUpload:
    """Return an upload with what was understood of it."""
    return WholeUpload(**upload_json(upload), reading=reading)
