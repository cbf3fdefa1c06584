"""The cookies by which a browser is known: that of a session, and before it that of the form to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_SESSION = "yuanhua_session"
_FORM = "yuanhua_sign_in"
_HOST = "__Host-"
"""Browsers take a cookie of this prefix only over https, from the host itself, for all of its paths (RFC 6265bis)."""

_LONGEST = 200


def session_secret() -> str:
    """Return the secret of the session that the request at hand brings, or an empty text."""
    return _read(_SESSION)


def keep_session(response: Response, secret: str) -> None:
    """Let the browser bring this secret from now on, until it is closed."""
    _keep(response, _SESSION, secret, "Lax")
    _drop(response, _FORM)


def drop_session(response: Response) -> None:
    """Let the browser forget the session."""
    _drop(response, _SESSION)


def sign_in_secret() -> str:
    """Return what ties the form to sign in to the browser that was shown it, or an empty text."""
    return _read(_FORM)


def keep_sign_in(response: Response, secret: str) -> None:
    """Tie the form to sign in to this browser."""
    _keep(response, _FORM, secret, "Strict")


def _name(plain: str) -> str:
    return f"{_HOST}{plain}" if request.is_secure else plain


def _read(plain: str) -> str:
    found = request.cookies.get(_name(plain), "")
    return found if len(found) <= _LONGEST else ""


def _keep(response: Response, plain: str, secret: str, same_site: str) -> None:
    response.set_cookie(_name(plain), secret, path="/", secure=request.is_secure, httponly=True, samesite=same_site)


def _drop(response: Response, plain: str) -> None:
    response.delete_cookie(_name(plain), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
