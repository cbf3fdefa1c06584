"""What of a collection leaves for people who have a link to it, and no account: what is in it, and no more.

The index says more than that of a quote: the text that took its place, other calls with the same words. Of this they
learn only what they need so as not to quote wrongly: that the words were moved, changed or are gone, and what the index
now says otherwise of who spoke. The folders of the machine are nobody's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from search_web.quotes.model import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.quotes.model import Collection, Quote, Verified

_REASONS = {
    State.UNCHANGED: "The words stand where they were collected.",
    State.MOVED: "The words now stand at another place of the source.",
    State.CHANGED: "The words no longer stand in the source.",
    State.GONE: "The words, or their source, are no longer in the index.",
}


def outside(collection: Collection) -> Collection:
    """Return a collection without what tells of the machine that keeps it."""
    return replace(collection, owner=None, quotes=tuple(map(_outside, collection.quotes)))


def outlined(verified: Sequence[Verified]) -> tuple[Verified, ...]:
    """Return findings without what else is in the index."""
    return tuple(
        replace(one, place=None, text=None, reason=_REASONS[one.state], edits=(), elsewhere=None) for one in verified
    )


def _outside(quote: Quote) -> Quote:
    return replace(quote, place=replace(quote.place, source_path=quote.place.source_file))
