"""What the page of trends shows: its plot and its tables, from the same figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import pgettext

from search_web.search.query_language import parse_query, plain_query
from search_web.search.request import By, Mode, SearchRequest
from search_web.web.labels import label
from search_web.web.navigation import search_url
from search_web.web.params import search_arguments
from search_web.web.plot_model import Line, Panel, Plot, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.trend import Count, Point, Trend
    from search_web.search.trends import Trends

MOST_LINES = 6
"""How many groups a panel shows; the table has them all."""

PASSAGES = "passages"
"""The value of `show` with which a plot shows passages and not shares."""


_Column = tuple[str, "Trend", str | None, "Count"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted: terms, how they are told apart, and whether the plot shows shares or passages."""

    queries: tuple[str, ...]
    request: SearchRequest
    by: By
    shares: bool

    def arguments(self, **changes: str) -> list[tuple[str, str]]:
        """Return the arguments of a URL that asks for this, with some others instead."""
        pairs = [("q", query) for query in self.queries] + search_arguments(replace(self.request, query=""))
        said = {} if self.by is By.PERIOD else {"by": self.by.value}
        said |= {} if self.shares else {"show": PASSAGES}
        said |= changes
        return [*pairs, *said.items()]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the table, with the search that shows its passages."""

    count: Count | None
    url: str | None


@dataclass(frozen=True, slots=True)
class TrendTable:
    """A table of the page: a column for each term, or for each group of one term; a row for each period."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    totals: tuple[Cell, ...]


def trend_plot(asked: Asked, found: Trends, theme: Theme, *, narrow: bool) -> Plot:
    """Return the plot: one panel for all terms, or one for each term with a line for each of its first groups."""
    periods = found.periods
    if asked.by is By.PERIOD:
        panels = [Panel("", tuple(_line(asked, trend, trend.query, None, periods) for trend in found.trends))]
    else:
        panels = [
            Panel(
                _panel_title(asked, trend),
                tuple(
                    _line(asked, trend, _shown(asked.by, group.value), group.value, periods)
                    for group in trend.groups[:MOST_LINES]
                ),
            )
            for trend in found.trends
            if trend.groups
        ]
    return Plot(
        title=", ".join(asked.queries),
        measure=str(_("Passages per 1,000") if asked.shares else pgettext("measure", "Passages")),
        periods=tuple(period or _not_stated() for period in periods),
        panels=tuple(panels),
        fractions=asked.shares,
        last_apart=bool(periods) and periods[-1] is None,
        theme=theme,
        narrow=narrow,
    )


def _panel_title(asked: Asked, trend: Trend) -> str:
    """Return the title of a panel; a single group has no legend and stands there."""
    only = f" · {_shown(asked.by, trend.groups[0].value)}" if len(trend.groups) == 1 else ""
    return f"{trend.query}{only}"


def _line(asked: Asked, trend: Trend, name: str, group: str | None, periods: tuple[str | None, ...]) -> Line:
    at = {point.period: point.count for point in trend.points if point.group == group}
    values = tuple(
        None if (count := at.get(period)) is None else count.per_thousand if asked.shares else float(count.passages)
        for period in periods
    )
    return Line(name, values)


def _shown(by: By, value: str | None) -> str:
    return _not_stated() if value is None else str(label(by.value, value))


def _not_stated() -> str:
    return str(pgettext("period", "not stated"))


def trend_tables(asked: Asked, found: Trends) -> tuple[TrendTable, ...]:
    """Return the tables: one with a column for each term, or one for each term with a column for each group."""
    periods = found.periods
    if asked.by is By.PERIOD:
        columns: list[_Column] = [(trend.query, trend, None, trend.total) for trend in found.trends]
        return (_table(asked, "", columns, periods),)
    return tuple(
        _table(
            asked,
            trend.query,
            [(_shown(asked.by, group.value), trend, group.value, group.count) for group in trend.groups],
            periods,
        )
        for trend in found.trends
    )


def _table(asked: Asked, title: str, columns: Sequence[_Column], periods: tuple[str | None, ...]) -> TrendTable:
    points: list[dict[str | None, Point]] = [
        {point.period: point for point in trend.points if point.group == group}
        for _name, trend, group, _total in columns
    ]
    rows = tuple(
        (
            period or _not_stated(),
            tuple(
                _cell(asked, trend, found[period].count if period in found else None, period, group)
                for (_name, trend, group, _total), found in zip(columns, points, strict=True)
            ),
        )
        for period in periods
    )
    totals = tuple(_cell(asked, trend, count, None, group) for _name, trend, group, count in columns)
    return TrendTable(title, tuple(column[0] for column in columns), rows, totals)


def _cell(asked: Asked, trend: Trend, count: Count | None, period: str | None, group: str | None) -> Cell:
    """Return a cell; it leads to its passages where a search can be told to show just these."""
    if count is None or not count.passages:
        return Cell(count, None)
    filters = asked.request.filters
    if period is not None:
        filters = replace(filters, period=(period,))
    if group is not None:
        only: dict[str, Any] = {asked.by.value: (group,)}
        filters = replace(filters, **only)
    wanted = replace(
        asked.request, query=_with_and(trend.query, plain=asked.request.plain), mode=Mode.KEYWORD, filters=filters
    )
    return Cell(count, search_url(replace(wanted, plain=False)))


def _with_and(query: str, *, plain: bool) -> str:
    """Return the query with AND between words that stand side by side, which is how a trend takes them."""
    parsed = plain_query(query) if plain else parse_query(query)
    if not parsed.is_plain or len(parsed.optional) < 2:  # noqa: PLR2004 - two words are side by side.
        return query
    return " AND ".join(word.text for word in parsed.optional)
