"""What a transcript is: frozen values, standard library only.

A Transcript holds Turns; a Turn is one speaker speaking until another does, and holds Passages, the paragraphs
that are searched and quoted. An Exchange ties an analyst's question to every answer that it got. What stands in
the source and was spoken by nobody (headings, speaker lines, running heads) is kept as NonSpeech, so that no
character of the source is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a speaker is to the call."""

    MANAGEMENT = "management"
    ANALYST = "analyst"
    OPERATOR = "operator"
    OTHER = "other"


class Section(StrEnum):
    """The part of the call in which something was said."""

    INTRO = "intro"
    PREPARED = "prepared"
    QA = "qa"


class Delivery(StrEnum):
    """Whether the words are the speaker's own or an interpreter's."""

    ORIGINAL = "original"
    TRANSLATED = "translated"
    UNKNOWN = "unknown"


class NonSpeechKind(StrEnum):
    """Why a piece of the source is in no passage."""

    TITLE = "title"
    HEADING = "heading"
    SPEAKER_LINE = "speaker_line"
    DELIVERY_MARK = "delivery_mark"
    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    END_MARK = "end_mark"
    FRONT_MATTER = "front_matter"
    PARTICIPANTS = "participants"
    TIME_MARK = "time_mark"
    NAVIGATION = "navigation"


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Lines of the source file, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that a transcript was read from."""

    path: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, verbatim, without its line end. `number` counts the lines of the file from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source; `number` is None when the format does not say where pages begin."""

    number: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: what `indexer.sources` hands to `indexer.transcripts`.

    `sha256` is the digest of the bytes of the file in hexadecimal.
    """

    path: str
    format: str
    sha256: str
    pages: tuple[Page, ...]


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
    """A paragraph that one speaker said: the unit that is searched and quoted.

    `text` is verbatim. `position` counts the passages of the transcript from 0, `turn` its turns. `language` is
    "zh" or "en", whichever script carries the passage. `exchange_id` is set when it belongs to a question or to
    an answer.
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


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker speaking until another does."""

    position: int
    speaker: Speaker
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person answered in one exchange."""

    speaker: Speaker
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its follow-ups, and every answer to it, in the order they were spoken."""

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
class Transcript:
    """One call or meeting.

    `period` is a calendar quarter ("2023Q2") or a year ("2023"); `date` is ISO 8601 ("2023-08-10"); either is
    None when the source does not say. `warnings` tell the reader what could not be understood.
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
