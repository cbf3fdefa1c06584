"""Addresses that come from outside and lead on: only within this site."""

from __future__ import annotations

import re

_LOCAL = re.compile(r"/(?!/)[^\x00-\x20\\]*")
"""What no browser takes for the address of another site."""


def local_address(address: str) -> str:
    """Return an address of this site, "" for any other."""
    return address if _LOCAL.fullmatch(address) else ""
