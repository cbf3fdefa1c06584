"""The periods and days that a query names, outright (2023 Q3, since 2022) or by the newest call (last quarter, 上季度).

A mention is recognised only when the index has calls that it holds for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from indexer.transcripts.dates import find_dates, half_width
from indexer.transcripts.periods import find_periods
from search_web.search.entities import QUARTERS, span_of
from search_web.search.relative_periods import find_relative, relative_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from indexer.stores.passage_entities import Call
    from search_web.search.entities import Entities


class When(StrEnum):
    """How the calls that are meant lie to what the query names."""

    NAMED = "named"
    AFTER = "after"
    SINCE = "since"
    BEFORE = "before"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Mention:
    """A period or a day of a query; `start` and `end` take in the word (after, 以来) that says how it is meant."""

    value: str
    when: When
    start: int
    end: int


_A_YEAR = r"(?:19|20)\d\d"
_YEAR = re.compile(
    rf"(?<!\d)(?P<han>{_A_YEAR})\s?年(?!\s?\d)"
    r"|(?:\b(?:in|of|during|for|since|from|after|before|until|till|between|year)\s+|自从?\s?"
    r"|(?<=\d\d\sto\s)|(?<=\d\d\sand\s)|(?<=\d\d[-–—~～至到]))"
    rf"(?P<latin>{_A_YEAR})(?![\d%.,]*\d|\s?[年%])"
    rf"|(?<!\d)(?P<bare>{_A_YEAR})\s?(?=以来|之后|以后|之前|以前|onwards?\b|[-–—~～至到]\s?{_A_YEAR}(?:年|\b))",
    re.IGNORECASE,
)
_BEFORE_IT = tuple(
    (when, re.compile(rf"(?:{words})(?:\s+the)?\s*$", re.IGNORECASE))
    for when, words in (
        (When.SINCE, r"\bsince|\bstarting(?:\s+(?:in|from))?|自从|自"),
        (When.AFTER, r"\bafter|\bfollowing|\blater\s+than"),
        (When.BEFORE, r"\bbefore|\bprior\s+to|\bearlier\s+than|早于"),
        (When.UNTIL, r"\buntil|\btill|\bup\s+to|截至|直到"),
    )
)
_BEHIND_IT = tuple(
    (when, re.compile(rf"\s*(?:{words})", re.IGNORECASE))
    for when, words in (
        (When.SINCE, r"(?:以|至今)来?|起|开始|onwards?\b|and\s+(?:later|after)\b"),
        (When.AFTER, r"(?:之|以)后|后(?![一-九\d])"),
        (When.BEFORE, r"(?:之|以)前|前(?![一二三四1-4])"),
        (When.UNTIL, r"为止"),
    )
)
# A period that something is compared with is no period of what is meant: calls tell it of the one before.
_COMPARED_BEFORE = re.compile(
    r"(?:\bcompar(?:e|ed|es|ing)\s+(?:with|to|against)|\bversus|\bvs\.?|\bthan(?:\s+(?:in|for))?|\brelative\s+to|较|相比于?|相对于?|比起?)"
    r"\s*(?:the\s+|that\s+(?:of|in)\s+)?$",
    re.IGNORECASE,
)
_WITH_IT = re.compile(r"(?:与|跟|和|同)\s*$")
_COMPARED_BEHIND = re.compile(r"\s*(?:的)?[^,，。?？]{0,6}(?:相比|对比|比较|比(?=起来|怎么|如何|有))")
_RANGE = re.compile(r"\s*(?:to|and|through|until|[-–—~～至到])\s*$", re.IGNORECASE)
_OPENS_RANGE = re.compile(r"(?:\bbetween|\bfrom|从|自)\s*$", re.IGNORECASE)


def find_mentions(query: str, newest: Call | None, periods: Sequence[str]) -> tuple[Mention, ...]:
    """Return the periods and days of a query in their order.

    `newest` is the call that relative ones count from; a quarter without its year is the newest such of `periods`.
    """
    text = half_width(query)
    found = [replace(each, end=_whole(text, each.end)) for each in _outright(text)]
    if newest is not None and newest.period:
        for value, start, end in find_relative(text, newest.period, periods):
            each = Mention(value, When.NAMED, start, end)
            if not any(each.start < other.end and other.start < each.end for other in found):
                found.append(each)
    found = [each for each in found if not _is_measure(text, each)]
    found.sort(key=lambda each: each.start)
    return tuple(_related(text, found))


def unresolved(query: str) -> tuple[tuple[int, int], ...]:
    """Return where a query names periods by a newest call, but those that something is only compared with."""
    text = half_width(query)
    spans = (Mention("", When.NAMED, start, end) for start, end in relative_spans(text))
    return tuple((each.start, each.end) for each in spans if not _is_measure(text, each))


Undated = Mapping[int, tuple[tuple[int, str], ...]]
"""The calls that name no period by the quarter in which they were held: the place of each, and its facet term."""


def by_quarter(calls: Iterable[Call]) -> Undated:
    """Return calls by the quarter in which they were held."""
    found: dict[int, list[tuple[int, str]]] = {}
    for place, call in enumerate(calls):
        if call.date:
            found.setdefault(_quarter(call.date), []).append((place, facet_term("transcript", call.transcript)))
    return {quarter: tuple(held) for quarter, held in found.items()}


def condition(mention: Mention, entities: Entities, undated: Callable[[], Undated]) -> tuple[str, ...]:
    """Return the facet terms of the calls that a mention means; none when the index has no such call.

    A call that names no period is judged by its date: `undated` gives these as `by_quarter` does.
    """
    if "-" in mention.value:
        return tuple(facet_term("transcript", call.transcript) for call in _dated(mention, entities))
    first, last = span_of(mention.value)
    fits: dict[When, Callable[[int, int], bool]] = {
        When.NAMED: lambda start, end: first <= start and end <= last,
        When.AFTER: lambda start, _: start > last,
        When.SINCE: lambda start, _: start >= first,
        When.BEFORE: lambda _, end: end < first,
        When.UNTIL: lambda _, end: end <= last,
    }
    holds = fits[mention.when]
    periods = [facet_term("period", period) for period in entities.periods if holds(*span_of(period))]
    if mention.when is When.NAMED and len(mention.value) > len("2023"):
        return tuple(periods)
    dated = sorted(one for quarter, held in undated().items() if holds(quarter, quarter) for one in held)
    return (*periods, *(facet for _, facet in dated))


def _outright(text: str) -> Iterator[Mention]:
    periods = find_periods(text)
    taken = [(period.start, period.end) for period in periods]
    yield from (Mention(period.value, When.NAMED, period.start, period.end) for period in periods)
    for dated in find_dates(text):
        if not _overlaps((dated.start, dated.end), taken):
            taken.append((dated.start, dated.end))
            yield Mention(dated.value, When.NAMED, dated.start, dated.end)
    for match in _YEAR.finditer(text) if "19" in text or "20" in text else ():
        group = match.lastgroup or ""
        start, end = match.start(group), match.end()
        if not _overlaps((start, end), taken):
            taken.append((start, end))
            yield Mention(match[group], When.NAMED, start, end)


def _is_measure(text: str, each: Mention) -> bool:
    """Tell whether a period is only what something is compared with: less than last year, 与去年同期相比."""
    before = text[: each.start]
    if _COMPARED_BEFORE.search(before):
        return True
    return bool(_WITH_IT.search(before) and _COMPARED_BEHIND.match(text, each.end))


def _related(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Yield the mentions with what the words around them say of the calls that are meant."""
    opened = False
    for place, each in enumerate(found):
        gap_end = found[place + 1].start if place + 1 < len(found) else None
        if opened:
            opened = False
            yield replace(each, when=When.UNTIL)
        elif gap_end is not None and _opens_range(text, each, gap_end):
            opened = True
            yield replace(each, when=When.SINCE)
        else:
            yield _with_relation(text, each)


