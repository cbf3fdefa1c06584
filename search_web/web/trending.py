"""The page of trends, its plot, and the same figures as JSON and CSV."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, render_template, request

from flask_babel import gettext as _
from flask_babel import pgettext

from indexer.errors import QuerySyntaxError
from search_web.search.query_language import parse_query, plain_query
from search_web.search.request import By, Mode, SearchRequest
from search_web.search.trends import COLUMNS, MOST_TRENDS, Trends, compare_trends, trends_json, trends_table
from search_web.web.current import current_searcher
from search_web.web.labels import choices, label
from search_web.web.navigation import active_filters, search_url
from search_web.web.pages import known_values
from search_web.web.params import search_arguments, trend_request
from search_web.web.plot_model import Line, Panel, Plot, Theme
from search_web.web.syntax import marked_query
from search_web.web.tables import csv_answer
from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from search_web.search.trend import Count, Point, Trend
    from search_web.web.params import Arguments

trending = Blueprint("trending", __name__)

EXAMPLES = (("AI", "自由现金流"), ("monetization", "buyback OR dividend", '"free cash flow"'))

MOST_LINES = 6
"""How many groups a panel shows; the table has them all."""

_SHARE, _COUNT = "share", "passages"

# An SVG has styles of its own and nothing else.
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


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
        said |= {} if self.shares else {"show": _COUNT}
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


@trending.get("/trends")
def trends() -> str | tuple[str, int]:
    """Show how often some terms are said over the periods; without a term, where to put some."""
    asked = _asked(request.args)
    known = known_values(current_searcher().reader.current().passages.transcripts())
    shown = {
        "asked": asked,
        "filters": active_filters(asked.request, lambda wanted: _url(replace(asked, request=wanted))),
        "titles": {},
        "known": known,
        "choices": choices,
        "ways": By,
        "most": MOST_TRENDS,
        "examples": [(terms, f"/trends?{urlencode([('q', term) for term in terms])}") for terms in EXAMPLES],
        "url": lambda **changes: f"/trends?{urlencode(asked.arguments(**changes))}",
    }
    if not asked.queries:
        return render_template("trends.html", found=None, **shown)
    try:
        found = _found(asked)
    except QuerySyntaxError as error:
        query = next(query for query in asked.queries if _is_wrong(query))
        page = render_template("trends.html", found=None, error=error, marked=marked_query(query, error), **shown)
        return page, HTTPStatus.BAD_REQUEST
    plots = {narrow: _plot(asked, found, Theme.LIGHT, narrow=narrow) for narrow in (False, True)}
    return render_template(
        "trends.html",
        found=found,
        tables=_tables(asked, found),
        plots=plots,
        plot_url=lambda **changes: f"/trends.svg?{urlencode(asked.arguments(locale=page_locale(), **changes))}",
        csv_url=f"/trends.csv?{urlencode(asked.arguments())}",
        json_url=f"/api/v1/trends?{urlencode(asked.arguments())}",
        switches=_switches(asked, found),
        **shown,
    )


@trending.get("/trends.svg")
def plot() -> Response:
    """Answer the plot of the page as an image."""
    from search_web.web.plots import draw  # noqa: PLC0415 - other pages need not wait for matplotlib.

    asked = _asked(request.args)
    theme = Theme.DARK if request.args.get("theme") == Theme.DARK else Theme.LIGHT
    picture = draw(_plot(asked, _found(asked), theme, narrow=request.args.get("narrow") == "1"))
    answer = Response(picture, content_type="image/svg+xml; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _SVG_POLICY
    answer.add_etag()
    return answer.make_conditional(request)


@trending.get("/trends.csv")
def table() -> Response:
    """Answer the figures as a table to save."""
    return csv_answer("trends.csv", COLUMNS, trends_table(_found(_asked(request.args))))


@trending.get("/api/v1/trends")
def figures() -> Response:
    """Answer the figures."""
    return jsonify(trends_json(_found(_asked(request.args))))


def _asked(arguments: Arguments) -> Asked:
    wanted, by = trend_request(arguments)
    lines = (line.strip() for text in arguments.getlist("q") for line in text.splitlines())
    queries = tuple(dict.fromkeys(line for line in lines if line))
    return Asked(queries, replace(wanted, query="", offset=0), by, arguments.get("show") != _COUNT)


def _found(asked: Asked) -> Trends:
    return compare_trends(current_searcher(), asked.request, asked.queries, asked.by)


def _url(asked: Asked) -> str:
    return f"/trends?{urlencode(asked.arguments())}"


def _is_wrong(query: str) -> bool:
    try:
        parse_query(query.strip())
    except QuerySyntaxError:
        return True
    return False


def _plot(asked: Asked, found: Trends, theme: Theme, *, narrow: bool) -> Plot:
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
        measure=_("Passages per 1,000") if asked.shares else _("Passages"),
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
    return pgettext("period", "not stated")


def _tables(asked: Asked, found: Trends) -> tuple[TrendTable, ...]:
    periods = found.periods
    if asked.by is By.PERIOD:
        columns = [(trend.query, trend, None, trend.total) for trend in found.trends]
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


def _table(
    asked: Asked, title: str, columns: list[tuple[str, Trend, str | None, Count]], periods: tuple[str | None, ...]
) -> TrendTable:
    points: list[dict[str | None, Point]] = [
        {point.period: point for point in trend.points if point.group == group} for __, trend, group, __ in columns
    ]
    rows = tuple(
        (
            period or _not_stated(),
            tuple(
                _cell(asked, trend, found[period].count if period in found else None, period, group)
                for (__, trend, group, __), found in zip(columns, points, strict=True)
            ),
        )
        for period in periods
    )
    totals = tuple(_cell(asked, trend, count, None, group) for __, trend, group, count in columns)
    return TrendTable(title, tuple(name for name, *_ in columns), rows, totals)


def _cell(asked: Asked, trend: Trend, count: Count | None, period: str | None, group: str | None) -> Cell:
    """Return a cell; it leads to its passages where a search can be told to show just these."""
    if count is None or not count.passages:
        return Cell(count, None)
    filters = asked.request.filters
    if period is not None:
        filters = replace(filters, period=(period,))
    if group is not None:
        filters = replace(filters, **{asked.by.value: (group,)})
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


def _switches(asked: Asked, found: Trends) -> list[tuple[str, bool, str]]:
    """Return what the glossary added, each with whether it counts and the address that turns that round."""
    terms = {one.term: one.active for trend in found.trends for one in trend.expansions}
    switches = []
    for term, active in terms.items():
        rest = tuple(other for other in asked.request.without if other != term)
        without = (*rest, term) if active else rest
        switches.append((term, active, _url(replace(asked, request=replace(asked.request, without=without)))))
    return switches
