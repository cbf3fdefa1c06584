"""The token that a form of this site carries, so that no other site can send one in somebody's name.

It is the session's secret under HMAC (the "HMAC based token pattern" of OWASP's Cross-Site Request Forgery Prevention
Cheat Sheet), so that there is nothing to keep. Flask-WTF would keep its own in Flask's signed cookie: a second session
beside ours, with a key for all workers to share. The token is masked anew on every page, as Django does, because pages
are packed with gzip and show what was asked: how well they pack would tell a listener the token (BREACH).
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_SIZE = 32


def form_token(secret: str) -> str:
    """Return the token of a session, masked."""
    mask = secrets.token_bytes(_SIZE)
    return urlsafe_b64encode(mask + _xor(mask, _plain(secret))).decode("ascii")


def is_form_token(token: str, secret: str) -> bool:
    """Return whether this is the token of a session, under any mask."""
    try:
        masked = urlsafe_b64decode(token.encode("ascii", "replace"))
    except (NotBase64, ValueError):
        return False
    if len(masked) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_xor(masked[:_SIZE], masked[_SIZE:]), _plain(secret))


def _plain(secret: str) -> bytes:
    # A key as it is would be the same with zeros behind it.
    key = sha256(secret.encode("utf-8", "replace")).digest()
    return hmac.digest(key, b"yuanhua form", sha256)


def _xor(mask: bytes, value: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(mask, value, strict=True))