def _opens_range(text: str, each: Mention, following: int) -> bool:
    gap = text[each.end : following]
    if not _RANGE.match(gap):
        return False
    return gap.strip().lower() != "and" or bool(_OPENS_RANGE.search(text, 0, each.start))


def _with_relation(text: str, each: Mention) -> Mention:
    for when, pattern in _BEFORE_IT:
        if match := pattern.search(text[: each.start]):
            return replace(each, when=when, start=match.start())
    for when, pattern in _BEHIND_IT:
        if match := pattern.match(text, each.end):
            return replace(each, when=when, end=match.end())
    return each


def _dated(mention: Mention, entities: Entities) -> Iterator[Call]:
    day = mention.value
    holds: dict[When, Callable[[str], bool]] = {
        When.NAMED: lambda date: date == day,
        When.AFTER: lambda date: date > day,
        When.SINCE: lambda date: date >= day,
        When.BEFORE: lambda date: date < day,
        When.UNTIL: lambda date: date <= day,
    }
    return (call for call in entities.calls if call.date and holds[mention.when](call.date))


def _whole(text: str, end: int) -> int:
    """Return where a period ends that stops within a word: 三季 of 三季度."""
    return end + len(text[end : end + 1]) if text[end : end + 1] in {"度", "报"} else end


def _quarter(date: str) -> int:
    return int(date[:4]) * QUARTERS + (int(date[5:7]) - 1) // 3


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
