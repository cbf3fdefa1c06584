"""The JSON interface of accounts, for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from indexer.errors import InvalidRequestError
from search_web.access.administration import Administration
from search_web.access.json_view import account_json, accounts_json, new_password_json, sessions_json, tokens_json
from search_web.access.model import AccountRole
from search_web.access.shapes import AccountEntry, AccountList, NewPassword, SessionList, TokenList
from search_web.saved.estate import hand_over
from search_web.web.arguments import DESCRIBED
from search_web.web.auditing import note
from search_web.web.current import current_doors
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.identity import current_person
from search_web.web.list_arguments import ListArguments
from search_web.web.listing import part_of
from search_web.web.preconditions import guard_writes, hashed, json_body

people_api = Blueprint("people_api", __name__, url_prefix="/api/v1/people")
people_api.before_request(guard_writes)

_ONLY = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What makes an account."""

    __pydantic_config__ = _ONLY
    name: str
    role: AccountRole = AccountRole.READER
    password: str | None = None
    """The password; without it one is made, and answered this once."""


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What changes an account; what is left out stays."""

    __pydantic_config__ = _ONLY
    role: AccountRole | None = None
    disabled: bool | None = None
    """Whether nobody comes in with it, neither by password nor by token."""


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """What gives an account another password."""

    __pydantic_config__ = _ONLY
    password: str | None = None
    """The password; without it one is made, and answered this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalArguments:
    """Who gets what an account owned."""

    __pydantic_config__ = DESCRIBED
    to: str | None = None
    """The id or the name of an account; without it the team gets what the team saw."""


@people_api.get("")
@endpoint("list_people", answers=AccountList, query=ListArguments, tagged=True, conflicts=True)
def people() -> JsonOf[AccountList]:
    """List the accounts by name."""
    part = part_of(current_doors().accounts.all(), lambda account: account.id)
    return hashed(json_of(part.on(accounts_json(part.entries))))


@people_api.post("")
@endpoint("add_person", answers=NewPassword, status=HTTPStatus.CREATED, body=NewAccount, conflicts=True)
def add() -> JsonOf[NewPassword]:
    """Make an account.

    The first one must be an admin; as soon as there is one, nobody comes in without. Who asks with a token makes none
    that may do more than that.
    """
    wanted = json_body(NewAccount)
    made, password = _administration().add(wanted.name, wanted.role, wanted.password)
    note("people_api.add", f"{made.name}: {made.role.value}")
    answer = json_of(new_password_json(made, None if wanted.password else password), HTTPStatus.CREATED)
    answer.headers["Location"] = url_for(".person", account_id=made.id)
    return _kept_nowhere(answer)


@people_api.get("/<account_id>")
@endpoint("person", answers=AccountEntry, tagged=True)
def person(account_id: str) -> JsonOf[AccountEntry]:
    """Answer an account."""
    return hashed(json_of(account_json(current_doors().accounts.get(account_id))))


@people_api.patch("/<account_id>")
@endpoint("change_person", answers=AccountEntry, body=AccountChange, conflicts=True)
def change(account_id: str) -> JsonOf[AccountEntry]:
    """Change the role of an account, or let it in no more, or again. What it has signed in with follows at once."""
    wanted, administration = json_body(AccountChange), _administration()
    if wanted.role is None and wanted.disabled is None:
        raise InvalidRequestError("nothing is to be changed", where="the body", mend="Name role or disabled")
    changed = current_doors().accounts.get(account_id)
    if wanted.role is not None:
        changed = administration.set_role(changed.id, wanted.role)
        note("people_api.role", f"{changed.name}: {changed.role.value}")
    if wanted.disabled is not None:
        changed = (administration.disable if wanted.disabled else administration.enable)(changed.id)
        note("people_api.disable" if wanted.disabled else "people_api.enable", changed.name)
    return json_of(account_json(changed))


@people_api.post("/<account_id>/password")
@endpoint("give_password", answers=NewPassword, body=PasswordChange, conflicts=True)
def password(account_id: str) -> JsonOf[NewPassword]:
    """Give an account another password. It is signed out everywhere; its tokens stay valid."""
    wanted = json_body(PasswordChange)
    changed, chosen = _administration().set_password(account_id, wanted.password)
    note("people_api.password", changed.name)
    return _kept_nowhere(json_of(new_password_json(changed, None if wanted.password else chosen)))


@people_api.delete("/<account_id>")
@endpoint("remove_person", status=HTTPStatus.NO_CONTENT, query=RemovalArguments, conflicts=True)
def remove(account_id: str) -> Response:
    """Remove an account with its sessions and tokens. Its collections stay, and go to somebody else."""
    heir = request.args.get("to", "").strip() or None
    removed = _administration().remove(account_id, heir, hand_over)
    note("people_api.remove", f"{removed.name}: {heir}" if heir else removed.name)
    return Response(status=HTTPStatus.NO_CONTENT)


@people_api.get("/<account_id>/sessions")
@endpoint("list_sessions", answers=SessionList, query=ListArguments, tagged=True, conflicts=True)
def sessions(account_id: str) -> JsonOf[SessionList]:
    """List where somebody is signed in."""
    doors = current_doors()
    part = part_of(doors.sessions.of(doors.accounts.get(account_id).id), lambda one: one.key)
    return hashed(json_of(part.on(sessions_json(part.entries))))


@people_api.delete("/<account_id>/sessions")
@endpoint("sign_out_person", status=HTTPStatus.NO_CONTENT, conflicts=True)
def sign_out(account_id: str) -> Response:
    """Sign somebody out everywhere. Their tokens stay valid."""
    note("people_api.sign_out", _administration().sign_out(account_id).name)
    return Response(status=HTTPStatus.NO_CONTENT)


@people_api.get("/<account_id>/tokens")
@endpoint("list_tokens_of", answers=TokenList, query=ListArguments, tagged=True, conflicts=True)
def tokens(account_id: str) -> JsonOf[TokenList]:
    """List the tokens of somebody, without their secrets."""
    doors = current_doors()
    part = part_of(doors.tokens.of(doors.accounts.get(account_id).id), lambda token: token.id)
    return hashed(json_of(part.on(tokens_json(part.entries))))


@people_api.delete("/<account_id>/tokens/<token_id>")
@endpoint("revoke_token_of", status=HTTPStatus.NO_CONTENT, conflicts=True)
def revoke(account_id: str, token_id: str) -> Response:
    """Let nobody in with a token of somebody any more."""
    revoked = _administration().revoke(account_id, token_id)
    note("people_api.revoke", f"{revoked.owner}: {revoked.name}")
    return Response(status=HTTPStatus.NO_CONTENT)


def _administration() -> Administration:
    return Administration(current_doors(), current_person())


def _kept_nowhere(answer: JsonOf[NewPassword]) -> JsonOf[NewPassword]:
    answer.headers["Cache-Control"] = "no-store"
    return answer
