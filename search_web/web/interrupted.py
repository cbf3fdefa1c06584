"""A form that comes after its session has ended: what was typed is kept, and offered again to whoever signs in then.

It travels within the form to sign in, so that the server keeps nothing of nobody. It is never sent by itself: the
person sees it and sends it, and only a page of this site can have made it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import make_response, render_template, request

from search_web.web.addresses import local_address
from search_web.web.form_tokens import FIELD

if TYPE_CHECKING:
    from http import HTTPStatus

    from flask import Response

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_BYTES: Final = 256 * 1024
_SECRET: Final = ("/account", "/sign-in", "/sign-out")
"""Where forms have passwords, or are not worth sending again."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A form that was sent in vain: where it was to go, and its fields in their order."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """The fields that people fill in, as far as they did."""
        return tuple((name, value) for name, value in self.fields if name in _TYPED and value.strip())

    def packed(self) -> str:
        """Return it as the value of a field."""
        return json.dumps([self.address, self.fields], ensure_ascii=False)


_TYPED: Final = frozenset(
    {"title", "company", "ticker", "period", "date", "name", "description", "note", "tags", "new", "sentence", "owner"}
)


def interrupted_form() -> Interrupted | None:
    """Return the form that the request at hand sends, or None where nobody has typed anything that may be kept."""
    if request.method != "POST" or request.mimetype != _FORM or request.path.startswith(_SECRET) or not _is_own():
        return None
    if (request.content_length or 0) > _MOST_BYTES:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != FIELD)
    found = Interrupted(request.full_path.rstrip("?"), fields)
    return found if found.typed else None


def unpacked(text: str) -> Interrupted | None:
    """Return what `packed` made, or None for anything else."""
    try:
        address, fields = json.loads(text)
        found = Interrupted(local_address(str(address)), tuple((str(name), str(value)) for name, value in fields))
        found.packed().encode()  # JSON can spell half a character, which no page can hold.
    except (ValueError, TypeError, RecursionError):
        return None
    return found if found.address else None


def offer(form: Interrupted, onward: str, status: HTTPStatus) -> Response:
    """Return the page that has the form ready to be sent again, with a token of the session at hand."""
    answer = make_response(render_template("interrupted.html", form=form, onward=onward), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_own() -> bool:
    """Whether the browser says that a page of this site sends this."""
    origin = request.headers.get("Origin")
    return urlsplit(origin).netloc == request.host if origin else request.headers.get("Sec-Fetch-Site") == "same-origin"
