"""Rolling captions: cues that show the last words of the cue before once more, with new ones below or behind.

Automatic captions roll up line by line or word by word, so that most words stand in the file two or three times.
Whether a file rolls is measured on all its cues: people too say words again, and those must stay.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import TimeSpan

_UNIT = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_ROLLS = 0.4
_GOES_ON = 0.15
_FEWEST_ROLLS = 3
_FEWEST_UNITS = 2
_LONGEST_GAP = 1.0

Shown = tuple[str, ...]
"""The lines of one cue, as they are shown."""


def repeated_lines(cues: Sequence[Shown], times: Sequence[TimeSpan | None]) -> tuple[int, ...]:
    """Return how many lines at the top of each cue are those at the bottom of the cue before: rolled up, not spoken.

    All are 0 unless a good part of the cues do so.
    """
    counts = [0, *(_common(above, below) for above, below in pairwise(cues))]
    counts = [count if _follows(times, index) else 0 for index, count in enumerate(counts)]
    return tuple(counts) if _rolls(counts, [len(cue) for cue in cues]) else (0,) * len(cues)


def repeated_units(cues: Sequence[str], times: Sequence[TimeSpan | None]) -> tuple[int, ...]:
    """Return how many characters at the head of each cue are the words at the tail of the cue before.

    All are 0 unless a good part of the cues do so. For captions that roll word by word.
    """
    units = [list(_UNIT.finditer(cue)) for cue in cues]
    ends = [0] * len(cues)
    for index in range(1, len(cues)):
        above, below = ([unit.group() for unit in units[at]] for at in (index - 1, index))
        count = _common(above, below)
        if count and _follows(times, index) and (count >= _FEWEST_UNITS or count == len(above)):
            ends[index] = units[index][count - 1].end()
    return tuple(ends) if _rolls(ends, [len(cue.rstrip()) for cue in cues]) else (0,) * len(cues)


def _common(above: Sequence[str], below: Sequence[str]) -> int:
    """Return the length of the longest tail of `above` that is the head of `below`.

    Found with the prefix function of Knuth, Morris and Pratt (1977), in time linear in both.
    """
    if not above or not below:
        return 0
    tail = above[-len(below) :]
    borders = [0] * len(below)
    length = 0
    for index in range(1, len(below)):
        while length and below[index] != below[length]:
            length = borders[length - 1]
        length += below[index] == below[length]
        borders[index] = length
    length = 0
    for unit in tail:
        while length and (length == len(below) or unit != below[length]):
            length = borders[length - 1]
        length += unit == below[length]
    return length


def _follows(times: Sequence[TimeSpan | None], index: int) -> bool:
    """Whether a cue is shown as soon as the one before is gone, as rolled ones are."""
    before, time = (times[at] if at >= 0 else None for at in (index - 1, index))
    if before is None or time is None:
        return index > 0
    return time.start - (before.end if before.end is not None else before.start) < _LONGEST_GAP


def _rolls(counts: Sequence[int], sizes: Sequence[int]) -> bool:
    """Whether a file rolls: many cues repeat, and several of these go on with something new.

    Cues that only say again what the one before said may be "Yes." and "Yes."
    """
    pairs = sum(bool(above) and bool(below) for above, below in pairwise(sizes))
    goes_on = sum(0 < count < size for count, size in zip(counts, sizes, strict=True))
    return sum(map(bool, counts)) >= max(_FEWEST_ROLLS, _ROLLS * pairs) and goes_on >= max(2, _GOES_ON * pairs)
