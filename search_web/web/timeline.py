"""How often the words of a search were said, period by period, as bars that filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from search_web.search.trend import MIXED_YEARS
from search_web.web.navigation import search_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher
    from search_web.search.trend import Point

MOST_PERIODS = 14
"""With more, a bar is a year: each must be wide enough to be hit with a finger (WCAG 2.2, 2.5.8)."""

_MOST_NAMED = 8
_LOWEST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One period, or one year: `passages` of `of_passages` have the words; `height` is a percentage of the highest bar.

    A bar that the filters keep is `active`, and its `url` leads back to all periods. Calls that state no period come
    last, if they have the words, without name and address.
    """

    name: str | None
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
    stated = [point for point in trend.points if point.period is not None]
    if not trend.total.passages or len(stated) < 2:  # noqa: PLR2004 - One bar compares nothing.
        return None
    by_year = len(stated) > MOST_PERIODS
    together = [
        list(points)
        for _, points in groupby(trend.points, key=lambda point: (point.period or "")[: 4 if by_year else None])
    ]
    told = [points for points in together if points[0].period or points[0].count.passages]
    bars = _bars(told, request, by_year=by_year)
    return Timeline(bars, named=len(bars) <= _MOST_NAMED, mixed_years=MIXED_YEARS in trend.notes)


def _bars(together: Sequence[Sequence[Point]], request: SearchRequest, *, by_year: bool) -> tuple[Bar, ...]:
    highest = max(sum(point.count.passages for point in points) for points in together)
    return tuple(_bar(points, request, highest, by_year=by_year) for points in together)


def _bar(points: Sequence[Point], request: SearchRequest, highest: int, *, by_year: bool) -> Bar:
    periods = tuple(point.period for point in points if point.period is not None)
    passages = sum(point.count.passages for point in points)
    active = bool(periods) and set(periods) <= set(request.filters.period)
    url = None
    if periods:
        filters = replace(request.filters, period=() if active else periods)
        url = search_url(request, filters=filters, offset=0, cursor=None)
    return Bar(
        name=(periods[0][:4] if by_year else periods[0]) if periods else None,
        passages=passages,
        of_passages=sum(point.count.of_passages for point in points),
        height=max(round(100 * passages / highest), _LOWEST) if passages else 0,
        active=active,
        url=url,
    )
