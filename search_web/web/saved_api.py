"""The JSON interface of saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for

from search_web.saved.json_view import news_json, search_json, searches_json
from search_web.saved.shapes import News as NewsShape
from search_web.saved.shapes import SavedSearch as SearchShape
from search_web.saved.shapes import SavedSearchList
from search_web.web.current import current_saved
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.list_arguments import BinArguments
from search_web.web.listing import part_of
from search_web.web.params import flag
from search_web.web.preconditions import Nothing, expected_version, guard_writes, hashed, json_body, no_body, tagged
from search_web.web.saved_news import checked_arguments, news_of, save_search

if TYPE_CHECKING:
    from search_web.saved.model import SavedSearch

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
    made = save_search(wanted.name, wanted.arguments)
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
    arguments = None if wanted.arguments is None else checked_arguments(wanted.arguments)
    return _answered(current_saved().edit(search_id, name=wanted.name, arguments=arguments, expected=expected))


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
    return hashed(json_of(news_json(news_of(current_saved().get(search_id)))))


@saved_api.post("/<search_id>/seen")
@endpoint("see_news", answers=SearchShape, body=Nothing, tagged=True)
def take_for_seen(search_id: str) -> JsonOf[SearchShape]:
    """Take what is new in a saved search for seen."""
    no_body()
    return _answered(current_saved().seen(search_id))


def _answered(search: SavedSearch) -> JsonOf[SearchShape]:
    return tagged(json_of(search_json(search)), search.id, search.version)


def _expected(search_id: str) -> int | None:
    return expected_version(search_id, lambda: current_saved().get(search_id).version)
