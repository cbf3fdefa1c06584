"""What there is to check of a draft: the values alone, which servers and clients read without any reader of files."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model.alike import Alike  # noqa: TC001 - pydantic reads the annotations.


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a piece of metadata and where it was found."""

    value: str
    origin: str
    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class ReadField:
    """A piece of metadata: what is believed, why, and what was found beside it."""

    name: str
    value: str | None
    evidence: tuple[Found, ...]
    others: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class ReadSpeaker:
    """Somebody who speaks, and in how many passages."""

    name: str
    other_names: tuple[str, ...]
    title: str | None
    affiliation: str | None
    role: str
    passages: int


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A stretch of one section under one heading, and how it begins."""

    section: str
    heading: str | None
    begins: str
    language: str
    passages: int
    line: int


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question, who asked it, and who answered it."""

    asker: str
    affiliation: str | None
    question: str
    language: str
    answerers: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One of the first passages, and who says it. `cut` tells that it goes on."""

    speaker: str
    text: str
    language: str
    cut: bool


@dataclass(frozen=True, slots=True)
class DraftReading:
    """What there is to check of a draft. The lists are cut where they are long; Summary has the true counts.

    `dropped` counts the characters of what stands in the file and is in no passage, by its kind.
    """

    fields: tuple[ReadField, ...]
    missing: tuple[str, ...]
    speakers: tuple[ReadSpeaker, ...]
    sections: tuple[ReadSection, ...]
    section_count: int
    questions: tuple[ReadQuestion, ...]
    opening: tuple[ReadPassage, ...]
    warnings: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]
    alike: tuple[Alike, ...] = ()
