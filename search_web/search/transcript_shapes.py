"""The shapes of lists of transcripts and of searches inside one, as JSON; transcript_json.py makes them."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.model import Kind  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.shapes import Span  # noqa: TC001 - as above.


class TranscriptEntry(TypedDict):
    """A transcript in a list; `passages`, `speakers` and `exchanges` are counts."""

    id: str
    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    language: str
    passages: int
    speakers: int
    exchanges: int
    url: str
    kind: Kind


class TranscriptList(TypedDict):
    """The transcripts of the index."""

    total: int
    transcripts: list[TranscriptEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class InsidePlace(TypedDict):
    """A passage of a transcript that matches, with what of its text does."""

    passage_id: str
    highlights: list[Span]


class InsideAnswer(TypedDict):
    """What a search inside a transcript found, in reading order."""

    query: str
    transcript: str
    generation: str
    notes: list[str]
    total: int
    any_total: int
    """The passages with any of the words."""
    all_total: int
    """The passages with every word, or what stands for it."""
    also: list[str]
    """Terms that the glossary added and that are marked, too."""
    places: list[InsidePlace]
