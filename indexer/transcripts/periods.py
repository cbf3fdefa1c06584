"""Quarters, halves and years as calls name them, Chinese and English.

A call names its period in one of three ways, and they are not equally telling. By the *month* with which a quarter
ends ("June quarter 2023"): that is a calendar quarter. By a *number* ("Q1 2024", "2024财年第三财季"): of the calendar
or of the fiscal year, whichever the call counts in. Or only by the day on which it *ended*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from indexer.transcripts.dates import find_dates, half_width, han_year, month_number
from indexer.transcripts.period_forms import (
    ENDED,
    FISCAL,
    HAN_ENDED,
    MONTH_QUARTERS,
    NAMES,
    NUMBERED,
    ORDINALS,
    SPANS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAY_HOLD_A_YEAR = re.compile(r"\d\d|[一二][〇零○一二三四五六七八九]{3}")
_QUARTER_ENDS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
_MONTHS_A_QUARTER = 3
_LAST_MONTH = 12
_LATE_ENDS = 7  # A quarter of thirteen weeks may end some days into the next month.
_LATEST_YEAR = 2099


class NamedBy(IntEnum):
    """How a text names a period, the most telling first."""

    MONTH = 0
    NUMBER = 1
    END = 2


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a text names, and where: `value` is "2024Q1", "2024H1" or "2024"."""

    value: str
    start: int
    end: int
    by: NamedBy
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that a text names by its number, and where."""

    number: int
    start: int
    end: int
    fiscal: bool


def find_periods(text: str) -> tuple[Period, ...]:
    """Return the periods that the text names, the most telling first and then in their order.

    Of a quarter or a half and the year that it is part of, the part comes first: a call on the fourth quarter and
    the year is the call of the quarter.
    """
    text = half_width(text)
    if not _MAY_HOLD_A_YEAR.search(text):
        return ()
    found: list[Period] = []
    for period in (*_by_month(text), *_by_number(text), *_by_end(text)):
        if not any(period.start < other.end and other.start < period.end for other in found):
            found.append(period)
    return tuple(sorted(found, key=lambda period: _rank(period, found)))


def find_period(text: str) -> Period | None:
    """Return the period that the text names most clearly, or None."""
    return next(iter(find_periods(text)), None)


def find_quarter(text: str) -> Quarter | None:
    """Return the first quarter that the text names by its number, with or without a year, or None."""
    match = NUMBERED.search(half_width(text))
    number = _number(match.groupdict()) if match else None
    if match is None or number is None:
        return None
    return Quarter(number, match.start(), match.end(), bool(FISCAL.search(match.group())))


def find_end(text: str) -> str | None:
    """Return the day on which the period ended that the text speaks of, in ISO 8601, or None."""
    ends = (dated for match in ENDED.finditer(half_width(text)) for dated in find_dates(text[match.end() :])[:1])
    return next((dated.value for dated in ends if dated.start <= 1), None)


def last_day(period: str) -> str:
    """Return the last day of a period of the calendar in ISO 8601."""
    year, number = period[:4], period[5:]
    quarter = 4 if not number else int(number) * (2 if period[4] == "H" else 1)
    return f"{year}-{_QUARTER_ENDS[quarter]}"


def _rank(period: Period, found: list[Period]) -> tuple[int, bool, int]:
    is_whole = period.value.isdigit() and any(
        other.value != period.value and other.value.startswith(period.value) for other in found
    )
    return period.by, is_whole, period.start


def _by_month(text: str) -> Iterator[Period]:
    for pattern in MONTH_QUARTERS:
        for match in pattern.finditer(text):
            month = month_number(match["month"])
            if 1 <= month <= _LAST_MONTH:
                quarter = -(-month // _MONTHS_A_QUARTER)
                yield Period(f"{match['year']}Q{quarter}", match.start(), match.end(), NamedBy.MONTH)


def _by_number(text: str) -> Iterator[Period]:
    found: list[Period] = []
    for pattern in NAMES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year, spans = _year(groups)
            if year is None:
                continue
            fiscal = spans or bool(
                FISCAL.search(match.group()) or re.search(r"fiscal\s+$", text[: match.start()], re.IGNORECASE)
            )
            part = _part(groups)
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Period(f"{year}{part}", match.start(), match.end(), NamedBy.NUMBER, fiscal))
    yield from found


def _part(groups: dict[str, str | None]) -> str:
    """Return "Q1", "H2" or, for a year, nothing."""
    half = groups.get("half") or groups.get("half2")
    ordinal_half = groups.get("ordinal_half") or groups.get("han_half")
    if half:
        return f"H{half}"
    if ordinal_half:
        return f"H{ORDINALS[ordinal_half.lower()]}"
    if groups.get("first_half"):
        return "H1"
    if groups.get("third"):
        return "Q3"
    number = _number(groups)
    return f"Q{number}" if number else ""


def _number(groups: dict[str, str | None]) -> int | None:
    plain = groups.get("quarter") or groups.get("quarter2")
    named = groups.get("ordinal") or groups.get("han")
    if plain:
        return int(plain)
    return (ORDINALS.get(named.lower()) or int(named)) if named else None


def _year(groups: dict[str, str | None]) -> tuple[int | None, bool]:
    """Return the year, and whether it spans two of the calendar (2024/25 is the fiscal year 2025)."""
    if roc := groups.get("roc"):
        return int(roc) + 1911, False
    text = (groups.get("fyear") or groups.get("year") or groups.get("short") or "").strip(" '’")
    if text[:1] in {"一", "二"}:
        return han_year(text), False
    first, _, last = re.sub(r"[–-]", "/", text).partition("/")
    if not first:
        return None, False
    year = int(first) if len(first) > 2 else 2000 + int(first)  # noqa: PLR2004 - a year of two digits.
    if last and (year + 1) % 100 != int(last):
        return None, False
    return (year + bool(last), bool(last)) if year <= _LATEST_YEAR else (None, False)


def _by_end(text: str) -> Iterator[Period]:
    for match in ENDED.finditer(text):
        dated = next((dated for dated in find_dates(text[match.end("span") :])[:1]), None)
        months = _months(match["span"])
        if match["monthly"]:
            value = f"{match['year']}-{month_number(match['month']):02d}-28"
            yield from _ended(value, months, match.start(), match.end())
        elif dated and match.end("span") + dated.start <= match.end() + 1:
            yield from _ended(dated.value, months, match.start(), match.end("span") + dated.end)
    for dated in find_dates(text):
        span = HAN_ENDED.match(text, dated.end)
        if span and re.search(r"截至\s*$", text[: dated.start]):
            yield from _ended(dated.value, _months(span["span"]), dated.start, span.end())


def _months(span: str) -> int:
    return next(months for months, words in SPANS if re.fullmatch(words, span, re.IGNORECASE))


def _ended(date: str, months: int, start: int, end: int) -> Iterator[Period]:
    """Yield the period of so many months that ended on that day, if the calendar has a name for it."""
    year, month, day = (int(part) for part in date.split("-"))
    if day <= _LATE_ENDS:
        year, month = (year, month - 1) if month > 1 else (year - 1, _LAST_MONTH)
    quarter, rest = divmod(month, _MONTHS_A_QUARTER)
    if months == _LAST_MONTH:
        yield Period(str(year), start, end, NamedBy.END, fiscal=month != _LAST_MONTH)
    elif rest == 0 and months in {3, 9}:
        yield Period(f"{year}Q{quarter}", start, end, NamedBy.END)
    elif rest == 0 and months == 6 and quarter in {2, 4}:  # noqa: PLR2004 - halves end with these quarters.
        yield Period(f"{year}H{quarter // 2}", start, end, NamedBy.END)
