"""How a server lets people in."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""What this machine calls itself: a page from elsewhere that makes a browser ask under another name is refused."""


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """How a server lets people in.

    `guarded` lets nobody in without an account even while there is none. `trusted_hosts` are the names beside those of
    LOOPBACK under which it answers, a leading dot standing for all below. `forwarded` is how many proxies before it are
    believed what they say of the client. The limits are as `600 per minute`, several with `;` between, or "" for none.
    """

    guarded: bool = False
    trusted_hosts: tuple[str, ...] = ()
    forwarded: int = 0
    rate_limit: str = ""
    address_rate_limit: str = ""
    sign_in_rate_limit: str = ""
