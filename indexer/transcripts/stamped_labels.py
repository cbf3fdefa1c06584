"""Labels set in one piece with a time: "[00:12 Name]", "(Name - 00:12)", "Name | 00:12 | words"."""

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


_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
_DATED = re.compile(
    rf"\[?{_DAY},?\s{{1,3}}\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[AP]M)?(?:\]|\s?-(?=\s)|(?=\s))\s{{1,3}}(?=\S)",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"(?:(?P<asks>提问|提問|投资者|投資者)|(?:答复|答覆|回复|回覆|回答))[人者]?\s?[:：]\s?(?P<who>\S{1,30})\s{1,8}"
    r"(?:(?:提问|提問|答复|答覆|回复|回覆|回答|发布|發布)?(?:时间|時間|日期)\s?[:：]\s?)\d{4}[-/.年]\d.{0,20}"
)


def dated_start(text: str) -> int:
    """Return where the words of a message begin behind the day and the time of the day; 0 where there are none."""
    match = _DATED.match(text)
    return match.end() if match else 0


def side_of_written(text: str) -> tuple[str, bool] | None:
    """Return who asks or answers in writing, and whether it is the asker: "提问者：irm_1  提问时间：2025-02-10"."""
    match = _SIDE.fullmatch(text)
    return (match["who"], match["asks"] is not None) if match else None


def stamped_label(text: str) -> tuple[str, TimeSpan, int] | None:
    """Return the label that the text opens with, the time in one piece with it, and where the words begin."""
    for form in (_TIME_FIRST, _TIME_LAST, _BETWEEN_BARS):
        match = form.match(text)
        clock = leading_clock(match["stamp"]) if match else None
        if match and clock and clock[1] == len(match["stamp"]):
            return match["label"], clock[0], match.end()
    return None
