"""Accounts by their names, for pages and JSON that say who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def names_of(accounts: Iterable[str | None]) -> Mapping[str, str]:
    """Return the names of accounts by their ids, those that were removed too."""
    return {one: one for one in accounts if one}


def account_called(id_or_name: str) -> str:
    """Return the id of the account with this id or name."""
    return id_or_name
