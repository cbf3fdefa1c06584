"""What becomes of what an account leaves behind: its collections and its saved searches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from search_web.access.records import hand_over as hand_over_rest
from search_web.quotes import records as collections
from search_web.quotes.changing import field_changes
from search_web.quotes.editing import free_name, record_change
from search_web.quotes.history import Action, Stamp
from search_web.quotes.model import Visibility
from search_web.quotes.wording import numbered_name
from search_web.saved import records as searches

if TYPE_CHECKING:
    import sqlite3


def hand_over(connection: sqlite3.Connection, leaving: str, heir: str | None) -> None:
    """Give what an account owns to the account `heir`, private as it was; where a name is taken it gets a number.

    Without an heir the team gets what the team saw. What was private stays that of the account that is gone: nobody but
    the local user sees it, who may hand it over later (`yuanhua quotes share NAME --owner ACCOUNT`).
    """
    stamp = Stamp(datetime.now(UTC).replace(microsecond=0), None)
    for before in collections.owned_by(connection, leaving):
        if heir is None and before.visibility is Visibility.PRIVATE:
            continue
        left = replace(before, owner=heir)
        after = replace(left, name=free_name(connection, left))
        collections.update_collection(connection, after)
        record_change(connection, stamp, Action.EDITED, before.id, None, *field_changes(before, after))
    if heir is not None:
        for search in searches.owned_by(connection, leaving):
            name = numbered_name(search.name, lambda one: searches.name_holder(connection, one, heir) is not None)
            searches.write(connection, replace(search, owner=heir, name=name, version=search.version + 1))
    hand_over_rest(connection, leaving, heir, but=("collections", "saved_searches"))
