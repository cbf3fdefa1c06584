"""The shapes of accounts, tokens and the audit log as JSON; json_view.py makes them."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from search_web.access.model import AccountRole, Scope  # noqa: TC001 - pydantic reads the annotations.


class Who(TypedDict):
    """Who makes a request, and what they may do with it; `id` is null where there are no accounts."""

    id: str | None
    name: str
    scopes: list[Scope]


class AccountEntry(TypedDict):
    """An account; nobody comes in with one that is disabled."""

    id: str
    name: str
    role: AccountRole
    created_at: str
    signed_in_at: str | None
    disabled_at: str | None


class AccountList(TypedDict):
    """Accounts by name."""

    total: int
    accounts: list[AccountEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class NewPassword(AccountEntry):
    """An account with the password that was made for it: that is not told again."""

    password: str | None
    """Null where whoever asked said which."""


class SessionEntry(TypedDict):
    """Somebody who is signed in with a browser; `key` tells it from others, and opens nothing."""

    key: str
    created_at: str
    seen_at: str
    address: str
    agent: str


class SessionList(TypedDict):
    """Where somebody is signed in, the last used first."""

    total: int
    sessions: list[SessionEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class Token(TypedDict):
    """A token of the API; `hint` is how its secret ends, `scopes` what it may do as long as its owner may."""

    id: str
    owner: str
    name: str
    hint: str
    scopes: list[Scope]
    created_at: str
    expires_at: str | None
    used_at: str | None


class TokenList(TypedDict):
    """Tokens that were not revoked, the newest first."""

    total: int
    tokens: list[Token]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class MadeToken(Token):
    """A new token, with its secret: that is not told again."""

    token: str


class AuditEntry(TypedDict):
    """A line of the audit log; `object` is the address or the name of what was changed."""

    number: int
    at: str
    user_id: str | None
    """Null for the local user of a server without accounts, and for the command line."""
    person: str
    action: str
    object: str
    address: str
    request_id: str


class AuditEntries(TypedDict):
    """Who changed what, the latest first."""

    entries: list[AuditEntry]
    next_cursor: str | None
