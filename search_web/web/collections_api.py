"""The JSON interface of quote collections. Its objects are described in search_web/quotes/json_view.py.

Every change of what is there needs the ETag that was read, as If-Match; adding and taking back overwrite nothing and
need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from search_web.quotes.exporting import ExportFormat, export, export_name
from search_web.quotes.importing import read_collection
from search_web.quotes.json_view import (
    history_json,
    quote_json,
    summaries_json,
    verification_json,
)
from search_web.quotes.model import Visibility  # noqa: TC001 - pydantic reads the annotations.
from search_web.quotes.shapes import Collection as CollectionShape
from search_web.quotes.shapes import CollectionList, History, Imported, Verification
from search_web.quotes.store import Summary
from search_web.quotes.verify import verify
from search_web.web.accounts_named import account_called, names_of
from search_web.web.attachments import attachment
from search_web.web.collection_answers import (
    collection_answer,
    created,
    expected_collection,
    removed_wanted,
    style_wanted,
)
from search_web.web.current import current_quotes, current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.export_params import format_wanted
from search_web.web.list_arguments import (
    BinArguments,
    ExportArguments,
    HistoryArguments,
    ImportArguments,
)
from search_web.web.listing import part_of
from search_web.web.preconditions import Nothing, guard_writes, hashed, json_body, no_body
from search_web.web.taking_turns import SIGNED_IN, a_turn

collections_api = Blueprint("collections_api", __name__, url_prefix="/api/v1/collections")
collections_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}

_EXPORTED = tuple(form.media_type.partition(";")[0] for form in ExportFormat)


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


@collections_api.get("")
@endpoint("collections", answers=CollectionList, query=BinArguments, tagged=True)
def collections() -> JsonOf[CollectionList]:
    """List the collections, or with removed=1 those in the bin."""
    part = part_of(current_quotes().collections(removed=removed_wanted()), lambda one: one.collection.id)
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
    return created(collection_answer(made), url_for(".collection", collection_id=made.id))


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
    return collection_answer(current_quotes().collection(collection_id))


@collections_api.patch("/<collection_id>")
@endpoint("edit_collection", answers=CollectionShape, body=CollectionChange, tagged=True, guarded=True, conflicts=True)
def edit(collection_id: str) -> JsonOf[CollectionShape]:
    """Change the name, the description, the visibility or the owner of a collection.

    The last two are for its owner or an administrator to change.
    """
    wanted, expected = json_body(CollectionChange), expected_collection(collection_id)
    return collection_answer(
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
    current_quotes().remove(collection_id, expected=expected_collection(collection_id))
    return Response(status=HTTPStatus.NO_CONTENT)


@collections_api.post("/<collection_id>/restore")
@endpoint("restore_collection", answers=CollectionShape, body=Nothing, tagged=True, conflicts=True)
def restore(collection_id: str) -> JsonOf[CollectionShape]:
    """Take a collection out of the bin."""
    no_body()
    return collection_answer(current_quotes().restore(collection_id))


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
    """Hold the quotes of a collection against the index, and say what became of them.

    Two large collections at once are held against it; who asks for another one then is told when to ask again (503).
    """
    found = current_quotes().collection(collection_id)
    with a_turn(len(found.quotes), SIGNED_IN):
        verified = verify(found.quotes, current_searcher().reader.current().passages)
    return hashed(json_of(verification_json(verified)))


@collections_api.get("/<collection_id>/export")
@endpoint("export_collection", files=_EXPORTED, query=ExportArguments, tagged=True)
def export_collection(collection_id: str) -> Response:
    """Export a collection as a file: of large ones two at once, as with their verification."""
    found = current_quotes().collection(collection_id)
    fmt = format_wanted(request.args)
    style = style_wanted()
    with a_turn(len(found.quotes), SIGNED_IN):
        verified = verify(found.quotes, current_searcher().reader.current().passages)
        findings = {one.quote.id: one for one in verified}
        data = export(found, findings, fmt, citation=style, base_url=request.url_root)
    response = Response(data, content_type=fmt.media_type)
    response.headers["Content-Disposition"] = attachment(f"quotes{fmt.suffix}", export_name(found, fmt))
    return hashed(response)
