"""Who sees a collection: its page of sharing, links to it, and addresses for feed readers of a saved search."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from indexer.errors import InvalidRequestError, UnknownLinkError
from search_web.quotes.model import Visibility
from search_web.quotes.sharing import may_manage, may_read
from search_web.web.accounts_named import account_called, names_of
from search_web.web.collections_pages import Refused
from search_web.web.current import current_feeds, current_links, current_quotes, current_saved
from search_web.web.engine_words import said_error
from search_web.web.identity import current_person
from search_web.web.preconditions import guard_forms
from search_web.web.shared import collection_address, feed_address

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from search_web.quotes.model import Collection
    from search_web.saved.model import SavedSearch

sharing_pages = Blueprint("sharing_pages", __name__)
sharing_pages.before_request(guard_forms)

LIFETIMES = (7, 30, 90, 365)
"""For how many days the page offers to make a link."""

_DIGITS = 4


@sharing_pages.get("/collections/<collection_id>/sharing")
def sharing(collection_id: str) -> Response:
    """Show who sees a collection, to those who may say so."""
    return _page(current_quotes().collection(collection_id))


@sharing_pages.post("/collections/<collection_id>/sharing")
def link(collection_id: str) -> Response:
    """Make a link to a collection, and show its address, this once."""
    made = current_links().make(collection_id, _days())
    return _page(current_quotes().collection(collection_id), address=collection_address(made.secret), made=made.link.id)


@sharing_pages.post("/collections/<collection_id>/links/<link_id>/revoke")
def unlink(collection_id: str, link_id: str) -> Answer:
    """Let a link work no more; one that was revoked meanwhile is as it was to be."""
    revoked = True
    try:
        current_links().revoke(collection_id, link_id)
    except UnknownLinkError:
        revoked = False
    page = url_for(".sharing", collection_id=collection_id, revoked=1 if revoked else None)
    return redirect(page, HTTPStatus.SEE_OTHER)


@sharing_pages.post("/collections/<collection_id>/visibility")
def set_visibility(collection_id: str) -> Answer:
    """Let the team see a collection, or its owner alone."""
    wanted = request.form.get("visibility", "")
    if wanted not in list(Visibility):
        mend = f"Known are {', '.join(Visibility)}"
        raise InvalidRequestError(f"'{wanted}' is no visibility", where="visibility", mend=mend)
    found = current_quotes().edit(collection_id, visibility=Visibility(wanted))
    return _after(found)


@sharing_pages.post("/collections/<collection_id>/owner")
def hand_over(collection_id: str) -> Answer | Response:
    """Give a collection to another account."""
    name = request.form.get("owner", "").strip()
    try:
        found = current_quotes().edit(collection_id, owner=account_called(name))
    except InvalidRequestError as error:
        why = said_error(error)
        refusal = Refused("owner", why.text, why.language, name)
        return _page(current_quotes().collection(collection_id), failed=refusal, status=HTTPStatus.BAD_REQUEST)
    return _after(found)


@sharing_pages.get("/searches/<search_id>/links")
def feeds(search_id: str) -> Response:
    """Show the addresses by which feed readers follow a saved search."""
    return _feeds(search_id)


@sharing_pages.post("/searches/<search_id>/links")
def link_feed(search_id: str) -> Response:
    """Make such an address, and show it, this once."""
    made = current_feeds().make(search_id, _days())
    return _feeds(search_id, address=feed_address(made.secret), made=made.link.id)


@sharing_pages.post("/searches/<search_id>/links/<link_id>/revoke")
def unlink_feed(search_id: str, link_id: str) -> Answer:
    """Let such an address work no more."""
    revoked = True
    try:
        current_feeds().revoke(search_id, link_id)
    except UnknownLinkError:
        revoked = False
    return redirect(url_for(".feeds", search_id=search_id, revoked=1 if revoked else None), HTTPStatus.SEE_OTHER)


def feed_url(search: SavedSearch) -> str:
    """Return where a saved search is followed: an open server has one feed of it, others give out addresses."""
    person = current_person()
    given_out = person.id is not None and may_manage(person, search)
    return url_for("sharing_pages.feeds" if given_out else "saving.feed", search_id=search.id)


def _page(
    found: Collection,
    *,
    address: str = "",
    made: str = "",
    failed: Refused | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    links = current_links().to(found.id)
    page = render_template(
        "sharing.html",
        collection=found,
        links=links,
        address=address,
        made=made,
        failed=failed,
        names=names_of([found.owner, *(one.made_by for one in links)]),
        lifetimes=LIFETIMES,
        apart=current_person().id is not None,
        revoked=bool(request.args.get("revoked")),
    )
    return _unkept(page, status)


def _feeds(search_id: str, *, address: str = "", made: str = "") -> Response:
    search = current_saved().get(search_id)
    links = current_feeds().to(search.id)
    page = render_template(
        "feed_links.html",
        search=search,
        links=links,
        address=address,
        made=made,
        names=names_of(one.made_by for one in links),
        lifetimes=LIFETIMES,
        revoked=bool(request.args.get("revoked")),
    )
    return _unkept(page, HTTPStatus.OK)


def _unkept(page: str, status: HTTPStatus) -> Response:
    """Let nothing keep a page that may show an address, nor learn where it leads."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _after(found: Collection) -> Answer:
    """Lead back to the page of sharing, or to the list, where the collection is no longer this person's to see."""
    if not may_read(current_person(), found):
        return redirect(url_for("collections_pages.collections"), HTTPStatus.SEE_OTHER)
    return redirect(url_for("collection_page.collection", collection_id=found.id, shared=1), HTTPStatus.SEE_OTHER)


def _days() -> int | None:
    said = request.form.get("days", "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise InvalidRequestError(f"{said!r} is no number of days", where="days", mend="Give a whole number")
    return int(said)
