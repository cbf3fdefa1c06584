"""What admins do with the accounts of others, over the web: the same rules for the page and the API.

Nobody does it to their own account: so at least the one who asks can still come in, whatever they do to the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError, NotPermittedError, OwnAccountError
from search_web.access import records
from search_web.access.credentials import fresh_password
from search_web.access.model import AccountRole

if TYPE_CHECKING:
    from search_web.access.accounts import Handing
    from search_web.access.doors import Doors
    from search_web.access.model import Account, Person, Token


@dataclass(frozen=True, slots=True)
class Administration:
    """The accounts of `doors` in the hands of `person`, who may do with them at most what they may do themselves.

    Methods raise NotPermittedError for what goes beyond that, OwnAccountError for their own account, and what
    `Accounts` and `Tokens` raise.
    """

    doors: Doors
    person: Person

    def add(self, name: str, role: AccountRole, password: str | None = None) -> tuple[Account, str]:
        """Make an account, and return it with its password: a new one, unless one is given.

        Where there are no accounts yet, the first one must be an admin. Raises InvalidRequestError.
        """
        self._within(role)
        if role is not AccountRole.ADMIN and not self.doors.accounts.all():
            mend = "Make it an admin: there is nobody else who could make more accounts"
            raise InvalidRequestError("the first account must be an admin", where="role", mend=mend)
        chosen = fresh_password() if password is None else password
        return self.doors.accounts.add(name, chosen, role), chosen

    def set_role(self, id_or_name: str, role: AccountRole) -> Account:
        """Let somebody do more, or less."""
        other = self._other(id_or_name)
        self._within(role)
        return self.doors.accounts.set_role(other.id, role)

    def set_password(self, id_or_name: str, password: str | None = None) -> tuple[Account, str]:
        """Give somebody another password, a new one unless it is given, and end their sessions."""
        other = self._other(id_or_name)
        chosen = fresh_password() if password is None else password
        return self.doors.accounts.set_password(other.id, chosen), chosen

    def disable(self, id_or_name: str) -> Account:
        """Let somebody in no more until `enable`."""
        return self.doors.accounts.disable(self._other(id_or_name).id)

    def enable(self, id_or_name: str) -> Account:
        """Let somebody in again."""
        return self.doors.accounts.enable(self._other(id_or_name).id)

    def remove(self, id_or_name: str, heir: str | None = None, hand_over: Handing = records.hand_over) -> Account:
        """Take an account away; what it owned goes to `heir`, as `Accounts.remove` has it."""
        return self.doors.accounts.remove(self._other(id_or_name).id, heir, hand_over)

    def sign_out(self, id_or_name: str) -> Account:
        """End all sessions of somebody."""
        other = self._other(id_or_name)
        self.doors.sessions.close_all(other.id)
        return other

    def revoke(self, id_or_name: str, token: str) -> Token:
        """Let nobody in with a token of somebody any more."""
        return self.doors.tokens.revoke(self._other(id_or_name).id, token, self.person.scopes)

    def _other(self, id_or_name: str) -> Account:
        found = self.doors.accounts.get(id_or_name)
        if found.id == self.person.id:
            mend = "Ask another admin, or use the page of your account"
            raise OwnAccountError("nobody does that to their own account", where=found.name, mend=mend)
        self._within(found.role)
        return found

    def _within(self, role: AccountRole) -> None:
        """Raise NotPermittedError where an account of this role may do more than whoever asks: a token, that is."""
        if beyond := role.scopes - self.person.scopes:
            mend = f"Use a token that may do {', '.join(sorted(beyond))} too"
            raise NotPermittedError(f"this token may do less than a {role.value}", mend=mend)
