"""The shape of what was understood of the file of a transcript, as JSON; reading_json.py makes it."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.model import Kind, NonSpeechKind, Origin, Section  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.shapes import Speaker  # noqa: TC001 - as above.


class ReadEvidence(TypedDict):
    """Where a value was found."""

    value: str
    origin: Origin
    line: int | None
    text: str


class ReadField(TypedDict):
    """A piece of metadata: what is believed and why, and what was found beside it."""

    name: str
    value: str | None
    evidence: list[ReadEvidence]
    others: list[ReadEvidence]


class ReadSpeaker(TypedDict):
    """A speaker with the number of passages, and the line that the first of them begins at."""

    speaker: Speaker
    passages: int
    first_line: int | None


class ReadSection(TypedDict):
    """A stretch of one section under one heading."""

    section: Section
    heading: str | None
    passages: int
    first_line: int
    first_passage_id: str


class ReadAnswerer(TypedDict):
    """Who answered a question, in how many passages."""

    name: str
    passages: int


class ReadExchange(TypedDict):
    """A question and who answered it."""

    number: int
    asker: Speaker
    question: str
    question_id: str
    first_line: int
    answered_by: list[ReadAnswerer]


class ReadPiece(TypedDict):
    """A piece of the file that is in no passage."""

    line: int
    text: str


class ReadDropped(TypedDict):
    """What of one kind stands in the file and was said by nobody."""

    kind: NonSpeechKind
    characters: int
    pieces: list[ReadPiece]


class ReadShortTurn(TypedDict):
    """A very short turn that is no hit of a search, and how often it was said."""

    text: str
    times: int


class Reading(TypedDict):
    """All that there is to check of how a file was read."""

    transcript: str
    title: str
    kind: Kind
    format: str
    language: str
    sha256: str
    passages: int
    warnings: list[str]
    fields: list[ReadField]
    missing: list[str]
    """Metadata that was looked for in vain."""
    speakers: list[ReadSpeaker]
    sections: list[ReadSection]
    exchanges: list[ReadExchange]
    dropped: list[ReadDropped]
    short_turns: list[ReadShortTurn]
