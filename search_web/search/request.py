"""What is asked: the page, the API and the command line all make a SearchRequest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.stores.filters import Filters

MAX_LIMIT = 100
MAX_CONTEXT = 10
MAX_GROUP_SIZE = 20
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


class Recognised(StrEnum):
    """What the people, firms, companies and periods do that a query names: favour passages, keep only them, nothing."""

    SOFT = "soft"
    HARD = "hard"
    OFF = "off"


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    DATE = "date"
    DATE_ASC = "date_asc"


class Grouping(StrEnum):
    """What hits are put together by."""

    TRANSCRIPT = "transcript"
    EXCHANGE = "exchange"


class By(StrEnum):
    """What the passages of a period are told apart by in a trend."""

    PERIOD = "period"
    COMPANY = "company"
    ROLE = "role"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search.

    `limit` is the number of hits (1 to MAX_LIMIT) from the `offset`-th on; `context` is how many neighbouring
    passages come along on either side. `embedders` names the vector spaces to use; None uses all of the index.
    `plain` takes the query as mere words, without operators. `expand` lets the glossary add terms, except those
    named in `without`. `recognised` says what the names and periods of the query do, except the chips whose ids are in
    `without`. `cursor` goes on where an earlier response ended and stands instead of `offset`. With `group`,
    limit and offset count groups, of which each shows its best `group_size` hits. `collapse` shows near-duplicates as
    one hit; `facets` asks for the counts by company, period and so on. `explain` asks for the reasons of the ranking,
    which cost some more searches.
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
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    group: Grouping | None = None
    group_size: int = 3
    collapse: bool = True
    facets: bool = False
    recognised: Recognised = Recognised.SOFT
    explain: bool = False
