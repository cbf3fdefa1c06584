"""The list of collections: making, naming, removing and taking them back, and taking in files of quotes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from indexer.errors import CollectionFileError, InvalidRequestError, NameTakenError, UnknownCollectionError
from search_web.quotes.importing import read_collection
from search_web.quotes.model import Visibility
from search_web.quotes.sharing import is_own, may_edit, may_manage, may_write
from search_web.web.accounts_named import names_of
from search_web.web.current import current_quotes
from search_web.web.engine_words import said_error
from search_web.web.findings import findings_of
from search_web.web.identity import current_person
from search_web.web.preconditions import guard_forms

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from search_web.quotes.store import Summary

collections_pages = Blueprint("collections_pages", __name__)
collections_pages.before_request(guard_forms)

_MOST_VERIFIED = 100
"""How many quotes the list verifies, as long as there are no more: 10 ms, or a second where all were changed."""


@dataclass(frozen=True, slots=True)
class ListedCollection:
    """A collection in the list, and what whoever looks at it may do: change it, and decide what becomes of it.

    `unsound` counts the quotes that need a look, None where they were not verified.
    """

    summary: Summary
    unsound: int | None
    mine: bool
    edits: bool
    manages: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that could not be done: which one, why (in this language), and what was typed into it."""

    form: str
    why: str
    language: str
    name: str = ""
    description: str = ""


@collections_pages.get("/collections")
def collections() -> str:
    """Show the list of collections, and what was just done to one."""
    return _page()


@collections_pages.post("/collections")
def create() -> Answer | tuple[str, int]:
    """Make a collection of the name and description that the form has."""
    name, description = request.form.get("name", ""), request.form.get("description", "")
    said = request.form.get("visibility", "")
    try:
        made = current_quotes().create(name, description, Visibility(said) if said in list(Visibility) else None)
    except InvalidRequestError as error:
        return _page(refused("create", error, name, description)), HTTPStatus.BAD_REQUEST
    return redirect(url_for("collection_page.collection", collection_id=made.id), HTTPStatus.SEE_OTHER)


@collections_pages.post("/collections/import")
def take_in() -> Answer | tuple[str, int]:
    """Add the quotes of a file that an export wrote to the collection that the form names, or that the file names."""
    file, into = request.files.get("file"), request.form.get("into", "") or None
    if file is None or not file.filename:
        return _page(Refused("import", _("Choose a file first."), "")), HTTPStatus.BAD_REQUEST
    if into is not None:
        current_quotes().collection(into)  # One that was removed meanwhile is not made anew under its id.
    try:
        collection, added = current_quotes().take_in(read_collection(file.read(), file.filename), into)
    except (CollectionFileError, InvalidRequestError) as error:
        why = said_error(error)
        return _page(Refused("import", why.text, why.language)), HTTPStatus.BAD_REQUEST
    page = url_for("collection_page.collection", collection_id=collection.id, imported=len(added))
    return redirect(page, HTTPStatus.SEE_OTHER)


@collections_pages.post("/collections/<collection_id>/remove")
def remove(collection_id: str) -> Answer:
    """Put a collection into the bin."""
    current_quotes().remove(collection_id)
    return redirect(url_for(".collections", removed=collection_id), HTTPStatus.SEE_OTHER)


@collections_pages.post("/collections/<collection_id>/restore")
def restore(collection_id: str) -> Answer | tuple[str, int]:
    """Take a collection out of the bin."""
    try:
        current_quotes().restore(collection_id)
    except NameTakenError as error:
        return _page(refused("restore", error)), HTTPStatus.CONFLICT
    return redirect(url_for(".collections", restored=collection_id), HTTPStatus.SEE_OTHER)


def refused(form: str, error: InvalidRequestError, name: str = "", description: str = "") -> Refused:
    """Return why a form could not be done, in the language of the page where that is foreseen."""
    if isinstance(error, NameTakenError):
        return Refused(form, _("Another collection has this name. Take another one."), "", name, description)
    if error.where == "name" and not name.strip():
        return Refused(form, _("Give it a name."), "", name, description)
    why = said_error(error)
    return Refused(form, why.text, why.language, name, description)


def binned(collection_id: str) -> Summary:
    """Return a collection that lies in the bin. Raises UnknownCollectionError where it does not."""
    for summary in current_quotes().collections(removed=True):
        if summary.collection.id == collection_id:
            return summary
    raise UnknownCollectionError("no collection has this id", where=collection_id, mend="See the list of collections")


def _page(failed: Refused | None = None) -> str:
    standing, removed = current_quotes().collections(), current_quotes().collections(removed=True)
    person = current_person()
    return render_template(
        "collections.html",
        listed=_listed(standing),
        apart=person.id is not None,
        writes=may_write(person),
        manages=partial(may_manage, person),
        names=names_of(one.collection.owner for one in standing if not is_own(person, one.collection)),
        removed=removed,
        just_removed=[one for one in removed if one.collection.id == request.args.get("removed")],
        just_restored=[one for one in standing if one.collection.id == request.args.get("restored")],
        failed=failed,
    )


def _listed(summaries: tuple[Summary, ...]) -> list[ListedCollection]:
    unsound: dict[str, int] = {}
    if 0 < sum(summary.count for summary in summaries) <= _MOST_VERIFIED:
        for summary in summaries:
            found = findings_of(current_quotes().collection(summary.collection.id).quotes)
            if found is not None:
                unsound[summary.collection.id] = sum(not one.sound for one in found.values())
    person = current_person()
    return [
        ListedCollection(
            summary,
            unsound.get(summary.collection.id),
            mine=is_own(person, summary.collection),
            edits=may_edit(person, summary.collection),
            manages=may_manage(person, summary.collection),
        )
        for summary in summaries
    ]
