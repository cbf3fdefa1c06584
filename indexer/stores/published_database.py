"""A SQLite file of a published index, which nobody changes any more, read from many threads.

It knows nothing of passages: it lends connections, runs queries, and turns what SQLite raises into our error.
"""

from __future__ import annotations

import sqlite3
import weakref
import zlib
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from indexer.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")


class PublishedDatabase:
    """Connections to one file, made when first needed and kept for the next reader.

    Reading raises IndexDamagedError, with `mend` as the advice, when the file is not what was written.
    """

    def __init__(self, path: Path, *, mend: str) -> None:
        self._path = path
        self._mend = mend
        self._idle: deque[sqlite3.Connection] = deque()
        self._finalizer = weakref.finalize(self, _close_all, self._idle)

    def select(self, sql: str, values: Sequence[object] | Mapping[str, object], make: Callable[[Any], T]) -> list[T]:
        """Return what `make` makes of each record that the query finds."""
        with self.reading() as connection:
            return [make(record) for record in connection.execute(sql, values)]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that no other thread uses meanwhile, and turn what it raises into our error."""
        connection = None
        try:
            connection = self._borrow()
            yield connection
        except (sqlite3.Error, zlib.error, ValueError) as error:
            raise self.damaged(str(error)) from error
        finally:
            if connection is not None:
                self._idle.append(connection)
                if not self._finalizer.alive:
                    _close_all(self._idle)

    def damaged(self, what: str) -> IndexDamagedError:
        """Return the error that says what is wrong with the file."""
        return IndexDamagedError(what, where=str(self._path), mend=self._mend)

    def close(self) -> None:
        """Release the file. Also done when nobody holds the database any more."""
        self._finalizer()

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        # Published files never change: without locks and checks for changes SQLite answers fastest.
        uri = f"file:{quote(str(self._path))}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)


def bindable(text: str) -> str | bytes:
    """Return the text as SQLite takes it: bytes, which equal nothing stored, for a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def only(record: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a column of any type.
    """Return the one column of a record."""
    return record[0]


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
