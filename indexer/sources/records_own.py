"""Transcripts that this program printed, read back: what `yuanhua parse FILE --json` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indexer.codec import validated
from indexer.model import Content, Kind, Line, NonSpeechKind, Page, Person, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from indexer.model import Section, Speaker

_NEEDED = frozenset({"id", "source", "speakers", "turns", "passages", "exchanges", "non_speech"})
_MEND = "Print it again with: yuanhua parse FILE --json."


def is_printed(value: Mapping[str, Any]) -> bool:
    """Whether an object is meant to be a transcript as this program prints one."""
    return set(value) >= _NEEDED


def read_printed(value: Mapping[str, Any], where: str) -> Content:
    """Return the content from which the printed transcript comes out again, but for its ids and line numbers.

    Raises MalformedRecordsError naming the record and the field that are no part of a transcript.
    """
    transcript = validated(Transcript, value, where, _MEND)
    stated = {
        "title": transcript.title,
        "company": transcript.company,
        "ticker": transcript.ticker,
        "period": transcript.period,
        "date": transcript.date,
        "language": transcript.language,
        "fiscal": "true" if transcript.fiscal else None,
    }
    people = tuple(_person(speaker) for speaker in transcript.speakers)
    spoken = transcript.kind is Kind.SPOKEN
    lines = tuple(_lines(transcript, spoken=spoken))
    pages: dict[int | None, list[Line]] = {}
    for page, line in lines:
        pages.setdefault(page, []).append(line)
    return Content(
        tuple(Page(number, tuple(page)) for number, page in pages.items()),
        {name: text for name, text in stated.items() if text},
        people if spoken else (),
        attributed=spoken,
        warnings=transcript.warnings,
    )


def _lines(transcript: Transcript, *, spoken: bool) -> Iterator[tuple[int | None, Line]]:
    """Yield the lines, each with its page, in the order of the source."""
    asks = _asks(transcript)
    speaker: Speaker | None = None
    section: Section | None = None
    page: int | None = transcript.passages[0].page if transcript.passages else None
    dropped = [piece for piece in transcript.non_speech if piece.kind is not NonSpeechKind.SPEAKER_LINE]
    number = 0
    for passage in transcript.passages:
        while dropped and dropped[0].lines.first <= passage.lines.first:
            piece = dropped.pop(0)
            for text in piece.text.split("\n"):
                number += 1
                yield page, Line(number, text, piece.kind)
        page = passage.page if passage.page is not None else page
        opens = passage.section if spoken and passage.section != section else None
        number += 1
        if spoken and (passage.speaker != speaker or opens):
            person = _person(passage.speaker)
            kind = NonSpeechKind.SPEAKER_LINE
            yield page, Line(number, passage.speaker.name, kind, person=person, section=opens, time=passage.time)
            number += 1
        speaker, section = passage.speaker, passage.section
        yield page, Line(number, passage.text, continues=False, time=passage.time, asks=asks.get(passage.id))
    for piece in dropped:
        for text in piece.text.split("\n"):
            number += 1
            yield page, Line(number, text, piece.kind)


def _asks(transcript: Transcript) -> dict[str, bool]:
    told = {identifier: True for exchange in transcript.exchanges for identifier in exchange.question_ids}
    answers = (answer for exchange in transcript.exchanges for answer in exchange.answers)
    return told | {identifier: False for answer in answers for identifier in answer.passage_ids}


def _person(speaker: Speaker) -> Person:
    return Person(speaker.name, speaker.other_names, speaker.title, speaker.affiliation, speaker.role)
