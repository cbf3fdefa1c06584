"""Who speaks in a published index, and whose calls it holds."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.appearances import ROWS_SQL, Appearance, read_appearances
from indexer.stores.passage_entities import Call, Officer, Person, call, officer, person
from indexer.stores.passage_queries import CALLS, OFFICERS, PEOPLE
from indexer.stores.published_database import PublishedDatabase, only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from indexer.stores.row_columns import RowColumns


class Speakers:
    """The speakers of one generation. They may be read from many threads.

    Every method raises IndexDamagedError when the file is not what was written.
    """

    def __init__(self, database: PublishedDatabase, rows: Callable[[], RowColumns]) -> None:
        self._database = database
        self._rows = rows

    def people(self) -> tuple[Person, ...]:
        """Return everybody who speaks in the index, each with every firm and role that they speak in once."""
        return tuple(self._database.select(PEOPLE, (), person))

    def officers(self) -> tuple[Officer, ...]:
        """Return everybody of a management whose title is known, those of older calls first."""
        return tuple(self._database.select(OFFICERS, (), officer))

    def calls(self) -> tuple[Call, ...]:
        """Return whose call every transcript is, and on what, in the order of their rows."""
        return tuple(self._database.select(CALLS, (), call))

    @cached_property
    def appearances(self) -> tuple[Appearance, ...]:
        """Who speaks in which transcript, in the order of their first words; read when first asked for."""
        return read_appearances(self._database, self._rows())

    def rows_said(self, appearances: Iterable[Appearance]) -> NDArray[np.int64]:
        """Return the searchable rows of what was said in these appearances, rising."""
        wanted = json.dumps([(one.transcript, one.speaker) for one in appearances])
        return np.unique(np.array(self._database.select(ROWS_SQL, (wanted,), only), dtype=np.int64))
