"""What comes back from a search; the page, the API and the command line all show the same SearchResponse."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.model import Delivery, Section, Speaker, TimeSpan
    from indexer.stores.passage_pages import Neighbour, TranscriptOnPage
    from search_web.search.explanation import FusionExplained, HitExplained
    from search_web.search.query_views import ChipView, ExpansionView, FilterSuggestion, SuggestionView
    from search_web.search.request import Fusion, Grouping, Mode
    from search_web.search.unsaid import Unsaid


class TotalRelation(StrEnum):
    """Whether a total is the number of all passages that match, or of the candidates that were looked at."""

    EXACT = "exact"
    APPROXIMATE = "approximate"


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
    `duplicates` counts the passages found that say the same in nearly the same words and are no hits of their own;
    `duplicate_ids` names the first of them, and `same_call` counts those that stand in another file of the same call.
    """

    id: str
    score: float
    legs: Legs
    text: str
    highlights: tuple[tuple[int, int], ...]
    best_sentence: tuple[int, int] | None
    speaker: Speaker
    transcript: TranscriptOnPage
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
    duplicates: int = 0
    duplicate_ids: tuple[str, ...] = ()
    explained: HitExplained | None = None
    same_call: int = 0

    @property
    def answered(self) -> Neighbour | None:
        """The question that this passage answers; None when it asks, or stands in no exchange."""
        if self.exchange is None or self.asks:
            return None
        return self.exchange.question


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many of the passages found have one value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field, the most frequent first; `more` counts those that are not listed."""

    field: str
    values: tuple[FacetValue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one call or exchange, the best first; `total` counts all that were found in it.

    With Grouping.EXCHANGE a passage outside any exchange is a group of its own: its `exchange` is None.
    """

    transcript: TranscriptOnPage
    exchange: ExchangeView | None
    total: int
    hits: tuple[Hit, ...]

    @property
    def more(self) -> int:
        """How many hits of the group are not shown."""
        return self.total - len(self.hits)


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """What a search found.

    `total` counts the passages found, near-duplicates among them, and `total_relation` tells whether that is all there
    are; `word_total` counts, exactly, the passages that match by words. What can be paged through are `total` less
    `collapsed` hits, or `group_total` groups. `repeated` of `total` say again what another file of the same call says,
    and the facets leave them out. `next_cursor` leads to the next page; it is None on the last one. With `groups`, the
    hits stand in these and not in `hits`. `facets` is None unless it was asked for. `generation` names the state of
    the index that answered. `notes` say what could not be honoured as asked, and what was done that was not asked for
    in so many words. `left_out` are terms that went out with a word that the query excludes, `unsaid` words of the
    query that no passage of the index has in any writing.
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
    total_relation: TotalRelation = TotalRelation.EXACT
    word_total: int = 0
    collapsed: int = 0
    next_cursor: str | None = None
    facets: tuple[Facet, ...] | None = None
    grouped_by: Grouping | None = None
    groups: tuple[HitGroup, ...] = ()
    group_total: int | None = None
    chips: tuple[ChipView, ...] = ()
    suggestions: tuple[SuggestionView, ...] = ()
    fusion_explained: FusionExplained | None = None
    left_out: tuple[ExpansionView, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    filter_suggestions: tuple[FilterSuggestion, ...] = ()
    repeated: int = 0
