"""Uploads as people deal with them: sending, looking, mending, confirming, discarding, removing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from indexer.errors import (
    ConflictError,
    DuplicateUploadError,
    InvalidRequestError,
    UploadSpaceError,
    UploadStateError,
)
from indexer.stated import STATED_FIELDS, checked
from search_web.quotes.editing import fresh_id
from search_web.uploads import records
from search_web.uploads.model import LIMITS, PENDING, Progress, Upload, UploadState
from search_web.uploads.receiving import Incoming

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from search_web.notebook.database import Notebook
    from search_web.uploads.draft_reading import DraftReading
    from search_web.uploads.library import Library
    from search_web.uploads.model import Limits

_TO_DO = (UploadState.RECEIVED, UploadState.READING, UploadState.WAITING, UploadState.INDEXING, UploadState.REMOVING)
_MEGABYTE = 1024**2


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads of one notebook and their files in one library. For many threads and processes at once.

    Every method is one transaction. Those that change something take the version that the caller has seen as
    `expected`, and raise ConflictError when it is no longer that one; None changes whatever is there. They raise
    UnknownUploadError, UploadStateError for what cannot be done in the state of an upload, UploadsUnavailableError
    where none are taken, and what `Notebook` raises.
    """

    notebook: Notebook
    library: Library
    limits: Limits = LIMITS
    clock: Callable[[], datetime] = utc_now

    def incoming(self, given: str) -> Incoming:
        """Return what receives the bytes of a file that a client calls by the `given` name."""
        return Incoming(self.library.ready(), given)

    def receive(self, incoming: Incoming, owner: str | None = None) -> Upload:
        """Keep a file that was received to its end, to be read next.

        Raises why it is not kept: SourceError, DuplicateUploadError, UploadSpaceError.
        """
        place, digest = incoming.finish()
        now = self.clock()
        upload = Upload(fresh_id(), incoming.name, incoming.size, digest, UploadState.RECEIVED, owner, now, now)
        with self.notebook.writing() as connection:
            same = records.find(connection, digest)
            if same is not None:
                what = f'the same file was uploaded before, as "{same.name}"'
                mend = "Look for it in the list; discard or remove that one to send it again"
                raise DuplicateUploadError(what, where=incoming.given, mend=mend)
            self._check_room(connection, upload)
            try:
                self.library.take_in(place, upload)
            except OSError as error:
                what = f"it could not be written to the disk of the server ({error.strerror})"
                mend = "Make room there, then send it again"
                raise UploadSpaceError(what, where=incoming.given, mend=mend) from error
            records.write(connection, upload)
        return upload

    def all(
        self, states: Iterable[UploadState] = UploadState, *, newest_first: bool = False, limit: int = -1
    ) -> tuple[Upload, ...]:
        """Return the uploads in these states as they came, or the newest first."""
        with self.notebook.reading() as connection:
            return records.read_all(connection, states, newest_first=newest_first, limit=limit)

    def count(self, states: Iterable[UploadState]) -> int:
        """Return how many uploads are in these states."""
        with self.notebook.reading() as connection:
            return records.count(connection, states)[0]

    def get(self, upload_id: str) -> Upload:
        """Return an upload."""
        return self.look(upload_id)[0]

    def look(self, upload_id: str) -> tuple[Upload, DraftReading | None]:
        """Return an upload with what was understood of it."""
        with self.notebook.reading() as connection:
            return records.read(connection, upload_id), records.read_reading(connection, upload_id)

    def state(self, upload_id: str, stated: Mapping[str, str], *, expected: int | None = None) -> Upload:
        """Let these fields stand above what the file says; "" takes one back. The draft is read again.

        Raises InvalidRequestError, which names the field and says what is allowed.
        """
        given = {name: _checked(name, value) for name, value in stated.items()}
        with self.notebook.writing() as connection:
            found = _expected(connection, upload_id, expected, PENDING, "it was confirmed already")
            kept = {name: value for name, value in {**found.stated, **given}.items() if value}
            if kept == found.stated and found.state is not UploadState.UNREADABLE:
                return found
            return self._write(connection, found, stated=kept, state=UploadState.RECEIVED, attempts=0, trouble=None)

    def read_again(self, upload_id: str) -> Upload:
        """Read a draft again that could not be read."""
        with self.notebook.writing() as connection:
            found = _expected(
                connection, upload_id, None, {UploadState.UNREADABLE}, "it is no draft that could not be read"
            )
            return self._write(connection, found, state=UploadState.RECEIVED, attempts=0, trouble=None)

    def confirm(self, upload_id: str, *, expected: int | None = None) -> Upload:
        """Put a draft into the queue for the index; one that is there already stays.

        Raises DuplicateUploadError when the index has the same bytes.
        """
        confirmed = {UploadState.WAITING, UploadState.INDEXING, UploadState.DONE}
        with self.notebook.writing() as connection:
            found = _expected(
                connection, upload_id, expected, {UploadState.DRAFT, *confirmed}, "it has not been read yet"
            )
            return found if found.state in confirmed else self._confirm(connection, found)

    def confirm_all(self) -> tuple[Upload, ...]:
        """Put every draft into the queue that can be, all or none, and return those."""
        with self.notebook.writing() as connection:
            drafts = records.read_all(connection, (UploadState.DRAFT,))
            return tuple(
                self._confirm(connection, one) for one in drafts if one.summary is None or not one.summary.same_as
            )

    def retry(self, upload_id: str) -> Upload:
        """Index a file again that failed, or that the index no longer has."""
        with self.notebook.writing() as connection:
            allowed = {UploadState.FAILED, UploadState.DONE}
            found = _expected(connection, upload_id, None, allowed, "it is no file that was indexed or failed")
            return self._queue(connection, found)

    def remove(self, upload_id: str, *, expected: int | None = None) -> Upload | None:
        """Discard a file that is not in the index, or have one taken out of it: then it is returned."""
        with self.notebook.writing() as connection:
            allowed = set(UploadState) - {UploadState.INDEXING}
            found = _expected(connection, upload_id, expected, allowed, "it is being indexed")
            if found.state is UploadState.REMOVING:
                return found
            if found.transcript_id is not None:
                return self._write(
                    connection, found, state=UploadState.REMOVING, progress=Progress(), attempts=0, trouble=None
                )
            records.delete(connection, found.id)
        self.library.forget(found)
        return None

    def discard_all(self) -> int:
        """Discard everything that waits to be confirmed, and return how much that was."""
        with self.notebook.writing() as connection:
            found = records.read_all(connection, PENDING)
            for one in found:
                records.delete(connection, one.id)
        for one in found:
            self.library.forget(one)
        return len(found)

    def has_work(self) -> bool:
        """Whether something is to be done with an upload: to read, index, remove, or to let go for its age."""
        if not self.notebook.path.exists():
            return False
        with self.notebook.reading() as connection:
            if records.count(connection, _TO_DO)[0]:
                return True
            untouched = records.untouched_since(connection, PENDING)
        return untouched is not None and untouched < self.expiry

    @property
    def expiry(self) -> datetime:
        """Drafts that nobody has touched since this time are let go."""
        return self.clock() - timedelta(days=self.limits.pending_days)

    def _confirm(self, connection: sqlite3.Connection, found: Upload) -> Upload:
        if found.summary is not None and found.summary.same_as:
            what = f"the index has the same file already, as {found.summary.same_as}"
            raise DuplicateUploadError(what, where=found.name, mend="Discard this one")
        return self._queue(connection, found)

    def _queue(self, connection: sqlite3.Connection, found: Upload) -> Upload:
        return self._write(connection, found, state=UploadState.WAITING, progress=Progress(), attempts=0, trouble=None)

    def _write(self, connection: sqlite3.Connection, found: Upload, **changes: object) -> Upload:
        changed = replace(found, **changes, version=found.version + 1, updated_at=self.clock())  # type: ignore[arg-type]
        records.write(connection, changed)
        return changed

    def _check_room(self, connection: sqlite3.Connection, upload: Upload) -> None:
        number, size = records.count(connection, PENDING)
        limits, mend = self.limits, "Confirm or discard some of them first"
        if number >= limits.pending_files:
            what = f"{number} files wait to be confirmed already"
            raise UploadSpaceError(what, where=upload.name, mend=mend)
        if size + upload.size > limits.pending_bytes:
            what = f"with it, more than {limits.pending_bytes // _MEGABYTE} MB would wait to be confirmed"
            raise UploadSpaceError(what, where=upload.name, mend=mend)


def _expected(
    connection: sqlite3.Connection, upload_id: str, expected: int | None, allowed: Iterable[UploadState], otherwise: str
) -> Upload:
    found = records.read(connection, upload_id)
    if expected is not None and found.version != expected:
        what = f"somebody has changed it meanwhile: this is version {found.version}"
        mend = "Read it again, and repeat the change on what is there now"
        raise ConflictError(what, where=found.id, mend=mend, current=found.version)
    if found.state not in allowed:
        raise UploadStateError(otherwise, where=found.name, mend="See the list of uploads")
    return found


def _checked(field: str, value: str) -> str:
    if field not in STATED_FIELDS:
        raise InvalidRequestError(f"there is no field {field}", where=field, mend=f"Use {', '.join(STATED_FIELDS)}")
    try:
        return checked(field, value) if value.strip() else ""
    except ValueError as error:
        allowed = f"Please {error}"
        raise InvalidRequestError(f'"{value}" is no {field}', where=field, mend=allowed) from error
