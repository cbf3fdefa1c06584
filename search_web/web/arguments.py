"""The arguments of the endpoints, each named once: the API describes them from here, and refuses all others.

`params.py` reads them. A tuple may be given several times; its values are alternatives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, MaxLen, MinLen

from indexer.model import Delivery, Role, Section  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.answer_values import Scope
from search_web.search.request import (
    MAX_CONTEXT,
    MAX_GROUP_SIZE,
    MAX_LIMIT,
    MAX_QUERY_LENGTH,
    By,
    Fusion,
    Grouping,
    Mode,
    Recognised,
    SearchRequest,
    Sort,
)
from search_web.search.trends import MOST_TRENDS
from search_web.web.params import MAX_OFFSET

DESCRIBED = {"use_attribute_docstrings": True}
"""The settings with which pydantic takes the docstrings of fields for their descriptions."""

Flag = Literal["0", "1"]
Language = Literal["zh", "en"]
Query = Annotated[str, MinLen(1), MaxLen(MAX_QUERY_LENGTH)]
Several = tuple[str, ...]
Page = Annotated[int, Interval(ge=1, le=MAX_OFFSET)]

_D = SearchRequest("")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterArguments:
    """What a passage must be. Values of one filter are alternatives; the filters must all hold."""

    __pydantic_config__ = DESCRIBED
    speaker: Several = ()
    """Who speaks: a full name, another name, or one word of a Latin one."""
    role: tuple[Role, ...] = ()
    """As what they speak."""
    company: Several = ()
    """The company of the call, by name or ticker."""
    section: tuple[Section, ...] = ()
    """Prepared remarks or questions and answers."""
    language: tuple[Language, ...] = ()
    """The language of the passage."""
    lang: tuple[Language, ...] = ()
    """The same as `language`."""
    delivery: tuple[Delivery, ...] = ()
    """Whether it was said, or translated."""
    transcript: Several = ()
    """The id of a transcript."""
    firm: Several = ()
    """What the speaker speaks for."""
    period: Several = ()
    """As 2024Q2, 2024H1 or 2024; a year has all its quarters and halves."""
    date_from: str | None = None
    """The first day, as 2024-05-02."""
    date_to: str | None = None
    """The last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchArguments(FilterArguments):
    """What counts as a match of the query."""

    plain: Flag = "0"
    """1 takes the query as mere words, without operators."""
    expand: Flag = "1"
    """0 keeps the glossary from adding terms."""
    without: Several = ()
    """A term of the glossary, or the id of a chip, that is not to count."""
    recognised: Recognised = _D.recognised
    """What the people, companies and periods do that the query names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegArguments(MatchArguments):
    """How passages are found and put in order."""

    mode: Mode = _D.mode
    """By words, by meaning, or by both."""
    fusion: Fusion = _D.fusion
    """How the two become one ranking."""
    embedder: Several = ()
    """The vectors to use; all of the index without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowArguments(LegArguments):
    """Which of the hits, and with what beside them."""

    limit: Annotated[int, Interval(ge=1, le=MAX_LIMIT)] = _D.limit
    """How many hits, or groups."""
    offset: Annotated[int, Interval(ge=0, le=MAX_OFFSET)] = 0
    """From which hit on."""
    page: Page | None = None
    """Instead of `offset`, from 1."""
    cursor: str | None = None
    """The `next_cursor` of an answer: goes on there, without repeats and gaps."""
    context: Annotated[int, Interval(ge=0, le=MAX_CONTEXT)] = _D.context
    """How many neighbours on either side of a hit."""
    sort: Sort = _D.sort
    """In which order."""
    group: Grouping | None = None
    """Puts hits together by call or by exchange."""
    group_size: Annotated[int, Interval(ge=1, le=MAX_GROUP_SIZE)] = _D.group_size
    """How many hits of a group."""
    collapse: Flag = "1"
    """0 shows near-duplicates one by one."""
    facets: Flag = "0"
    """1 counts what was found by company, period and so on."""
    explain: Flag = "0"
    """1 says why each hit stands where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchArguments(WindowArguments):
    """A search."""

    q: Query
    """The query; docs/query-syntax.md has what it can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTableArguments(LegArguments):
    """A search whose hits are saved as a table, up to a thousand."""

    q: Query
    """The query."""
    sort: Sort = _D.sort
    """In which order."""
    collapse: Flag = "1"
    """0 shows near-duplicates one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarArguments(WindowArguments):
    """A search for what is like a passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskArguments(LegArguments):
    """A question."""

    q: Query
    """The question, in plain words."""
    scope: Scope = Scope.ANSWERS
    """Whether answers, questions or both are searched."""
    limit: Annotated[int, Interval(ge=1, le=MAX_LIMIT)] = _D.limit
    """How many answers at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendArguments(MatchArguments):
    """What is counted over the periods."""

    q: Query
    """The query."""
    by: By = By.PERIOD
    """What the passages of a period are told apart by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsArguments(MatchArguments):
    """Several queries that are counted over the periods."""

    q: Annotated[Several, MinLen(1), MaxLen(MOST_TRENDS)]
    """Each query."""
    by: By = By.PERIOD
    """What the passages of a period are told apart by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotArguments(TrendsArguments):
    """The plot of several trends."""

    show: Literal["shares", "passages"] = "shares"
    """Whether it shows passages of a thousand, or passages."""
    theme: Literal["light", "dark"] = "light"
    narrow: Flag = "0"
    """1 draws it for a narrow screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideArguments(MatchArguments):
    """A search inside a transcript."""

    q: Query
    """The query."""
    every: Flag = "0"
    """1 asks for passages with every word of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageArguments:
    """How a passage is shown."""

    __pydantic_config__ = DESCRIBED
    context: Annotated[int, Interval(ge=0, le=MAX_CONTEXT)] = _D.context
    """How many neighbours on either side."""
