"""From where a request comes, as far as counting needs it."""

from __future__ import annotations

import ipaddress

_HOME = 64
"""Whoever has one address of IPv6 has its network of so many bits (RFC 6177), and could take a new one each time."""


def origin(address: str) -> str:
    """Return what is counted together of an address: itself, or its network where it is one of IPv6."""
    if ":" not in address:
        return address
    try:
        read = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.IPv6Network((read, _HOME), strict=False))
