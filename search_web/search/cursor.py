"""Cursors: where a search goes on, bound to the search and to the state of the index that it began in.

Within one generation the ranking of a search never changes, so that a position in it is all that a cursor must hold
for pages without repeats or gaps. A cursor of another generation is refused: positions there mean other passages.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from contextlib import suppress
from dataclasses import asdict, fields, replace

from indexer.errors import InvalidCursorError, InvalidRequestError, RequestError
from indexer.stores.generations import counter
from search_web.search.request import SearchRequest

# What may differ from page to page: it does not change which hits there are, nor their order.
_FREE = {"limit", "offset", "context", "cursor", "facets", "group_size", "explain"}
_BINDING = [(one.name, one.default) for one in fields(SearchRequest) if one.name not in _FREE]
_SHAPE = re.compile(r"(\d{1,9}) ([0-9a-f]{16}) (\S+)")
_DIGEST_LENGTH = 16


def cursor_at(request: SearchRequest, generation: str, position: int) -> str:
    """Return the cursor that goes on with this search at a position, counted from 0; it is safe in URLs."""
    text = f"{position} {_digest(request)} {generation}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def is_ahead(request: SearchRequest, generation: str) -> bool:
    """Tell whether the request goes on with what began in a newer generation than this."""
    if not request.cursor:
        return False
    with suppress(RequestError, ValueError):
        return counter(_decoded(request.cursor)[2]) > counter(generation)
    return False


def resumed(request: SearchRequest, generation: str) -> SearchRequest:
    """Return the request with the offset that its cursor, if it has one, says.

    Raises InvalidRequestError for what is no cursor, or one beside an offset, and InvalidCursorError for a cursor of
    another search or of another generation.
    """
    if request.cursor is None:
        return request
    if request.offset:
        raise InvalidRequestError("cursor and offset are both given", where="cursor", mend="Give one of them")
    position, digest, name = _decoded(request.cursor)
    if digest != _digest(request):
        raise InvalidCursorError(
            "the cursor belongs to another search",
            where="cursor",
            mend="Keep query, filters and order as they were, or search again without a cursor",
        )
    if name != generation:
        raise InvalidCursorError(
            f"the index has changed since the search began (it was {name}, now it is {generation})",
            where="cursor",
            mend="Search again without a cursor",
        )
    return replace(request, offset=position)


def _digest(request: SearchRequest) -> str:
    """Return what two requests share whose pages belong together; most leave all but the query as it is by default."""
    told = {name: value for name, usual in _BINDING if (value := getattr(request, name)) != usual}
    told["query"] = request.query.strip()
    if request.filters:
        told["filters"] = asdict(request.filters)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_DIGEST_LENGTH]


def _decoded(cursor: str) -> tuple[int, str, str]:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    found = _SHAPE.fullmatch(text)
    if not found:
        raise InvalidRequestError(
            "this is no cursor", where="cursor", mend="Use the next_cursor of an answer as it was given"
        )
    return int(found[1]), found[2], found[3]
