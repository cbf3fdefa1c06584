"""What the indexer makes of a source: a transcript and its parts.

A Transcript holds Turns; a Turn is one speaker speaking until another does, and holds Passages, the paragraphs
that are searched and quoted. An Exchange ties an analyst's question to every answer that it got. What stands in
the source and was spoken by nobody (headings, speaker lines, running heads) is kept as NonSpeech, so that no
character of the source is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.model.enums import Delivery, Kind, NonSpeechKind, Origin, Role, Section
from indexer.model.spans import LineSpan, TimeSpan  # noqa: TC001 - pydantic reads the annotations.


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that a transcript was read from."""

    path: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks in one transcript.

    `id` is unique within the transcript. `title` is verbatim, as the transcript gives it; `affiliation` is the
    firm or the part of the company that the person speaks for.
    """

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role = Role.OTHER


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that one speaker said, or a part of a long one: the unit that is searched and quoted.

    `text` is verbatim. `position` counts the passages of the transcript from 0, `turn` its turns. `language` is
    "zh" or "en", whichever script carries the passage. `exchange_id` is set when it belongs to a question or to
    an answer. `time` is set where the source says when it was said. `searchable` is False for the very short turns
    ("Thank you.") that stand in the record and in the context of others and are no hits themselves.
    """

    id: str
    text: str
    speaker: Speaker
    section: Section
    heading: str | None
    delivery: Delivery
    language: str
    page: int | None
    lines: LineSpan
    position: int
    turn: int
    exchange_id: str | None = None
    time: TimeSpan | None = None
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker speaking until another does."""

    position: int
    speaker: Speaker
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered in one exchange, with what an interpreter said of it in another language."""

    speaker: Speaker
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its follow-ups, and every answer to it, in the order they were spoken.

    What is read out in the name of others has for its asker the host who reads it.
    """

    id: str
    asker: Speaker
    question_ids: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class NonSpeech:
    """A piece of the source that nobody spoke, verbatim."""

    kind: NonSpeechKind
    text: str
    lines: LineSpan


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a piece of metadata comes from.

    `field` is a field of the Transcript ("date"), `text` what was read, verbatim, and `line` the line of the
    file that it stands in, where there is one: of the sidecar for what stands there.
    """

    field: str
    value: str
    origin: Origin
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One call or meeting, or a document that was dropped beside them.

    `period` is a quarter ("2023Q2"), a half ("2023H1") or a year ("2023"), as the call itself names it; `fiscal`
    tells that it counts in the fiscal year of the company. `date` is ISO 8601 ("2023-08-10"). Either is None when
    the source does not say. `evidence` tells where each piece of metadata was found: field by field what was
    believed, then what was found beside it. `warnings` tell what could not be understood.

    A document has passages and no speakers; the speaker of its passages is a placeholder.
    """

    id: str
    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    language: str
    source: SourceFile
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    passages: tuple[Passage, ...]
    exchanges: tuple[Exchange, ...]
    non_speech: tuple[NonSpeech, ...]
    warnings: tuple[str, ...] = field(default=())
    fiscal: bool = False
    kind: Kind = Kind.SPOKEN
    evidence: tuple[Evidence, ...] = field(default=())
