"""Labels set in one piece with a clock time: "[00:12 Name]", "(Name - 00:12)", "Name | 00:12 | words"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.transcripts.clock import leading_clock

if TYPE_CHECKING:
    from indexer.model import TimeSpan

_TIME_FIRST = re.compile(
    r"[\[【]\s*(?P<stamp>[（(]?[\d:.,]{4,12}[)）]?)\s+(?P<label>[^\[\]【】\d][^\[\]【】]{0,60}?)\s*[\]】]\s*[:：]?"
)
_TIME_LAST = re.compile(
    r"[\[【(（]\s{0,4}(?P<label>[^\s\[\]【】()（）\d:：][^\[\]【】()（）:：]{0,40}?)\s{0,4}[-–—,，|@]?\s{0,4}"
    r"(?P<stamp>\d[\d:.,]{3,11})\s{0,4}[\]】)）]\s{0,4}[:：]?"
)
_BETWEEN_BARS = re.compile(
    r"(?P<label>[^\s|｜\d:：][^|｜\t:：]{0,59}?)\s{0,4}[|｜\t]\s{0,4}(?P<stamp>[\[(（]?\d[\d:.,]{3,11}[\])）]?)"
    r"\s{0,4}[|｜\t]\s{0,4}(?=\S)"
)


def stamped_label(text: str) -> tuple[str, TimeSpan, int] | None:
    """Return the label that the text opens with, the time in one piece with it, and where the words begin."""
    for form in (_TIME_FIRST, _TIME_LAST, _BETWEEN_BARS):
        match = form.match(text)
        clock = leading_clock(match["stamp"]) if match else None
        if match and clock and clock[1] == len(match["stamp"]):
            return match["label"], clock[0], match.end()
    return None
