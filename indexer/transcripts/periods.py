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

from indexer.transcripts.dates import HAN_MONTH, MONTH, find_dates, half_width, han_year, month_number

if TYPE_CHECKING:
    from collections.abc import Iterator

FISCAL = re.compile(
    r"财年|財年|财季|財季|财政年度|財政年度|会计年度|會計年度|fiscal|financial year"
    r"|(?:(?<![a-z])|(?<=\d[QH]))FY(?![a-z])|(?<![a-z])(?:F[QH][1-4]|[1-4]F[QH]|F[1-4][QH])",
    re.IGNORECASE,
)
"""Words that say that periods are numbered by a fiscal year."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINALS |= {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th"
_HALF_ORDINAL = r"first|second|1st|2nd"
_DIGITS = "〇零○一二三四五六七八九"
_LONG = r"(?:(?:19|20)\d\d(?:[/–-]\d\d(?!\d))?)"
_FY = r"(?:FY|fiscal(?:\s+year)?|financial\s+year|F)"
# A year of two digits stands behind an apostrophe or a sign of the fiscal year, or right beside the quarter.
_YEAR = rf"(?P<year>{_LONG}(?!\d|[./-]\d)|['’]\s?\d\d(?!\d))"
_FISCAL_YEAR = rf"(?:{_FY}[\s_-]*['’]?(?P<fyear>{_LONG}|\d\d)(?!\d))"
_ANY_YEAR = rf"(?:{_FISCAL_YEAR}|{_YEAR})"
_BESIDE = r"(?P<short>\d\d)(?![\d%.,:/])"
_OF = r"[\s_,–-]*(?:(?:of|for|in)\s+)?(?:the\s+)?"
_WORDS = r"(?:\s+(?:earnings|results|financial|trading|conference|call|update|webcast)){0,4}"
_AND_YEAR = (
    r"(?:(?:\s*(?:and|&|,)\s*)(?:(?:the|full|fiscal|whole|financial|annual|year[\s-]end)[\s-]*)*(?:year(?:[\s-]end)?"
    r"|annual|FY)?)?"
)
_HAN_YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:{_LONG}|\d\d(?=\s*[年财財]))|[一二][{_DIGITS}]{{3}})|(?P<roc>(?<!\d)1[0-4]\d(?=\s*年)))"
)
_UNIT = r"\s*(?:年度?|财年|財年|财政年度|財政年度|会计年度|會計年度)?[\s,，、的]*"
_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Quarters: Q1 2024, FQ1 2024, Q1'24, Q1 FY24, Q4 and full year 2023; 1Q24, 1QFY24; 2024Q1, FY24 Q1.
        rf"(?<![a-z0-9])F?Q(?P<quarter>[1-4])(?!\d){_AND_YEAR}(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9])F?Q(?P<quarter>[1-4]){_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?<![a-z0-9.])F?(?P<quarter>[1-4])F?Q(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}|['’]?\d\d(?=[\s-]?Q|年|财|財)))"
        rf"{_UNIT}[\s_,/-]*(?:第\s*)?F?(?:Q(?P<quarter>[1-4])|(?P<quarter2>[1-4])Q)(?!\d)",
        rf"(?:fiscal[\s-]+)?(?P<ordinal>{_ORDINAL})[\s_-]+(?:fiscal[\s_-]+)?quarter(?:['’]s)?{_AND_YEAR}"
        rf"(?:{_WORDS}{_OF}){_ANY_YEAR}",
        rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG})(?:['’]s)?)[\s,_-]+(?:fiscal\s+)?"
        rf"(?P<ordinal>{_ORDINAL})[\s_-]+(?:fiscal[\s_-]+)?quarter",
        rf"{_HAN_YEAR}{_UNIT}(?:第|前)?\s*(?P<han>[一二三四1-4])\s*(?:个|個)?\s*(?:季|财季|財季)",
        # Halves: H1 2024, 1H24, first half 2024, half-year results 2024, 2024 interim results, 2024年上半年.
        rf"(?<![a-z0-9])F?H(?P<half>[12])(?!\d)(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9.])(?P<half>[12])H(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}|['’]?\d\d(?=[\s-]?H)))[\s_,/-]*"
        r"(?:H(?P<half>[12])|(?P<half2>[12])H)(?!\d)",
        rf"(?:fiscal\s+)?(?P<ordinal_half>{_HALF_ORDINAL})[\s_-]+half(?:[\s-]year)?{_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}))[\s,_-]+(?:fiscal\s+)?(?P<ordinal_half>{_HALF_ORDINAL})[\s_-]+half",
        rf"(?P<first_half>half[\s-]year(?:ly)?|interim){_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}))[\s,_-]+(?P<first_half>half[\s-]year|interim)",
        rf"{_HAN_YEAR}{_UNIT}(?:(?P<first_half>半年|中期|中报|中報)|(?P<han_half>[上下])\s*半年)",
        # Nine months count as the quarter that ends them.
        rf"(?<![a-z0-9])(?P<third>9M|nine[\s-]months)(?:{_WORDS}{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        # Years: FY2023, full year 2023, 2019 annual results, 2023年年度, 2025财年.
        rf"(?<![a-z]){_FISCAL_YEAR}",
        rf"(?:full|whole|annual)[\s-](?:year)?{_WORDS}[\s,]*(?:of|for)?\s*(?:the\s+year\s+)?{_YEAR}",
        rf"(?:annual|final|preliminary|year[\s-]end){_WORDS}{_OF}{_YEAR}",
        rf"(?P<year>(?<![\d/.-]){_LONG})(?:['’]s)?[\s_-]+(?:full[\s_-]year|annual[\s_-](?:results|report|earnings)"
        r"|year[\s_-]end|final[\s_-]results|preliminary[\s_-]results|results\b)",
        rf"{_HAN_YEAR}\s*(?:年\s*(?:年度|度|全年|年报|年報|年终|年終|末期|业绩|業績)|全年|年度"
        r"|财年|財年|财政年度|財政年度|会计年度|會計年度)(?!\s*(?:股东|股東))",
    )
)
_MONTHS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>(?:19|20)\d\d)\s*年\s*{HAN_MONTH}\s*月份?\s*(?:止\s*)?季度",
        rf"(?<![a-z]){MONTH}[\s_-]*quarter(?:\s+of)?[\s,_-]*(?P<year>(?:19|20)\d\d)",
        rf"(?<!\d)(?P<year>(?:19|20)\d\d)[\s_-]*{MONTH}[\s_-]*quarter",
    )
)
_SPANS = (
    (3, r"quarter|three[\s-]months?|3[\s-]months?|季度|三个月|三個月"),
    (6, r"half[\s-]?year|six[\s-]months?|6[\s-]months?|半年度?|六个月|六個月|中期"),
    (9, r"nine[\s-]months?|9[\s-]months?|九个月|九個月"),
    (12, r"year|twelve[\s-]months?|12[\s-]months?|年度|全年|财年|財年|十二个月|十二個月"),
    (0, r"period"),
)
_ENDED = re.compile(
    r"(?P<span>"
    + "|".join(words for _, words in _SPANS)
    + r")\s+(?:period\s+)?(?:ended|ending|to)\s+(?:on\s+)?(?:the\s+)?"
    rf"(?P<monthly>{MONTH}\s*,?\s*(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
_HAN_ENDED = re.compile(r"\s*(?:为|為)?止?\s*(?:的|之)?\s*(?P<span>" + "|".join(words for _, words in _SPANS) + ")")
_NUMBERED = re.compile(
    rf"(?:fiscal[\s-]+)?(?P<ordinal>{_ORDINAL})[\s-]+(?:fiscal[\s-]+)?quarter|(?<![a-z0-9])F?Q(?P<quarter>[1-4])(?![\d'’])"
    r"|(?:第\s*)?(?P<han>[一二三四])\s*(?:季度|季报|季報|财季|財季)",
    re.IGNORECASE,
)
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
    match = _NUMBERED.search(half_width(text))
    number = _number(match.groupdict()) if match else None
    if match is None or number is None:
        return None
    return Quarter(number, match.start(), match.end(), bool(FISCAL.search(match.group())))


def find_end(text: str) -> str | None:
    """Return the day on which the period ended that the text speaks of, in ISO 8601, or None."""
    ends = (dated for match in _ENDED.finditer(half_width(text)) for dated in find_dates(text[match.end() :])[:1])
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
    for pattern in _MONTHS:
        for match in pattern.finditer(text):
            month = month_number(match["month"])
            if 1 <= month <= _LAST_MONTH:
                quarter = -(-month // _MONTHS_A_QUARTER)
                yield Period(f"{match['year']}Q{quarter}", match.start(), match.end(), NamedBy.MONTH)


def _by_number(text: str) -> Iterator[Period]:
    found: list[Period] = []
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year, spans = _year(groups)
            if year is None:
                continue
            fiscal = spans or bool(
                FISCAL.search(match.group()) or re.search(r"fiscal\s+$", text[: match.start()], re.I)
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
        return f"H{_ORDINALS[ordinal_half.lower()]}"
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
    return (_ORDINALS.get(named.lower()) or int(named)) if named else None


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
    for match in _ENDED.finditer(text):
        dated = next((dated for dated in find_dates(text[match.end("span") :])[:1]), None)
        months = _months(match["span"])
        if match["monthly"]:
            value = f"{match['year']}-{month_number(match['month']):02d}-28"
            yield from _ended(value, months, match.start(), match.end())
        elif dated and match.end("span") + dated.start <= match.end() + 1:
            yield from _ended(dated.value, months, match.start(), match.end("span") + dated.end)
    for dated in find_dates(text):
        span = _HAN_ENDED.match(text, dated.end)
        if span and re.search(r"截至\s*$", text[: dated.start]):
            yield from _ended(dated.value, _months(span["span"]), dated.start, span.end())


def _months(span: str) -> int:
    return next(months for months, words in _SPANS if re.fullmatch(words, span, re.IGNORECASE))


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
