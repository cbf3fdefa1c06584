"""Saved searches: their pages, their feeds, their JSON, and the hits of any search as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from indexer.errors import RequestError
from search_web.quotes.sharing import may_manage
from search_web.saved.json_view import news_json, search_json, searches_json
from search_web.saved.news import arrived, met, news
from search_web.saved.shapes import News as NewsShape
from search_web.saved.shapes import SavedSearch as SearchShape
from search_web.saved.shapes import SavedSearchList
from search_web.saved.store import kept_arguments
from search_web.web.arguments import SearchTableArguments
from search_web.web.atom import MEDIA_TYPE, atom_feed
from search_web.web.current import current_saved, current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.engine_words import Said, said_error
from search_web.web.generation_tag import of_generation
from search_web.web.hit_tables import COLUMNS, MOST_ROWS, hit_rows
from search_web.web.identity import current_person
from search_web.web.list_arguments import BinArguments
from search_web.web.listing import part_of
from search_web.web.params import filter_arguments, flag, search_request
from search_web.web.preconditions import (
    Nothing,
    expected_version,
    guard_forms,
    guard_writes,
    hashed,
    json_body,
    no_body,
    tagged,
)
from search_web.web.tables import csv_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from werkzeug.wrappers import Response as Answer

    from search_web.saved.model import News, SavedSearch
    from search_web.search.request import SearchRequest

saving = Blueprint("saving", __name__)
saving.before_request(guard_forms)
saved_api = Blueprint("saved_api", __name__, url_prefix="/api/v1/searches")
saved_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class NewSearch:
    """What saves a search: its name, and its arguments as pairs of name and value."""

    __pydantic_config__ = _ONLY
    name: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchChange:
    """What changes a saved search; what is left out stays as it is."""

    __pydantic_config__ = _ONLY
    name: str | None = None
    arguments: tuple[tuple[str, str], ...] | None = None


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
    arrivals = _arrivals() if found else {}
    manages = partial(may_manage, current_person())
    return render_template(
        "searches.html",
        listed=[_listed(search, arrivals) for search in found],
        removed=list(filter(manages, current_saved().all(removed=True))),
        manages=manages,
    )


@saving.post("/searches")
def save() -> Answer:
    """Save the search whose arguments the form has, under the name that it has."""
    pairs = parse_qsl(request.form.get("arguments", ""))
    name = request.form.get("name", "") or dict(pairs).get("q", "")
    _save(name, tuple(pairs))
    return redirect(url_for(".searches"), HTTPStatus.SEE_OTHER)


@saving.get("/searches/<search_id>")
def fresh(search_id: str) -> str:
    """Show what is new in a saved search."""
    found = _news(current_saved().get(search_id))
    wanted = _request(found.search)
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


def news_since_saved(search: SavedSearch) -> News:
    """Return what came in since a search was saved, which is what its feed has."""
    return news(current_searcher(), search, _request(search), _arrivals(), since=search.created_at)


@saved_api.get("")
@endpoint("searches", answers=SavedSearchList, query=BinArguments, tagged=True)
def all_searches() -> JsonOf[SavedSearchList]:
    """List the saved searches, or with removed=1 those in the bin."""
    part = part_of(current_saved().all(removed=flag(request.args, "removed", default=False)), lambda one: one.id)
    return hashed(json_of(part.on(searches_json(part.entries))))


@saved_api.post("")
@endpoint("save_search", answers=SearchShape, status=HTTPStatus.CREATED, body=NewSearch, tagged=True, conflicts=True)
def create() -> JsonOf[SearchShape]:
    """Save a search."""
    wanted = json_body(NewSearch)
    made = _save(wanted.name, wanted.arguments)
    response = _answered(made)
    response.status_code = HTTPStatus.CREATED
    response.headers["Location"] = url_for(".one", search_id=made.id)
    return response


@saved_api.get("/<search_id>")
@endpoint("saved_search", answers=SearchShape, tagged=True)
def one(search_id: str) -> JsonOf[SearchShape]:
    """Read a saved search."""
    return _answered(current_saved().get(search_id))


@saved_api.patch("/<search_id>")
@endpoint("edit_search", answers=SearchShape, body=SearchChange, tagged=True, guarded=True, conflicts=True)
def change(search_id: str) -> JsonOf[SearchShape]:
    """Change the name or the arguments of a saved search."""
    wanted, expected = json_body(SearchChange), _expected(search_id)
    if wanted.arguments is not None:
        search_request(MultiDict(wanted.arguments))
    return _answered(current_saved().edit(search_id, name=wanted.name, arguments=wanted.arguments, expected=expected))


@saved_api.delete("/<search_id>")
@endpoint("remove_search", status=HTTPStatus.NO_CONTENT, guarded=True)
def bin_search(search_id: str) -> Response:
    """Put a saved search into the bin."""
    current_saved().remove(search_id, expected=_expected(search_id))
    return Response(status=HTTPStatus.NO_CONTENT)


@saved_api.post("/<search_id>/restore")
@endpoint("restore_search", answers=SearchShape, body=Nothing, tagged=True, conflicts=True)
def take_back(search_id: str) -> JsonOf[SearchShape]:
    """Take a saved search out of the bin."""
    no_body()
    return _answered(current_saved().restore(search_id))


@saved_api.get("/<search_id>/news")
@endpoint("news", answers=NewsShape, tagged=True)
def what_is_new(search_id: str) -> JsonOf[NewsShape]:
    """Tell what is new in a saved search."""
    return hashed(json_of(news_json(_news(current_saved().get(search_id)))))


@saved_api.post("/<search_id>/seen")
@endpoint("see_news", answers=SearchShape, body=Nothing, tagged=True)
def take_for_seen(search_id: str) -> JsonOf[SearchShape]:
    """Take what is new in a saved search for seen."""
    no_body()
    return _answered(current_saved().seen(search_id))


def _save(name: str, arguments: tuple[tuple[str, str], ...]) -> SavedSearch:
    kept = kept_arguments(arguments)
    wanted = search_request(MultiDict(kept))
    current_searcher().said(wanted)  # What cannot be searched for is better refused now than at every look.
    return current_saved().create(name, kept, met(current_searcher().reader.current().passages))


def _listed(search: SavedSearch, arrivals: Mapping[str, datetime]) -> Listed:
    new, trouble = None, None
    filters: list[tuple[str, str]] = []
    try:
        filters = filter_arguments(_request(search).filters)
        new = news(current_searcher(), search, _request(search), arrivals).total
    except RequestError as error:
        trouble = said_error(error)
    return Listed(search, _url(search), filters, new, trouble)


def _news(search: SavedSearch) -> News:
    return news(current_searcher(), search, _request(search), _arrivals())


def _arrivals() -> Mapping[str, datetime]:
    return arrived(current_saved(), current_searcher())


def _request(search: SavedSearch) -> SearchRequest:
    return search_request(MultiDict(search.arguments))


def _url(search: SavedSearch) -> str:
    return f"/?{urlencode(search.arguments)}"


def _answered(search: SavedSearch) -> JsonOf[SearchShape]:
    return tagged(json_of(search_json(search)), search.id, search.version)


def _expected(search_id: str) -> int | None:
    return expected_version(search_id, lambda: current_saved().get(search_id).version)
