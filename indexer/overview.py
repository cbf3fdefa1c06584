"""What was understood of a file, gathered from its Transcript for people to check on the terminal and the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from indexer.model import Kind

if TYPE_CHECKING:
    from indexer.model import (
        Evidence,
        Exchange,
        NonSpeech,
        NonSpeechKind,
        Passage,
        Section,
        Speaker,
        Transcript,
        Turn,
    )

METADATA = ("title", "company", "ticker", "period", "fiscal", "date", "language")
_SOUGHT = ("company", "ticker", "period", "date")


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A piece of metadata: what is believed and why, and what was found beside it.

    `value` is None where nothing was found; "true" is a fiscal year. `others` have other values.
    """

    name: str
    value: str | None
    evidence: tuple[Evidence, ...]
    others: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """A speaker with the number of passages and the first of them; None for one who is listed and says nothing."""

    speaker: Speaker
    passages: int
    first: Passage | None


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A stretch of one section under one heading: how many passages, and the first of them."""

    section: Section
    heading: str | None
    passages: int
    first: Passage


@dataclass(frozen=True, slots=True)
class ExchangeFacts:
    """A question and who answered it, with the number of passages of each.

    `number` counts from 1. `question` is the first passage of the question that says something.
    """

    number: int
    exchange: Exchange
    question: Passage
    answerers: tuple[tuple[Speaker, int], ...]


@dataclass(frozen=True, slots=True)
class DroppedFacts:
    """Pieces of one kind that nobody spoke, and how many characters they have together, blanks not counted."""

    kind: NonSpeechKind
    pieces: tuple[NonSpeech, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """A turn with its number of passages and the first of them."""

    turn: Turn
    passages: int
    first: Passage


@dataclass(frozen=True, slots=True)
class Overview:
    """All that there is to check of a transcript.

    `missing` names the metadata that was looked for in vain. `folded` are the texts of the very short turns that are
    no hits, with how often each was said, the commonest first.
    """

    fields: tuple[FieldFacts, ...]
    missing: tuple[str, ...]
    speakers: tuple[SpeakerFacts, ...]
    sections: tuple[SectionFacts, ...]
    exchanges: tuple[ExchangeFacts, ...]
    dropped: tuple[DroppedFacts, ...]
    folded: tuple[tuple[str, int], ...]
    turns: tuple[TurnFacts, ...]


def overview(transcript: Transcript) -> Overview:
    """Gather what was understood of a file."""
    fields = tuple(_field(transcript, name) for name in METADATA)
    folded = Counter(" ".join(passage.text.split()) for passage in transcript.passages if not passage.searchable)
    by_id = {passage.id: passage for passage in transcript.passages}
    return Overview(
        fields=fields,
        missing=tuple(field.name for field in fields if field.name in _SOUGHT and field.value is None),
        speakers=_speakers(transcript),
        sections=_sections(transcript),
        exchanges=tuple(_exchange(number, each, by_id) for number, each in enumerate(transcript.exchanges, 1)),
        dropped=_dropped(transcript),
        folded=tuple(folded.most_common()),
        turns=tuple(
            TurnFacts(turn, len(turn.passage_ids), by_id[turn.passage_ids[0]])
            for turn in transcript.turns
            if turn.passage_ids
        ),
    )


def first_words(text: str, columns: int) -> str:
    """Return the beginning of a text on one line, at most so many columns of it; a Han character takes two."""
    line = " ".join(text.split())
    widths = tuple(accumulate(2 if east_asian_width(character) in "WF" else 1 for character in line))
    if not widths or widths[-1] <= columns:
        return line
    return f"{line[: sum(width < columns for width in widths)].rstrip()}…"


def _field(transcript: Transcript, name: str) -> FieldFacts:
    value: str | None = getattr(transcript, name) if name != "fiscal" else ("true" if transcript.fiscal else None)
    found = [evidence for evidence in transcript.evidence if evidence.field == name]
    return FieldFacts(
        name=name,
        value=value,
        evidence=tuple(evidence for evidence in found if evidence.value == value),
        others=tuple(evidence for evidence in found if evidence.value != value),
    )


def _speakers(transcript: Transcript) -> tuple[SpeakerFacts, ...]:
    """Return the speakers; a document has none."""
    if transcript.kind is Kind.DOCUMENT:
        return ()
    said: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in transcript.passages:
        said[passage.speaker.id].append(passage)
    return tuple(
        SpeakerFacts(speaker, len(said[speaker.id]), next(iter(said[speaker.id]), None))
        for speaker in transcript.speakers
    )


def _sections(transcript: Transcript) -> tuple[SectionFacts, ...]:
    found = []
    for (section, heading), run in groupby(transcript.passages, key=lambda passage: (passage.section, passage.heading)):
        passages = list(run)
        found.append(SectionFacts(section, heading, len(passages), passages[0]))
    return tuple(found)


def _exchange(number: int, exchange: Exchange, by_id: dict[str, Passage]) -> ExchangeFacts:
    asked = [by_id[identifier] for identifier in exchange.question_ids]
    answered: dict[str, tuple[Speaker, int]] = {}
    for answer in exchange.answers:
        _, before = answered.get(answer.speaker.id, (answer.speaker, 0))
        answered[answer.speaker.id] = (answer.speaker, before + len(answer.passage_ids))
    question = next((passage for passage in asked if passage.searchable), asked[0])
    return ExchangeFacts(number, exchange, question, tuple(answered.values()))


def _dropped(transcript: Transcript) -> tuple[DroppedFacts, ...]:
    """Return what nobody spoke by its kind, the kind with the most characters first."""
    pieces: defaultdict[NonSpeechKind, list[NonSpeech]] = defaultdict(list)
    for piece in transcript.non_speech:
        pieces[piece.kind].append(piece)
    found = [
        DroppedFacts(kind, tuple(each), sum(len("".join(piece.text.split())) for piece in each))
        for kind, each in pieces.items()
    ]
    return tuple(sorted(found, key=lambda facts: -facts.characters))
