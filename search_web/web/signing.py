"""Signing in with a name and a password, and signing out."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import Forbidden

from indexer.errors import TooManyAttemptsError, UnknownAccountError
from search_web.web.addresses import local_address
from search_web.web.auditing import note
from search_web.web.cookies import drop_session, keep_session, session_secret
from search_web.web.current import current_doors
from search_web.web.entrance import sign_in_page, tie_forms
from search_web.web.identity import current_person, is_signed_in
from search_web.web.interrupted import offer, unpacked
from search_web.web.preconditions import guard_forms

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from search_web.access.model import Account

signing = Blueprint("signing", __name__)
signing.before_request(guard_forms)

_LONGEST = 1024
_HOME = "/"


@signing.get("/sign-in")
def form() -> Answer:
    """Show the form to sign in; who needs none is led on."""
    onward = local_address(request.args.get("next", ""))
    if is_signed_in() or current_doors().are_open():
        return redirect(onward or _HOME, HTTPStatus.SEE_OTHER)
    return sign_in_page(onward)


@signing.post("/sign-in")
def enter() -> Answer:
    """Begin a session for whoever knows the password of the account, and lead on to where they wanted to go."""
    doors = current_doors()
    if doors.are_open():
        return redirect(_HOME, HTTPStatus.SEE_OTHER)
    name, password = request.form.get("name", "")[:_LONGEST], request.form.get("password", "")[:_LONGEST]
    onward, address = local_address(request.form.get("next", "")), request.remote_addr or ""
    form_before = unpacked(request.form.get("kept", ""))
    try:
        attempt = doors.attempts.begin(name, address)
    except TooManyAttemptsError as error:
        minutes = -(-error.retry_after // 60)
        why = ngettext(
            "Too many sign-ins have failed. Try again in %(num)s minute.",
            "Too many sign-ins have failed. Try again in %(num)s minutes.",
            minutes,
        )
        return _wait(sign_in_page(onward, name, why, HTTPStatus.TOO_MANY_REQUESTS, form_before), error)
    try:
        account = doors.accounts.prove(name, password)
    except TooManyAttemptsError as error:
        doors.attempts.take_back(attempt)
        why = _("Many people are signing in. Try again in a moment.")
        return _wait(sign_in_page(onward, name, why, HTTPStatus.TOO_MANY_REQUESTS, form_before), error)
    if account is None:
        note("signing.refused", _known(name))
        why = _("The name or the password is not right.")
        return sign_in_page(onward, name, why, HTTPStatus.UNAUTHORIZED, form_before)
    doors.attempts.forget(name, address)
    note("signing.enter", account.name, account.person)
    if form_before:
        secret = open_session(account)
        tie_forms(secret)
        again = offer(form_before, onward or _HOME, HTTPStatus.OK)
        keep_session(again, secret)
        return again
    answer = redirect(onward or _HOME, HTTPStatus.SEE_OTHER)
    begin_session(answer, account)
    return answer


@signing.post("/sign-out")
def leave() -> Answer:
    """End the session of this browser."""
    if current_person().id is None:
        return redirect(_HOME, HTTPStatus.SEE_OTHER)
    current_doors().sessions.close(session_secret())
    note("signing.leave", current_person().name)
    answer = redirect(url_for(".form"), HTTPStatus.SEE_OTHER)
    drop_session(answer)
    return answer


def begin_session(answer: Answer, account: Account) -> None:
    """End the session that this browser had, and begin one of an account, under a secret that nobody has seen."""
    keep_session(answer, open_session(account))


def open_session(account: Account) -> str:
    """End the session that this browser had, and return the secret of a new one, which the answer must keep."""
    sessions = current_doors().sessions
    if former := session_secret():
        sessions.close(former)
    agent = request.headers.get("User-Agent", "")
    return sessions.open(account.id, address=request.remote_addr or "", agent=agent)


def by_password_only() -> None:
    """Refuse what a person must do in the browser. Raises Forbidden for a token."""
    if request.headers.get("Authorization"):
        raise Forbidden("That is done by a person who has signed in, not with a token")


def _wait(answer: Response, error: TooManyAttemptsError) -> Response:
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _known(name: str) -> str:
    """Return the name where an account has it: what is typed there by mistake may be a password, and is not kept."""
    with suppress(UnknownAccountError):
        return current_doors().accounts.get(name).name
    return ""
