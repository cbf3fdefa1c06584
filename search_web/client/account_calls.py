"""The calls of the client for one's own account: who asks, tokens, and for admins the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access.shapes import AuditEntries, MadeToken, TokenList, Who
from search_web.client.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from search_web.access.model import Scope
    from search_web.access.shapes import AuditEntry, Token


class AccountCalls(Connection):
    """What a program does with the account whose token it has."""

    def whoami(self) -> Who:
        """Return who asks, and what they may do."""
        return self._get(Who, "account")

    def list_tokens(self) -> Iterator[Token]:
        """Yield the tokens of the account, without their secrets."""
        return self._listed(TokenList, "tokens", "tokens")

    def make_token(self, name: str, scopes: Sequence[Scope | str], *, expires_at: datetime | None = None) -> MadeToken:
        """Make a token and return it with its secret, which is told once. It may do no more than the one at hand.

        `expires_at` has a zone; without it the token is valid for good.
        """
        body = {"name": name, "scopes": list(scopes), "expires_at": expires_at.isoformat() if expires_at else None}
        return self._send(MadeToken, "POST", "tokens", body=body)

    def revoke_token(self, token_id: str) -> None:
        """Let nobody in with a token any more."""
        self._ask("DELETE", ("tokens", token_id), {})

    def read_audit_log(self, *, user: str | None = None, since: str | None = None) -> Iterator[AuditEntry]:
        """Yield who changed what, the latest first; `user` is a name or an id, `since` a day or a time."""
        return self._listed(AuditEntries, "entries", "audit", user=user, since=since)
