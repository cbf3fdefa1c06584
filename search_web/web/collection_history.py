"""The history of a collection, or of one quote in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from indexer.errors import UnknownCollectionError
from search_web.web.accounts_named import names_of
from search_web.web.collections_pages import binned
from search_web.web.current import current_quotes
from search_web.web.whole_numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_web.quotes.history import Change

collection_history = Blueprint("collection_history", __name__, url_prefix="/collections/<collection_id>")

_CHANGES_ON_A_PAGE = 200


@collection_history.get("/history")
def history(collection_id: str) -> str:
    """Show the changes of a collection, or with quote=ID of one quote in it, the latest first, `before` a number."""
    quote_id, before = request.args.get("quote") or None, whole_number(request.args.get("before", ""))
    changes = current_quotes().history(collection_id, quote_id)
    asked = [change for change in changes if before is None or change.number < before]
    try:
        found = current_quotes().collection(collection_id)
    except UnknownCollectionError:
        found = binned(collection_id).collection
    texts = {
        change.quote_id: field.after or field.before
        for change in changes
        for field in change.fields
        if field.field == "text"
    }
    return render_template(
        "collection_history.html",
        collection=found,
        changes=asked[:_CHANGES_ON_A_PAGE],
        earlier=len(asked) > _CHANGES_ON_A_PAGE,
        texts=texts,
        quote_id=quote_id,
        names=names_of(_accounts(changes)),
    )


def _accounts(changes: Sequence[Change]) -> Iterator[str | None]:
    """Yield the ids of the accounts that a history speaks of."""
    for change in changes:
        yield change.by
        for field in change.fields:
            if field.field == "owner":
                yield from (field.before, field.after)
