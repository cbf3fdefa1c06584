"""An uploaded file: what state it is in, what was understood of it, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotations.
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - as above.
from enum import StrEnum


class UploadState(StrEnum):
    """Where a file is on its way.

    ::

        received → reading → draft → waiting → indexing → done → removing
                           ↘ unreadable              ↘ failed
    """

    RECEIVED = "received"
    READING = "reading"
    DRAFT = "draft"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    INDEXING = "indexing"
    DONE = "done"
    FAILED = "failed"
    REMOVING = "removing"


PENDING = frozenset({UploadState.RECEIVED, UploadState.READING, UploadState.DRAFT, UploadState.UNREADABLE})
"""Held aside: nobody has confirmed it yet."""

MOVING = frozenset(
    {UploadState.RECEIVED, UploadState.READING, UploadState.WAITING, UploadState.INDEXING, UploadState.REMOVING}
)
"""Something is still to be done with it, without anybody."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong: the name of the error in `indexer.errors`, what it was, and what to do next."""

    error: str
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: `stage` is one of the builder's, or "" before it began."""

    stage: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of what was understood.

    `same_as` is the transcript of the index that was read from the same bytes; `alike` counts those that give the same
    call, and `warnings`, `passages`, `speakers` and `questions` are counts.
    """

    title: str
    company: str | None
    ticker: str | None
    period: str | None
    fiscal: bool
    date: str | None
    language: str
    kind: str
    format: str
    passages: int
    speakers: int
    questions: int
    warnings: int
    alike: int = 0
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded. `name` is safe as a name of a file; `stated` is what people say of it.

    `size` is in bytes, `digest` its SHA-256, and `transcript_id` what was made of it in the index. `version` counts
    the changes, also those of its progress.
    """

    id: str
    name: str
    size: int
    digest: str
    state: UploadState
    owner: str | None
    created_at: datetime
    updated_at: datetime
    stated: Mapping[str, str] = field(default_factory=dict)
    summary: Summary | None = None
    trouble: Trouble | None = None
    transcript_id: str | None = None
    progress: Progress = Progress()
    attempts: int = 0
    version: int = 1

    @property
    def title(self) -> str:
        """What to call it: the title that was read, or else the name of the file."""
        return self.summary.title if self.summary else self.name


@dataclass(frozen=True, slots=True)
class Limits:
    """What a library takes: files of a request, files and bytes that wait to be confirmed, and for how many days."""

    files_at_once: int = 50
    pending_files: int = 500
    pending_bytes: int = 4 * 1024**3
    request_bytes: int = 1024**3
    pending_days: int = 14


LIMITS = Limits()
