"""The file of the notebook: transactions that many threads and processes may ask for at once."""

from __future__ import annotations

import os
import sqlite3
import time
import weakref
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from indexer.errors import NotebookDamagedError, NotebookError, NotebookLockedError, NotebookMismatchError
from search_web.notebook.migrations import migrate, migrations, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 60.0
"""How many seconds a transaction waits for those of others."""

_APPLICATION = 1497910850
_PAUSE = 0.01
_OWN = 0o600
"""It has what people keep to themselves, and what is kept of their passwords."""

_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"
_PRIMARY = 0xFF  # Extended result codes of SQLite have the primary one in their lowest byte.

Identity = tuple[int, int] | None

_LEFT_BEHIND: list[object] = []


class Notebook:
    """The SQLite file in which users keep things. It may be used from many threads, and by many processes.

    The file is made by the first transaction that writes; until then it reads as empty. It is in WAL mode, so that
    readers never wait, and what was committed is on the disk.
    Transactions raise NotebookLockedError, NotebookDamagedError, NotebookMismatchError when a newer program wrote the
    file, or NotebookError for what the system refuses. `witness` is told of every transaction that has changed
    something, before it ends and within it.
    """

    def __init__(self, path: Path, witness: Callable[[sqlite3.Connection], None] | None = None) -> None:
        self.path = path
        self._witness = witness
        self._process = os.getpid()
        self._idle: deque[tuple[sqlite3.Connection, Identity]] = deque()
        self._finalizer = weakref.finalize(self, _close_all, self._idle)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the notebook, whatever others write meanwhile."""
        with self._transaction(_READ) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that alone may write. The block is done wholly, or, when it raises, not at all."""
        with self._transaction(_WRITE) as connection:
            before = connection.total_changes
            yield connection
            if self._witness is not None and connection.total_changes != before:
                self._witness(connection)

    def close(self) -> None:
        """Release the file. Also done when nobody holds the notebook any more."""
        _close_all(self._idle)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection, identity = None, None
        try:
            connection, identity = self._borrow(make=begin == _WRITE)
            connection.execute(begin)
            self._check_version(connection)
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._named(error) from error
        finally:
            if connection is not None:
                self._give_back(connection, identity)

    def _borrow(self, *, make: bool) -> tuple[sqlite3.Connection, Identity]:
        if self._process != os.getpid():
            # A connection must not be used behind a fork, not even to be closed.
            _LEFT_BEHIND.append(self._idle)
            self._finalizer.detach()
            self._process, self._idle = os.getpid(), deque()
            self._finalizer = weakref.finalize(self, _close_all, self._idle)
        identity = self._identity()
        while self._idle:
            try:
                connection, opened = self._idle.pop()
            except IndexError:
                break
            if opened == identity:
                return connection, opened
            connection.close()  # Another file has taken the place of the one that it has open.
        if identity is None and not make:
            return self._opened(":memory:"), None
        if not make and self._cannot_change():
            return self._opened(f"file:{quote(str(self.path))}?immutable=1"), None
        if identity is None:
            self._make()
        connection = self._opened(self.path)
        return connection, self._identity()

    def _make(self) -> None:
        """Make an empty file that nobody else on this machine may read; SQLite makes those beside it alike."""
        # Where that fails, SQLite says why.
        with suppress(OSError):
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0), _OWN))

    def _give_back(self, connection: sqlite3.Connection, identity: Identity) -> None:
        """Keep the connection for others, unless what it was lent for left something behind."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            identity = None
        if identity is None:
            connection.close()
        else:
            self._idle.append((connection, identity))

    def _opened(self, path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, uri=isinstance(path, str)
        )
        try:
            self._check_kind(connection)
            self._check_version(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            if version_of(connection) < len(migrations()):
                _write_ahead(connection)
                migrate(connection)
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _cannot_change(self) -> bool:
        """Tell whether the file lies where nothing may be written, and nobody has it open to write.

        WAL mode needs a file beside it even for reading, which everybody who has it open shares.
        """
        beside = (self.path.with_name(f"{self.path.name}{ending}") for ending in ("-wal", "-shm"))
        return not os.access(self.path.parent, os.W_OK) and not any(file.exists() for file in beside)

    def _identity(self) -> Identity:
        """Return what tells the file from another in its place; None when there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _check_kind(self, connection: sqlite3.Connection) -> None:
        """Refuse a database of something else before anything is written into it."""
        connection.execute("BEGIN")
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.execute("COMMIT")
        if application != _APPLICATION and tables:
            mend = "Name another file with --notebook"
            raise NotebookDamagedError("this database is no notebook", where=str(self.path), mend=mend)

    def _check_version(self, connection: sqlite3.Connection) -> None:
        version, known = version_of(connection), len(migrations())
        if version > known:
            what = f"the notebook was written by a newer Yuanhua (version {version} of the file, not {known})"
            mend = "Install the newest Yuanhua, or name another file with --notebook"
            raise NotebookMismatchError(what, where=str(self.path), mend=mend)

    def _named(self, error: sqlite3.Error) -> NotebookError:
        """Return our error for what SQLite says."""
        where, code = str(self.path), getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            what = f"another process has kept the notebook locked for {_PATIENCE:.0f} seconds"
            return NotebookLockedError(what, where=where, mend="Try again when it has finished")
        if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            mend = "Put a copy of it back, or name another file with --notebook"
            return NotebookDamagedError(str(error), where=where, mend=mend)
        mend = "See that its folder exists, may be written to and has room, or name another file with --notebook"
        return NotebookError(str(error), where=where, mend=mend)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn WAL mode on. SQLite waits for nobody here, so that several processes that begin at once must try again."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _close_all(connections: deque[tuple[sqlite3.Connection, Identity]]) -> None:
    while connections:
        connections.pop()[0].close()
