"""Where what is collected goes: the collection that was used last, unless another one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import request
from flask_babel import gettext as _

from indexer.errors import NameTakenError
from search_web.quotes.sharing import may_edit
from search_web.web.collect_choice import Misfit
from search_web.web.current import current_quotes
from search_web.web.identity import current_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as Answer

    from search_web.quotes.model import Collection
    from search_web.quotes.store import QuoteStore

    _Answer = TypeVar("_Answer", bound=Answer)

COOKIE = "yuanhua_collection"
"""Keeps the id of the collection that this reader used last. Scripts of the page set it too."""

_YEAR = 365 * 24 * 60 * 60


def recent(store: QuoteStore, cookies: Mapping[str, str]) -> list[Collection]:
    """Return the collections that this reader may add to, the last used one first, and then the last changed ones."""
    person = current_person()
    found = [one.collection for one in store.collections() if may_edit(person, one.collection)]
    last = cookies.get(COOKIE)
    return sorted(found, key=lambda one: (one.id == last, one.updated_at), reverse=True)


def collect_target() -> Collection | None:
    """Return the collection that a selection goes into without asking, None where there is none yet."""
    return next(iter(recent(current_quotes(), request.cookies)), None)


def into_collection(store: QuoteStore, chosen: str, new: str) -> Collection:
    """Return the reader's own collection of the name `new`, made where it is missing, or else the `chosen` one.

    Raises Misfit when neither is given, InvalidRequestError when the name cannot be kept, and UnknownCollectionError.
    """
    if not new.strip():
        if not chosen:
            raise Misfit(_("Choose a collection, or name a new one."))
        return store.collection(chosen)
    found = store.own(new)
    if found is not None:
        return found
    try:
        return store.create(new)
    except NameTakenError:  # Another page of theirs was quicker.
        return store.named(new)


def remember(answer: _Answer, collection_id: str) -> _Answer:
    """Let the reader's browser know which collection was used last."""
    answer.set_cookie(COOKIE, collection_id, max_age=_YEAR, samesite="Lax")
    return answer
