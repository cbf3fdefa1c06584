"""The schema of our own for a transcript in JSON: see docs/formats.md."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.codec import validated
from indexer.errors import MalformedRecordsError
from indexer.model import Content, Person, Role, Section, TimeSpan
from indexer.sources.records_fields import date_of, language_of, period_of
from indexer.sources.records_lines import Utterance, content_of
from indexer.sources.records_values import clock_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEE = "docs/formats.md describes the schema."
_OWN_TURN = frozenset({"speaker", "text", "paragraphs", "section", "start", "end", "question"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person who takes part; `speaker` of a turn may be the name or one of the other names."""

    name: str
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRecord:
    """What one speaker says; `start` and `end` are seconds or hh:mm:ss, `question` tells that it asks (or answers)."""

    speaker: str | None = None
    text: str | None = None
    paragraphs: tuple[str, ...] | None = None
    section: Section | None = None
    start: float | str | None = None
    end: float | str | None = None
    question: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptRecord:
    """A whole transcript."""

    turns: tuple[TurnRecord, ...]
    title: str | None = None
    company: str | None = None
    ticker: str | None = None
    period: str | None = None
    date: str | None = None
    language: str | None = None
    participants: tuple[Participant, ...] = ()


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is meant to follow the schema: it has turns, and most of them have no other fields."""
    turns = value.get("turns")
    if not isinstance(turns, list) or not turns:
        return False
    own = sum(isinstance(turn, dict) and bool(turn) and set(turn) <= _OWN_TURN for turn in turns)
    return own > len(turns) / 2


def read_own(value: Mapping[str, Any], where: str) -> Content:
    """Return the content of an object of the schema. Raises MalformedRecordsError naming the record and the field."""
    record = validated(TranscriptRecord, value, where, _SEE)
    people = tuple(
        Person(person.name, person.other_names, person.title, person.affiliation, person.role)
        for person in record.participants
    )
    by_name = {name: person for person in people for name in (person.name, *person.other_names)}
    utterances = [_utterance(turn, index, by_name, where) for index, turn in enumerate(record.turns)]
    fields = {
        "title": record.title,
        "company": record.company,
        "ticker": record.ticker,
        "period": _normal(record.period, period_of(record.period), "period", "2024Q1, 2024H1 or 2024", where),
        "date": _normal(record.date, date_of(record.date), "date", "2024-05-01", where),
        "language": _normal(record.language, language_of(record.language), "language", "zh or en", where),
    }
    return content_of(utterances, {name: text for name, text in fields.items() if text}, people)


def _utterance(turn: TurnRecord, index: int, people: Mapping[str, Person], where: str) -> Utterance:
    if (turn.text is None) == (turn.paragraphs is None):
        what = f"turns, record {index + 1}: it needs either text or paragraphs"
        raise MalformedRecordsError(what, where=where, mend=_SEE)
    text = "\n".join(turn.paragraphs) if turn.paragraphs is not None else turn.text or ""
    name = (turn.speaker or "").strip()
    return Utterance(
        text,
        people.get(name) or Person(name),
        name,
        turn.section,
        turn.question,
        _time(turn, index, where),
    )


def _time(turn: TurnRecord, index: int, where: str) -> TimeSpan | None:
    start, end = (
        _seconds(value, f"turns, record {index + 1}, field {name}", where)
        for name, value in (("start", turn.start), ("end", turn.end))
    )
    if start is None:
        return None
    return TimeSpan(start, end if end is not None and end >= start else None)


def _seconds(value: float | str | None, field: str, where: str) -> float | None:
    if value is None:
        return None
    clock = clock_of(value)
    if clock is None or not math.isfinite(clock.number):
        raise MalformedRecordsError(f'{field}: "{value}" is no time', where=where, mend="Write seconds or hh:mm:ss.")
    return clock.number * (clock.unit or 1.0)


def _normal(given: str | None, read: str | None, field: str, example: str, where: str) -> str | None:
    """Return the normal form that was read of what was given; what cannot be read is an error, not left out."""
    if given and given.strip() and read is None:
        raise MalformedRecordsError(f'field {field}: "{given}" is none', where=where, mend=f"Write it as in {example}.")
    return read
