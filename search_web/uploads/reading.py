"""What was understood of a draft, in as few words as a person needs to judge it.

A transcript may have a hundred thousand passages, and a hostile one more: what is kept of it here is bounded, and no
process that answers requests ever opens the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.model import Kind
from indexer.overview import first_words, overview
from search_web.uploads.draft_reading import (
    DraftReading,
    Found,
    ReadField,
    ReadPassage,
    ReadQuestion,
    ReadSection,
    ReadSpeaker,
)
from search_web.uploads.model import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from indexer.model import Evidence, Speaker, Transcript
    from indexer.model.alike import Alike
    from indexer.overview import Overview

    T = TypeVar("T")

_SPEAKERS, _SECTIONS, _QUESTIONS, _WARNINGS, _OPENING, _OTHERS, _ALIKE = 100, 60, 60, 50, 10, 4, 20
_LINE, _BEGINNING, _PASSAGE, _NAME = 160, 80, 500, 200


def reading_of(
    transcript: Transcript, alike: tuple[Alike, ...], same_as: str | None = None
) -> tuple[Summary, DraftReading]:
    """Return what a list and what a page shows of a transcript."""
    seen = overview(transcript)
    spoken = transcript.kind is not Kind.DOCUMENT
    summary = Summary(
        title=_short(transcript.title, _NAME),
        company=_maybe(transcript.company),
        ticker=_maybe(transcript.ticker),
        period=transcript.period,
        fiscal=transcript.fiscal,
        date=transcript.date,
        language=transcript.language,
        kind=transcript.kind.value,
        format=transcript.source.format,
        passages=len(transcript.passages),
        speakers=len(seen.speakers) if spoken else 0,
        questions=len(seen.exchanges),
        warnings=len(transcript.warnings),
        alike=len(alike),
        same_as=same_as,
    )
    return summary, _reading(transcript, seen, alike)


def _reading(transcript: Transcript, seen: Overview, alike: tuple[Alike, ...]) -> DraftReading:
    return DraftReading(
        fields=tuple(
            ReadField(
                field.name,
                _maybe(field.value),
                _found(field.evidence),
                _found(field.others),
            )
            for field in seen.fields
        ),
        missing=seen.missing,
        speakers=tuple(_speaker(facts.speaker, facts.passages) for facts in seen.speakers[:_SPEAKERS]),
        sections=tuple(
            ReadSection(
                facts.section.value,
                _maybe(facts.heading),
                first_words(facts.first.text, _BEGINNING),
                facts.first.language,
                facts.passages,
                facts.first.lines.first,
            )
            for facts in seen.sections[:_SECTIONS]
        ),
        section_count=len(seen.sections),
        questions=tuple(
            ReadQuestion(
                _short(facts.exchange.asker.name, _NAME),
                _maybe(facts.exchange.asker.affiliation),
                first_words(facts.question.text, _LINE),
                facts.question.language,
                tuple(_short(speaker.name, _NAME) for speaker, _ in facts.answerers[:_OTHERS]),
                facts.question.lines.first,
            )
            for facts in seen.exchanges[:_QUESTIONS]
        ),
        opening=tuple(
            ReadPassage(
                _short(passage.speaker.name, _NAME),
                passage.text[:_PASSAGE],
                passage.language,
                cut=len(passage.text) > _PASSAGE,
            )
            for passage in transcript.passages[:_OPENING]
        ),
        warnings=tuple(_short(warning, _PASSAGE) for warning in transcript.warnings[:_WARNINGS]),
        dropped=tuple((facts.kind.value, facts.characters) for facts in seen.dropped),
        alike=alike[:_ALIKE],
    )


def _found(evidence: Iterable[Evidence]) -> tuple[Found, ...]:
    return tuple(
        Found(_short(each.value, _NAME), each.origin.value, first_words(each.text, _LINE), each.line)
        for each in tuple(evidence)[:_OTHERS]
    )


def _speaker(speaker: Speaker, passages: int) -> ReadSpeaker:
    return ReadSpeaker(
        name=_short(speaker.name, _NAME),
        other_names=tuple(_short(name, _NAME) for name in speaker.other_names[:_OTHERS]),
        title=_maybe(speaker.title),
        affiliation=_maybe(speaker.affiliation),
        role=speaker.role.value,
        passages=passages,
    )


def _maybe(text: str | None) -> str | None:
    return None if text is None else _short(text, _NAME)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
