"""The shapes of what a search answers as JSON: json_view.py makes them, the API describes them, the client gives them.

Spans are [start, end] in code points of the text that they belong to, times seconds from the start of a recording.
"""

from __future__ import annotations

from typing import Annotated, NotRequired

from annotated_types import Len
from typing_extensions import TypedDict

from indexer.model import Delivery, Kind, Role, Section  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.explain_shapes import FusionExplained, HitExplained  # noqa: TC001 - as above.
from search_web.search.request import Fusion, Mode  # noqa: TC001 - as above.
from search_web.search.response import TotalRelation  # noqa: TC001 - as above.

Span = Annotated[list[int], Len(2, 2)]


class Speaker(TypedDict):
    """Who spoke."""

    name: str
    title: str | None
    affiliation: str | None
    role: Role
    other_names: list[str]


class Call(TypedDict):
    """The call in which something was said, or the document in which it stands."""

    id: str
    title: str
    company: str | None
    period: str | None
    """As 2024Q2, 2024H1 or 2024."""
    date: str | None
    """As 2024-05-02."""
    ticker: str | None
    language: str
    kind: Kind


class Neighbour(TypedDict):
    """A passage beside another."""

    id: str
    speaker: Speaker
    text: str


class Exchange(TypedDict):
    """A question with its answers; here, the passage that puts the question."""

    id: str
    question: Neighbour


class Context(TypedDict):
    """The passages before and after one, in reading order."""

    before: list[Neighbour]
    after: list[Neighbour]


class Time(TypedDict):
    """When something was said, in seconds from the start of the recording."""

    start: float
    end: float | None


class LegScore(TypedDict):
    """Where one leg of the search put a passage: rank from 1, and the leg's own score."""

    rank: int
    score: float


class Legs(TypedDict):
    """The place of a passage in each leg, null where a leg did not find it."""

    keyword: LegScore | None
    vector: LegScore | None


class PassageBody(TypedDict):
    """A passage without its id."""

    legs: Legs
    text: str
    """Verbatim."""
    highlights: list[Span]
    """What matched: sorted, without overlaps."""
    best_sentence: Span | None
    """The sentence nearest to the query in meaning."""
    speaker: Speaker
    transcript: Call
    section: Section
    heading: str | None
    delivery: Delivery
    language: str
    page: int | None
    time: Time | None
    position: int
    """The place of the passage in its transcript."""
    exchange: Exchange | None
    context: Context
    url: str
    """The page that shows it."""


class Passage(PassageBody):
    """A passage with who said it, where, and what stands around it."""

    id: str


class Hit(Passage):
    """A passage that a search found."""

    score: float
    """What orders the hits."""
    duplicates: int
    """How many passages say the same in nearly the same words and are no hits of their own."""
    duplicate_ids: list[str]
    """The first of these."""
    same_call: int
    """How many of them stand in another file of the same call."""
    explain: NotRequired[HitExplained]
    """With explain=1."""


class Expansion(TypedDict):
    """A term that was looked for beside the words of the query."""

    term: str
    of: Span
    """What in the query called it up."""
    language: str
    relation: str
    source: str
    weight: float
    passages: int
    active: bool
    """Whether it counts; `without` switches it off."""


class Chip(TypedDict):
    """Somebody, a company or a period that the query names and the index holds."""

    id: str
    """What switches it off, as `without`."""
    kind: str
    value: str
    text: str
    of: Span
    effect: str
    active: bool
    how: str


class Suggestion(TypedDict):
    """A term of the query that the index lacks or hardly has, and one that may be meant."""

    term: str
    of: Span
    instead: str
    query: str


class Unsaid(TypedDict):
    """A word of the query that no passage has in any writing."""

    text: str
    of: Span


class FilterSuggestion(TypedDict):
    """A value of a filter that the index has nothing of, and the nearest that it has."""

    field: str
    value: str
    of: Span | None
    instead: list[str]
    queries: list[str]


class FacetValue(TypedDict):
    """How many of the passages found have a value."""

    value: str
    count: int


class Group(TypedDict):
    """Hits of one call or exchange; `total` counts all that were found in it, `more` those that are not shown."""

    transcript: Call
    exchange: Exchange | None
    total: int
    more: int
    hits: list[Hit]


class SearchAnswer(TypedDict):
    """What a search found."""

    query: str
    mode: Mode
    fusion: Fusion
    took_ms: float
    total: int
    """The passages found, near-duplicates among them."""
    generation: str
    """The state of the index that answered."""
    notes: list[str]
    """What could not be honoured as asked, and what was done that was not asked for in so many words."""
    expansions: list[Expansion]
    chips: list[Chip]
    suggestions: list[Suggestion]
    left_out: list[Expansion]
    """What went out with a word that the query excludes."""
    unsaid: list[Unsaid]
    filter_suggestions: list[FilterSuggestion]
    hits: list[Hit]
    total_relation: TotalRelation
    word_total: int
    """The passages that match by words, exactly."""
    collapsed: int
    """How many of `total` are no hits of their own."""
    repeated: int
    """How many of `total` say again what another file of the same call says."""
    next_cursor: str | None
    """Leads to the next page; null on the last one."""
    facets: dict[str, list[FacetValue]] | None
    """With facets=1: by field, the most frequent values first."""
    facets_more: dict[str, int] | None
    groups: NotRequired[list[Group]]
    """With `group`: the hits stand in these."""
    group_total: NotRequired[int | None]
    fusion_explained: NotRequired[FusionExplained]
    """With explain=1."""
