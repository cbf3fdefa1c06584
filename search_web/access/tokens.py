"""Tokens of the API: what programs bring instead of a password. They are shown once, and kept as digests."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from indexer.errors import InvalidRequestError, NameTakenError, NotebookError, NotPermittedError, UnknownTokenError
from search_web.access.accounts import checked_account_name, now
from search_web.access.credentials import TOKEN_PREFIX, digest, fresh_id, fresh_secret
from search_web.access.model import AccountRole, Person, Scope, Token

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Sequence

    from search_web.notebook.database import Notebook

_MOST = 100
"""How many tokens an account may have."""

_NOTED = timedelta(minutes=1)
"""How often it is written down that a token is used."""

_HINT = 4
_SELECT = (
    "SELECT tokens.id, users.name, tokens.name, hint, scopes, tokens.created_at, expires_at, used_at"
    " FROM tokens JOIN users ON users.id = tokens.user_id WHERE revoked_at IS NULL"
)


class Tokens:
    """The tokens of one notebook. They may be used from many threads, and by many processes at once.

    `owner` is the id of an account, and None means the tokens of all. Methods raise UnknownTokenError for a token that
    its owner does not have, NameTakenError for a name that another one of the owner has, InvalidRequestError for what a
    token cannot be, and what `Notebook` raises.
    """

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def make(
        self, owner: Person, name: str, scopes: Iterable[Scope], *, expires_at: datetime | None = None
    ) -> tuple[Token, str]:
        """Make a token that may do at most what its owner may, and return it with its secret: once and never again."""
        checked, wanted, at = checked_account_name(name), frozenset(scopes), self._clock()
        if owner.id is None or not wanted:
            raise InvalidRequestError("a token must be for something", where="scopes", mend=f"Name some of {_named()}")
        if beyond := wanted - owner.scopes:
            what = f"you may not pass on {', '.join(sorted(beyond))}"
            raise InvalidRequestError(what, where="scopes", mend=f"Name some of {', '.join(sorted(owner.scopes))}")
        if expires_at is not None and expires_at <= at:
            raise InvalidRequestError("that time has passed", where="expires_at", mend="Name one to come")
        secret = fresh_secret(TOKEN_PREFIX)
        with self._notebook.writing() as connection:
            standing = _read(connection, owner.id)
            if any(token.name == checked for token in standing):
                raise NameTakenError(f"you have a token '{checked}'", where="name", mend="Take another name")
            if len(standing) >= _MOST:
                mend = "Revoke those that are not used any more"
                raise InvalidRequestError(f"you have {_MOST} tokens", where="name", mend=mend)
            made = Token(fresh_id(), owner.name, checked, secret[-_HINT:], wanted, at, expires_at)
            connection.execute(
                "INSERT INTO tokens (id, user_id, name, digest, hint, scopes, created_at, expires_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    made.id,
                    owner.id,
                    checked,
                    digest(secret),
                    made.hint,
                    " ".join(sorted(wanted)),
                    at.isoformat(),
                    expires_at.isoformat() if expires_at else None,
                ),
            )
        return made, secret

    def person(self, secret: str) -> tuple[Person, datetime | None] | None:
        """Return who comes with this token, and when it expires; None for nobody.

        They may do what the token may and their account still may.
        """
        key, at = digest(secret), self._clock()
        with self._notebook.reading() as connection:
            row = connection.execute(
                "SELECT users.id, users.name, users.role, tokens.scopes, tokens.expires_at, tokens.used_at"
                " FROM tokens JOIN users ON users.id = tokens.user_id WHERE tokens.digest = ?"
                " AND tokens.revoked_at IS NULL AND users.disabled_at IS NULL AND users.removed_at IS NULL",
                (key,),
            ).fetchone()
        if row is None:
            return None
        user_id, name, role, scopes, expires, used = row
        expires_at, used_at = _time(expires), _time(used)
        if expires_at is not None and expires_at <= at:
            return None
        if used_at is None or abs(at - used_at) > _NOTED:
            # It is no reason to answer nothing that this cannot be written.
            with suppress(NotebookError), self._notebook.writing() as connection:
                connection.execute("UPDATE tokens SET used_at = ? WHERE digest = ?", (at.isoformat(), key))
        return Person(user_id, name, frozenset(map(Scope, scopes.split())) & AccountRole(role).scopes), expires_at

    def of(self, owner: str | None) -> tuple[Token, ...]:
        """Return the tokens that were not revoked, those that have expired among them, the newest first."""
        with self._notebook.reading() as connection:
            return _read(connection, owner)

    def revoke(self, owner: str | None, id_or_name: str, within: Collection[Scope] = frozenset(Scope)) -> Token:
        """Let nobody in with a token any more.

        Raises NotPermittedError for one that may do something that is not `within` what whoever asks may do.
        """
        with self._notebook.writing() as connection:
            standing = _read(connection, owner)
            found = [token for token in standing if token.id == id_or_name]
            found = found or [token for token in standing if token.name == id_or_name]
            if len(found) != 1:
                what = f"{len(found)} tokens are called" if found else "there is no token"
                mend = "Give the id: yuanhua tokens list" if found else "List them with: yuanhua tokens list"
                raise UnknownTokenError(f"{what} '{id_or_name}'", mend=mend)
            if beyond := found[0].scopes - set(within):
                what = f"a token that may do less does not revoke one for {', '.join(sorted(beyond))}"
                raise NotPermittedError(what, where=found[0].name, mend="Revoke it on the page of your account")
            connection.execute(
                "UPDATE tokens SET revoked_at = ? WHERE id = ?", (self._clock().isoformat(), found[0].id)
            )
            return found[0]


def _read(connection: sqlite3.Connection, owner: str | None) -> tuple[Token, ...]:
    rows = connection.execute(
        f"{_SELECT} AND (? IS NULL OR tokens.user_id = ?) ORDER BY tokens.created_at DESC, tokens.id", (owner, owner)
    )
    return tuple(map(_token, rows))


def _token(row: Sequence[Any]) -> Token:
    token_id, owner, name, hint, scopes, created_at, expires_at, used_at = row
    return Token(
        id=token_id,
        owner=owner,
        name=name,
        hint=hint,
        scopes=frozenset(map(Scope, scopes.split())),
        created_at=datetime.fromisoformat(created_at),
        expires_at=_time(expires_at),
        used_at=_time(used_at),
    )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _named() -> str:
    return ", ".join(sorted(Scope))
