"""What people see of their own account: where they are signed in, their password, and their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from indexer.errors import InvalidRequestError, NameTakenError, NoAccountsError, TooManyAttemptsError, UnknownTokenError
from search_web.access.model import Scope
from search_web.access.passwords import SHORTEST
from search_web.access.sessions import session_key
from search_web.web.auditing import note
from search_web.web.cookies import drop_session, session_secret
from search_web.web.current import current_doors
from search_web.web.engine_words import said_error
from search_web.web.identity import current_person
from search_web.web.preconditions import guard_forms
from search_web.web.signing import begin_session, by_password_only

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from search_web.access.model import Account, Token

account_page = Blueprint("account_page", __name__, url_prefix="/account")
account_page.before_request(guard_forms)
account_page.before_request(by_password_only)

LIFETIMES = (30, 90, 365, 0)
"""For how many days a token may be made on the page; 0 is for good."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that could not be done: which one, why, in which language, and the name typed into it."""

    form: str
    why: str
    language: str = ""
    name: str = ""


@account_page.get("")
def account() -> Answer:
    """Show the account of who is signed in, with its sessions and tokens."""
    return _page(done=request.args.get("done", ""))


@account_page.post("/sign-out-everywhere")
def leave_everywhere() -> Answer:
    """End all sessions of the account, this one among them."""
    own = _own()
    current_doors().sessions.close_all(own.id)
    note("account_page.leave_everywhere", own.name)
    answer = redirect(url_for("signing.form"), HTTPStatus.SEE_OTHER)
    drop_session(answer)
    return answer


@account_page.post("/password")
def change_password() -> Answer:
    """Change the password of who knows the present one; all other sessions end."""
    own, doors, address = _own(), current_doors(), request.remote_addr or ""
    said = {name: request.form.get(name, "") for name in ("present", "password", "again")}
    try:
        attempt = doors.attempts.begin(own.name, address)
    except TooManyAttemptsError as error:
        refused = _page(Refused("password", _("Too many attempts have failed. Try again later.")), status=429)
        refused.headers["Retry-After"] = str(error.retry_after)
        return refused
    try:
        proved = doors.accounts.prove(own.name, said["present"])
    except TooManyAttemptsError as error:
        doors.attempts.take_back(attempt)
        busy = _page(Refused("password", _("Many people are signing in. Try again in a moment.")), status=429)
        busy.headers["Retry-After"] = str(error.retry_after)
        return busy
    if proved is None:
        return _page(Refused("password", _("The present password is not right.")), status=400)
    doors.attempts.forget(own.name, address)
    if said["password"] != said["again"]:
        return _page(Refused("password", _("The two new passwords are not the same.")), status=400)
    try:
        changed = doors.accounts.set_password(own.id, said["password"])
    except InvalidRequestError:
        why = _("Take at least %(number)s characters, and not your name: several words are best.", number=SHORTEST)
        return _page(Refused("password", why), status=400)
    note("account_page.change_password", own.name)
    answer = redirect(url_for(".account", done="password"), HTTPStatus.SEE_OTHER)
    begin_session(answer, changed)
    return answer


@account_page.post("/tokens")
def make_token() -> Answer:
    """Make a token and show it, this once."""
    own, name = _own(), request.form.get("name", "")
    days = request.form.get("days", "")
    scopes = [scope for scope in Scope if scope.value in request.form.getlist("scope")]
    lifetime = int(days) if days in map(str, LIFETIMES) else LIFETIMES[0]
    expires = datetime.now(UTC) + timedelta(days=lifetime) if lifetime else None
    try:
        made, secret = current_doors().tokens.make(current_person(), name, scopes, expires_at=expires)
    except NameTakenError:
        why = _("Another token of yours has this name. Take another one.")
        return _page(Refused("token", why, name=name), status=409)
    except InvalidRequestError as error:
        if error.where == "name" and not name.strip():
            return _page(Refused("token", _("Give it a name.")), status=400)
        if not scopes:
            return _page(Refused("token", _("Choose what it may do."), name=name), status=400)
        why_not = said_error(error)
        return _page(Refused("token", why_not.text, why_not.language, name), status=400)
    note("account_page.make_token", f"{own.name}: {made.name}")
    return _page(made=made, secret=secret)


@account_page.post("/tokens/<token_id>/revoke")
def revoke_token(token_id: str) -> Answer:
    """Let nobody in with a token any more."""
    own = _own()
    try:
        revoked = current_doors().tokens.revoke(own.id, token_id)
    except UnknownTokenError:
        return redirect(url_for(".account"), HTTPStatus.SEE_OTHER)
    note("account_page.revoke_token", f"{own.name}: {revoked.name}")
    return redirect(url_for(".account", done="revoked"), HTTPStatus.SEE_OTHER)


def _own() -> Account:
    """Return the account of who is signed in. Raises NoAccountsError where nobody needs one."""
    person = current_person()
    if person.id is None:
        mend = "Make one with: yuanhua users add NAME --role admin"
        raise NoAccountsError("this server has no accounts, and is open to whoever sits at this machine", mend=mend)
    return current_doors().accounts.get(person.id)


def _page(
    failed: Refused | None = None,
    *,
    made: Token | None = None,
    secret: str = "",
    done: str = "",
    status: int = HTTPStatus.OK,
) -> Answer:
    doors, own = current_doors(), _own()
    page = render_template(
        "account.html",
        account=own,
        sessions=doors.sessions.of(own.id),
        present=session_key(session_secret()),
        tokens=doors.tokens.of(own.id),
        scopes=[scope for scope in Scope if scope in current_person().scopes],
        lifetimes=LIFETIMES,
        now=datetime.now(UTC),
        failed=failed,
        made=made,
        secret=secret,
        done=done,
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
