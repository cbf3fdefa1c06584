"""The JSON interface of one's own tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - Pydantic reads the annotations at run time.
from http import HTTPStatus

from flask import Blueprint, Response, g, url_for

from indexer.errors import InvalidRequestError, NoAccountsError
from search_web.access.json_view import made_token_json, person_json, tokens_json
from search_web.access.model import Scope
from search_web.access.shapes import MadeToken, TokenList, Who
from search_web.access.times import in_utc
from search_web.web.auditing import note
from search_web.web.current import current_doors
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.identity import current_person
from search_web.web.list_arguments import ListArguments
from search_web.web.listing import part_of
from search_web.web.preconditions import guard_writes, hashed, json_body

tokens_api = Blueprint("tokens_api", __name__, url_prefix="/api/v1")
tokens_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class NewToken:
    """What makes a token: a name, and some of one's own scopes."""

    __pydantic_config__ = _ONLY
    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime | None = None
    """Until when it is valid, with a zone; without it, for good."""


@tokens_api.get("/account")
@endpoint("whoami", answers=Who, tagged=True)
def whoami() -> JsonOf[Who]:
    """Answer who asks, and what they may do."""
    return hashed(json_of(person_json(current_person())))


@tokens_api.get("/tokens")
@endpoint("list_tokens", answers=TokenList, query=ListArguments, tagged=True, conflicts=True)
def tokens() -> JsonOf[TokenList]:
    """List one's own tokens, without their secrets."""
    part = part_of(current_doors().tokens.of(_owner()), lambda token: token.id)
    return hashed(json_of(part.on(tokens_json(part.entries))))


@tokens_api.post("/tokens")
@endpoint("make_token", answers=MadeToken, status=HTTPStatus.CREATED, body=NewToken, conflicts=True)
def make() -> JsonOf[MadeToken]:
    """Make a token, and answer it with its secret: once and never again.

    A token that is made with a token may do no more than that one, and expires no later.
    """
    _owner()
    wanted = json_body(NewToken)
    made, secret = current_doors().tokens.make(
        current_person(), wanted.name, wanted.scopes, expires_at=_expiry(wanted.expires_at)
    )
    note("tokens_api.make", f"{made.owner}: {made.name}")
    response = json_of(made_token_json(made, secret), HTTPStatus.CREATED)
    response.headers["Location"] = url_for(".tokens")
    response.headers["Cache-Control"] = "no-store"
    return response


@tokens_api.delete("/tokens/<token_id>")
@endpoint("revoke_token", status=HTTPStatus.NO_CONTENT, conflicts=True)
def revoke(token_id: str) -> Response:
    """Let nobody in with a token any more.

    A token revokes itself, and those that may do no more than it.
    """
    within = current_person().scopes if g.by_token else frozenset(Scope)
    revoked = current_doors().tokens.revoke(_owner(), token_id, within)
    note("tokens_api.revoke", f"{revoked.owner}: {revoked.name}")
    return Response(status=HTTPStatus.NO_CONTENT)


def _owner() -> str:
    """Return the id of the account whose tokens are meant. Raises NoAccountsError where nobody needs one."""
    owner = current_person().id
    if owner is None:
        mend = "Make an account first: yuanhua users add NAME --role admin"
        raise NoAccountsError("this server has no accounts: whoever reaches it needs no token", mend=mend)
    return owner


def _expiry(wanted: datetime | None) -> datetime | None:
    """Return when the new token expires: no later than the one that it is made with."""
    try:
        ends = [in_utc(one) for one in (wanted, g.expires_at) if one is not None]
    except OverflowError:
        raise InvalidRequestError("there is no such time", where="expires_at", mend="Name one to come") from None
    return min(ends, default=None)
