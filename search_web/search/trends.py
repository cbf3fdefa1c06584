"""Several trends side by side: how often each of some terms is said over the same periods.

As JSON, with TREND as `search_web/search/trend.py` describes it::

    {"by": "company", "generation": "000001-ab12cd", "took_ms": 3.4,
     "periods": ["2024Q1", "2024Q2", null],     all periods of all trends, in order of time
     "trends": [TREND]}                         in the order asked for; their `mentions` are null

As a table, a row for each trend, period and group, with the names of COLUMNS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from search_web.search.request import By
from search_web.search.trend import Trend, period_order, trend_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_web.search import insight_shapes as shapes
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher
    from search_web.search.trend import Count

MOST_TRENDS = 8
"""How many terms are compared at once; more lines than that cannot be told apart."""

COLUMNS = ("query", "period", "group", "passages", "calls", "of_passages", "of_calls", "per_thousand")


@dataclass(frozen=True, slots=True)
class Trends:
    """The trends of some terms; see the beginning of this module."""

    by: By
    trends: tuple[Trend, ...]

    @property
    def periods(self) -> tuple[str | None, ...]:
        """All periods of all trends, in order of time."""
        return tuple(sorted({period for trend in self.trends for period in trend.periods}, key=period_order))

    @property
    def notes(self) -> tuple[str, ...]:
        """What any of the trends has to say, each once."""
        return tuple(dict.fromkeys(note for trend in self.trends for note in trend.notes))

    @property
    def took_ms(self) -> float:
        """How long all of them took, in milliseconds."""
        return round(sum(trend.took_ms for trend in self.trends), 2)


def compare_trends(searcher: Searcher, request: SearchRequest, queries: Sequence[str], by: By = By.PERIOD) -> Trends:
    """Return the trend of each query, with the filters and settings of one request, whose own query is not looked at.

    Raises InvalidRequestError for no query and for more than MOST_TRENDS, and as `Searcher.trend` does.
    """
    if not queries:
        raise InvalidRequestError("there is no term to count", where="q", mend="Give one or more, each as a q")
    if len(queries) > MOST_TRENDS:
        raise InvalidRequestError(
            f"{len(queries)} terms are too many at once", where="q", mend=f"Give at most {MOST_TRENDS}"
        )
    return Trends(by, tuple(searcher.trend(replace(request, query=query), by, mentions=False) for query in queries))


def trends_json(found: Trends) -> shapes.TrendList:
    """Return the JSON object that stands at the beginning of this module."""
    return {
        "by": found.by,
        "generation": found.trends[0].generation,
        "took_ms": found.took_ms,
        "periods": list(found.periods),
        "trends": [trend_json(trend) for trend in found.trends],
    }


def trends_table(found: Trends) -> Iterator[tuple[str | int | float, ...]]:
    """Yield the rows of the table; what the calls do not say is an empty cell."""
    for trend in found.trends:
        for point in trend.points:
            yield trend.query, point.period or "", point.group or "", *_cells(point.count)


def _cells(count: Count) -> tuple[int | float, ...]:
    return count.passages, count.calls, count.of_passages, count.of_calls, count.per_thousand
