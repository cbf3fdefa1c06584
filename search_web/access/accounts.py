"""Accounts in the notebook: making, changing, removing, and proving that one is somebody's."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError, LastAdminError, NameTakenError
from search_web.access import records
from search_web.access.credentials import fresh_id
from search_web.access.model import Account, AccountRole
from search_web.access.passwords import checked_password, hashed_password, is_outdated, is_password

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from search_web.notebook.database import Notebook

    Handing = Callable[[sqlite3.Connection, str, str | None], None]

_LONGEST_NAME = 100


def now() -> datetime:
    """Return the time at which things happen, unless a test says another."""
    return datetime.now(UTC)


def folded(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def checked_account_name(name: str) -> str:
    """Return a name that an account may have: one line without blanks at its ends. Raises InvalidRequestError."""
    line = " ".join(unicodedata.normalize("NFC", name).split())
    if not line or len(line) > _LONGEST_NAME or not line.isprintable():
        mend = f"Write one line of 1 to {_LONGEST_NAME} letters, digits and signs"
        raise InvalidRequestError("no account may be called so", where="name", mend=mend)
    return line


class Accounts:
    """The accounts of one notebook. They may be used from many threads, and by many processes at once.

    Every method is one transaction. They raise UnknownAccountError for a name that nobody has, NameTakenError for one
    that another has, InvalidRequestError for a name or password that cannot be, LastAdminError for what would leave
    others without an admin, and what `Notebook` raises.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._notebook.reading() as connection:
            return tuple(sorted(records.accounts(connection), key=lambda account: folded(account.name)))

    def get(self, id_or_name: str) -> Account:
        """Return the account with this id or name."""
        with self._notebook.reading() as connection:
            return self._found(connection, id_or_name)

    def names(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the names of accounts by their ids, those that were removed too; an id of nobody is left out."""
        wanted = set(ids)
        if not wanted:
            return {}
        with self._notebook.reading() as connection:
            return records.names(connection, wanted)

    def add(self, name: str, password: str, role: AccountRole) -> Account:
        """Make an account."""
        checked = checked_account_name(name)
        kept = hashed_password(checked_password(password, checked))
        with self._notebook.writing() as connection:
            if records.account(connection, folded(checked)) is not None:
                raise NameTakenError(f"there is an account '{checked}'", where="name", mend="Take another name")
            made = Account(fresh_id(), checked, role, self._clock())
            records.add_account(connection, made, folded(checked), kept)
            return made

    def set_role(self, id_or_name: str, role: AccountRole) -> Account:
        """Let an account do more, or less. What it has signed in with stays valid, and may do as much from now on."""
        with self._notebook.writing() as connection:
            found = self._found(connection, id_or_name)
            if role is not AccountRole.ADMIN:
                _check_other_admin(connection, found)
            return records.change_account(connection, replace(found, role=role))

    def set_password(self, id_or_name: str, password: str) -> Account:
        """Give an account another password, and end all of its sessions; its tokens stay valid."""
        found = self.get(id_or_name)
        kept = hashed_password(checked_password(password, found.name))
        with self._notebook.writing() as connection:
            records.keep_password(connection, found.id, kept)
            records.end_sessions(connection, found.id)
            return found

    def disable(self, id_or_name: str) -> Account:
        """Let nobody in with this account, now and until `enable`: its sessions end; its tokens rest."""
        with self._notebook.writing() as connection:
            found = self._found(connection, id_or_name)
            _check_other_admin(connection, found)
            records.end_sessions(connection, found.id)
            return records.change_account(connection, replace(found, disabled_at=found.disabled_at or self._clock()))

    def enable(self, id_or_name: str) -> Account:
        """Let an account in again."""
        with self._notebook.writing() as connection:
            return records.change_account(connection, replace(self._found(connection, id_or_name), disabled_at=None))

    def remove(self, id_or_name: str, heir: str | None = None, hand_over: Handing = records.hand_over) -> Account:
        """Take an account away with its sessions and tokens.

        What it owned goes to the account `heir`, or where that is None to whom `hand_over` gives it, which is told the
        ids of both within the transaction; what it did keeps its name.
        """
        with self._notebook.writing() as connection:
            found = self._found(connection, id_or_name)
            follows = self._found(connection, heir) if heir is not None else None
            if follows == found:
                raise InvalidRequestError("an account cannot inherit from itself", where="to", mend="Name another one")
            if len(records.accounts(connection)) > 1:
                _check_other_admin(connection, found)
            hand_over(connection, found.id, follows.id if follows else None)
            records.remove_account(connection, found.id, self._clock())
            return found

    def prove(self, name: str, password: str) -> Account | None:
        """Return the account of this name if this is its password, else None; both take as long."""
        with self._notebook.reading() as connection:
            found = records.account(connection, folded(name))
            kept = records.password(connection, found.id) if found else ""
        if not is_password(password, kept) or found is None or found.disabled_at is not None:
            return None
        renewed = hashed_password(password) if is_outdated(kept) else kept
        with self._notebook.writing() as connection:
            # What was changed meanwhile, stays changed.
            standing = records.account(connection, folded(name))
            if standing is None or standing.id != found.id or standing.disabled_at is not None:
                return None
            if records.password(connection, found.id) != kept:
                return None
            records.keep_password(connection, found.id, renewed)
            return records.change_account(connection, replace(standing, signed_in_at=self._clock()))

    def _found(self, connection: sqlite3.Connection, id_or_name: str) -> Account:
        return records.known_account(connection, id_or_name, folded(id_or_name))


def _check_other_admin(connection: sqlite3.Connection, leaving: Account) -> None:
    """Raise LastAdminError where nobody else looks after the accounts."""
    admins = [one for one in records.accounts(connection) if one.role is AccountRole.ADMIN and one.disabled_at is None]
    if [one.id for one in admins] == [leaving.id]:
        mend = "Make another one first: yuanhua users role NAME admin"
        raise LastAdminError("this is the last admin", where=leaving.name, mend=mend)
