"""A passage, or a part of one, as text to paste: the verbatim words, the line that cites them, the permanent link."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Blueprint, Response, request

from indexer.errors import InvalidRequestError
from search_web.quotes.citation import citation_style, cite
from search_web.quotes.collect import collect
from search_web.web.current import current_searcher

quoting = Blueprint("quoting", __name__)

_DIGITS = 9


@quoting.get("/quote")
def quote() -> Response:
    """Answer the passage `passage`, or its code points from `start` to `end`, as plain text that stands on its own.

    Scripts put it on the clipboard; without them it is a page to copy from.
    """
    start, end = _place("start"), _place("end")
    taken = collect(current_searcher().reader.current().passages, request.args.get("passage", "").strip(), start, end)
    link = urljoin(request.url_root, taken.url)
    line = cite(taken, citation_style(), url=link)
    return Response(f"{taken.text}\n— {line}\n{link}\n", content_type="text/plain; charset=utf-8")


def _place(name: str) -> int | None:
    said = request.args.get(name, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise InvalidRequestError(
            f"{said!r} is not a value of {name}", where=name, mend=f"Use a whole number from 0 to {10**_DIGITS - 1}"
        )
    return int(said)
