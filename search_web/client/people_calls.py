"""The calls of the client for the accounts of others, for those who look after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access.shapes import AccountEntry, AccountList, NewPassword, SessionList, TokenList
from search_web.client.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.access.model import AccountRole
    from search_web.access.shapes import SessionEntry, Token


class PeopleCalls(Connection):
    """What an admin does with accounts; each is named by its id or its name."""

    def list_people(self) -> Iterator[AccountEntry]:
        """Yield the accounts by name."""
        return self._listed(AccountList, "accounts", "people")

    def person(self, account: str) -> AccountEntry:
        """Return an account."""
        return self._get(AccountEntry, "people", account)

    def add_person(self, name: str, role: AccountRole | str = "reader", *, password: str | None = None) -> NewPassword:
        """Make an account and return it, with the password that was made for it unless one is given: told once."""
        return self._send(NewPassword, "POST", "people", body={"name": name, "role": role, "password": password})

    def change_person(
        self, account: str, *, role: AccountRole | str | None = None, disabled: bool | None = None
    ) -> AccountEntry:
        """Change the role of an account, or let nobody in with it, or again."""
        return self._send(AccountEntry, "PATCH", "people", account, body={"role": role, "disabled": disabled})

    def give_password(self, account: str, *, password: str | None = None) -> NewPassword:
        """Give an account another password, made unless it is given, and sign it out everywhere."""
        return self._send(NewPassword, "POST", "people", account, "password", body={"password": password})

    def remove_person(self, account: str, *, to: str | None = None) -> None:
        """Remove an account with its sessions and tokens; what it owned goes to the account `to`, or to the team."""
        self._ask("DELETE", ("people", account), {"to": to})

    def list_sessions(self, account: str) -> Iterator[SessionEntry]:
        """Yield where somebody is signed in, the last used first."""
        return self._listed(SessionList, "sessions", "people", account, "sessions")

    def sign_out_person(self, account: str) -> None:
        """Sign somebody out everywhere. Their tokens stay valid."""
        self._ask("DELETE", ("people", account, "sessions"), {})

    def list_tokens_of(self, account: str) -> Iterator[Token]:
        """Yield the tokens of somebody, without their secrets."""
        return self._listed(TokenList, "tokens", "people", account, "tokens")

    def revoke_token_of(self, account: str, token: str) -> None:
        """Let nobody in with a token of somebody any more; it is named by its id or its name."""
        self._ask("DELETE", ("people", account, "tokens", token), {})
