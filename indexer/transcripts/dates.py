"""Dates as transcripts write them, Chinese and English."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0xA0, 0x2007, 0x202F, *b"\t\n"), " "
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
"""A month in English, with the group `month`, which `month_number` reads."""
HAN_MONTH = r"(?P<month>\d{1,2}|十[一二]|[一二三四五六七八九十])"
"""A month in Chinese, likewise."""
_DIGITS = "〇零○一二三四五六七八九"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_HAN_DAY = r"(?P<day>三十一?|[一二]?十[一二三四五六七八九]?|二十[一二三四五六七八九]|[一二三四五六七八九])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号號]",
        rf"(?P<year>[一二][{_DIGITS}]{{3}})\s*年\s*{HAN_MONTH}\s*月\s*{_HAN_DAY}\s*[日号號]",
        r"(?<!\d)(?P<roc>1\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日號]",
        r"(?:民國|民国)\s*(?P<roc>\d{2,3})\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?P<sign>[-/.])\s*(?P<month>\d{1,2})\s*(?P=sign)\s*(?P<day>\d{1,2})(?!\d)",
        rf"(?<![a-z]){MONTH}[\s-]*{_DAY}[\s,-]+{_YEAR}",
        rf"(?<!\d){_DAY}[\s-]*(?:of\s+)?{MONTH}[\s,-]*{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})-{MONTH}-(?P<short>\d\d)(?!\d)",
    )
)
_MAY_HOLD_A_DATE = re.compile(r"(?:19|20)\d\d|年|民[國国]|[A-Za-z]-\d\d")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_COMPACT = re.compile(r"(?<![0-9])(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![0-9])")
_DATE_AND_ID = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\d{3,}[A-Z]")
_BESIDE_A_DATE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,4}T\b)?|(?:sun|mon|tues|wednes|thurs|fri|satur)day"
    r"|(?:星期|周|週|礼拜)[一二三四五六日天]|(?:北京|香港|美东|台北)?时间|上午|下午|晚上|日期|时间|時間|会议|會議|召开"
    r"|\b(?:event|call|date|time|gmt|utc|eastern|et|pt)\b|[\W_]",
    re.IGNORECASE,
)
_MOST_BESIDE_A_DATE = 3
_ROC_ERA = 1911  # Year 1 of the Republic of China is 1912.


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: `value` in ISO 8601, and where it stands.

    `other` is the date as the other half of the world reads the same figures (05/02/2024), None where there is
    one reading only.
    """

    value: str
    start: int
    end: int
    other: str | None = None


def half_width(text: str) -> str:
    """Return the text with full-width Latin and all blanks made plain, one character for one."""
    return text.translate(_FULL_WIDTH)


def find_dates(text: str) -> tuple[Dated, ...]:
    """Return the dates in the text in their order. A day that no calendar has is no date.

    05/02/2024 is read with the month first and has the other reading beside it; 02.05.2024 is written where the
    day comes first.
    """
    text = half_width(text)
    if not _MAY_HOLD_A_DATE.search(text):
        return ()
    found: list[Dated] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _iso(match)
            if value and not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Dated(value, match.start(), match.end()))
    found += [dated for match in _NUMERIC.finditer(text) if (dated := _numeric(match))]
    return tuple(sorted(found, key=lambda dated: dated.start))


def find_date(text: str) -> str | None:
    """Return the first date in the text that has one reading, in ISO 8601, or None."""
    return next((dated.value for dated in find_dates(text) if dated.other is None), None)


def is_date_line(text: str) -> bool:
    """Whether the text is a date and hardly anything beside it: a clock time, a day of the week, a place."""
    found = find_dates(text)
    if not found:
        return False
    text = half_width(text)
    beside = _BESIDE_A_DATE.sub("", f"{text[: found[0].start]} {text[found[0].end :]}")
    return len(beside) <= _MOST_BESIDE_A_DATE


def find_compact_date(text: str) -> str | None:
    """Return the first date that a file name writes in eight digits, in ISO 8601, or None.

    Digits within a jumble of letters and digits are an identifier.
    """
    for match in _COMPACT.finditer(text):
        before = re.search(r"[A-Za-z0-9]*$", text[: match.start()])
        after = re.match(r"[A-Za-z0-9]*", text[match.end() :])
        beside = (before.group() if before else "") + (after.group() if after else "")
        if not re.search(r"\d", beside) and (value := _iso(match)):
            return value
    return None


def find_name_date(stem: str) -> str | None:
    """Return the date that a file name holds, in ISO 8601, or None: in words, in figures, in eight digits."""
    for text in (stem, stem.replace("_", " "), stem.replace("_", "-").replace(" ", "-")):
        if value := find_date(text):
            return value
    glued = _DATE_AND_ID.search(stem)
    return find_compact_date(stem) or (_iso(glued) if glued else None)


def month_number(text: str) -> int:
    """Return the number of a month that `MONTH` or `HAN_MONTH` found; it may be none of the calendar."""
    if text.isdigit():
        return int(text)
    return _han_number(text) if text[0] > "\x7f" else _MONTHS.index(text[:3].lower()) + 1


def han_year(text: str) -> int:
    """Return the year that four Han digits write."""
    return int("".join(str(max(_DIGITS.index(digit) - 2, 0)) for digit in text))


def _han_number(text: str) -> int:
    """Return the number below 100 that Han characters write."""
    tens, ten, units = text.rpartition("十")
    digit = _DIGITS.index
    if not ten:
        return digit(text) - 2
    return (digit(tens) - 2 if tens else 1) * 10 + (digit(units) - 2 if units else 0)


def _numeric(match: re.Match[str]) -> Dated | None:
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    month_first, day_first = _date(year, first, second), _date(year, second, first)
    if match["sign"] == ".":
        month_first = None
    value = month_first or day_first
    if value is None:
        return None
    other = day_first if month_first and day_first != month_first else None
    return Dated(value, match.start(), match.end(), other)


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    day = groups["day"]
    if groups.get("roc"):
        year = int(groups["roc"]) + _ROC_ERA
    elif groups.get("short"):
        year = 2000 + int(groups["short"])
    else:
        year = int(groups["year"]) if groups["year"].isdigit() else han_year(groups["year"])
    return _date(year, month_number(groups["month"]), int(day) if day.isdigit() else _han_number(day))


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
