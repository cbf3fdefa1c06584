"""Title, company, ticker, period and date: from what the file says of itself, or None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.transcripts.dates import (
    FISCAL_QUARTER,
    find_compact_date,
    find_date,
    find_period,
    is_date_line,
    quarter_that_ended,
)
from indexer.transcripts.script import close_han_gaps, ends_sentence, width
from indexer.transcripts.sections import section_of_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indexer.transcripts.turns import Reading

_WIDE_GAP = re.compile(r"[ \t\u3000]{4,}")
_TICKER = (
    re.compile(
        r"[（(]\s*(?:NASDAQ|NYSE|NYSE American|HKEX|SEHK|SSE|SZSE|LSE|TSX|纳斯达克|纽交所|港交所"
        r"|股票代码|证券代码|股份代号)\s*[:：]\s*([A-Z0-9][A-Z0-9.]{0,9})",
        re.IGNORECASE,
    ),
    re.compile(
        r"[（(]\s*([A-Z]{1,6}(?:\.[A-Z]{1,3})?|\d{4,6}(?:\.(?:HK|SH|SZ|SS"
        r"|TW))?)\s*(?:[-+]?\d+(?:\.\d+)?%\s*)?[)）]"
    ),
)
_PERIOD_BEGINS = (
    r"(?:20\d\d\s*(?:(?:年|财年|財年).{0,16}?(?:季|业绩|業績|财报|財報|年度|年报)|Q[1-4]|fiscal|full"
    r"|annual|H[12])"
    r"|Q[1-4](?!\d)|H[12](?!\d)|FY\s*\d|(?:fiscal|first|second|third|fourth|full)[\s-]+(?:year|quarter|\d)"
    r"|第[一二三四]季|[一二三四]季|(?:january|february|march|april|june|july|august|september|october"
    r"|november|december)\s+quarter)"
)
_COMPANY = re.compile(
    rf"^(?P<company>.{{2,60}}?)\s*(?:[（(][^（）()]*[)）])?\s*(?:'s\s+|的)?{_PERIOD_BEGINS}", re.IGNORECASE
)
_WELCOME = (
    re.compile(
        rf"welcome to (?:the )?(?P<company>[A-Z][\w&.,'’ "
        rf"\-]{{1,50}}?)(?:['’]s?)?\s+{_PERIOD_BEGINS}.{{0,60}}?(?:call|conference|webcast)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:欢迎|歡迎)(?:各位|大家|您)?(?:来|來)?(?:参加|參加"
        rf"|出席)(?:本次)?(?P<company>[^，。,]{{2,20}}?)\s*(?={_PERIOD_BEGINS})"
    ),
)
_NO_COMPANY = re.compile(r"[。！？，：!?]|^\d|[a-z]\. |transcript of|edited transcript|^(?:the|our)$", re.IGNORECASE)
_MOST_LINES_NEAR = 12
_WIDEST_LINE_NEAR = 60
_FILE_NAME = re.compile(r"(?:^|_)(?P<company>[\u4e00-\u9fff]{2,12})_(?P<ticker>\d{4,6})_(?:20\d{6})")
_FISCAL_MISMATCH = (
    "the title names {period}, which had not ended on {date}: it looks like a fiscal quarter, so the period is left out"
)
_QUARTER_ENDS = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a transcript says of itself. `warnings` tell what was seen and not believed."""

    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    warnings: tuple[str, ...] = ()


def read_metadata(path: str, front_matter: Mapping[str, str], heads: Sequence[str], reading: Reading) -> Metadata:
    """Gather the metadata of a transcript.

    Front matter comes first, then running heads and the title, the lines around the title, the words of
    welcome, and last the file name. What none of them says is None.
    """
    stem = Path(path).stem
    titles = _titles(heads, reading)
    near = _near(reading)
    welcome = "\n".join(turn.text for turn in reading.turns[:3])[:3000]
    date = (
        front_matter.get("date")
        or _first(find_date, (*heads, *reading.titles))
        or find_date(stem)
        or find_compact_date(stem)
    )
    period = front_matter.get("period") or _period(titles, near, welcome, stem)
    warnings: tuple[str, ...] = ()
    if period and date and "period" not in front_matter and _ends_after(period, date):
        warnings = (_FISCAL_MISMATCH.format(period=period, date=date),)
        period = None
    named = _FILE_NAME.search(stem)
    return Metadata(
        title=front_matter.get("title") or (titles[0] if titles else stem),
        company=front_matter.get("company") or _company(titles, near, welcome) or (named["company"] if named else None),
        ticker=front_matter.get("ticker") or _ticker((*titles, near)) or (named["ticker"] if named else None),
        period=period,
        date=date,
        warnings=warnings,
    )


def _titles(heads: Sequence[str], reading: Reading) -> list[str]:
    """Return the lines that may name the call: the title of the file, then running heads."""
    named = (*reading.titles, *(close_han_gaps(_WIDE_GAP.split(head)[0]) for head in heads))
    titles = (" ".join(text.strip("#*— \t").split()) for text in named)
    return [title for title in titles if title and not is_date_line(title)]


def _near(reading: Reading) -> str:
    """Return the short lines above the first heading and speaker, where some pages split their title."""
    lines: list[str] = []
    for text in reading.prelude[:_MOST_LINES_NEAR]:
        if text.endswith((":", "：")) or section_of_heading(text):
            break
        if width(text) < _WIDEST_LINE_NEAR and not ends_sentence(text):
            lines.append(text)
    return " ".join(lines)


def _period(titles: Sequence[str], near: str, welcome: str, stem: str) -> str | None:
    """Return the period.

    Where quarters are numbered by a fiscal year, only one named by its month is believed.
    """
    find = quarter_that_ended if FISCAL_QUARTER.search(welcome) else find_period
    match = next((found for pattern in _WELCOME if (found := pattern.search(welcome))), None)
    sentence = welcome[match.start() : match.end() + 40] if match else ""
    return _first(find, (*titles, near, sentence, stem.replace("_", " ")))


def _company(titles: Sequence[str], near: str, welcome: str) -> str | None:
    for text in (*titles, near):
        match = _COMPANY.match(text)
        if match and not _NO_COMPANY.search(match["company"]):
            return match["company"].strip(" -–—|,：:（(")
    for pattern in _WELCOME:
        if match := pattern.search(welcome):
            return close_han_gaps(match["company"].strip())
    return None


def _ticker(texts: Sequence[str]) -> str | None:
    return next((match[1] for text in texts for pattern in _TICKER if (match := pattern.search(text))), None)


def _ends_after(period: str, date: str) -> bool:
    """Whether the quarter ends after the date of the call, which no calendar quarter that it reports does."""
    year, quarter, number = period.partition("Q")
    return bool(quarter) and f"{year}-{_QUARTER_ENDS[number]}" > date if number in _QUARTER_ENDS else False


def _first(find: Callable[[str], str | None], texts: Sequence[str]) -> str | None:
    return next((found for text in texts if (found := find(text))), None)
