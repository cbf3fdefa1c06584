"""Lists by parts: `limit` says how much at once, and a cursor goes on where a part ended.

A cursor names the last entry of a part. What is added or removed elsewhere in the list meanwhile neither repeats nor
skips an entry; where that entry itself is gone, the cursor is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NotRequired, TypeVar

from flask import request
from typing_extensions import TypedDict

from indexer.errors import InvalidCursorError, InvalidRequestError
from search_web.web.list_arguments import MOST_LISTED
from search_web.web.params import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEFAULT_LIMIT = 100
"""How much is answered to a cursor without a limit."""

_DIGEST_LENGTH = 16


class Listed(TypedDict):
    """What every list has; `total` counts all of it."""

    total: int
    next_cursor: NotRequired[str | None]


_Entry = TypeVar("_Entry")
_Answer = TypeVar("_Answer", bound=Listed)


@dataclass(frozen=True, slots=True)
class Part(Generic[_Entry]):
    """A part of a list of `total` entries; without `limit`, which None says, it is all of it."""

    entries: Sequence[_Entry]
    total: int
    limit: int | None
    next_cursor: str | None

    def on(self, answer: _Answer) -> _Answer:
        """Return the answer that was made of the entries, with what tells that they are a part."""
        answer["total"] = self.total
        if self.limit is not None:
            answer["next_cursor"] = self.next_cursor
        return answer


def part_of(entries: Sequence[_Entry], key: Callable[[_Entry], str]) -> Part[_Entry]:
    """Return the part of a list that the request asks for; `key` tells its entries apart.

    Raises InvalidRequestError for what is no cursor, InvalidCursorError for one of another list, or of an entry that
    is no longer in it.
    """
    cursor = request.args.get("cursor", "").strip()
    limit: int | None = number(request.args, "limit", default=0, low=1, high=MOST_LISTED) or None
    if limit is None and cursor:
        limit = DEFAULT_LIMIT
    if limit is not None and request.args.get("page"):
        raise InvalidRequestError("page stands beside limit or cursor", where="page", mend="Give limit, then cursor")
    if limit is None:
        return Part(entries, len(entries), None, None)
    first = _place(cursor, entries, key) if cursor else 0
    shown = entries[first : first + limit]
    more = first + limit < len(entries)
    return Part(shown, len(entries), limit, _cursor(key(shown[-1])) if more else None)


def _cursor(key: str) -> str:
    text = f"{_digest()} {key}"
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def _digest() -> str:
    """Return what tells this list from others, and from itself with other filters."""
    rest = sorted((name, value) for name, value in request.args.items(multi=True) if name not in {"limit", "cursor"})
    return hashlib.sha256(repr((request.path, rest)).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _place(cursor: str, entries: Sequence[_Entry], key: Callable[[_Entry], str]) -> int:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    digest, blank, last = text.partition(" ")
    if not blank or len(digest) != _DIGEST_LENGTH:
        raise InvalidRequestError(
            "this is no cursor", where="cursor", mend="Use the next_cursor of an answer as it was given"
        )
    if digest != _digest():
        mend = "Keep the filters as they were, or list again without a cursor"
        raise InvalidCursorError("the cursor belongs to another list", where="cursor", mend=mend)
    for place, entry in enumerate(entries, start=1):
        if key(entry) == last:
            return place
    raise InvalidCursorError(
        "the entry at which the list goes on is gone", where="cursor", mend="List again without a cursor"
    )
