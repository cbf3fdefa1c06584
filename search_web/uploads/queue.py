"""Uploads as the one process deals with them that works on them. Whoever calls this has the lock of the library."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search_web.uploads import records
from search_web.uploads.model import PENDING, Progress, Trouble, UploadState

if TYPE_CHECKING:
    import sqlite3

    from search_web.uploads.draft_reading import DraftReading
    from search_web.uploads.model import Summary, Upload
    from search_web.uploads.store import Uploads

MOST_ATTEMPTS = 3
"""After so many times that the process ended in the middle of it, a file is given up."""

_BATCH = 100
_ENDED = Trouble(
    "BrokenReaderError",
    f"the process that worked on it ended {MOST_ATTEMPTS} times",
    "See the log of the server, then try again",
)
_BEFORE = {UploadState.READING: UploadState.RECEIVED, UploadState.INDEXING: UploadState.WAITING}
_GIVEN_UP = {UploadState.READING: UploadState.UNREADABLE, UploadState.INDEXING: UploadState.FAILED}


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be done, and what came of it."""

    uploads: Uploads

    def recover(self) -> None:
        """Put back what a process was at that has ended, or give it up when that has happened too often."""
        with self.uploads.notebook.writing() as connection:
            for one in records.read_all(connection, _BEFORE):
                attempts = one.attempts + 1
                if attempts < MOST_ATTEMPTS:
                    self._write(connection, one, state=_BEFORE[one.state], attempts=attempts, progress=Progress())
                else:
                    self._write(connection, one, state=_GIVEN_UP[one.state], attempts=attempts, trouble=_ENDED)

    def release(self) -> None:
        """Put back what this process is at, since it is told to end."""
        with self.uploads.notebook.writing() as connection:
            for one in records.read_all(connection, _BEFORE):
                self._write(connection, one, state=_BEFORE[one.state], progress=Progress())

    def next_to_read(self) -> Upload | None:
        """Take the next draft that is to be read."""
        with self.uploads.notebook.writing() as connection:
            found = records.read_all(connection, (UploadState.RECEIVED,), limit=1)
            return self._write(connection, found[0], state=UploadState.READING) if found else None

    def was_read(self, upload: Upload, summary: Summary, reading: DraftReading) -> None:
        """Note what was understood, unless somebody has discarded the draft or stated something meanwhile."""
        with self.uploads.notebook.writing() as connection:
            if now := self._still(connection, upload, UploadState.READING):
                self._write(connection, now, state=UploadState.DRAFT, summary=summary, trouble=None, attempts=0)
                records.write_reading(connection, upload.id, reading)

    def was_not_read(self, upload: Upload, trouble: Trouble) -> None:
        """Note why a draft could not be read."""
        with self.uploads.notebook.writing() as connection:
            if now := self._still(connection, upload, UploadState.READING):
                self._write(connection, now, state=UploadState.UNREADABLE, summary=None, trouble=trouble, attempts=0)
                records.write_reading(connection, upload.id, None)

    def take_jobs(self) -> tuple[tuple[Upload, ...], tuple[Upload, ...]]:
        """Take what is to be added to the index next, and return it with what is to be removed.

        What was cut off before is taken alone, so that it can take nothing else down with it.
        """
        with self.uploads.notebook.writing() as connection:
            removing = records.read_all(connection, (UploadState.REMOVING,), limit=_BATCH)
            waiting = records.read_all(connection, (UploadState.WAITING,), limit=_BATCH)
            fresh = [one for one in waiting if not one.attempts]
            adding = fresh or list(waiting[:1])
            taken = tuple(
                self._write(connection, one, state=UploadState.INDEXING, progress=Progress(), trouble=None)
                for one in adding
            )
        return taken, removing

    def has_jobs(self) -> bool:
        """Whether something is to be added to the index or removed."""
        return self.uploads.count((UploadState.WAITING, UploadState.REMOVING)) > 0

    def tell(self, jobs: tuple[Upload, ...], progress: Progress) -> None:
        """Note how far the work has come."""
        with self.uploads.notebook.writing() as connection:
            for job in jobs:
                now = records.read(connection, job.id)
                records.write(connection, replace(now, progress=progress, version=now.version + 1))

    def wait(self, jobs: tuple[Upload, ...], trouble: Trouble) -> None:
        """Put jobs back that something hinders which will pass."""
        with self.uploads.notebook.writing() as connection:
            for job in jobs:
                now = records.read(connection, job.id)
                state = UploadState.WAITING if now.state is UploadState.INDEXING else now.state
                if (now.state, now.trouble) != (state, trouble):
                    self._write(connection, now, state=state, progress=Progress(), trouble=trouble)

    def done(self, job: Upload, transcript_id: str) -> None:
        """Note that a file is in the index."""
        with self.uploads.notebook.writing() as connection:
            now = records.read(connection, job.id)
            self._write(
                connection,
                now,
                state=UploadState.DONE,
                transcript_id=transcript_id,
                trouble=None,
                attempts=0,
                progress=Progress(),
            )

    def failed(self, job: Upload, trouble: Trouble) -> None:
        """Note why a file could not be indexed, or removed."""
        with self.uploads.notebook.writing() as connection:
            now = records.read(connection, job.id)
            state = UploadState.DONE if now.state is UploadState.REMOVING else UploadState.FAILED
            self._write(connection, now, state=state, trouble=trouble, progress=Progress())

    def removed(self, job: Upload) -> None:
        """Forget a file that is no longer in the index."""
        with self.uploads.notebook.writing() as connection:
            records.delete(connection, job.id)
        self.uploads.library.forget(job)

    def let_go(self) -> None:
        """Discard drafts that nobody has touched for too long, and what belongs to no upload."""
        with self.uploads.notebook.writing() as connection:
            expired = [one for one in records.read_all(connection, PENDING) if one.updated_at < self.uploads.expiry]
            for one in expired:
                records.delete(connection, one.id)
            known = records.ids(connection)
        for one in expired:
            self.uploads.library.forget(one)
        self.uploads.library.sweep(known)

    def _still(self, connection: sqlite3.Connection, upload: Upload, state: UploadState) -> Upload | None:
        """Return an upload as it is now, if it is still in this state."""
        return next((one for one in records.read_all(connection, (state,)) if one.id == upload.id), None)

    def _write(self, connection: sqlite3.Connection, found: Upload, **changes: object) -> Upload:
        changed = replace(
            found,
            **changes,  # type: ignore[arg-type]
            version=found.version + 1,
            updated_at=self.uploads.clock(),
        )
        records.write(connection, changed)
        return changed
