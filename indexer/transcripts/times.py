"""Clock times of marks and speaker lines to the speech below them, and languages to times that stand twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Delivery, TimeSpan
from indexer.text.language import dominant_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.items import Item

_FEWEST_PAIRS = 2


def with_times(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give speech the time of the mark or speaker line above it.

    What stands below one time was said between it and the next one, so all of it gets that span; the end is left
    open below the last time, and where the next one is earlier because a new recording begins. Speech of which
    the format gives the time keeps it.
    """
    marks = [(i, item.time) for i, item in enumerate(items) if item.kind is not None and item.time is not None]
    if not marks:
        return tuple(items)
    timed = list(items)
    for place, (first, time) in enumerate(marks):
        until = marks[place + 1][0] if place + 1 < len(marks) else len(items)
        later = next((other.start for _, other in marks[place + 1 :] if other.start != time.start), None)
        end = time.end if time.end is not None else later if later is not None and later > time.start else None
        for index in range(first + 1, until):
            if items[index].kind is None and items[index].time is None:
                timed[index] = replace(items[index], time=TimeSpan(time.start, end))
    return tuple(timed)


def with_translations(items: Sequence[Item]) -> tuple[Item, ...]:
    """Tell original and translation apart where the same time stands above the same words in two languages.

    The first of the two is the original. One such pair alone may be a chance; nothing is told of it.
    """
    spoken = [i for i, item in enumerate(items) if item.kind is None]
    pairs: list[tuple[int, int]] = []
    for first, second in pairwise(spoken):
        one, two = items[first], items[second]
        if pairs and pairs[-1][1] == first:
            continue
        if one.time is None or two.time is None or one.time.start != two.time.start:
            continue
        if second - first <= 2 and dominant_language(one.text) != dominant_language(two.text):  # noqa: PLR2004 - a mark
            pairs.append((first, second))
    if len(pairs) < _FEWEST_PAIRS:
        return tuple(items)
    told = list(items)
    for first, second in pairs:
        told[first] = replace(items[first], delivery=Delivery.ORIGINAL)
        told[second] = replace(items[second], delivery=Delivery.TRANSLATED)
    return tuple(told)
