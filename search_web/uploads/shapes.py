"""The shapes of uploads as JSON; json_view.py makes them."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from search_web.uploads.draft_reading import DraftReading  # noqa: TC001 - as above.
from search_web.uploads.model import Progress, Summary, Trouble, UploadState  # noqa: TC001 - pydantic reads the annotations.


class UploadEntry(TypedDict):
    """A file that was uploaded."""

    id: str
    name: str
    size: int
    """In bytes."""
    sha256: str
    state: UploadState
    owner: str | None
    """The id of the account that sent it; null where there are none."""
    stated: dict[str, str]
    """What people say of it, above what it says itself."""
    summary: Summary | None
    """What was understood of it; null until it was read."""
    trouble: Trouble | None
    """What went wrong."""
    progress: Progress | None
    """How far the work is while it is indexed."""
    transcript_id: str | None
    """What was made of it in the index."""
    created_at: str
    updated_at: str
    version: int
    url: str


class WholeUpload(UploadEntry):
    """A file that was uploaded, with what was understood of it."""

    reading: DraftReading | None


class UploadList(TypedDict):
    """Files that were uploaded, the newest first."""

    total: int
    uploads: list[UploadEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class RefusedFile(TypedDict):
    """A file that was not kept, and why."""

    name: str
    type: str
    title: str
    status: int
    detail: str


class ReceivedFiles(TypedDict):
    """What came of the files of a request."""

    total: int
    uploads: list[UploadEntry]
    problems: list[RefusedFile]
