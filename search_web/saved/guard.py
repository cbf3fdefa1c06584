"""Saved searches as they are for one person, within a transaction; `search_web.quotes.sharing` has the rules.

Each function raises UnknownSearchError for what is not there, or in the bin, or somebody else's, in the same words, and
NotPermittedError for what the person may read but not change so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError, NotPermittedError, UnknownSearchError
from search_web.quotes.guard import check_writes
from search_web.quotes.sharing import is_own, may_manage, may_read
from search_web.saved import records

if TYPE_CHECKING:
    import sqlite3

    from search_web.access.model import Person
    from search_web.saved.model import SavedSearch


def readable(connection: sqlite3.Connection, person: Person, id_or_name: str, *, removed: bool = False) -> SavedSearch:
    """Return the search with this id, or else with this name: the person's own, or the only one of another owner.

    Raises InvalidRequestError where several others have the name.
    """
    called = records.searches_called(connection, id_or_name)
    found = [one for one in called if may_read(person, one) and (removed or one.removed_at is None)]
    chosen = [one for one in found if one.id == id_or_name] or [one for one in found if is_own(person, one)] or found
    if not chosen:
        mend = "List them with: yuanhua searches list"
        raise UnknownSearchError(f"there is no saved search '{id_or_name}'", mend=mend)
    if len({one.owner for one in chosen}) > 1:
        what = f"several saved searches are called '{id_or_name}': {', '.join(one.id for one in chosen)}"
        raise InvalidRequestError(what, where="name", mend="Give the id of the one that is meant")
    return chosen[0]


def editable(connection: sqlite3.Connection, person: Person, id_or_name: str) -> SavedSearch:
    """Return a search that this person may change."""
    found = readable(connection, person, id_or_name)
    check_writes(person)
    return found


def managed(connection: sqlite3.Connection, person: Person, id_or_name: str, *, removed: bool = False) -> SavedSearch:
    """Return a search whose fate is this person's to decide."""
    found = readable(connection, person, id_or_name, removed=removed)
    if not may_manage(person, found):
        what = "only its owner or an administrator removes a saved search or makes an address for its feed"
        raise NotPermittedError(what, where=found.id, mend="Ask one of them")
    return found
