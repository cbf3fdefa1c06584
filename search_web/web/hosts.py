"""The names under which this server answers.

A page that lets its own name stand for this machine (DNS rebinding) asks under that name, and gets nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

from search_web.access.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask


def trust_hosts(app: Flask, hosts: Iterable[str]) -> None:
    """Refuse every request to this application under another name than these and those of this machine."""
    trusted = [*LOOPBACK, *(host.lower() for host in hosts)]
    # Werkzeug takes the colons of an IPv6 address for the one before a port.
    names = [host for host in trusted if not host.startswith("[")]
    addresses = frozenset(trusted).difference(names)

    def check() -> None:
        host = request.host.lower()
        address = host.partition("]")[0] + "]"
        if address not in addresses and not host_is_trusted(host, names):
            raise SecurityError("This server does not answer under that name")

    app.before_request(check)
