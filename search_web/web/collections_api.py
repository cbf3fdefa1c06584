"""The JSON interface of quote collections. Its objects are described in search_web/quotes/json_view.py.

Every change of what is there needs the ETag that was read, as If-Match; adding and taking back overwrite nothing and
need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from flask import Blueprint, Response, request, url_for

from indexer.errors import InvalidSpanError, UnknownQuoteError
from search_web.quotes.citation import citation_style, cite
from search_web.quotes.collect import collect, span_of
from search_web.quotes.exporting import ExportFormat, export, export_name
from search_web.quotes.importing import read_collection
from search_web.quotes.json_view import (
    collection_json,
    history_json,
    quote_json,
    quotes_json,
    summaries_json,
    verification_json,
)
from search_web.quotes.model import Visibility  # noqa: TC001 - pydantic reads the annotations.
from search_web.quotes.shapes import Citation, CollectionList, History, Imported, QuoteList, Verification
from search_web.quotes.shapes import Collection as CollectionShape
from search_web.quotes.shapes import Quote as QuoteShape
from search_web.quotes.store import Summary
from search_web.quotes.verify import verify
from search_web.web.accounts_named import account_called, names_of
from search_web.web.attachments import attachment
from search_web.web.collection_view import fits
from search_web.web.current import current_quotes, current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.export_params import format_wanted, language_wanted
from search_web.web.list_arguments import (
    BinArguments,
    CitationArguments,
    ExportArguments,
    HistoryArguments,
    ImportArguments,
    QuoteListArguments,
)
from search_web.web.listing import part_of
from search_web.web.params import flag
from search_web.web.preconditions import Nothing, expected_version, guard_writes, hashed, json_body, no_body, tagged

if TYPE_CHECKING:
    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.model import Collection, Quote

collections_api = Blueprint("collections_api", __name__, url_prefix="/api/v1/collections")
collections_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}

_EXPORTED = tuple(form.media_type.partition(";")[0] for form in ExportFormat)
_Answer = TypeVar("_Answer", bound=Response)


@dataclass(frozen=True, slots=True)
class NewCollection:
    """What makes a collection."""

    __pydantic_config__ = _ONLY
    name: str
    description: str = ""
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class CollectionChange:
    """What changes a collection; what is left out stays as it is. `owner` is the name or the id of an account."""

    __pydantic_config__ = _ONLY
    name: str | None = None
    description: str | None = None
    visibility: Visibility | None = None
    owner: str | None = None


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


@collections_api.get("")
@endpoint("collections", answers=CollectionList, query=BinArguments, tagged=True)
def collections() -> JsonOf[CollectionList]:
    """List the collections, or with removed=1 those in the bin."""
    part = part_of(current_quotes().collections(removed=_removed()), lambda one: one.collection.id)
    names = names_of(one.collection.owner for one in part.entries)
    return hashed(json_of(part.on(summaries_json(part.entries, names))))


@collections_api.post("")
@endpoint(
    "create_collection",
    answers=CollectionShape,
    status=HTTPStatus.CREATED,
    body=NewCollection,
    tagged=True,
    conflicts=True,
)
def create() -> JsonOf[CollectionShape]:
    """Make a collection.

    Where there are accounts it is private to whoever makes it, unless it says otherwise.
    """
    wanted = json_body(NewCollection)
    made = current_quotes().create(wanted.name, wanted.description, wanted.visibility)
    return _created(_collection(made), url_for(".collection", collection_id=made.id))


@collections_api.post("/import")
@endpoint(
    "import_quotes",
    answers=Imported,
    takes=("application/json", "text/csv"),
    query=ImportArguments,
    errors=(HTTPStatus.NOT_FOUND,),
)
def take_in() -> JsonOf[Imported]:
    """Take in the quotes of a file that an export to JSON or CSV wrote: all of them or none.

    Those that the collection has already are not added again.
    """
    into = request.args.get("into", "").strip() or None
    if into is not None:
        current_quotes().collection(into)  # One that was removed meanwhile is not made anew under its id.
    collection, added = current_quotes().take_in(read_collection(request.get_data(), "the body"), into)
    names = names_of([collection.owner])
    (summary,) = summaries_json([Summary(collection, len(collection.quotes))], names)["collections"]
    answer: Imported = {"collection": summary, "added": len(added), "quotes": [quote_json(one) for one in added]}
    return json_of(answer)


@collections_api.get("/<collection_id>")
@endpoint("collection", answers=CollectionShape, tagged=True)
def collection(collection_id: str) -> JsonOf[CollectionShape]:
    """Read a collection with its quotes."""
    return _collection(current_quotes().collection(collection_id))


@collections_api.patch("/<collection_id>")
@endpoint("edit_collection", answers=CollectionShape, body=CollectionChange, tagged=True, guarded=True, conflicts=True)
def edit(collection_id: str) -> JsonOf[CollectionShape]:
    """Change the name, the description, the visibility or the owner of a collection.

    The last two are for its owner or an administrator to change.
    """
    wanted, expected = json_body(CollectionChange), _expected_collection(collection_id)
    return _collection(
        current_quotes().edit(
            collection_id,
            name=wanted.name,
            description=wanted.description,
            visibility=wanted.visibility,
            owner=None if wanted.owner is None else account_called(wanted.owner),
            expected=expected,
        )
    )


@collections_api.delete("/<collection_id>")
@endpoint("remove_collection", status=HTTPStatus.NO_CONTENT, guarded=True)
def remove(collection_id: str) -> Response:
    """Put a collection into the bin."""
    current_quotes().remove(collection_id, expected=_expected_collection(collection_id))
    return Response(status=HTTPStatus.NO_CONTENT)


@collections_api.post("/<collection_id>/restore")
@endpoint("restore_collection", answers=CollectionShape, body=Nothing, tagged=True, conflicts=True)
def restore(collection_id: str) -> JsonOf[CollectionShape]:
    """Take a collection out of the bin."""
    no_body()
    return _collection(current_quotes().restore(collection_id))


@collections_api.get("/<collection_id>/history")
@endpoint("collection_history", answers=History, query=HistoryArguments, tagged=True)
def history(collection_id: str) -> JsonOf[History]:
    """List the changes of a collection, or with quote=ID of one quote in it, the latest first."""
    changes = current_quotes().history(collection_id, request.args.get("quote") or None)
    part = part_of(changes, lambda change: str(change.number))
    return hashed(json_of(part.on(history_json(part.entries, names_of(change.by for change in part.entries)))))


@collections_api.get("/<collection_id>/verification")
@endpoint("verification", answers=Verification, tagged=True)
def verification(collection_id: str) -> JsonOf[Verification]:
    """Hold the quotes of a collection against the index, and say what became of them."""
    found = current_quotes().collection(collection_id)
    passages = current_searcher().reader.current().passages
    return hashed(json_of(verification_json(verify(found.quotes, passages))))


@collections_api.get("/<collection_id>/export")
@endpoint("export_collection", files=_EXPORTED, query=ExportArguments, tagged=True)
def export_collection(collection_id: str) -> Response:
    """Export a collection as a file."""
    found = current_quotes().collection(collection_id)
    fmt = format_wanted(request.args)
    style = _style()
    verified = verify(found.quotes, current_searcher().reader.current().passages)
    findings = {one.quote.id: one for one in verified}
    data = export(found, findings, fmt, citation=style, base_url=request.url_root)
    response = Response(data, content_type=fmt.media_type)
    response.headers["Content-Disposition"] = attachment(f"quotes{fmt.suffix}", export_name(found, fmt))
    return hashed(response)


@collections_api.get("/<collection_id>/quotes")
@endpoint("quotes", answers=QuoteList, query=QuoteListArguments, tagged=True)
def quotes(collection_id: str) -> JsonOf[QuoteList]:
    """List the quotes of a collection, or with removed=1 those in its bin."""
    removed = current_quotes().removed_quotes(collection_id).quotes if _removed() else None
    found = current_quotes().collection(collection_id).quotes if removed is None else removed
    words, tag = request.args.get("q", ""), request.args.get("tag", "").strip()
    part = part_of([one for one in found if fits(one, words, tag)], lambda quote: quote.id)
    return hashed(json_of(part.on(quotes_json(part.entries))))


@collections_api.post("/<collection_id>/quotes")
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
    return _created(_quote(kept), url_for(".quote", collection_id=collection_id, quote_id=kept.id))


@collections_api.get("/<collection_id>/quotes/<quote_id>")
@endpoint("quote", answers=QuoteShape, tagged=True)
def quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Read a quote."""
    return _quote(_found(collection_id, quote_id))


