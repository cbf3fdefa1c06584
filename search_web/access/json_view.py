"""Accounts, tokens and the audit log as JSON, for the API and for the command line.

A person is `{"id", "name", "scopes"}`, with id null where there are no accounts. An account is `{"id", "name", "role",
"created_at", "signed_in_at", "disabled_at"}`, a token `{"id", "owner", "name", "hint", "scopes", "created_at",
"expires_at", "used_at"}`, a line of the audit log `{"number", "at", "user_id", "person", "action", "object", "address",
"request_id"}`.
Times are ISO 8601 in UTC, or null for what was not or will not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from search_web.access.model import Account, Entry, Person, Token


def person_json(person: Person) -> dict[str, Any]:
    """Return who makes a request, and what they may do."""
    return {"id": person.id, "name": person.name, "scopes": sorted(person.scopes)}


def account_json(account: Account) -> dict[str, Any]:
    """Return an account; of its password there is nothing to tell."""
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role.value,
        "created_at": _time(account.created_at),
        "signed_in_at": _time(account.signed_in_at),
        "disabled_at": _time(account.disabled_at),
    }


def accounts_json(accounts: Iterable[Account]) -> dict[str, Any]:
    """Return a list of accounts."""
    return {"accounts": [account_json(account) for account in accounts]}


def token_json(token: Token) -> dict[str, Any]:
    """Return a token without its secret."""
    return {
        "id": token.id,
        "owner": token.owner,
        "name": token.name,
        "hint": token.hint,
        "scopes": sorted(token.scopes),
        "created_at": _time(token.created_at),
        "expires_at": _time(token.expires_at),
        "used_at": _time(token.used_at),
    }


def tokens_json(tokens: Iterable[Token]) -> dict[str, Any]:
    """Return a list of tokens."""
    return {"tokens": [token_json(token) for token in tokens]}


def entries_json(entries: Sequence[Entry], limit: int) -> dict[str, Any]:
    """Return lines of the audit log; `before` is what to ask for to go on, null at the end."""
    lines = [
        {
            "number": entry.number,
            "at": _time(entry.at),
            "user_id": entry.user_id,
            "person": entry.person,
            "action": entry.action,
            "object": entry.object,
            "address": entry.address,
            "request_id": entry.request_id,
        }
        for entry in entries
    ]
    return {"entries": lines, "before": entries[-1].number if len(entries) == limit else None}


def _time(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
