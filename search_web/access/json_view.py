"""Accounts, tokens and the audit log as JSON, for the API and for the command line: shapes.py says how they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access.shapes import (
    AccountEntry,
    AccountList,
    AuditEntries,
    AuditEntry,
    MadeToken,
    NewPassword,
    SessionEntry,
    SessionList,
    Token,
    TokenList,
    Who,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from search_web.access import model


def person_json(person: model.Person) -> Who:
    """Return who makes a request, and what they may do."""
    return Who(id=person.id, name=person.name, scopes=sorted(person.scopes))


def account_json(account: model.Account) -> AccountEntry:
    """Return an account; of its password there is nothing to tell."""
    return AccountEntry(
        id=account.id,
        name=account.name,
        role=account.role,
        created_at=account.created_at.isoformat(),
        signed_in_at=_time(account.signed_in_at),
        disabled_at=_time(account.disabled_at),
    )


def accounts_json(accounts: Sequence[model.Account]) -> AccountList:
    """Return a list of accounts."""
    return AccountList(total=len(accounts), accounts=[account_json(account) for account in accounts])


def new_password_json(account: model.Account, password: str | None) -> NewPassword:
    """Return an account with the password that was made for it."""
    return NewPassword(**account_json(account), password=password)


def sessions_json(sessions: Sequence[model.Session]) -> SessionList:
    """Return a list of sessions."""
    listed = [
        SessionEntry(
            key=one.key,
            created_at=one.created_at.isoformat(),
            seen_at=one.seen_at.isoformat(),
            address=one.address,
            agent=one.agent,
        )
        for one in sessions
    ]
    return SessionList(total=len(listed), sessions=listed)


def token_json(token: model.Token) -> Token:
    """Return a token without its secret."""
    return Token(
        id=token.id,
        owner=token.owner,
        name=token.name,
        hint=token.hint,
        scopes=sorted(token.scopes),
        created_at=token.created_at.isoformat(),
        expires_at=_time(token.expires_at),
        used_at=_time(token.used_at),
    )


def made_token_json(token: model.Token, secret: str) -> MadeToken:
    """Return a token with its secret."""
    return MadeToken(**token_json(token), token=secret)


def tokens_json(tokens: Iterable[model.Token]) -> TokenList:
    """Return a list of tokens."""
    listed = [token_json(token) for token in tokens]
    return TokenList(total=len(listed), tokens=listed)


def entries_json(entries: Sequence[model.Entry], limit: int) -> AuditEntries:
    """Return lines of the audit log; `next_cursor` leads on, and is null at the end."""
    return AuditEntries(
        entries=[
            AuditEntry(
                number=entry.number,
                at=entry.at.isoformat(),
                user_id=entry.user_id,
                person=entry.person,
                action=entry.action,
                object=entry.object,
                address=entry.address,
                request_id=entry.request_id,
            )
            for entry in entries
        ],
        next_cursor=str(entries[-1].number) if len(entries) == limit else None,
    )


def _time(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
