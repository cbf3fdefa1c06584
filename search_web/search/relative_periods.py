"""Periods that a query names by the newest call: last quarter, 去年同期, the March quarter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.transcripts.dates import half_width
from search_web.search.entities import QUARTERS, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
# The months with which quarters end; many calls name a quarter by that: the March quarter, 12 月份季度.
_ENDS = {
    "march": 1, "june": 2, "september": 3, "december": 4,
    "3": 1, "6": 2, "9": 3, "12": 4, "三": 1, "六": 2, "九": 3, "十二": 4,
}  # fmt: skip
_QUARTER = (
    r"(?:\bq(?P<{0}>[1-4])\b|(?P<{0}word>first|second|third|fourth)\s+quarter|第?(?P<{0}han>[一二三四1-4])季度?"
    r"|\b(?P<{0}month>march|june|september|december)\s+quarter"
    r"|(?<![\d十])(?P<{0}hanmonth>12|[369]|十二|[三六九])\s?月份?\s?季度?)"
)
_RELATIVE = re.compile(
    "|".join(
        (
            (
                r"(?P<yearago>去年同期|上年同期|去年同季|\byear[\s-]ago\s+(?:quarter|period)"
                r"|\bsame\s+(?:quarter|period)\s+(?:of\s+)?(?:last\s+year|(?:a|one)\s+year\s+(?:ago|earlier)))"
            ),
            rf"(?P<inyear>今年|去年|前年|last\s+year(?:'s|’s)?|this\s+year(?:'s|’s)?)\s*的?{_QUARTER.format('a')}",
            rf"{_QUARTER.format('b')}\s+(?:of\s+)?(?P<ofyear>last\s+year|this\s+year)",
            (
                r"(?P<latest>最近一?(?:次|期|场)的?(?:业绩|财报|季报|电话)(?:电话)?(?:会议|会)?"
                r"|最新(?:一[次期季场])?的?(?:业绩会|财报|季报|电话会议?|业绩)|最近一个?季度?|最新一?个?季度?"
                r"|\b(?:latest|most\s+recent|newest)\s+(?:earnings\s+|conference\s+)?(?:call|quarter|results|transcript))"
            ),
            r"(?P<lastquarter>上一?个?财?季度?|\b(?:last|previous|prior|preceding)\s+(?:fiscal\s+)?quarter)",
            r"(?P<thisquarter>本财?季度?|这一?个?季度?|当季|\b(?:this|current)\s+(?:fiscal\s+)?quarter)",
            r"(?P<lastyear>去年|上一?个?财?年度?|\b(?:last|previous|prior)\s+(?:fiscal\s+)?year)",
            r"(?P<thisyear>今年|本财?年度?|\b(?:this|current)\s+(?:fiscal\s+)?year)",
            r"(?P<yearbefore>前年)",
            _QUARTER.format("c"),
        )
    ),
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:next|coming|following|current)\s+quarter|下一?个?季度?|接下来一?个?季度", re.IGNORECASE)
# What each of these has in it, which tells at once that most queries have none.
_CUE = re.compile(r"[年季最月]|year|quarter|\bq[1-4]|latest|recent|newest", re.IGNORECASE)


def without_relative(query: str) -> str | None:
    """Return a query without words such as "last quarter", which count from the newest call; None when it has none."""
    text = half_width(query)
    if not _CUE.search(text):
        return None
    rest, times = _RELATIVE.subn(" ", text)
    return rest if times else None


def relative_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text names periods by the newest call, whichever that is."""
    return tuple(match.span() for match in _RELATIVE.finditer(text)) if _CUE.search(text) else ()


def speaks_of_quarter(text: str, quarter: str, of: str | None) -> bool:
    """Tell whether what is said in a call of the period `of` names a quarter such as 2024Q3, in whatever words."""
    numbers = {
        number
        for match in _RELATIVE.finditer(half_width(text))
        for name, value in match.groupdict().items()
        if value and (number := _number(name, value))
    }
    if int(quarter[-1]) in numbers:
        return True
    return of is not None and "Q" in of and of == _previous(quarter) and bool(_NEXT.search(text))


def find_relative(text: str, newest: str, periods: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the periods that a text names by the `newest` one, each with where it begins and ends.

    A quarter without its year is the newest such of `periods`.
    """
    if not _CUE.search(text):
        return
    for match in _RELATIVE.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        value = _value(groups, newest, periods)
        if value is not None:
            yield value, *match.span()


def _value(groups: dict[str, str], newest: str, periods: Sequence[str]) -> str | None:
    """Return the period that relative words stand for, counted from the newest one."""
    year, part = int(newest[:4]), newest[4:]
    quarter = next((number for name, text in groups.items() if (number := _number(name, text))), None)
    if quarter is not None:
        named = groups.get("inyear") or groups.get("ofyear")
        if named:
            return f"{year - _years_back(named)}Q{quarter}"
        # A quarter without its year is the newest of that number.
        return max((period for period in periods if period[4:] == f"Q{quarter}"), default=None)
    is_quarter = part.startswith("Q")
    meant = {
        "yearago": f"{year - 1}{part}",
        "lastquarter": _previous(newest) if is_quarter else None,
        "thisquarter": newest if is_quarter else None,
        "latest": newest,
        "thisyear": str(year),
        "lastyear": str(year - 1),
        "yearbefore": str(year - 2),
    }
    return next((meant[name] for name in groups if name in meant), None)


def _number(group: str, text: str) -> int | None:
    """Return the number of the quarter that a group of the pattern has, None for groups that have none."""
    if group[:1] not in "abc":
        return None
    match group[1:]:
        case "" | "word" | "han":
            return _NUMBERS.get(text.lower()) or int(text)
        case "month" | "hanmonth":
            return _ENDS[text.lower()]
    return None


def _years_back(words: str) -> int:
    if words.startswith("前"):
        return 2
    return int(words.lower().startswith(("去", "last")))


def _previous(quarter: str) -> str:
    year, number = divmod(span_of(quarter)[0] - 1, QUARTERS)
    return f"{year}Q{number + 1}"
