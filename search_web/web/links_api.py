"""The JSON interface of links: who has one reads a collection or follows a saved search, without an account.

A link is never changed, only made and revoked, so that no version is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, TypeVar

from annotated_types import Interval
from flask import Blueprint, Response, url_for

from search_web.quotes.links import MOST_DAYS
from search_web.quotes.links_json import links_json, new_link_json
from search_web.quotes.links_shapes import LinkList, NewLink
from search_web.web.current import current_feeds, current_links
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.preconditions import guard_writes, hashed, json_body
from search_web.web.shared import collection_address, feed_address

if TYPE_CHECKING:
    from search_web.quotes.links import NewLink as MadeLink

_Answer = TypeVar("_Answer", bound=Response)

links_api = Blueprint("links_api", __name__, url_prefix="/api/v1")
links_api.before_request(guard_writes)


@dataclass(frozen=True, slots=True)
class LinkWanted:
    """What makes a link."""

    __pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}  # noqa: RUF012 - pydantic reads it.
    days: Annotated[int, Interval(ge=1, le=MOST_DAYS)] | None = None
    """For how many days it is to work; without, until it is revoked."""


@links_api.get("/collections/<collection_id>/links")
@endpoint("collection_links", answers=LinkList, tagged=True)
def collection_links(collection_id: str) -> JsonOf[LinkList]:
    """List the links to a collection that work, without their addresses."""
    return _unkept(hashed(json_of(links_json(current_links().to(collection_id)))))


@links_api.post("/collections/<collection_id>/links")
@endpoint("link_collection", answers=NewLink, status=HTTPStatus.CREATED, body=LinkWanted)
def link_collection(collection_id: str) -> JsonOf[NewLink]:
    """Make a link to a collection.

    Whoever has it reads the collection without an account. Its address stands in this answer and nowhere else.
    """
    made = current_links().make(collection_id, json_body(LinkWanted).days)
    place = url_for(".unlink_collection", collection_id=collection_id, link_id=made.link.id)
    return _made(made, collection_address(made.secret), place)


@links_api.delete("/collections/<collection_id>/links/<link_id>")
@endpoint("unlink_collection", status=HTTPStatus.NO_CONTENT)
def unlink_collection(collection_id: str, link_id: str) -> Response:
    """Let a link to a collection work no more."""
    current_links().revoke(collection_id, link_id)
    return Response(status=HTTPStatus.NO_CONTENT)


@links_api.get("/searches/<search_id>/links")
@endpoint("feed_links", answers=LinkList, tagged=True)
def feed_links(search_id: str) -> JsonOf[LinkList]:
    """List the links to the feed of a saved search that work, without their addresses."""
    return _unkept(hashed(json_of(links_json(current_feeds().to(search_id)))))


@links_api.post("/searches/<search_id>/links")
@endpoint("link_feed", answers=NewLink, status=HTTPStatus.CREATED, body=LinkWanted)
def link_feed(search_id: str) -> JsonOf[NewLink]:
    """Make a link to the feed of a saved search, for a feed reader, which cannot sign in.

    Its address stands in this answer and nowhere else.
    """
    made = current_feeds().make(search_id, json_body(LinkWanted).days)
    return _made(made, feed_address(made.secret), url_for(".unlink_feed", search_id=search_id, link_id=made.link.id))


@links_api.delete("/searches/<search_id>/links/<link_id>")
@endpoint("unlink_feed", status=HTTPStatus.NO_CONTENT)
def unlink_feed(search_id: str, link_id: str) -> Response:
    """Let a link to the feed of a saved search work no more."""
    current_feeds().revoke(search_id, link_id)
    return Response(status=HTTPStatus.NO_CONTENT)


def _made(made: MadeLink, address: str, place: str) -> JsonOf[NewLink]:
    response = _unkept(json_of(new_link_json(made, address), HTTPStatus.CREATED))
    response.headers["Location"] = place
    return response


def _unkept(response: _Answer) -> _Answer:
    response.headers["Cache-Control"] = "no-store"
    return response
