"""Dates and quarters as transcripts write them, Chinese and English."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
        r"(?<!\d)(?P<year>20\d\d)\s*(?P<sign>[-/.])\s*(?P<month>\d{1,2})\s*(?P=sign)\s*(?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s*,?\s+(?P<year>(?:19|20)\d\d)\b",
    )
)
_COMPACT_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")

_ZH_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_EN_QUARTER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?P<year>20\d\d)"
_MONTH_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}}|十[一二]|[一二三四五六七八九十])\s*月份?\s*(?:止\s*)?季度",
        rf"(?:quarter|three months)\s+ended\s+{_MONTH}(?:\s+\d{{1,2}})?\s*,?\s*{_YEAR}",
        rf"截至\s*{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*\d{{1,2}}\s*日\s*止?[的之]?\s*(?:季度|三个月)",
        rf"\b(?:{_MONTH})[\s_-]*quarter[\s_-]*{_YEAR}",
        rf"\b{_YEAR}[\s_-]*(?:{_MONTH})[\s_-]*quarter",
    )
)
_NAMED_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}\s*年?\s*第?\s*(?P<quarter>[一二三四1-4])\s*季度?(?!\d)",
        rf"(?<![A-Za-z])Q(?P<quarter>[1-4])[\s_-]*(?:of\s+)?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}[\s_-]*年?\s*(?:第\s*)?Q(?P<quarter>[1-4])(?!\d)",
        rf"(?P<quarter>first|second|third|fourth)[\s-]quarter\s+(?:of\s+)?{_YEAR}",
        rf"{_YEAR}\s+(?P<quarter>first|second|third|fourth)[\s-]quarter",
    )
)
_FISCAL = re.compile(r"财年|財年|财季|財季|fiscal|\bFY\s?\d", re.IGNORECASE)
_YEARS = re.compile(
    r"(20\d\d)\s*年?\s*(?:年度|全年|full[\s-]year|annual)|(?:full[\s-]year|annual)\s+(20\d\d)", re.IGNORECASE
)
_ZH_MONTHS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
_MONTHS_A_QUARTER = 3
_BESIDE_A_DATE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,4}T\b)?|(?:sun|mon|tues|wednes|thurs|fri|satur)day"
    r"|(?:星期|周|週|礼拜)[一二三四五六日天]|(?:北京|香港|美东|台北)?时间|上午|下午|晚上|日期|时间|date|[\W_]",
    re.IGNORECASE,
)
_MOST_BESIDE_A_DATE = 3
FISCAL_QUARTER = re.compile(
    r"财季|財季|fiscal (?:first|second|third|fourth) quarter|(?:first|second|third|fourth) fiscal quarter",
    re.IGNORECASE,
)
"""Words that say that quarters are numbered by a fiscal year."""


def find_date(text: str) -> str | None:
    """Return the first date in the text in ISO 8601, or None. A day that no calendar has is no date."""
    return next((date for pattern in _DATES for match in pattern.finditer(text) if (date := _iso(match))), None)


def is_date_line(text: str) -> bool:
    """Whether the text is a date and hardly anything beside it: a clock time, a day of the week, a place."""
    found = next((match for pattern in _DATES for match in pattern.finditer(text) if _iso(match)), None)
    if found is None:
        return False
    beside = _BESIDE_A_DATE.sub("", text[: found.start()] + text[found.end() :])
    return len(beside) <= _MOST_BESIDE_A_DATE


def quarter_that_ended(text: str) -> str | None:
    """Return the calendar quarter that the text names by its last month, or None."""
    for pattern in _MONTH_QUARTERS:
        if match := pattern.search(text):
            month = _month(match["month"])
            if 1 <= month <= len(_MONTHS):
                return f"{match['year']}Q{-(-month // _MONTHS_A_QUARTER)}"
    return None


def find_compact_date(text: str) -> str | None:
    """Return the first date that a file name writes in eight digits, in ISO 8601, or None."""
    return next((date for match in _COMPACT_DATE.finditer(text) if (date := _iso(match))), None)


def find_period(text: str) -> str | None:
    """Return the calendar quarter ("2023Q2") or year ("2023") that the text names, or None.

    A quarter that is named by its last month is certain. A numbered one counts as a calendar quarter unless
    the text speaks of a fiscal year, of which nobody outside knows where it begins.
    """
    if ended := quarter_that_ended(text):
        return ended
    if _FISCAL.search(text):
        return None
    for pattern in _NAMED_QUARTERS:
        if match := pattern.search(text):
            number = (_ZH_QUARTER | _EN_QUARTER)[match["quarter"].lower()]
            return f"{match['year']}Q{number}"
    match = _YEARS.search(text)
    return match[1] or match[2] if match else None


def _month(text: str) -> int:
    if text in _ZH_MONTHS:
        return _ZH_MONTHS[text]
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _iso(match: re.Match[str]) -> str | None:
    try:
        return dt.date(int(match["year"]), _month(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
