"""What is asked and what comes back; the page, the API and the command line all show the same SearchResponse."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.model import Kind
from indexer.stores.filters import Filters

if TYPE_CHECKING:
    from indexer.model import Delivery, Role, Section, TimeSpan

MAX_LIMIT = 100
MAX_CONTEXT = 10
NO_FILTERS = Filters()
MAX_QUERY_LENGTH = 8000


class Mode(StrEnum):
    """Which legs a search walks on."""

    HYBRID = "hybrid"
    KEYWORD = "keyword"
    VECTOR = "vector"


class Fusion(StrEnum):
    """How the legs of a hybrid search become one ranking."""

    ADAPTIVE = "adaptive"
    ZSUM = "zsum"
    RRF = "rrf"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search.

    `limit` is the number of hits (1 to MAX_LIMIT) from the `offset`-th on; `context` is how many neighbouring
    passages come along on either side. `embedders` names the vector spaces to use; None uses all of the index.
    `plain` takes the query as mere words, without operators. `expand` lets the glossary add terms, except those
    named in `without`.
    """

    query: str
    mode: Mode = Mode.HYBRID
    fusion: Fusion = Fusion.ADAPTIVE
    filters: Filters = NO_FILTERS
    limit: int = 10
    offset: int = 0
    context: int = 1
    embedders: tuple[str, ...] | None = None
    plain: bool = False
    expand: bool = True
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpansionView:
    """A term that was looked for next to the words of the query.

    `of` is where in the query stands what called it up, `source` what gave it, `passages` how many have it. It is not
    `active` when the user has switched it off.
    """

    term: str
    of: tuple[int, int]
    language: str
    relation: str
    source: str
    weight: float
    passages: int
    active: bool


@dataclass(frozen=True, slots=True)
class LegScore:
    """Where one leg of the search put a passage: rank from 1, and the leg's own score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Legs:
    """The place of a hit in each leg; None where the leg did not find it or was not walked."""

    keyword: LegScore | None
    vector: LegScore | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Who spoke."""

    name: str
    other_names: tuple[str, ...]
    title: str | None
    affiliation: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """The call in which it was said, or the document in which it stands."""

    id: str
    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    language: str
    kind: Kind = Kind.SPOKEN


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage beside another."""

    id: str
    speaker: SpeakerView
    text: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """The exchange that a hit belongs to, with the passage that puts its question."""

    id: str
    question: Neighbour


@dataclass(frozen=True, slots=True)
class Context:
    """The passages before and after a hit, in reading order."""

    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `score` orders the hits. `highlights` are spans (start, end) in code points: text[start:end] is what matched;
    they are sorted and do not overlap. `best_sentence` is the span of the sentence nearest to the query in meaning.
    `time` is when it was said, where the source tells; `asks` tells that it belongs to the question of its exchange.
    """

    id: str
    score: float
    legs: Legs
    text: str
    highlights: tuple[tuple[int, int], ...]
    best_sentence: tuple[int, int] | None
    speaker: SpeakerView
    transcript: TranscriptView
    section: Section
    heading: str | None
    delivery: Delivery
    language: str
    page: int | None
    time: TimeSpan | None
    position: int
    exchange: ExchangeView | None
    asks: bool
    context: Context
    url: str

    @property
    def answered(self) -> Neighbour | None:
        """The question that this passage answers; None when it asks, or stands in no exchange."""
        if self.exchange is None or self.asks:
            return None
        return self.exchange.question


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """What a search found.

    `total` counts the passages that can be paged through; `generation` names the state of the index that answered.
    `notes` say what could not be honoured as asked.
    """

    query: str
    mode: Mode
    fusion: Fusion
    took_ms: float
    total: int
    generation: str
    notes: tuple[str, ...]
    hits: tuple[Hit, ...]
    expansions: tuple[ExpansionView, ...] = ()
