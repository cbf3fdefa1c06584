"""Saved searches: their pages and their feeds, and the hits of any search as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for

from indexer.errors import RequestError
from search_web.quotes.sharing import may_manage
from search_web.saved.news import news
from search_web.web.arguments import SearchTableArguments
from search_web.web.atom import MEDIA_TYPE, atom_feed
from search_web.web.current import current_saved, current_searcher
from search_web.web.declaring import endpoint
from search_web.web.engine_words import Said, said_error
from search_web.web.generation_tag import of_generation
from search_web.web.hit_tables import COLUMNS, MOST_ROWS, hit_rows
from search_web.web.identity import current_person
from search_web.web.params import filter_arguments, search_request
from search_web.web.preconditions import (
    guard_forms,
    hashed,
)
from search_web.web.saved_news import arrivals, news_of, news_since_saved, request_of, save_search
from search_web.web.tables import csv_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from werkzeug.wrappers import Response as Answer

    from search_web.saved.model import SavedSearch

saving = Blueprint("saving", __name__)
saving.before_request(guard_forms)


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved search in the list: what is new in it, or the words for why that cannot be told."""

    search: SavedSearch
    url: str
    filters: list[tuple[str, str]]
    new: int | None
    trouble: Said | None = None


@saving.get("/search.csv")
@saving.get("/api/v1/search.csv")
@endpoint("search_table", files=("text/csv",), query=SearchTableArguments, tagged=True)
@of_generation
def table() -> Response:
    """Save the hits of a search as a table."""
    wanted = search_request(request.args)
    rows = hit_rows(current_searcher().first_hits(wanted, MOST_ROWS), request.url_root)
    return csv_answer("search.csv", COLUMNS, rows, about=wanted.query)


@saving.get("/searches")
def searches() -> str:
    """Show the saved searches, each with how much is new in it."""
    found = current_saved().all()
    since = arrivals() if found else {}
    manages = partial(may_manage, current_person())
    return render_template(
        "searches.html",
        listed=[_listed(search, since) for search in found],
        removed=list(filter(manages, current_saved().all(removed=True))),
        manages=manages,
    )


@saving.post("/searches")
def save() -> Answer:
    """Save the search whose arguments the form has, under the name that it has."""
    pairs = parse_qsl(request.form.get("arguments", ""))
    name = request.form.get("name", "") or dict(pairs).get("q", "")
    save_search(name, tuple(pairs))
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.get("/searches/<search_id>")
def fresh(search_id: str) -> str:
    """Show what is new in a saved search."""
    found = news_of(current_saved().get(search_id))
    wanted = request_of(found.search)
    return render_template("saved_search.html", news=found, wanted=wanted, url=_url(found.search))


@saving.post("/searches/<search_id>/seen")
def seen(search_id: str) -> Answer:
    """Take what is new in a saved search for seen."""
    current_saved().seen(search_id)
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.post("/searches/<search_id>/rename")
def rename(search_id: str) -> Answer:
    """Give a saved search the name that the form has."""
    current_saved().edit(search_id, name=request.form.get("name", ""))
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.post("/searches/<search_id>/remove")
def remove(search_id: str) -> Answer:
    """Put a saved search into the bin."""
    current_saved().remove(search_id)
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.post("/searches/<search_id>/restore")
def restore(search_id: str) -> Answer:
    """Take a saved search out of the bin."""
    current_saved().restore(search_id)
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.get("/searches/<search_id>/feed.atom")
def feed(search_id: str) -> Response:
    """Answer a feed of what came in since the search was saved."""
    search = current_saved().get(search_id)
    page, address = url_for(".fresh", search_id=search.id), url_for(".feed", search_id=search.id)
    written = atom_feed(news_since_saved(search), base_url=request.url_root, page=page, feed=address)
    return hashed(Response(written, content_type=MEDIA_TYPE))


def _listed(search: SavedSearch, since: Mapping[str, datetime]) -> Listed:
    new, trouble = None, None
    filters: list[tuple[str, str]] = []
    try:
        filters = filter_arguments(request_of(search).filters)
        new = news(current_searcher(), search, request_of(search), since).total
    except RequestError as error:
        trouble = said_error(error)
    return Listed(search, _url(search), filters, new, trouble)


def _url(search: SavedSearch) -> str:
    return f"/?{urlencode(search.arguments)}"
