"""Clock times of recordings as they stand in text: (00:11:28), [00:12], 0:03, 0:0:3.2 --> 0:0:7.1."""

from __future__ import annotations

import re

from indexer.model import TimeSpan

_STAMP = r"(?<![\d:.])(?:\d{1,3}:\d{1,2}:\d{1,2}|\d{1,3}:\d{2})(?:[.,]\d{1,3})?(?![\d:])"
_RANGE = rf"{_STAMP}(?:\s*(?:-->|--|[-–—~至到])\s*{_STAMP})?"
_OPEN, _CLOSE = r"[（(\[【<＜]?\s*", r"\s*[）)\]】>＞]?"
# What a wall clock has beside it, and a recording never.
_NO_HALF_OF_DAY = r"(?!\s*(?:[ap]\.?m\b|[ECMPBG]S?T\b|UTC))"
_CLOCK = re.compile(rf"{_OPEN}(?P<stamps>{_RANGE}){_CLOSE}{_NO_HALF_OF_DAY}", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?P<day>(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})[,\s]*)?"
    rf"{_OPEN}(?P<stamps>{_RANGE})(?P<half>\s?[ap]\.?m\.?(?![a-z]))?{_CLOSE}\s*$",
    re.IGNORECASE,
)
_IN_A_DATE = re.compile(r"\d{4}|(?:,|\b(?:at|from|on))\s*$", re.IGNORECASE)
_FIRST_SIGNS = frozenset("0123456789（([【<＜ ")
_ONE_STAMP = re.compile(_STAMP)
_LONGEST_LINE = 160


def leading_clock(text: str) -> tuple[TimeSpan, int] | None:
    """Return the time at the start of the text, in seconds, and the length that it takes with its brackets."""
    if text[:1] not in _FIRST_SIGNS:
        return None
    match = _CLOCK.match(text)
    return (_span(match["stamps"]), match.end()) if match else None


def trailing_clock(text: str) -> tuple[TimeSpan | None, int] | None:
    """Return the time at the end of a line and where it begins with its brackets.

    Beside a date, or with "AM" or "PM", it is the time of the day; where in the recording that was is unknown: None.
    """
    if not text or len(text) > _LONGEST_LINE or ":" not in text:
        return None
    match = _TRAILING.search(text)
    if match is None or (match["half"] and _IN_A_DATE.search(text, 0, match.start())):
        return None
    return (None if match["day"] or match["half"] else _span(match["stamps"])), match.start()


def _span(stamps: str) -> TimeSpan:
    seconds = [_seconds(stamp.group()) for stamp in _ONE_STAMP.finditer(stamps)]
    end = seconds[1] if len(seconds) > 1 and seconds[1] >= seconds[0] else None
    return TimeSpan(seconds[0], end)


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)
