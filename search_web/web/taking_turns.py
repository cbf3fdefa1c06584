"""Whole collections are held against the index by turns: a large one whose words have changed takes a minute.

Whoever may read a collection must not keep all threads of a server at that, be it with an account or by a link; those
who come by links have turns of their own, and take none from the others.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from werkzeug.exceptions import ServiceUnavailable

from search_web.web.collection_view import QUOTES_ON_A_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_LINK = BoundedSemaphore(2)
SIGNED_IN = BoundedSemaphore(2)

_FEW = QUOTES_ON_A_PAGE
_PATIENCE = 1.0
_AGAIN = 10


@contextmanager
def a_turn(quotes: int, turns: BoundedSemaphore) -> Iterator[None]:
    """Hold one of the `turns` for as long as so many quotes are verified; no more than a page shows need none.

    Raises ServiceUnavailable, with when to try again, where others have all of them.
    """
    if quotes <= _FEW:
        yield
        return
    if not turns.acquire(timeout=_PATIENCE):
        what = "Other files are being made at this moment. Try again a little later"
        raise ServiceUnavailable(what, retry_after=_AGAIN)
    try:
        yield
    finally:
        turns.release()
