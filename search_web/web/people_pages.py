"""The pages of accounts, for those who look after them: who there is, and what becomes of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from indexer.errors import InvalidRequestError, NameTakenError, UnknownAccountError
from search_web.access.administration import Administration
from search_web.access.model import AccountRole
from search_web.saved.estate import hand_over
from search_web.web.auditing import note
from search_web.web.current import current_doors
from search_web.web.identity import current_person
from search_web.web.preconditions import guard_forms

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from search_web.access.model import Account

people_pages = Blueprint("people_pages", __name__, url_prefix="/people")
people_pages.before_request(guard_forms)


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A password that was just made, and for whom: it is shown this once."""

    name: str
    password: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A new account that could not be made, why, and what was typed."""

    why: str
    name: str
    role: AccountRole


@people_pages.get("")
def people() -> Answer:
    """List the accounts."""
    return _list(done=request.args.get("done", ""))


@people_pages.post("")
def add() -> Answer:
    """Make an account with a password that is shown this once."""
    name, role = request.form.get("name", ""), _role()
    first = not current_doors().accounts.all()
    try:
        made, password = _administration().add(name, role)
    except NameTakenError:
        return _list(Refused(_("There is an account of this name. Take another one."), name, role), status=409)
    except InvalidRequestError as error:
        if error.where == "role":
            why = _("The first account must be an admin: there is nobody else who could make more accounts.")
        else:
            why = _("Write one line of 1 to %(number)s letters, digits and signs.", number=100)
        return _list(Refused(why, name, role), status=400)
    note("people_pages.add", f"{made.name}: {made.role.value}")
    return _list(secret=NewSecret(made.name, password, first))


@people_pages.get("/<account_id>")
def person(account_id: str) -> Answer:
    """Show somebody's account: where they are signed in, their tokens, and what can be done with it."""
    return _page(_account(account_id), done=request.args.get("done", ""))


@people_pages.post("/<account_id>/role")
def role(account_id: str) -> Answer:
    """Let somebody do more, or less."""
    changed = _administration().set_role(account_id, _role())
    note("people_pages.role", f"{changed.name}: {changed.role.value}")
    return _back(changed, "role")


@people_pages.post("/<account_id>/password")
def password(account_id: str) -> Answer:
    """Give somebody another password, and show it this once."""
    changed, chosen = _administration().set_password(account_id)
    note("people_pages.password", changed.name)
    return _page(changed, secret=NewSecret(changed.name, chosen))


@people_pages.post("/<account_id>/disable")
def disable(account_id: str) -> Answer:
    """Let somebody in no more."""
    changed = _administration().disable(account_id)
    note("people_pages.disable", changed.name)
    return _back(changed, "disabled")


@people_pages.post("/<account_id>/enable")
def enable(account_id: str) -> Answer:
    """Let somebody in again."""
    changed = _administration().enable(account_id)
    note("people_pages.enable", changed.name)
    return _back(changed, "enabled")


@people_pages.post("/<account_id>/sign-out")
def sign_out(account_id: str) -> Answer:
    """End all sessions of somebody."""
    other = _administration().sign_out(account_id)
    note("people_pages.sign_out", other.name)
    return _back(other, "signed-out")


@people_pages.post("/<account_id>/tokens/<token_id>/revoke")
def revoke(account_id: str, token_id: str) -> Answer:
    """Let nobody in with a token of somebody any more."""
    revoked = _administration().revoke(account_id, token_id)
    note("people_pages.revoke", f"{revoked.owner}: {revoked.name}")
    return _back(_account(account_id), "revoked")


@people_pages.post("/<account_id>/remove")
def remove(account_id: str) -> Answer:
    """Remove an account; what it owned goes to whom the form names."""
    heir = request.form.get("to", "") or None
    removed = _administration().remove(account_id, heir, hand_over)
    follows = _account(heir).name if heir else ""
    note("people_pages.remove", f"{removed.name}: {follows}" if follows else removed.name)
    return redirect(url_for(".people", done="removed"), HTTPStatus.SEE_OTHER)


def _administration() -> Administration:
    return Administration(current_doors(), current_person())


def _role() -> AccountRole:
    """Return the role that the form names, the least of them where it names none."""
    said = request.form.get("role", "")
    return AccountRole(said) if said in set(AccountRole) else AccountRole.READER


def _account(account_id: str) -> Account:
    """Return the account with this id: a page has no address by name, which may change hands. Raises as `get` does."""
    found = current_doors().accounts.get(account_id)
    if found.id != account_id:
        raise UnknownAccountError("no account has this id", where=account_id, mend="See the list of people")
    return found


def _back(account: Account, done: str) -> Answer:
    return redirect(url_for(".person", account_id=account.id, done=done), HTTPStatus.SEE_OTHER)


def _list(
    failed: Refused | None = None, *, secret: NewSecret | None = None, done: str = "", status: int = HTTPStatus.OK
) -> Answer:
    accounts = current_doors().accounts.all()
    return _unkept(
        render_template(
            "people.html", accounts=accounts, roles=tuple(AccountRole), failed=failed, secret=secret, done=done
        ),
        status,
    )


def _page(account: Account, *, secret: NewSecret | None = None, done: str = "") -> Answer:
    doors = current_doors()
    return _unkept(
        render_template(
            "person.html",
            account=account,
            own=account.id == current_person().id,
            others=[one for one in doors.accounts.all() if one.id != account.id and one.disabled_at is None],
            roles=tuple(AccountRole),
            sessions=doors.sessions.of(account.id),
            tokens=doors.tokens.of(account.id),
            now=datetime.now(UTC),
            secret=secret,
            done=done,
        )
    )


def _unkept(page: str, status: int = HTTPStatus.OK) -> Answer:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
