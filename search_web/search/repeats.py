"""One call that the index has from several files: a passage that a fuller file gives too is no second find.

Indexing tells which transcripts give a call less fully than another (`duplicate_of`). Files cut a call differently, and
edit it differently, so what is asked of such two is how much of the shingles of a passage (Broder 1997, as in
`near_duplicates`) stands in passages of the fuller transcript: those that hold it, are held by it, or have a good part
of it. It repeats them where they have nearly all of its text together, and every figure and denial in it: two files
that differ there are two finds.
"""

from __future__ import annotations

from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.columns import NOTHING
from indexer.text.shingles import letters_of, shingles
from search_web.search.near_duplicates import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


class Repeats:
    """Which passages of a generation repeat which; worked out for a transcript when first asked for."""

    def __init__(self) -> None:
        self._lock = Lock()

    def among(self, generation: Generation, rows: Sequence[int]) -> dict[int, int]:
        """Return, for each of the rows that says again what another of them says more fully, that other one."""
        columns = generation.passages.columns
        here = np.array(rows, dtype=np.int64)
        fuller = columns.fuller[here]
        found: dict[int, int] = {}
        if not (fuller >= 0).any():
            return found
        among = set(rows)
        for place in np.flatnonzero(fuller >= 0).tolist():
            row, code = rows[place], int(columns.transcript.codes[rows[place]])
            repeated = self._repeated(generation, code, int(fuller[place])).get(row, ())
            other = next((one for one in repeated if one in among), None)
            if other is not None:
                found[row] = other
        return found

    def _repeated(self, generation: Generation, code: int, fuller: int) -> Mapping[int, tuple[int, ...]]:
        known: dict[int, Mapping[int, tuple[int, ...]]] = generation.once(self, dict)
        with self._lock:
            if code not in known:
                known[code] = _repeated_in(generation.passages, code, fuller)
            return known[code]


def _repeated_in(passages: PassageStore, code: int, fuller: int) -> Mapping[int, tuple[int, ...]]:
    """Return, for the rows of one transcript, the rows of another that say the same, those most alike first."""
    codes = passages.columns.transcript.codes
    mine, theirs = np.flatnonzero(codes == code), np.flatnonzero(codes == fuller)
    if not _agree(passages.columns, int(mine[0]), int(theirs[0])):
        return {}
    texts = passages.texts_of([*mine.tolist(), *theirs.tolist()])
    return {
        int(mine[place]): tuple(int(theirs[other]) for other in others)
        for place, others in repeated_texts(
            [texts[row] for row in mine.tolist()], [texts[row] for row in theirs.tolist()]
        ).items()
    }


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


def repeated_texts(texts: Sequence[str], others: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return, for each text that the others say too, the places of those that do, the most alike first."""
    letters = [letters_of(text) for text in others]
    sets = [np.unique(one) for one in shingles(letters)]
    sizes = np.array([len(one) for one in sets], dtype=np.int64)
    hashes = np.concatenate([np.empty(0, np.uint64), *sets])
    owners = np.repeat(np.arange(len(sets)), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    found: dict[int, tuple[int, ...]] = {}
    mine = [letters_of(text) for text in texts]
    for place, own in enumerate(map(np.unique, shingles(mine))):
        shared, at = _shared(hashes, owners, own)
        counts = np.bincount(shared, minlength=len(sets))
        least = np.minimum(sizes, len(own))
        alike = (counts >= CONTAINED * least) | (counts >= PART * len(own))
        near = np.flatnonzero(alike & (np.minimum(counts, least) >= _SHORTEST))
        near = near[np.argsort(-counts[near], kind="stable")]
        if not len(near):
            near = np.array([number for number, text in enumerate(letters) if text == mine[place]], dtype=np.int64)
        covered = len(np.unique(at[np.isin(shared, near)]))
        said = {sign for other in near.tolist() for sign in telling(others[other])}
        if len(near) and covered >= COVERED * len(own) and said.issuperset(telling(texts[place])):
            found[place] = tuple(near.tolist())
    return found


def _shared(
    hashes: NDArray[np.uint64], owners: NDArray[np.int64], own: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each owner of one of our own shingles, and the place of that among ours."""
    first, last = np.searchsorted(hashes, own, "left"), np.searchsorted(hashes, own, "right")
    counts = last - first
    at = np.repeat(np.arange(len(own)), counts)
    starts = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) if len(own) else first
    return owners[starts + np.arange(len(at))], at
