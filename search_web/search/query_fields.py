"""The fields that a query can name (`speaker:张勇`), their other names, and the values that they take."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from indexer.model import Delivery, Role, Section
from indexer.text.normalise import fold

LANGUAGES = ("zh", "en")

_NAMES = {
    "speaker": ("speaker", "发言人", "讲者", "说话人"),
    "company": ("company", "ticker", "公司"),
    "firm": ("firm", "affiliation", "机构", "所属机构"),
    "role": ("role", "角色"),
    "section": ("section", "部分", "环节"),
    "language": ("lang", "language", "语言"),
    "delivery": ("delivery", "转述"),
    "period": ("period", "quarter", "季度", "期间"),
    "date": ("date", "日期"),
    "transcript": ("transcript", "call", "记录"),
}
FIELD_OF_NAME = {name: field for field, names in _NAMES.items() for name in names}
"""The field that each name stands for; names are folded."""

_VALUES: dict[str, dict[str, str]] = {
    "role": {
        **{role.value: role.value for role in Role},
        "管理层": "management", "高管": "management", "分析师": "analyst", "主持人": "operator", "接线员": "operator",
        "其他": "other",
    },
    "section": {
        **{section.value: section.value for section in Section},
        "q&a": "qa", "问答": "qa", "提问": "qa", "发言": "prepared", "开场": "intro",
    },
    "language": {"zh": "zh", "en": "en", "chinese": "zh", "english": "en", "中文": "zh", "英文": "en"},
    "delivery": {
        **{delivery.value: delivery.value for delivery in Delivery},
        "原话": "original", "翻译": "translated", "译文": "translated",
    },
}  # fmt: skip
_PERIOD = re.compile(
    r"(?:fy)?\s*(?P<year>(?:19|20)\d\d)\s*[-年]?\s*(?:(?P<kind>[qh])(?P<number>[1-4]))?"
    r"|(?P<kind_first>[qh])(?P<number_first>[1-4])\s*[-']?\s*(?:fy)?(?P<year_last>(?:19|20)?\d\d)"
    r"|(?P<number_ahead>[1-4])(?P<kind_behind>[qh])\s*[-']?\s*(?:fy)?(?P<year_behind>(?:19|20)?\d\d)"
    r"|fy\s*(?P<year_fiscal>\d\d)"
    r"|(?P<year_short>\d\d)\s*(?P<kind_short>[qh])(?P<number_short>[1-4])"
)
_PERIOD_IN_WORDS = re.compile(
    r"(?P<year>(?:19|20)?\d\d)年?(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年(?:度)?|财?年度?)"
)
_DAY = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})[日号號]?|月)?|年)?")
_RANGE = re.compile(r"\s*(?P<first>\S*?)\s*(?:\.\.+|…+|~|--|–|—|至|到)\s*(?P<last>.*)")
_COMPARED = re.compile(r"(?P<sign>>=|<=|>|<)\s*(?P<day>.+)")
_LAST_MONTH = 12
_FIRST_DAY, _LAST_DAY = date.min.isoformat(), date.max.isoformat()
_NUMBERS = {**{number: number for number in "1234"}, "一": "1", "二": "2", "三": "3", "四": "4"}
_HALVES = {"上": "H1", "下": "H2"}


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last` in ISO 8601, both included; None where it is open."""

    first: str | None
    last: str | None


def checked_value(field: str, value: str) -> str | None:
    """Return the value in the form that the index has it, or None when the field has no such value."""
    if field in _VALUES:
        return _VALUES[field].get(fold(value))
    if field == "period":
        return period_value(value)
    if field == "date":
        return value if date_range(value) else None
    return value.strip() or None


def expected_values(field: str) -> str:
    """Return, for a message, what the field takes."""
    if field in _VALUES:
        return ", ".join(dict.fromkeys(_VALUES[field].values()))
    examples = {
        "period": "a quarter such as 2023Q2, a half such as 2023H1, or a year",
        "date": "a day, month or year such as 2023-08-10, or a range such as 2023-01..2023-06",
    }
    return examples.get(field, "a name")


def period_value(text: str) -> str | None:
    """Return a period in the form of the index ("2023Q2", "2023H1", "2023"), or None."""
    folded = fold(text).strip()
    if words := _PERIOD_IN_WORDS.fullmatch(folded):
        part = f"Q{_NUMBERS[words['quarter']]}" if words["quarter"] else _HALVES.get(words["half"], "")
        return f"{_full_year(words['year'])}{part}"
    match = _PERIOD.fullmatch(folded)
    if match is None:
        return None
    year, kind, number = (
        next((text for name, text in match.groupdict().items() if name.startswith(of) and text), None)
        for of in ("year", "kind", "number")
    )
    if kind is None:
        return _full_year(year or "")
    return None if kind == "h" and number not in {"1", "2"} else f"{_full_year(year or '')}{kind.upper()}{number}"


def _full_year(year: str) -> str:
    return year if len(year) > len("23") else f"20{year}"


def date_range(text: str) -> DateRange | None:
    """Return the days that a date, a month, a year, a comparison or a range of these stands for, or None."""
    text = fold(text).strip()
    if compared := _COMPARED.fullmatch(text):
        return _compared(compared["sign"], compared["day"])
    if (parted := _RANGE.fullmatch(text)) and not _DAY.fullmatch(text):
        return _between(parted["first"], parted["last"])
    days = _days(text)
    return DateRange(*days) if days else None


def is_backwards(days: DateRange) -> bool:
    """Tell whether a range ends before it begins, so that no day is in it."""
    return bool(days.first and days.last and days.first > days.last)


def _between(first_text: str, last_text: str) -> DateRange | None:
    first, last = _days(first_text), _days(last_text)
    unreadable = any(text.strip() and not days for text, days in ((first_text, first), (last_text, last)))
    if unreadable or not (first or last):
        return None
    return DateRange(first[0] if first else None, last[1] if last else None)


def _compared(sign: str, text: str) -> DateRange | None:
    days = _days(text)
    if days is None or (sign == ">" and days[1] == _LAST_DAY) or (sign == "<" and days[0] == _FIRST_DAY):
        return None
    first, last = days
    match sign:
        case ">=":
            return DateRange(first, None)
        case "<=":
            return DateRange(None, last)
        case ">":
            return DateRange(_shifted(last, 1), None)
        case _:
            return DateRange(None, _shifted(first, -1))


def _shifted(day: str, days: int) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + days).isoformat()


def _days(text: str) -> tuple[str, str] | None:
    """Return the first and last day of a day, month or year."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        last_month = _LAST_MONTH if month is None else month
        last = date(first.year, last_month, day or calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()
