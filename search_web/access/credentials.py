"""Random secrets that stand for somebody, and what is kept of them."""

from __future__ import annotations

import secrets
from hashlib import sha256

TOKEN_PREFIX = "yh_"  # noqa: S105 - it makes tokens known for what they are, to people and to scanners for lost secrets.
_BYTES = 32

_TYPED = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others: i, l, o, 0 and 1."""
_GROUP, _GROUPS = 4, 4


def fresh_secret(prefix: str = "") -> str:
    """Return a secret of 256 random bits, as letters, digits, `-` and `_` behind the prefix."""
    return prefix + secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """Return what is kept of a secret.

    It is too long to be guessed, so that one round of SHA-256 is enough, and how long looking the digest up takes
    tells nothing.
    """
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def fresh_id() -> str:
    """Return an id that no account and no token has."""
    return secrets.token_hex(8)


def fresh_password() -> str:
    """Return a password of 79 random bits that is read from a screen and typed without mistakes."""
    groups = ("".join(secrets.choice(_TYPED) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
