"""The arguments of lists, files and what is looked up by name; arguments.py has those of searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from indexer.model import Role  # noqa: TC001 - pydantic reads the annotations.
from search_web.quotes.exporting import ExportFormat
from search_web.web.arguments import DESCRIBED, Flag, Language, Page
from search_web.web.downloads import Format
from search_web.web.transcript_list import Order  # noqa: TC001 - as above.

MOST_LISTED = 1000
"""How much of a list is answered at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListArguments:
    """Which part of a list. Without `limit` all of it is answered."""

    __pydantic_config__ = DESCRIBED
    limit: Annotated[int, Interval(ge=1, le=MOST_LISTED)] | None = None
    """How many at once; the answer then has `next_cursor`."""
    cursor: str | None = None
    """The `next_cursor` of an answer: goes on there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BinArguments(ListArguments):
    """A list with a bin."""

    removed: Flag = "0"
    """1 answers what lies in the bin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteListArguments(BinArguments):
    """Which quotes of a collection."""

    q: str | None = None
    """Words that all stand in a quote, its note, its tags, or who said it where."""
    tag: str | None = None
    """A tag that the quotes have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryArguments(ListArguments):
    """Which changes."""

    quote: str | None = None
    """The id of a quote, whose changes alone are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptListArguments(ListArguments):
    """Which transcripts, in which order."""

    title: str | None = None
    """Words that all stand in the title, the company, the ticker, the period or the name of the file."""
    company: str | None = None
    """The company, just as it is listed."""
    period: str | None = None
    """The period, just as it is listed."""
    language: Language | None = None
    """The language of the transcript."""
    order: Order | None = None
    """What they are sorted by; without it they come as they stand in the index."""
    reversed: Flag = "0"
    """1 turns the order round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerTableArguments:
    """Which speakers."""

    __pydantic_config__ = DESCRIBED
    name: str | None = None
    """What stands in a name or firm."""
    role: Role | None = None
    """As what they mostly speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerListArguments(ListArguments):
    """Which speakers. Without `limit` they are answered a hundred a page."""

    name: str | None = None
    """What stands in a name or firm."""
    role: Role | None = None
    """As what they mostly speak."""
    page: Page | None = None
    """Which hundred, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesakeArguments:
    """Which of several people of one name. A name that Python keeps for itself ends in _ here."""

    __pydantic_config__ = DESCRIBED
    as_: Literal["one"] | None = None
    """one takes all of the name together."""
    firm: str | None = None
    """What the one who is meant speaks for; empty for whom no firm is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareArguments:
    """Which calls."""

    __pydantic_config__ = DESCRIBED
    a: str | None = None
    """The id of a call."""
    b: str | None = None
    """The id of another one; without it, the one before it of the same company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareTableArguments(CompareArguments):
    """Which table of a comparison."""

    table: Literal["passages", "terms"] = "passages"
    """The passages without a counterpart, or what either call says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptArguments:
    """In which format a transcript is wanted."""

    __pydantic_config__ = DESCRIBED
    format: Format = Format.JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationArguments:
    """How something is cited."""

    __pydantic_config__ = DESCRIBED
    citation: str | None = None
    """A style, or a template of your own: docs/quotes.md."""
    lang: Language | None = None
    """The language of all citations; without it, that of each quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportArguments(CitationArguments):
    """As what a collection is exported."""

    format: ExportFormat = ExportFormat.JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanArguments(CitationArguments):
    """Which code points of a passage, all of it without them, and how they are cited."""

    start: Annotated[int, Interval(ge=0, le=999_999_999)] | None = None
    end: Annotated[int, Interval(ge=0, le=999_999_999)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportArguments:
    """Where the quotes of a file go."""

    __pydantic_config__ = DESCRIBED
    into: str | None = None
    """The id of a collection; without it, that of the name in the file, which is made where it is missing."""
