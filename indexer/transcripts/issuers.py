"""Whose call it is: evidence of the company and of its ticker, from the places that name the call."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Evidence, Origin
from indexer.transcripts.companies import (
    company_in_lead,
    company_in_name,
    company_in_title,
    company_in_welcome,
    labelled_company,
)
from indexer.transcripts.company_names import clean_company
from indexer.transcripts.cues import undecorated
from indexer.transcripts.periods import find_periods
from indexer.transcripts.place import CALL_WORDS, Where
from indexer.transcripts.tickers import find_name_ticker, find_tickers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from indexer.transcripts.place import Place
    from indexer.transcripts.tickers import Ticker

_TITLES = {Where.RUNNING_HEAD, Where.TITLE_LINE, Where.TITLE, Where.HEAD}
_LINES = {Where.TITLE_LINE, Where.TITLE, Where.HEAD}
_LEGAL_FORM = re.compile(
    r"(?:有限公司|有限責任公司|股份公司|控股公司|集团|集團|\b(?:Inc|Corp|Corporation|Ltd|Limited|PLC|LLC|Holdings|Group|N\.V|S\.A|SE|AG|ASA"
    r"|S\.p\.A|AB|Oyj|KK|Co)\.?)$",
    re.IGNORECASE,
)
_VISITS = "关系活动"
_SHORT_NAME = re.compile(r"(?:公司|证券|證券|股票)(?:简称|簡稱)\s*[:：]")
_QUOTES = "\"“”'"
_MOST_LINES_OF_A_TICKER = 5
_LONGEST_BEFORE_A_TICKER = 60
_FIRST_LINES = 10


def company_evidence(places: Sequence[Place], stem: str, speakers: AbstractSet[str]) -> tuple[Evidence, ...]:
    """Return what names the company, the most telling origin first. The name of a speaker is none of a company."""
    found = [
        Evidence("company", company, origin, place.text.strip(), place.line)
        for place, company, origin in _in_lines(places)
    ]
    found += [
        Evidence("company", company, Origin.TITLE, place.text.strip(), place.line)
        for place, company in (*_across_lines(places), *_by_legal_form(places))
    ]
    found = [evidence for evidence in found if evidence.value not in speakers]
    name = company_in_name(stem)
    if name and name not in speakers and name != find_name_ticker(stem):
        found.append(Evidence("company", name, Origin.FILE_NAME, stem))
    order = list(Origin)
    # A record of visits has its company in full in the title, and the name that other files have beside the code.
    short = any(_SHORT_NAME.search(each.text) for each in found)
    ranked = sorted(found, key=lambda each: (short and _VISITS in each.text, order.index(each.origin)))
    return _in_mixed_case(ranked)


def ticker_evidence(places: Sequence[Place], stem: str) -> tuple[Evidence, ...]:
    """Return what gives a ticker. Brackets alone show one only in a title."""
    found = [
        Evidence("ticker", ticker.value, place.where.origin, place.text.strip(), place.line)
        for place in places
        if place.where is not Where.TAIL
        for ticker in find_tickers(place.plain)
        if place.where in _TITLES or not ticker.bare or _names_its_company(place, ticker)
    ]
    for place, joined in _bracketed_below(places):
        for ticker in find_tickers(joined):
            bare = ticker.value.partition(".")[0]
            line = next((each for each in _by_line(places) if bare in each.plain.upper()), place)
            found.append(Evidence("ticker", ticker.value, Origin.TITLE, line.text.strip(), line.line))
    if code := find_name_ticker(stem):
        found.append(Evidence("ticker", code, Origin.FILE_NAME, stem))
    order = list(Origin)
    return tuple(sorted(found, key=lambda evidence: order.index(evidence.origin)))


def _names_its_company(place: Place, ticker: Ticker) -> bool:
    """Whether a sentence begins with a company and its ticker in brackets."""
    begins = place.where is Where.LEAD and ticker.start < _LONGEST_BEFORE_A_TICKER
    return begins and clean_company(place.plain[: ticker.start]) is not None


def _in_lines(places: Sequence[Place]) -> Iterator[tuple[Place, str, Origin]]:
    readers = dict.fromkeys(_TITLES, company_in_title) | {
        Where.WELCOME: company_in_welcome,
        Where.LEAD: company_in_lead,
    }
    for place in places:
        reader = readers.get(place.where)
        # Blanks between Han characters part one label from the next.
        if reader and (company := labelled_company(undecorated(place.text))):
            yield place, company, Origin.TEXT
        elif reader and (company := reader(place.plain)):
            yield place, company, place.where.origin


def _across_lines(places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield lines that hold a company and nothing else, with its ticker or the name of the call right below."""
    for place, joined in _bracketed_below(places):
        if company := company_in_title(joined):
            yield place, company
    for above, below in pairwise(_by_line(places)):
        periods = find_periods(below.plain)
        names_call = bool(periods and CALL_WORDS.search(below.plain)) and not company_in_title(below.plain)
        name = above.plain.strip().strip(_QUOTES)
        if names_call and name == clean_company(name) and not CALL_WORDS.search(name):
            yield above, name


def _by_legal_form(places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield lines that hold a company with its legal form and nothing else."""
    for place in _by_line(places)[:_FIRST_LINES]:
        text = place.plain.strip().strip(_QUOTES)
        if _LEGAL_FORM.search(text) and clean_company(text.rstrip(".")) == text.rstrip("."):
            yield place, text


def _bracketed_below(places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield lines below which a ticker stands in brackets, with the lines joined: some pages part all of it."""
    lines = _by_line(places)
    for index, (above, below) in enumerate(pairwise(lines)):
        if below.plain.startswith("(") and not above.plain.endswith(("(", ")")):
            joined = " ".join(place.plain for place in lines[index : index + 1 + _MOST_LINES_OF_A_TICKER])
            yield above, joined[: joined.index(")") + 1] if ")" in joined else joined


def _by_line(places: Sequence[Place]) -> list[Place]:
    return sorted((place for place in places if place.where in _LINES), key=lambda place: place.line or 0)


def _in_mixed_case(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Move the spelling of the first name that is not all capitals, which running heads are set in, to the front."""
    if not found or not found[0].value.isupper():
        return tuple(found)
    first = found[0].value
    better = next(
        (each for each in found if not each.value.isupper() and each.value.casefold() == first.casefold()), found[0]
    )
    return (better, *(evidence for evidence in found if evidence is not better))
