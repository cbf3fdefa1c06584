"""People and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Scope(StrEnum):
    """One thing that a person or a token may do."""

    SEARCH = "search"
    QUOTES_READ = "quotes:read"
    QUOTES_WRITE = "quotes:write"
    INDEX = "index"
    ADMIN = "admin"


class AccountRole(StrEnum):
    """What an account is for; each role may do all that the one before may."""

    READER = "reader"
    WRITER = "writer"
    ADMIN = "admin"

    @property
    def scopes(self) -> frozenset[Scope]:
        """Everything that an account of this role may do."""
        return _SCOPES[self]


_READER = frozenset({Scope.SEARCH, Scope.QUOTES_READ})
_WRITER = _READER | {Scope.QUOTES_WRITE, Scope.INDEX}
_SCOPES = {AccountRole.READER: _READER, AccountRole.WRITER: _WRITER, AccountRole.ADMIN: frozenset(Scope)}


@dataclass(frozen=True, slots=True)
class Person:
    """Who makes a request. `id` is None for the local user of a server without accounts, who may do everything."""

    id: str | None
    name: str
    scopes: frozenset[Scope]


LOCAL = Person(id=None, name="", scopes=frozenset(Scope))
"""Whoever sits at this machine, where there are no accounts."""

NOBODY = Person(id=None, name="", scopes=frozenset())
"""Whoever has not signed in, where there are accounts."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, unless disabled."""

    id: str
    name: str
    role: AccountRole
    created_at: datetime
    signed_in_at: datetime | None = None
    disabled_at: datetime | None = None

    @property
    def person(self) -> Person:
        """Who makes a request with this account."""
        return Person(self.id, self.name, self.role.scopes)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in with a browser. `key` names it to its owner, and opens nothing."""

    key: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the API, without its secret. `hint` is how that ends; `scopes` what it may do, if its owner may."""

    id: str
    owner: str
    name: str
    hint: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log: who did what to which object, from which address, in which request.

    `user_id` is None for the local user of a server without accounts, and for the command line.
    """

    number: int
    at: datetime
    user_id: str | None
    person: str
    action: str
    object: str
    address: str
    request_id: str
