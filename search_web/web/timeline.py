"""How often the words of a search were said, period by period, as bars that filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search_web.search.trend import MIXED_YEARS
from search_web.web.navigation import search_url

if TYPE_CHECKING:
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher
    from search_web.search.trend import Point, Trend

_FEWEST_PERIODS = 2
_MOST_NAMED = 8
_LOWEST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: `passages` of `of_passages` have the words, `height` is a percentage of the highest bar.

    `year` stands where another year begins. A period that the filters keep is `active`, and its `url` leads back to
    all periods. Calls that state no period come last, if they have the words, without an address.
    """

    period: str | None
    year: str | None
    passages: int
    of_passages: int
    height: int
    active: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of all periods, oldest first.

    `named` tells that there is room for the name of each, `mixed_years` that not all companies count them alike.
    """

    bars: tuple[Bar, ...]
    named: bool
    mixed_years: bool


def timeline(searcher: Searcher, request: SearchRequest) -> Timeline | None:
    """Return how often the words of a request were said in each period; None where there is nothing to compare.

    The filter of periods is left out of the counting, so that the others can be seen beside those that hold.
    Raises InvalidRequestError as a search does.
    """
    opened = replace(request, filters=replace(request.filters, period=()))
    trend = searcher.trend(opened, mentions=False)
    named = [period for period in trend.periods if period is not None]
    if not trend.total.passages or len(named) < _FEWEST_PERIODS:
        return None
    return Timeline(
        _bars(trend, request), named=len(trend.points) <= _MOST_NAMED, mixed_years=MIXED_YEARS in trend.notes
    )


def _bars(trend: Trend, request: SearchRequest) -> tuple[Bar, ...]:
    highest = max(point.count.passages for point in trend.points)
    years = [point.period[:4] if point.period else None for point in trend.points]
    return tuple(
        _bar(point, request, highest, year if year != before else None)
        for point, year, before in zip(trend.points, years, [None, *years], strict=False)
        if point.period or point.count.passages
    )


def _bar(point: Point, request: SearchRequest, highest: int, year: str | None) -> Bar:
    count, period = point.count, point.period
    active = period is not None and period in request.filters.period
    url = None
    if period is not None:
        filters = replace(request.filters, period=() if active else (period,))
        url = search_url(request, filters=filters, offset=0, cursor=None)
    height = max(round(100 * count.passages / highest), _LOWEST) if count.passages else 0
    return Bar(period, year, count.passages, count.of_passages, height, active, url)
