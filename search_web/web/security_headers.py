"""What every answer tells a browser not to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from search_web.web.identity import is_signed_in

if TYPE_CHECKING:
    from flask import Response

# Everything that a page needs comes from this server; there are no inline scripts or styles.
_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_YEAR = 365 * 24 * 60 * 60


def secure(response: Response) -> Response:
    """Put the headers on an answer that has them not yet."""
    there = {name.lower() for name, _ in response.headers}
    for name, value in _ALWAYS.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
    if is_signed_in() and "Cache-Control" not in response.headers:
        # No cache on the way may give it to somebody else, and the browser asks before it shows it again.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
