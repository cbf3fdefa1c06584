"""What records say of the call as a whole, in normal form: title, company, ticker, period, date, language.

Beside these, `fiscal` is "true" where the period counts in a fiscal year, and `period_end` the day on which it ended.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from indexer.sources import records_keys as keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.sources.records_keys import Record

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.]|年\s*)(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_FORMS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b. %d, %Y", "%m/%d/%Y")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTER = re.compile(
    r"Q\s*([1-4])(?!\d)|(?<!\d)([1-4])\s*Q|第?\s*([一二三四1-4])\s*季|(first|second|third|fourth)", re.IGNORECASE
)
_HALF = re.compile(r"H\s*([12])(?!\d)|(?<!\d)([12])\s*H|([上下])半年", re.IGNORECASE)
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
_LANGUAGES = {
    "english": "en",
    "chinese": "zh",
    "mandarin": "zh",
    "中文": "zh",
    "英文": "en",
    "普通话": "zh",
    "cn": "zh",
}
_LONGEST = 300


def fields_of(record: Record) -> dict[str, str]:
    """Return the metadata that an object gives, itself or in the objects that it keeps such things in."""
    within = [value for key, value in record.items() if key in keys.METADATA and isinstance(value, dict)]
    fields: dict[str, str] = {}
    for part in (record, *within):
        for name, value in _stated(part).items():
            fields.setdefault(name, value)
    return fields


def common_fields(records: Sequence[Record], *, several_speakers: bool) -> dict[str, str]:
    """Return the metadata that all records of one transcript agree on.

    The title of a record is that of its speaker, and so is a company where it differs or one alone speaks.
    """
    stated = [_stated(record) for record in records]
    agreed = {
        name: value
        for name, value in (stated[0] if stated else {}).items()
        if all(other.get(name) == value for other in stated)
    }
    agreed.pop("title", None)
    if not several_speakers or len(records) < 2:  # noqa: PLR2004 - one record agrees with itself on anything.
        agreed.pop("company", None)
    return agreed


def identity(record: Mapping[str, Any], *, titled: bool = False) -> tuple[str, ...]:
    """Return what tells a transcript from others: ticker, company, period and date, and the title if `titled`."""
    stated = _stated(record)
    names = ("ticker", "company", "period", "date", *(["title"] if titled else []))
    return tuple(stated[name] for name in names if name in stated)


def period_of(value: object, year: object = None) -> str | None:
    """Return a period in normal form ("2023Q2", "2023H1", "2023") or None; `year` stands beside it in the record."""
    text = _text(value)
    years = _YEAR.search(text) or _YEAR.search(_text(year))
    if years is None:
        return None
    rest = text.replace(years[1], " ", 1)
    if quarter := _QUARTER.search(rest) or re.fullmatch(r"\s*([1-4])\s*", rest):
        return f"{years[1]}Q{_number(quarter)}"
    if half := _HALF.search(rest):
        return f"{years[1]}H{_number(half)}"
    return years[1] if not re.search(r"\d", rest) else None


def date_of(value: object) -> str | None:
    """Return a date in ISO 8601 or None: of ISO and Chinese dates, 20240501, and "May 1, 2024" and its like."""
    text = _text(value)
    if match := _ISO.search(text) or _COMPACT.fullmatch(text):
        try:
            return dt.date(*map(int, match.groups())).isoformat()
        except ValueError:
            return None
    for form in _FORMS if _YEAR.search(text) else ():
        try:
            return dt.datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day has no time zone here.
        except ValueError:
            continue
    return None


def language_of(value: object) -> str | None:
    """Return "zh" or "en" for the name or the tag of a language, or None for what is neither."""
    text = _text(value).casefold()
    match = re.fullmatch(r"(zh|en)(?:[-_]\w+)*", text)
    return match[1] if match else _LANGUAGES.get(text)


def _stated(record: Mapping[str, Any]) -> dict[str, str]:
    quarter, year = keys.first(record, keys.QUARTER), keys.first(record, keys.YEAR)
    found = {
        "title": _text(keys.first(record, keys.TITLE)),
        "company": _text(keys.first(record, keys.COMPANY)),
        "ticker": _text(keys.first(record, keys.TICKER)),
        "period": period_of(keys.first(record, keys.PERIOD)) or period_of(quarter, year) or period_of(None, year),
        "date": next((day for key in keys.DATE if (day := date_of(keys.first(record, (key,))))), None),
        "language": language_of(keys.first(record, keys.LANGUAGE)),
        "period_end": date_of(keys.first(record, keys.PERIOD_END)),
    }
    if found["period"] and any("fiscal" in key or key in {"财季", "财年"} for key in record):
        found["fiscal"] = "true"
    return {name: value for name, value in found.items() if value}


def _text(value: object) -> str:
    """Return a value as a short line of text; objects, lists and what is too long to be meant are empty."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > 10**12:
        return ""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else ""


def _number(match: re.Match[str]) -> int:
    text = next(group for group in match.groups() if group).lower()
    return _NUMBERS[text] if text in _NUMBERS else int(text)
