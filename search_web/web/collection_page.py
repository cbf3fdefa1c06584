"""One collection: its quotes in order, verified and cited, and all that can be done to them without a script."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, render_template, request, url_for

from indexer.errors import ConflictError, InvalidRequestError, UnknownCollectionError, UnknownQuoteError
from search_web.quotes.citation import FIELDS, STYLES
from search_web.quotes.exporting import ExportFormat
from search_web.quotes.sharing import may_edit, may_manage
from search_web.web.accounts_named import names_of
from search_web.web.collection_view import OWN, QUOTES_ON_A_PAGE, chosen, on_page, shown, tags_of, view_of
from search_web.web.collections_pages import Refused, binned, refused
from search_web.web.current import current_links, current_quotes
from search_web.web.engine_words import said_error
from search_web.web.findings import findings_of
from search_web.web.identity import current_person
from search_web.web.preconditions import guard_forms
from search_web.web.sharing_pages import LIFETIMES
from search_web.web.tag_lines import tag_line, tags_in
from search_web.web.whole_numbers import whole_number

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from search_web.quotes.model import Collection, Quote
    from search_web.web.collection_view import View

collection_page = Blueprint("collection_page", __name__, url_prefix="/collections/<collection_id>")
collection_page.before_request(guard_forms)

_TRIES = 3


@collection_page.get("")
def collection(collection_id: str) -> str | tuple[str, int]:
    """Show a collection with its quotes, or how to take it back where it was removed."""
    try:
        found = current_quotes().collection(collection_id)
    except UnknownCollectionError:
        summary = binned(collection_id)
        manages = may_manage(current_person(), summary.collection)
        return render_template("collection_removed.html", summary=summary, manages=manages), HTTPStatus.NOT_FOUND
    return _page(found, view_of(request.args))


@collection_page.post("/edit")
def edit(collection_id: str) -> Answer | tuple[str, int]:
    """Change the name and the description, unless somebody else has changed them since the form was shown."""
    wanted, seen = _prose("name", "description"), _prose("was_name", "was_description")
    for _try in range(_TRIES):
        try:
            now = current_quotes().collection(collection_id)
        except UnknownCollectionError:
            return _conflict("collection_conflict.html", summary=binned(collection_id), wanted=wanted, now=None)
        if (now.name, now.description) not in {seen, wanted}:
            break
        with suppress(ConflictError):
            try:
                current_quotes().edit(collection_id, name=wanted[0], description=wanted[1], expected=now.version)
            except InvalidRequestError as error:
                return _page(now, view_of(_view()), refused("edit", error, *wanted)), HTTPStatus.BAD_REQUEST
            if request.form.get("list"):
                return redirect(url_for("collections_pages.collections"), HTTPStatus.SEE_OTHER)
            return _back(collection_id)
    return _conflict("collection_conflict.html", wanted=wanted, now=now)


@collection_page.post("/quotes/<quote_id>/edit")
def edit_quote(collection_id: str, quote_id: str) -> Answer | tuple[str, int]:
    """Change the note and the tags of a quote, unless somebody else has changed it since the form was shown."""
    store = current_quotes()
    (note,), line = _prose("note"), request.form.get("tags", "")
    try:
        if request.form.get("restore"):
            store.restore_quote(quote_id)
        now = _quote(collection_id, quote_id)
        tags = tags_in(line)
        if (now.note, now.tags) != (note, tags):
            store.edit_quote(quote_id, note=note, tags=tags, expected=_version())
    except InvalidRequestError as error:
        found = store.collection(collection_id)
        why = said_error(error)
        refusal = Refused(quote_id, why.text, why.language, note, line)
        return _page(found, view_of(_view()), refusal), HTTPStatus.BAD_REQUEST
    except (ConflictError, UnknownQuoteError) as error:
        latest = None
        with suppress(UnknownCollectionError):
            latest = _wherever(collection_id, quote_id)
        return _conflict(
            "quote_conflict.html",
            collection_id=collection_id,
            now=latest,
            now_line=tag_line(latest.tags) if latest else "",
            note=note,
            line=line,
            removed=isinstance(error, UnknownQuoteError),
        )
    return _back(collection_id, f"q-{quote_id}")


@collection_page.post("/quotes/<quote_id>/move")
def move_quote(collection_id: str, quote_id: str) -> Answer:
    """Put a quote before or after another one.

    That is clear whatever else has changed since the page was shown, so it is done, and the page says that it shows
    more than that.
    """
    _quote(collection_id, quote_id)
    meanwhile = _version() not in {None, current_quotes().collection(collection_id).version}
    before, after = request.form.get("before") or None, request.form.get("after") or None
    try:
        current_quotes().move_quote(quote_id, before=before, after=after)
    except UnknownQuoteError:
        meanwhile = True  # The other one was removed.
    return _back(collection_id, f"q-{quote_id}", **({"meanwhile": "1"} if meanwhile else {}))


@collection_page.post("/quotes/<quote_id>/remove")
def remove_quote(collection_id: str, quote_id: str) -> Answer:
    """Put a quote into the bin, unless somebody has changed it since the page was shown."""
    _quote(collection_id, quote_id)
    try:
        current_quotes().remove_quote(quote_id, expected=_version())
    except ConflictError:
        return _back(collection_id, f"q-{quote_id}", changed=quote_id)
    return _back(collection_id, removed=quote_id)


@collection_page.post("/quotes/<quote_id>/restore")
def restore_quote(collection_id: str, quote_id: str) -> Answer:
    """Take a quote back to where it stood."""
    _wherever(collection_id, quote_id)
    current_quotes().restore_quote(quote_id)
    return _back(collection_id, f"q-{quote_id}", restored=quote_id)


def _page(found: Collection, view: View, failed: Refused | None = None) -> str:
    quotes = chosen(found, view)
    pages = range(1, -(-len(quotes) // QUOTES_ON_A_PAGE) + 1)
    view = replace(view, page=min(view.page, max(1, len(pages))))
    findings = findings_of([quote for _, quote in on_page(quotes, view)])
    style, trouble = view.style()
    removed = current_quotes().removed_quotes(found.id).quotes
    person = current_person()
    manages = may_manage(person, found)
    links = current_links().to(found.id) if manages else ()
    return render_template(
        "collection.html",
        collection=found,
        view=view,
        quotes=shown(quotes, view, style, request.url_root, findings or {}),
        verified=findings is not None,
        unsound=sum(not one.sound for one in (findings or {}).values()),
        total=len(quotes),
        pages=pages,
        tags=tags_of(found),
        styles=(*STYLES, OWN),
        template_fields=FIELDS,
        trouble=trouble,
        formats=tuple(ExportFormat),
        removed=removed,
        just_removed=[quote for quote in removed if quote.id == request.args.get("removed")],
        failed=failed,
        own=OWN,
        apart=person.id is not None,
        edits=may_edit(person, found),
        manages=manages,
        links=links,
        lifetimes=LIFETIMES,
        names=names_of([found.owner, *(one.made_by for one in links)]),
    )


def _quote(collection_id: str, quote_id: str) -> Quote:
    found = current_quotes().quote(quote_id)
    if found.collection_id != collection_id:
        raise UnknownQuoteError("the quote stands in another collection", where=quote_id)
    return found


def _wherever(collection_id: str, quote_id: str) -> Quote:
    """Return a quote of a collection, though it be in its bin."""
    for quote in current_quotes().removed_quotes(collection_id).quotes:
        if quote.id == quote_id:
            return quote
    return _quote(collection_id, quote_id)


def _prose(*names: str) -> tuple[str, ...]:
    return tuple(request.form.get(name, "").replace("\r\n", "\n") for name in names)


def _version() -> int | None:
    return whole_number(request.form.get("version", ""))


def _view() -> dict[str, str]:
    return dict(parse_qsl(request.form.get("view", "")))


def _back(collection_id: str, anchor: str = "", **done: str) -> Answer:
    """Lead back to the page that the form was on, which says what was `done`."""
    view = view_of(_view()).address()
    arguments = "&".join(part for part in (urlencode(done), view) if part)
    page = url_for(".collection", collection_id=collection_id)
    page += (f"?{arguments}" if arguments else "") + (f"#{anchor}" if anchor else "")
    return redirect(page, HTTPStatus.SEE_OTHER)


def _conflict(template: str, **values: object) -> tuple[str, int]:
    return render_template(template, view=request.form.get("view", ""), **values), HTTPStatus.CONFLICT
