"""What a transcript is: frozen values, standard library only.

A Transcript holds Turns; a Turn is one speaker speaking until another does, and holds Passages, the paragraphs
that are searched and quoted. An Exchange ties an analyst's question to every answer that it got. What stands in
the source and was spoken by nobody (headings, speaker lines, running heads) is kept as NonSpeech, so that no
character of the source is lost. Before that, a Source is what a reader takes out of a file: pages of lines, with
whatever the format itself says of them.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotations.
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
    QUESTION_MARK = "question_mark"
    SUMMARY = "summary"
    SYNTAX = "syntax"
    REPEAT = "repeat"


class Kind(StrEnum):
    """What a file is: the record of a talk, or a document that nobody spoke."""

    SPOKEN = "spoken"
    DOCUMENT = "document"


class Origin(StrEnum):
    """Where a piece of metadata was found, the most telling first."""

    COMMAND = "command"
    SIDECAR = "sidecar"
    FORMAT = "format"
    FRONT_MATTER = "front_matter"
    RUNNING_HEAD = "running_head"
    TITLE = "title"
    TEXT = "text"
    FILE_NAME = "file_name"


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Lines of the source file, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something was said: seconds from the start of the recording; `end` is None where only the start is known."""

    start: float
    end: float | None = None

    @property
    def clock(self) -> str:
        """When it began, as a player shows it: h:mm:ss."""
        minutes, seconds = divmod(int(self.start), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that a transcript was read from."""

    path: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a format with named fields gives one; what it does not say is None.

    An empty name says that from here on somebody speaks whom the format does not name.
    """

    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, verbatim, without its line end. `number` counts the lines of the file from 1.

    The other fields hold what the format itself says; in plain text they keep their defaults.

    `kind` is set on what nobody spoke: cue numbers, running heads, navigation; such a line without a `person` may stand
    amid a paragraph, which goes on below it. `continues` is True on a line that
    goes on the paragraph of the line above and False on one that begins a paragraph. `person` is set on a line
    that names who speaks from here on. `section` is set on the line with which a part of the call begins, `asks`
    on the lines of a turn of which the format says that it is a question (True) or an answer (False).
    `bold` and `heading` tell how the line is set; neither proves anything by itself.
    """

    number: int
    text: str
    kind: NonSpeechKind | None = None
    continues: bool | None = None
    time: TimeSpan | None = None
    person: Person | None = None
    section: Section | None = None
    asks: bool | None = None
    bold: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source; `number` is None when the format does not say where pages begin."""

    number: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader takes out of the bytes of a file.

    `fields` has what the format itself states of the call, under the names title, company, ticker, period, fiscal,
    period_end, date and language; `people` its list of participants. `attributed` tells that the format names the
    speaker of every line: then nothing is guessed from words, a line with a `person` introduces a speaker, one with a
    `kind` is dropped under that name, and every other line was spoken. `warnings` tell the user what could not be read.
    """

    pages: tuple[Page, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    attributed: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody says of a file from outside of it, which stands above all that the file says.

    `fields` has values as `indexer.stated.checked` returns them, `people` the speakers to add or to mend. `lines`
    tells where each field stands in the file `where`, if it stands in one.
    """

    origin: Origin
    where: str
    fields: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: what `indexer.sources` hands to `indexer.transcripts`.

    `sha256` is the digest of the bytes of the file in hexadecimal. `stated` is what is said of it elsewhere, the
    most telling first.
    """

    path: str
    format: str
    sha256: str
    content: Content
    stated: tuple[Stated, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the content."""
        return self.content.pages


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
