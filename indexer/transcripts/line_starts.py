"""Where the lines of the source begin in a text that was joined from them.

A paragraph that is divided into passages needs this: each piece has lines, a page and a time of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import LineSpan, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class LineStart:
    """A line of the source begins at `offset`, in code points of the joined text."""

    offset: int
    line: int
    page: int | None = None
    time: TimeSpan | None = None


def cut(starts: Sequence[LineStart], begin: int, end: int) -> tuple[LineStart, ...]:
    """Return the starts within text[begin:end], counted from there.

    The first of them is the line that `begin` stands in.
    """
    inside = _within(starts, begin, end)
    return tuple(LineStart(max(0, start.offset - begin), start.line, start.page, start.time) for start in inside)


def lines_of(starts: Sequence[LineStart], begin: int, end: int, whole: LineSpan) -> LineSpan:
    """Return the lines that text[begin:end] stands on; `whole` are those of all the text."""
    found = _within(starts, begin, end)
    if not found or (found[0].line == whole.first and found[-1].line == whole.last):
        return whole
    return LineSpan(found[0].line, found[-1].line)


def page_of(starts: Sequence[LineStart], begin: int, whole: int | None) -> int | None:
    """Return the page on which text[begin:] begins."""
    at = _line_at(starts, begin)
    return starts[at].page if at >= 0 else whole


def time_of(starts: Sequence[LineStart], begin: int, end: int, whole: TimeSpan | None) -> TimeSpan | None:
    """Return the least time that is known to hold all of text[begin:end].

    A text that begins within a line gets the time of that line only where its end is known too: when the line began
    says nothing of when its middle was said.
    """
    if not starts:
        return whole if begin == 0 else None
    covered = [start.time for start in _within(starts, begin, end) if start.time]
    if not covered:
        return whole if begin == 0 else None
    first = _line_at(starts, begin)
    following = next((start.time for start in starts[bisect_left(starts, end, key=_offset) :] if start.time), None)
    finish = covered[-1].end or (following.start if following else None)
    opened = starts[max(first, 0)]
    if begin > opened.offset and opened.time and len(covered) == 1 and finish is None:
        return None
    return TimeSpan(covered[0].start, finish)


def joined_time(times: Iterable[TimeSpan | None]) -> TimeSpan | None:
    """Return the time from the first start to the last end, or None when there is none."""
    known = [time for time in times if time is not None]
    return TimeSpan(known[0].start, known[-1].end) if known else None


def _within(starts: Sequence[LineStart], begin: int, end: int) -> Sequence[LineStart]:
    """Return the starts of the lines that text[begin:end] stands on."""
    if len(starts) == 1:
        return starts if starts[0].offset < max(end, begin + 1) else ()
    return starts[max(0, _line_at(starts, begin)) : bisect_left(starts, max(end, begin + 1), key=_offset)]


def _line_at(starts: Sequence[LineStart], offset: int) -> int:
    """Return the index of the line in which `offset` stands, -1 when it stands before all."""
    return bisect_right(starts, offset, key=_offset) - 1


def _offset(start: LineStart) -> int:
    return start.offset
