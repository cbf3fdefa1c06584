"""The JSON interface of links: who has one reads a collection or follows a saved search, without an account.

A link is never changed, only made and revoked, so that no version is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify

from search_web.quotes.links_json import links_json, new_link_json
from search_web.web.current import current_feeds, current_links
from search_web.web.preconditions import guard_writes, json_body
from search_web.web.shared import collection_address, feed_address

if TYPE_CHECKING:
    from search_web.quotes.links import NewLink

links_api = Blueprint("links_api", __name__, url_prefix="/api/v1")
links_api.before_request(guard_writes)


@dataclass(frozen=True, slots=True)
class LinkWanted:
    """For how many `days` a link is to work; without them it works until it is revoked."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic reads it.
    days: int | None = None


@links_api.get("/collections/<collection_id>/links")
def collection_links(collection_id: str) -> Response:
    """Answer the links to a collection that work, without their addresses."""
    return _unkept(jsonify(links_json(current_links().to(collection_id))))


@links_api.post("/collections/<collection_id>/links")
def link_collection(collection_id: str) -> Response:
    """Make a link to a collection. Its address stands in this answer and nowhere else."""
    made = current_links().make(collection_id, json_body(LinkWanted).days)
    return _made(made, collection_address(made.secret))


@links_api.delete("/collections/<collection_id>/links/<link_id>")
def unlink_collection(collection_id: str, link_id: str) -> Response:
    """Let a link to a collection work no more."""
    current_links().revoke(collection_id, link_id)
    return Response(status=HTTPStatus.NO_CONTENT)


@links_api.get("/searches/<search_id>/links")
def feed_links(search_id: str) -> Response:
    """Answer the links to the feed of a saved search that work, without their addresses."""
    return _unkept(jsonify(links_json(current_feeds().to(search_id))))


@links_api.post("/searches/<search_id>/links")
def link_feed(search_id: str) -> Response:
    """Make a link to the feed of a saved search. Its address stands in this answer and nowhere else."""
    made = current_feeds().make(search_id, json_body(LinkWanted).days)
    return _made(made, feed_address(made.secret))


@links_api.delete("/searches/<search_id>/links/<link_id>")
def unlink_feed(search_id: str, link_id: str) -> Response:
    """Let a link to the feed of a saved search work no more."""
    current_feeds().revoke(search_id, link_id)
    return Response(status=HTTPStatus.NO_CONTENT)


def _made(made: NewLink, address: str) -> Response:
    response = _unkept(jsonify(new_link_json(made, address)))
    response.status_code = HTTPStatus.CREATED
    return response


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
