"""Finds the same call in several files: a PDF beside a page saved from the web, a draft beside the final record.

Which transcripts share text is read off an inverted table of the digests in their sketches, so that the work grows
with the collection and not with its square.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from indexer.build.report import Duplicate
from indexer.build.sketch import digests_in
from indexer.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.model import Transcript
    from indexer.stores.passages import TranscriptInfo

# Digests that more transcripts have are of what is said in every call, and tell nothing.
_COMMON = 20

# Digests of 64 bits are looked at in so many parts.
_PARTS = 16
_SHIFT = 60

# A text with fewer digests of its own is too short to tell.
_FEWEST = 8

# How much of the shorter text must stand in the longer one: when the two say that they are the same call, when they
# do not say, and when they say that they are not.
_SHARES = {True: 0.4, None: 0.8, False: 0.95}


@dataclass(frozen=True, slots=True)
class Call:
    """What is compared of a transcript."""

    id: str
    path: str
    title: str
    names: frozenset[str]
    period: str | None
    date: str | None
    sketch: bytes


def call_of(transcript: Transcript | TranscriptInfo, sketch: bytes) -> Call:
    """Return what is compared of a transcript."""
    names = frozenset(fold(name) for name in (transcript.company, transcript.ticker) if name)
    return Call(
        id=transcript.id,
        path=transcript.source.path,
        title=" ".join(fold(transcript.title).split()),
        names=names,
        period=transcript.period,
        date=transcript.date,
        sketch=sketch,
    )


def find_duplicates(calls: Sequence[Call]) -> tuple[Duplicate, ...]:
    """Return the transcripts whose call another transcript gives more fully, each with the one that does.

    That is the longest, or of equally long ones the first by path, and is never a duplicate itself.
    """
    shared, sizes = _overlaps([call.sketch for call in calls])
    fullest_first = sorted(range(len(calls)), key=lambda place: (-sizes[place], calls[place].path))
    rank = {place: step for step, place in enumerate(fullest_first)}
    fuller: dict[int, list[tuple[float, int]]] = {}
    for (one, other), count in shared.items():
        short, full = sorted((one, other), key=rank.__getitem__, reverse=True)
        share = count / sizes[short]
        if sizes[short] >= _FEWEST and share >= _SHARES[same_call(calls[short], calls[full])]:
            fuller.setdefault(short, []).append((share, full))
    found: dict[int, Duplicate] = {}
    for place in fullest_first:
        standing = [(share, full) for share, full in fuller.get(place, ()) if full not in found]
        if standing:
            share, full = max(standing, key=lambda pair: (pair[0], -rank[pair[1]]))
            call, other_call = calls[place], calls[full]
            found[place] = Duplicate(call.id, call.path, other_call.id, other_call.path, round(share, 2))
    return tuple(found[place] for place in sorted(found))


def same_call(one: Call, other: Call) -> bool | None:
    """Whether two transcripts say that they are the same call; None when they do not say.

    The day may differ by one: a call has its date in two zones of time.
    """
    days = _days_between(one.date, other.date)
    if (days is not None and days > 1) or (one.period and other.period and one.period != other.period):
        return False
    if one.title == other.title or (one.names & other.names and (days is not None or one.period)):
        return True
    return None


def _days_between(one: str | None, other: str | None) -> int | None:
    if one is None or other is None:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _overlaps(sketches: Sequence[bytes]) -> tuple[dict[tuple[int, int], int], list[int]]:
    """Return how many digests each two sketches share, and how many each has, without those that are common.

    The digests are looked at in turns, those with the same first bits together: in memory is one such part of them.
    """
    sizes = np.zeros(len(sketches), np.int64)
    shared: Counter[tuple[int, int]] = Counter()
    for part in range(_PARTS):
        digests, owners = _telling(sketches, part)
        sizes += np.bincount(owners, minlength=len(sketches))
        shared.update(dict(_pairs(digests, owners, len(sketches))))
    return shared, sizes.tolist()


def _telling(sketches: Sequence[bytes], part: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the digests of a part, rising, each with its owners in turn, without those that are common."""
    first, last = np.uint64(part << _SHIFT), np.uint64((part + 1 << _SHIFT) - 1)
    parts = [np.empty(0, np.uint64)]
    for sketch in sketches:
        digests = digests_in(sketch)
        parts.append(digests[np.searchsorted(digests, first) : np.searchsorted(digests, last, side="right")])
    digests = np.concatenate(parts)
    owners = np.repeat(np.arange(len(sketches)), [len(part) for part in parts[1:]])
    order = np.argsort(digests, kind="stable")
    digests, owners = digests[order], owners[order]
    _, places, counts = np.unique(digests, return_inverse=True, return_counts=True)
    telling = counts[places] <= _COMMON if len(places) else np.empty(0, np.bool_)
    return digests[telling], owners[telling]


def _pairs(digests: NDArray[np.uint64], owners: NDArray[np.int64], count: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield each two owners of the same digest, the smaller one first, and how many digests both own."""
    found = [np.empty(0, np.int64)]
    for distance in range(1, _COMMON):
        same = digests[:-distance] == digests[distance:]
        found.append(owners[:-distance][same] * count + owners[distance:][same])
    pairs, counts = np.unique(np.concatenate(found), return_counts=True)
    for pair, shared in zip(pairs.tolist(), counts.tolist(), strict=True):
        yield divmod(pair, count), shared
