"""The one door: who makes a request, whether they may, and whether the form that they send is of this site."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from search_web.access.model import LOCAL, NOBODY, Person, Scope
from search_web.web.addresses import local_address
from search_web.web.body_limits import limit_body
from search_web.web.cookies import session_secret, sign_in_secret
from search_web.web.current import current_doors
from search_web.web.entrance import sign_in_page
from search_web.web.form_fields import FormFields
from search_web.web.form_tokens import FIELD, HEADER, form_token, is_form_token
from search_web.web.identity import current_person, is_signed_in, may
from search_web.web.interrupted import interrupted_form, offer
from search_web.web.limiting import limit_requests
from search_web.web.permissions import NEEDS, OPEN
from search_web.web.translating import JSON_PATHS

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from search_web.access.settings import AccessSettings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REALM = "yuanhua"
_SIGN_IN: Final = "signing.enter"
_REFUSED: Final = "refused"
_FOR_WHOEVER: Final = frozenset({"static", "health.alive", "health.ready", "metrics"})
"""What is the same for everybody, and is answered though the notebook cannot be read."""


class ScopeMissing(Forbidden):
    """Whoever asks may not do this; `scope` is what they would need."""

    def __init__(self, scope: Scope, *, by_token: bool) -> None:
        whose = "This token" if by_token else "Your account"
        super().__init__(f"{whose} may not do that: it needs the scope {scope}")
        self.scope = scope


def guard_requests(app: Flask, settings: AccessSettings) -> None:
    """Let every request to this application through one door; `register_blueprint` nothing that asks before it."""
    app.jinja_env.add_extension(FormFields)
    app.jinja_env.globals.update(
        may=may, is_signed_in=is_signed_in, current_person=current_person, form_field=form_field, page_token=page_token
    )
    app.before_request(identify)
    limit_requests(app, settings)
    app.before_request(enforce)


def identify() -> None:
    """Note in `g.person` who makes the request; a token goes before a session."""
    g.person, g.by_token, g.expires_at = NOBODY, False, None
    if request.endpoint in _FOR_WHOEVER:
        return
    doors = current_doors()
    if doors.are_open():
        g.person = LOCAL
        return
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        found = doors.tokens.person(secret.strip())
        g.by_token = True
        if found:
            g.person, g.expires_at = found
    elif secret := session_secret():
        g.person = doors.sessions.person(secret) or NOBODY


def enforce() -> Response | None:
    """Refuse what the person may not do, and forms that are not of this site.

    Return the way to sign in, what was typed under another session to be sent again, or nothing.
    """
    if request.endpoint is None:
        return None  # There is nothing at this address, or not by this method: that answer tells nothing.
    person, need = current_person(), NEEDS.get(request.endpoint, _REFUSED)
    if need == _REFUSED:
        raise Forbidden("Nobody may do that: the table of permissions does not have it")
    if need is not OPEN and person is NOBODY:
        return _challenge()
    if isinstance(need, Scope) and need not in person.scopes:
        raise ScopeMissing(need, by_token=g.by_token)
    if request.method not in _SAFE:
        limit_body()
        return _check_form(person)
    return None


def form_field() -> Markup:
    """Return the field that every form which posts carries; nothing where nobody needs to sign in."""
    token = page_token()
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token) if token else Markup("")


def page_token() -> str:
    """Return the token for the forms of the page at hand, or an empty text where they need none."""
    secret = _form_secret()
    return form_token(secret) if secret else ""


def _form_secret() -> str:
    tied: str = g.get("form_secret", "")
    if tied or not is_signed_in() or g.by_token:
        return tied
    return session_secret()


def _check_form(person: Person) -> Response | None:
    """Raise Forbidden where a browser sends what no page of this site has made it send.

    What somebody typed on a page of this site before they signed in anew is returned to them, to send it again.
    """
    if g.by_token or (person.id is None and request.endpoint != _SIGN_IN) or person is LOCAL:
        return None  # Nothing here is brought along by a browser on its own.
    secret = sign_in_secret() if request.endpoint == _SIGN_IN else session_secret()
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not secret or not is_form_token(given, secret):
        if given and not request.path.startswith(JSON_PATHS) and (form := interrupted_form()):
            return offer(form, _page_before() or "/", HTTPStatus.FORBIDDEN)
        raise Forbidden("This form was made for another session: load the page anew, and send it again")
    return None


def _challenge() -> Response:
    """Raise Unauthorized for programs; send people to the page to sign in, and from there back to where they were."""
    if request.path.startswith(JSON_PATHS) or g.by_token:
        details: dict[str, str | None] = {"realm": _REALM, **({"error": "invalid_token"} if g.by_token else {})}
        what = "This token is not valid, or not any more" if g.by_token else "Send a token: Authorization: Bearer yh_…"
        raise Unauthorized(what, www_authenticate=WWWAuthenticate("Bearer", details))
    if request.method in {"GET", "HEAD"}:
        back = request.full_path.rstrip("?")
    else:
        back = _page_before()
        limit_body()
        if form := interrupted_form():
            return sign_in_page(back or "/", status=HTTPStatus.UNAUTHORIZED, kept=form)
    page = url_for("signing.form", next=local_address(back) or "/")
    return redirect(page, HTTPStatus.SEE_OTHER)


def _page_before() -> str:
    """Return the address of the page of this site from which the request comes, or an empty text."""
    parts = urlsplit(request.referrer or "")
    back = parts.path + (f"?{parts.query}" if parts.query else "")
    return local_address(back) if parts.netloc == request.host else ""
