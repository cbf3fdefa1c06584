"""In how many passages each term stands, counted while they are written."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.stores.keyword import KeywordDocument

MOST_IN_MEMORY = 500_000
"""So many terms are counted in memory, some 50 MB of them; when there are more, they are set aside and counted anew."""


class Vocabulary:
    """Counts the passages of each term; a passage counts once, in whichever fields it has the term.

    `aside` is where a file may be written that the counting needs for itself alone.
    """

    def __init__(self, aside: Path, most: int = MOST_IN_MEMORY) -> None:
        self._aside = aside
        self._most = most
        self._counts: Counter[str] = Counter()
        self._connection: sqlite3.Connection | None = None

    def add(self, document: KeywordDocument) -> None:
        """Count one passage."""
        self._counts.update(set(chain.from_iterable(document.fields.values())))
        if len(self._counts) > self._most:
            self._set_aside()

    def counted(self) -> Iterator[tuple[str, int]]:
        """Yield each term, by code points, with the count of its passages."""
        if self._connection is None:
            yield from sorted(self._counts.items())
            return
        self._set_aside()
        with writing(self._aside, sqlite3.OperationalError):
            yield from self._connection.execute("SELECT term, sum(passages) FROM counted GROUP BY term ORDER BY term")

    def close(self) -> None:
        """Remove what was set aside."""
        if self._connection is not None:
            self._connection.close()
            self._aside.unlink(missing_ok=True)

    def _set_aside(self) -> None:
        with writing(self._aside, sqlite3.OperationalError):
            if self._connection is None:
                self._connection = sqlite3.connect(self._aside, isolation_level=None)
                self._connection.executescript(
                    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
                    "CREATE TABLE counted (term TEXT NOT NULL, passages INTEGER NOT NULL); BEGIN"
                )
            self._connection.executemany("INSERT INTO counted VALUES (?, ?)", self._counts.items())
        self._counts.clear()
