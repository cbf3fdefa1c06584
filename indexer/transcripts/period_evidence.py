"""Which period the call is about, and whether it counts in the fiscal year of the company."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Evidence, Origin
from indexer.transcripts.companies import spaced_name
from indexer.transcripts.periods import NamedBy, find_end, find_periods, find_quarter, last_day
from indexer.transcripts.place import CALL_WORDS, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.transcripts.periods import Period
    from indexer.transcripts.place import Place

_ORDER = tuple(Origin)
_TAKEN_FOR_FISCAL = "{period} had not ended on {date}: it is taken for a period of the fiscal year"
_STANDS_ALONE = 4
_WITHIN_DAYS = 45  # Later in the quarter firms report whose fiscal quarters end a month after those of the calendar.
_LATE_ENDS = 7


@dataclass(frozen=True, slots=True)
class PeriodEvidence:
    """The periods found, the most telling first, and what says that the first one is fiscal, or is not."""

    found: tuple[Evidence, ...]
    fiscal: tuple[Evidence, ...]
    rivals: tuple[Evidence, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A period and the evidence of it."""

    period: Period
    evidence: Evidence


def find_period_evidence(
    stated: Sequence[Evidence], places: Sequence[Place], stem: str, date: str | None
) -> PeriodEvidence:
    """Gather the periods that are stated and those that the places name.

    A quarter named by its month wins over one named by a number, and that over one of which only the end is
    told. A quarter without a year is the last one before the call, if that had just ended.
    `rivals` are the periods that contradict the first one.
    """
    mentions = sorted(
        (*_mentions(places), *_in_name(stem)),
        key=lambda mention: (mention.period.by, _ORDER.index(mention.evidence.origin)),
    )
    explicit = [evidence for evidence in stated if evidence.field == "period"]
    found = [*explicit, *(mention.evidence for mention in mentions)]
    if not found and date:
        found = [evidence for place in places for evidence in _before(place, date)][:1]
    if not found:
        return PeriodEvidence((), (), (), ())
    chosen = found[0]
    by_month = not explicit and bool(mentions) and mentions[0].period.by is NamedBy.MONTH
    fiscal = _fiscal(chosen, stated, mentions, places) if not by_month else ()
    warnings: tuple[str, ...] = ()
    if date and not fiscal and not by_month and last_day(chosen.value) > date:
        fiscal = (Evidence("fiscal", "true", chosen.origin, chosen.text, chosen.line),)
        if chosen.origin not in {Origin.COMMAND, Origin.SIDECAR}:
            warnings = (_TAKEN_FOR_FISCAL.format(period=chosen.value, date=date),)
    rivals = tuple(
        evidence
        for evidence in found
        if not evidence.value.startswith(chosen.value[:4] if evidence.value.isdigit() else chosen.value)
        and not (by_month and any(each.evidence == evidence and each.period.fiscal for each in mentions))
        and not chosen.value.isdigit()
    )
    return PeriodEvidence(tuple(found), fiscal, rivals, warnings)


def _mentions(places: Sequence[Place]) -> Iterator[_Mention]:
    for place in places:
        if place.where is Where.TAIL:
            continue
        text = place.plain
        periods = find_periods(text)
        if place.where is Where.HEAD and periods and not CALL_WORDS.search(text):
            alone = len(text.strip()) - (periods[0].end - periods[0].start) <= _STANDS_ALONE
            periods = periods[:1] if alone else ()
        if place.where is Where.LEAD:
            periods = periods[:1] if CALL_WORDS.search(text) else ()
        for period in periods:
            yield _Mention(period, Evidence("period", period.value, place.where.origin, place.text.strip(), place.line))


def _in_name(stem: str) -> Iterator[_Mention]:
    for period in find_periods(spaced_name(stem)):
        yield _Mention(period, Evidence("period", period.value, Origin.FILE_NAME, stem))


def _fiscal(
    chosen: Evidence, stated: Sequence[Evidence], mentions: Sequence[_Mention], places: Sequence[Place]
) -> tuple[Evidence, ...]:
    """Return what tells that the period counts in a fiscal year, or what is stated of it."""
    if told := tuple(evidence for evidence in stated if evidence.field == "fiscal"):
        return told
    for evidence in stated:
        if evidence.field == "period_end" and _ends_elsewhere(chosen.value, evidence.value):
            return (Evidence("fiscal", "true", evidence.origin, evidence.text, evidence.line),)
    for mention in mentions:
        if mention.period.value == chosen.value and mention.period.fiscal:
            where = mention.evidence
            return (Evidence("fiscal", "true", where.origin, where.text, where.line),)
    for place in places:
        text = place.plain
        quarter = find_quarter(text)
        is_fiscal = quarter is not None and quarter.fiscal and f"Q{quarter.number}" == chosen.value[4:]
        end = find_end(text) if place.where not in {Where.RUNNING_HEAD, Where.TAIL} else None
        if is_fiscal or (end and "Q" in chosen.value and _ends_elsewhere(chosen.value, end)):
            return (Evidence("fiscal", "true", place.where.origin, place.text.strip(), place.line),)
    return ()


def _ends_elsewhere(period: str, end: str) -> bool:
    """Whether a period that ended on that day is not the one of the calendar, give or take the days of a week."""
    day = dt.date.fromisoformat(end)
    nominal = dt.date.fromisoformat(last_day(period))
    return abs((day - nominal).days) > _LATE_ENDS


def _before(place: Place, date: str) -> Iterator[Evidence]:
    """Yield the quarter without a year that a title or a welcome names, if it had ended shortly before the call."""
    if place.where in {Where.LEAD, Where.TAIL}:
        return
    text = place.plain
    quarter = find_quarter(text)
    if quarter is None or quarter.fiscal or not CALL_WORDS.search(text):
        return
    call = dt.date.fromisoformat(date)
    for year in (call.year, call.year - 1):
        value = f"{year}Q{quarter.number}"
        if 0 < (call - dt.date.fromisoformat(last_day(value))).days <= _WITHIN_DAYS:
            yield Evidence("period", value, place.where.origin, place.text.strip(), place.line)