@collections_api.get("/<collection_id>/quotes/<quote_id>/citation")
@endpoint("cite_quote", answers=Citation, query=CitationArguments, tagged=True)
def citation(collection_id: str, quote_id: str) -> JsonOf[Citation]:
    """Cite a quote: its words, the line that says whose they are, and its link."""
    found, style = _found(collection_id, quote_id), _style()
    link = urljoin(request.url_root, found.url)
    told: Citation = {
        "text": found.text,
        "citation": cite(found, style, url=link),
        "language": style.speaks(found),
        "link": link,
    }
    return hashed(json_of(told))


@collections_api.patch("/<collection_id>/quotes/<quote_id>")
@endpoint("edit_quote", answers=QuoteShape, body=QuoteChange, tagged=True, guarded=True)
def edit_quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Change the note or the tags of a quote."""
    wanted, expected = json_body(QuoteChange), _expected_quote(collection_id, quote_id)
    return _quote(current_quotes().edit_quote(quote_id, note=wanted.note, tags=wanted.tags, expected=expected))


@collections_api.delete("/<collection_id>/quotes/<quote_id>")
@endpoint("remove_quote", status=HTTPStatus.NO_CONTENT, guarded=True)
def remove_quote(collection_id: str, quote_id: str) -> Response:
    """Put a quote into the bin of its collection."""
    current_quotes().remove_quote(quote_id, expected=_expected_quote(collection_id, quote_id))
    return Response(status=HTTPStatus.NO_CONTENT)


@collections_api.post("/<collection_id>/quotes/<quote_id>/restore")
@endpoint("restore_quote", answers=QuoteShape, body=Nothing, tagged=True)
def restore_quote(collection_id: str, quote_id: str) -> JsonOf[QuoteShape]:
    """Take a quote back to where it stood."""
    no_body()
    if quote_id not in {one.id for one in current_quotes().removed_quotes(collection_id).quotes}:
        return _quote(_found(collection_id, quote_id))
    return _quote(current_quotes().restore_quote(quote_id))


@collections_api.put("/<collection_id>/quotes/<quote_id>/position")
@endpoint("move_quote", answers=CollectionShape, body=Position, tagged=True, guarded=True)
def move_quote(collection_id: str, quote_id: str) -> JsonOf[CollectionShape]:
    """Put a quote before or after another one.

    The version is that of the collection, whose order changes.
    """
    wanted, expected = json_body(Position), _expected_collection(collection_id)
    _found(collection_id, quote_id)
    return _collection(
        current_quotes().move_quote(quote_id, before=wanted.before, after=wanted.after, expected=expected)
    )


def _style() -> CitationStyle:
    return citation_style(request.args.get("citation"), language=language_wanted(request.args))


def _removed() -> bool:
    return flag(request.args, "removed", default=False)


def _collection(found: Collection) -> JsonOf[CollectionShape]:
    return tagged(json_of(collection_json(found, names_of([found.owner]))), found.id, found.version)


def _quote(found: Quote) -> JsonOf[QuoteShape]:
    return tagged(json_of(quote_json(found)), found.id, found.version)


def _created(response: _Answer, location: str) -> _Answer:
    response.status_code = HTTPStatus.CREATED
    response.headers["Location"] = location
    return response


def _found(collection_id: str, quote_id: str) -> Quote:
    found = current_quotes().quote(quote_id)
    if found.collection_id != collection_id:
        raise UnknownQuoteError("the quote stands in another collection", where=quote_id)
    return found


def _expected_collection(collection_id: str) -> int | None:
    return expected_version(collection_id, lambda: current_quotes().collection(collection_id).version)


def _expected_quote(collection_id: str, quote_id: str) -> int | None:
    return expected_version(quote_id, lambda: _found(collection_id, quote_id).version)
