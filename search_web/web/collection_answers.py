"""What the endpoints of collections and those of quotes have in common."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from flask import Response, request

from search_web.quotes.citation import citation_style
from search_web.quotes.json_view import collection_json
from search_web.web.accounts_named import names_of
from search_web.web.current import current_quotes
from search_web.web.declaring import JsonOf, json_of
from search_web.web.export_params import language_wanted
from search_web.web.params import flag
from search_web.web.preconditions import expected_version, tagged

if TYPE_CHECKING:
    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.model import Collection
    from search_web.quotes.shapes import Collection as CollectionShape

_Answer = TypeVar("_Answer", bound=Response)


def style_wanted() -> CitationStyle:
    """Return how the request wants citations written. Raises CitationTemplateError."""
    return citation_style(request.args.get("citation"), language=language_wanted(request.args))


def removed_wanted() -> bool:
    """Return whether the request asks for the bin."""
    return flag(request.args, "removed", default=False)


def collection_answer(found: Collection) -> JsonOf[CollectionShape]:
    """Answer a collection, tagged with its version."""
    return tagged(json_of(collection_json(found, names_of([found.owner]))), found.id, found.version)


def created(response: _Answer, location: str) -> _Answer:
    """Say of an answer that it tells of something new, and where that is."""
    response.status_code = HTTPStatus.CREATED
    response.headers["Location"] = location
    return response


def expected_collection(collection_id: str) -> int | None:
    """Return the version of a collection that the request means to change, as `expected_version` has it."""
    return expected_version(collection_id, lambda: current_quotes().collection(collection_id).version)
