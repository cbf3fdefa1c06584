"""People and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
