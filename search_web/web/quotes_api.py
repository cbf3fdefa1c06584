"""The JSON interface of the quotes in a collection; collections_api.py has that of the collection itself."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from flask import Blueprint, Response, request, url_for

from indexer.errors import InvalidSpanError, UnknownQuoteError
from search_web.quotes.citation import cite
from search_web.quotes.collect import collect, span_of
from search_web.quotes.json_view import quote_json, quotes_json
from search_web.quotes.shapes import Citation, QuoteList
from search_web.quotes.shapes import Collection as CollectionShape
from search_web.quotes.shapes import Quote as QuoteShape
from search_web.web.collection_answers import (
    collection_answer,
    created,
    expected_collection,
    removed_wanted,
    style_wanted,
)
from search_web.web.collection_view import fits
from search_web.web.current import current_quotes, current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.list_arguments import CitationArguments, QuoteListArguments
from search_web.web.listing import part_of
from search_web.web.preconditions import Nothing, expected_version, guard_writes, hashed, json_body, no_body, tagged

if TYPE_CHECKING:
    from search_web.quotes.model import Quote

quotes_api = Blueprint("quotes_api", __name__, url_prefix="/api/v1/collections/<collection_id>/quotes")
quotes_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class NewQuote:
    """What makes a quote: a passage, or the code points from `start` to `end` of it, or the words `text` in it.

    With all three, the text must stand just there: a page shown before the index changed collects nothing else.
    """

    __pydantic_config__ = _ONLY
    passage_id: str
    start: int | None = None
    end: int | None = None
    text: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """What changes a quote; what is left out stays as it is."""

    __pydantic_config__ = _ONLY
    note: str | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """The id of the quote that a quote is put `before` or `after`."""

    __pydantic_config__ = _ONLY
    before: str | None = None
    after: str | None = None


@quotes_api.get("")
@endpoint("quotes", answers=QuoteList, query=QuoteListArguments, tagged=True)
def quotes(collection_id: str) -> JsonOf[QuoteList]:
    """List the quotes of a collection, or with removed=1 those in its bin."""
    removed = current_quotes().removed_quotes(collection_id).quotes if removed_wanted() else None
    found = current_quotes().collection(collection_id).quotes if removed is None else removed
    words, tag = request.args.get("q", ""), request.args.get("tag", "").strip()
    part = part_of([one for one in found if fits(one, words, tag)], lambda quote: quote.id)
    return hashed(json_of(part.on(quotes_json(part.entries))))


@quotes_api.post("")
@endpoint("add_quote", answers=QuoteShape, status=HTTPStatus.CREATED, body=NewQuote, tagged=True)
def add(collection_id: str) -> JsonOf[QuoteShape]:
    """Collect a passage, or a part of one."""
    wanted = json_body(NewQuote)
    passages = current_searcher().reader.current().passages
    start, end = wanted.start, wanted.end
    if wanted.text is not None and (start, end) == (None, None):
        start, end = span_of(passages, wanted.passage_id, wanted.text)
    taken = collect(passages, wanted.passage_id, start, end, note=wanted.note, tags=wanted.tags)
    if wanted.text not in {None, taken.text}:
        what = f"these words do not stand there, but '{taken.text}'"
        raise InvalidSpanError(what, where=wanted.passage_id, mend="Read the passage again: it may have changed")
    (kept,) = current_quotes().add(collection_id, [taken])
    return created(_quote(kept), url_for(".quote", collection_id=collection_id, quote_id=kept.id))


@quotes_api.get("/<quote_id>")
@endpoint("quote", answers=QuoteShape, tagged=True)
def quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Read a quote."""
    return _quote(_found(collection_id, quote_id))


@quotes_api.get("/<quote_id>/citation")
@endpoint("cite_quote", answers=Citation, query=CitationArguments, tagged=True)
def citation(collection_id: str, quote_id: str) -> JsonOf[Citation]:
    """Cite a quote: its words, the line that says whose they are, and its link."""
    found, style = _found(collection_id, quote_id), style_wanted()
    link = urljoin(request.url_root, found.url)
    told: Citation = {
        "text": found.text,
        "citation": cite(found, style, url=link),
        "language": style.speaks(found),
        "link": link,
    }
    return hashed(json_of(told))


@quotes_api.patch("/<quote_id>")
@endpoint("edit_quote", answers=QuoteShape, body=QuoteChange, tagged=True, guarded=True)
def edit_quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Change the note or the tags of a quote."""
    wanted, expected = json_body(QuoteChange), _expected_quote(collection_id, quote_id)
    return _quote(current_quotes().edit_quote(quote_id, note=wanted.note, tags=wanted.tags, expected=expected))


@quotes_api.delete("/<quote_id>")
@endpoint("remove_quote", status=HTTPStatus.NO_CONTENT, guarded=True)
def remove_quote(collection_id: str, quote_id: str) -> Response:
    """Put a quote into the bin of its collection."""
    current_quotes().remove_quote(quote_id, expected=_expected_quote(collection_id, quote_id))
    return Response(status=HTTPStatus.NO_CONTENT)


@quotes_api.post("/<quote_id>/restore")
@endpoint("restore_quote", answers=QuoteShape, body=Nothing, tagged=True)
def restore_quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Take a quote back to where it stood."""
    no_body()
    if quote_id not in {one.id for one in current_quotes().removed_quotes(collection_id).quotes}:
        return _quote(_found(collection_id, quote_id))
    return _quote(current_quotes().restore_quote(quote_id))


@quotes_api.put("/<quote_id>/position")
@endpoint("move_quote", answers=CollectionShape, body=Position, tagged=True, guarded=True)
def move_quote(collection_id: str, quote_id: str) -> JsonOf[CollectionShape]:
    """Put a quote before or after another one.

    The version is that of the collection, whose order changes.
    """
    wanted, expected = json_body(Position), expected_collection(collection_id)
    _found(collection_id, quote_id)
    return collection_answer(
        current_quotes().move_quote(quote_id, before=wanted.before, after=wanted.after, expected=expected)
    )


def _quote(found: Quote) -> JsonOf[QuoteShape]:
    return tagged(json_of(quote_json(found)), found.id, found.version)


def _found(collection_id: str, quote_id: str) -> Quote:
    found = current_quotes().quote(quote_id)
    if found.collection_id != collection_id:
        raise UnknownQuoteError("the quote stands in another collection", where=quote_id)
    return found


def _expected_quote(collection_id: str, quote_id: str) -> int | None:
    return expected_version(quote_id, lambda: _found(collection_id, quote_id).version)
