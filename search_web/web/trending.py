"""The page of trends, its plot, and the same figures as JSON and CSV."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from indexer.errors import QuerySyntaxError
from search_web.search.insight_shapes import TrendList
from search_web.search.query_language import parse_query
from search_web.search.request import By
from search_web.search.trends import COLUMNS, MOST_TRENDS, Trends, compare_trends, trends_json, trends_table
from search_web.web.arguments import PlotArguments, TrendsArguments
from search_web.web.current import current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.generation_tag import of_generation
from search_web.web.labels import choices
from search_web.web.navigation import active_filters
from search_web.web.params import trend_request
from search_web.web.plot_model import Theme
from search_web.web.search_page import known_values
from search_web.web.syntax import marked_query
from search_web.web.tables import csv_answer
from search_web.web.translating import page_locale
from search_web.web.trend_view import PASSAGES, Asked, trend_plot, trend_tables
from search_web.web.unknown_parameters import known_arguments

if TYPE_CHECKING:
    from search_web.web.params import Arguments

trending = Blueprint("trending", __name__)

EXAMPLES = (("AI", "自由现金流"), ("monetization", "buyback OR dividend", '"free cash flow"'))

# An SVG has styles of its own and nothing else.
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@trending.get("/trends")
def trends() -> str | tuple[str, int]:
    """Show how often some terms are said over the periods; without a term, where to put some."""
    asked = _asked(request.args)
    known = known_values(current_searcher().reader.current().passages)
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
    plots = {narrow: trend_plot(asked, found, Theme.LIGHT, narrow=narrow) for narrow in (False, True)}
    return render_template(
        "trends.html",
        found=found,
        tables=trend_tables(asked, found),
        plots=plots,
        plot_url=lambda **changes: f"/trends.svg?{urlencode(asked.arguments(locale=page_locale(), **changes))}",
        csv_url=f"/trends.csv?{urlencode(asked.arguments())}",
        json_url=f"/api/v1/trends?{urlencode(known_arguments(asked.arguments(), TrendsArguments))}",
        switches=_switches(asked, found),
        **shown,
    )


@trending.get("/trends.svg")
@trending.get("/api/v1/trends.svg")
@endpoint("trends_plot", files=("image/svg+xml",), query=PlotArguments, tagged=True)
def plot() -> Response:
    """Draw several trends as an image."""
    from search_web.web.plots import draw  # noqa: PLC0415 - other pages need not wait for matplotlib.

    asked = _asked(request.args)
    theme = Theme.DARK if request.args.get("theme") == Theme.DARK else Theme.LIGHT
    picture = draw(trend_plot(asked, _found(asked), theme, narrow=request.args.get("narrow") == "1"))
    answer = Response(picture, content_type="image/svg+xml; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _SVG_POLICY
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@trending.get("/trends.csv")
@trending.get("/api/v1/trends.csv")
@endpoint("trends_table", files=("text/csv",), query=TrendsArguments, tagged=True)
@of_generation
def table() -> Response:
    """Save several trends as a table."""
    return csv_answer("trends.csv", COLUMNS, trends_table(_found(_asked(request.args))))


@trending.get("/api/v1/trends")
@endpoint("trends", answers=TrendList, query=TrendsArguments, tagged=True)
@of_generation
def figures() -> JsonOf[TrendList]:
    """Count how often several things are said over the periods."""
    return json_of(trends_json(_found(_asked(request.args))))


def _asked(arguments: Arguments) -> Asked:
    wanted, by = trend_request(arguments)
    lines = (line.strip() for text in arguments.getlist("q") for line in text.splitlines())
    queries = tuple(dict.fromkeys(line for line in lines if line))
    return Asked(queries, replace(wanted, query="", offset=0), by, arguments.get("show") != PASSAGES)


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


def _switches(asked: Asked, found: Trends) -> list[tuple[str, bool, str]]:
    """Return what the glossary added, each with whether it counts and the address that turns that round."""
    terms = {one.term: one.active for trend in found.trends for one in trend.expansions}
    switches = []
    for term, active in terms.items():
        rest = tuple(other for other in asked.request.without if other != term)
        without = (*rest, term) if active else rest
        switches.append((term, active, _url(replace(asked, request=replace(asked.request, without=without)))))
    return switches
