"""The page to sign in: asked for by who wants in, and answered to who was in and whose session has ended."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import g, make_response, render_template

from search_web.access.credentials import fresh_secret
from search_web.web.cookies import keep_sign_in, sign_in_secret

if TYPE_CHECKING:
    from flask import Response

    from search_web.web.interrupted import Interrupted


def tie_forms(secret: str) -> None:
    """Let the forms of the page at hand carry the token of this secret, which the browser is only now given."""
    g.form_secret = secret


def sign_in_page(
    onward: str, name: str = "", why: str = "", status: HTTPStatus = HTTPStatus.OK, kept: Interrupted | None = None
) -> Response:
    """Return the form to sign in, which leads on to an address and keeps the form that was sent before it."""
    secret = sign_in_secret() or fresh_secret()
    tie_forms(secret)
    packed = kept.packed() if kept else ""
    answer = make_response(render_template("sign_in.html", onward=onward, name=name, why=why, kept=packed), status)
    answer.headers["Cache-Control"] = "no-store"
    keep_sign_in(answer, secret)
    return answer
