"""One call that the index has from several files: a passage that a fuller file gives too is no second find.

Indexing tells which transcripts give a call less fully than another (`duplicate_of`). Files cut a call differently, and
edit it differently, so what is asked of such two is how much of the shingles of a passage (Broder 1997, as in
`near_duplicates`) stands in passages of the fuller transcript: those that hold it, are held by it, or have a good part
of it. It repeats them where they have nearly all of its text together, and every figure and denial in it: two files
that differ there are two finds.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.columns import NOTHING
from indexer.text.shingles import letters_of, shingles
from search_web.search.near_duplicates import telling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer.stores.columns import Columns
    from indexer.stores.index import Generation
    from indexer.stores.passages import PassageStore

DEPTH = 200
"""How many of the first hits are looked at: the legs always reach so deep."""

CONTAINED = 0.6
PART = 0.15
COVERED = 0.8
_SHORTEST = 20

# A transcript in shingles is some 300 KB; so many are kept, and of so many passages which others they repeat.
_TRANSCRIPTS = 32
_ROWS = 65_536


class Repeats:
    """Which passages of a generation repeat which; worked out for a passage when first asked for."""

    def among(self, generation: Generation, rows: Sequence[int]) -> dict[int, int]:
        """Return, for each of the rows that says again what another of them says more fully, that other one."""
        columns = generation.passages.columns
        here = np.array(rows, dtype=np.int64)
        fuller_of = columns.fuller[here]
        places = np.flatnonzero(fuller_of != NOTHING).tolist()
        found: dict[int, int] = {}
        if not places:
            return found
        present, among = set(columns.transcript.codes[here].tolist()), set(rows)
        for place in places:
            row, fuller = rows[place], int(fuller_of[place])
            # Most fuller transcripts have nothing among the rows, and to cut one into shingles takes milliseconds.
            if fuller in present:
                repeated = generation.once(self, lambda: _repeated_in(generation.passages))(row, fuller)
                other = next((one for one in repeated if one in among), None)
                if other is not None:
                    found[row] = other
        return found


def _repeated_in(passages: PassageStore) -> Callable[[int, int], tuple[int, ...]]:
    """Return what gives, for a row, the rows of a fuller transcript that say the same, those most alike first."""
    columns = passages.columns

    @lru_cache(_TRANSCRIPTS)
    def said_in(fuller: int) -> tuple[list[int], Said]:
        rows = np.flatnonzero(columns.transcript.codes == fuller).tolist()
        texts = passages.texts_of(rows)
        return rows, Said([texts[row] for row in rows])

    @lru_cache(_ROWS)
    def repeated(row: int, fuller: int) -> tuple[int, ...]:
        rows, said = said_in(fuller)
        if not _agree(columns, row, rows[0]):
            return ()
        return tuple(rows[place] for place in said.places_of(passages.texts_of([row])[row]))

    return repeated


def _agree(columns: Columns, row: int, other: int) -> bool:
    """Tell whether two transcripts may be of one call by company, period and date: what both say is the same.

    Calls of different companies that have nearly all of their text in common are two calls.
    """
    named = ((int(column.codes[row]), int(column.codes[other])) for column in (columns.company, columns.period))
    days = sorted((int(columns.day[row]), int(columns.day[other])))
    return all(one == two or NOTHING in (one, two) for one, two in named) and (days[0] == 0 or _a_day_apart(*days))


def _a_day_apart(first: int, second: int) -> bool:
    """Tell whether two days, as the columns have them, are the same or neighbours: a call has its date in two zones."""
    return abs(_date(second) - _date(first)) <= timedelta(days=1)


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)


class Said:
    """What texts say, to ask of another text which of them say the same."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._letters = [letters_of(text) for text in texts]
        sets = [np.unique(one) for one in shingles(self._letters)]
        self._sizes = np.array([len(one) for one in sets], dtype=np.int64)
        hashes = np.concatenate([np.empty(0, np.uint64), *sets])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], np.repeat(np.arange(len(sets)), self._sizes)[order]

    def places_of(self, text: str) -> tuple[int, ...]:
        """Return the places of the texts that together say what a text says, the most alike first, or none."""
        letters = letters_of(text)
        own = np.unique(shingles([letters])[0])
        shared, at = self._shared(own)
        counts = np.bincount(shared, minlength=len(self._sizes))
        least = np.minimum(self._sizes, len(own))
        alike = (counts >= CONTAINED * least) | (counts >= PART * len(own))
        near = np.flatnonzero(alike & (np.minimum(counts, least) >= _SHORTEST))
        near = near[np.argsort(-counts[near], kind="stable")]
        if not len(near):
            near = np.array([number for number, one in enumerate(self._letters) if one == letters], dtype=np.int64)
        covered = len(np.unique(at[np.isin(shared, near)]))
        said = {sign for other in near.tolist() for sign in telling(self._texts[other])}
        whole = covered >= COVERED * len(own) and said.issuperset(telling(text))
        return tuple(near.tolist()) if whole else ()

    def _shared(self, own: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return each owner of one of a text's own shingles, and the place of that among these."""
        first, last = (np.searchsorted(self._hashes, own, side) for side in ("left", "right"))
        counts = last - first
        at = np.repeat(np.arange(len(own)), counts)
        starts = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) if len(own) else first
        return self._owners[starts + np.arange(len(at))], at
