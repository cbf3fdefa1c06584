"""Accounts by their names, for pages and JSON that say who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError, UnknownAccountError
from search_web.web.current import current_doors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def names_of(accounts: Iterable[str | None]) -> Mapping[str, str]:
    """Return the names of accounts by their ids, those that were removed too; None and an empty id have none."""
    return current_doors().accounts.names(one for one in accounts if one)


def account_called(id_or_name: str) -> str:
    """Return the id of the account with this id or name. Raises InvalidRequestError."""
    try:
        return current_doors().accounts.get(id_or_name).id
    except UnknownAccountError as error:
        mend = "Give the name that its owner signs in with"
        raise InvalidRequestError(error.what, where="owner", mend=mend) from error
