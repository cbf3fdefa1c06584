"""The day of the call: not the day on which a page was published, a period ended or a report was filed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Evidence, Origin
from indexer.transcripts.dates import find_compact_date, find_dates, find_name_date, half_width, is_date_line
from indexer.transcripts.periods import find_periods
from indexer.transcripts.place import CALL_WORDS, Where
from indexer.transcripts.welcomes import openings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.transcripts.dates import Dated
    from indexer.transcripts.place import Place
    from indexer.transcripts.turns import Reading

_NOT_BEFORE = re.compile(
    r"(?:ended|ending|ends|end of|as of|as at|filed(?: on)?|copyright|©|\(c\)|retrieved|accessed|printed|downloaded"
    r"|until|through|since|dated the|截至|截止|自|至|止于)\W*(?:on\s+|the\s+)?(?:\w+day,?\s+)?(?:GMT\W*)?$",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(r"\s*(?:止|为止|起|前|至|[-–—~]\s*\d{4}\s*年)")
_OF_A_PAGE = re.compile(
    r"publish|posted|updated|modified|\bby\b|\bauthor|\bat \d{1,2}:\d\d|发布时间|發布|发表|發表|更新|来源|來源|作者"
    r"|编辑|責任編輯|栏目|欄目|阅读|閱讀|浏览|评论|IP属地|转发|收藏|字号|微信|公众号|\d{1,2}:\d\d:\d\d",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:event\s+)?date(?:\s*/\s*time)?(?:\s+of\s+(?:the\s+)?(?:call|event|meeting))?"
    r"|(?:call|event|meeting|conference)\s+(?:date|time)"
    r"|(?:会议|會議|召开|召開|活动|活動|电话会|電話會|举行|接待|调研)?\s*(?:时间|時間|日期)",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"today(?:['’]s date)?(?:\s+is|,|\s+on)?[^.]{0,24}$"
    r"|recorded(?:\s+today)?(?:,|\s+on)?(?:\s+\w+day,?)?\s*(?:the\s+)?$"
    r"|(?:今天|今日|现在)(?:是|为|，)?[^。]{0,10}$",
    re.IGNORECASE,
)
_MOST_BETWEEN = 40
_LONGEST_TEXT = 300
_DAY_FIRST = re.compile(
    r"\b(?:LSE|LON|AIM|ASX|NSE|NSEI|BSE|SGX|HKEX|SEHK|ENXTPA|XTRA|BST|CET|CEST|AEST|AEDT|IST|HKT|SGT|plc)\b"
    r"|(?<=\d)\.(?:HK|L|AX)\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"\b(?:NYSE|NASDAQ\w*|AMEX|OTC\w*|E[SD]?T|C[SD]T|P[SD]?T|Eastern|Pacific)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventDates:
    """The dates found, the most telling first.

    `published` has those that seem to be of the page only, and are believed where there is no other; `unclear` the
    figures that can be read two ways.
    """

    found: tuple[Evidence, ...]
    published: tuple[Evidence, ...]
    unclear: tuple[str, ...]


def find_event_dates(places: Sequence[Place], reading: Reading, stem: str) -> EventDates:
    """Gather the dates that may be the day of the call from the places that name it."""
    found: list[Evidence] = []
    published: list[Evidence] = []
    unclear: list[str] = []
    day_first = _day_first(places)
    for place, dated in _dates(places):
        text = place.text.strip()
        if dated.other and day_first is None:
            unclear.append(text[dated.start : dated.end])
            continue
        value = dated.other if dated.other is not None and day_first else dated.value
        evidence = Evidence("date", value, place.where.origin, _shown(place, dated), place.line)
        (published if _is_of_the_page(place) else found).append(evidence)
    found.extend(
        Evidence("date", compact, place.where.origin, place.text.strip(), place.line)
        for place in places
        if place.where is Where.TITLE and not find_dates(place.text) and (compact := find_compact_date(place.text))
    )
    found.extend(_said(reading))
    if named := find_name_date(stem):
        found.append(Evidence("date", named, Origin.FILE_NAME, stem))
    found.sort(key=lambda evidence: _ORDER.index(evidence.origin))
    return EventDates(tuple(found), tuple(published), tuple(unclear))


_ORDER = tuple(Origin)


def _dates(places: Sequence[Place]) -> Iterator[tuple[Place, Dated]]:
    """Yield the dates of the places that stand for the call and for nothing beside it."""
    for place in places:
        text = half_width(place.text[:_LONGEST_TEXT])
        for dated in find_dates(text):
            if _NOT_BEFORE.search(text[: dated.start]) or _NOT_BEHIND.match(text, dated.end):
                continue
            if any(period.start <= dated.start < period.end for period in find_periods(text)):
                continue
            yield place, dated


def _is_labelled(text: str) -> bool:
    label, colon, _ = half_width(text).replace("：", ":").partition(":")
    return bool(colon) and bool(_LABEL.fullmatch(label.strip(" *#【】[]")))


def _is_of_the_page(place: Place) -> bool:
    """Whether the line is one that pages write of themselves, or a loose one that says nothing of a call."""
    if place.where in {Where.RUNNING_HEAD, Where.WELCOME, Where.TAIL} or _is_labelled(place.text):
        return False
    if place.where is Where.LEAD:
        return True
    if _OF_A_PAGE.search(place.text):
        return True
    return not (is_date_line(place.text) or CALL_WORDS.search(place.text) or place.where is Where.TITLE)


def _said(reading: Reading) -> Iterator[Evidence]:
    """Yield the days of which somebody says at the beginning that they are today."""
    for speech in openings(reading):
        for dated in find_dates(speech.text[:3000]):
            start = max(0, dated.start - _MOST_BETWEEN)
            before = half_width(speech.text[start : dated.start])
            today = _TODAY.search(before)
            if dated.other is None and today and not _NOT_BEFORE.search(before):
                text = speech.text[start + today.start() : dated.end]
                yield Evidence("date", dated.value, Origin.TEXT, text, speech.lines.first)


def _shown(place: Place, dated: Dated) -> str:
    """Return the line, or of a very long one what stands around the date."""
    text = place.text.strip()
    return text if len(text) <= _LONGEST_TEXT else place.text[max(0, dated.start - _MOST_BETWEEN) : dated.end]


def _day_first(places: Sequence[Place]) -> bool | None:
    """Return whether figures put the day first, by the exchange or time zone that the places name."""
    texts = [place.text for place in places]
    day, month = (any(pattern.search(text) for text in texts) for pattern in (_DAY_FIRST, _MONTH_FIRST))
    return None if day == month else day
