"""Accounts, tokens and the audit log on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from indexer.cli.output import console, printable
from search_web.quotes_cli.printing import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from search_web.access.model import Account, Entry, Token


def print_accounts(accounts: Sequence[Account]) -> None:
    """Print the list of accounts as a table."""
    if not accounts:
        say("There are no accounts, and a server on this machine is open. Make one with: yuanhua users add NAME")
        return
    rows = [
        (one.name, one.role.value, _minute(one.created_at), _minute(one.signed_in_at), _state(one), one.id)
        for one in accounts
    ]
    _print(("name", "role", "made", "signed in", "", "id"), rows)


def print_tokens(tokens: Sequence[Token]) -> None:
    """Print the list of tokens as a table."""
    if not tokens:
        say("There are no tokens. Make one with: yuanhua tokens add NAME TOKEN")
        return
    rows = [
        (
            one.owner,
            one.name,
            f"…{one.hint}",
            ", ".join(sorted(one.scopes)),
            _minute(one.used_at),
            _minute(one.expires_at),
            one.id,
        )
        for one in tokens
    ]
    _print(("account", "token", "", "scopes", "used", "expires", "id"), rows)


def print_entries(entries: Sequence[Entry]) -> None:
    """Print lines of the audit log as a table, the latest first."""
    if not entries:
        say("There is nothing in the audit log.")
        return
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M:%S}", one.person or "local", one.action, one.object, one.address, one.request_id)
        for one in entries
    ]
    _print(("when (UTC)", "who", "action", "what", "from", "request"), rows)


def _print(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(*head)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console().print(table)


def _state(account: Account) -> str:
    return "disabled" if account.disabled_at else ""


def _minute(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if time else "never"
