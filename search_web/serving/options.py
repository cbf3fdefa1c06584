"""What a server is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from search_web.access.settings import AccessSettings

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.stores.milvus_address import MilvusAddress


class LogFormat(StrEnum):
    """How lines of the log are written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Everything that a worker needs to know; it goes to each as it is.

    `workers` are processes, `threads` how many requests each answers at once. `metrics` serves /metrics where that is
    not open anyway, `log_queries` writes what was asked into the log. `library` is where uploads lie: see
    `search_web.settings.library_folder`.
    `trusted_hosts`, `forwarded` and the limits are those of AccessSettings. With an `address` the index is in that
    Milvus.
    """

    index: Path
    glossaries: tuple[Path, ...] = ()
    notebook: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 8
    metrics: bool = False
    log_format: LogFormat = LogFormat.TEXT
    log_queries: bool = False
    library: Path | None = None
    trusted_hosts: tuple[str, ...] = ()
    forwarded: int = 0
    rate_limit: str = ""
    address_rate_limit: str = ""
    sign_in_rate_limit: str = ""
    address: MilvusAddress | None = None

    @property
    def shows_metrics(self) -> bool:
        """Whether /metrics is served: where only this machine comes in always, else when it is asked for."""
        return self.metrics or not self.reaches_others

    @property
    def reaches_others(self) -> bool:
        """Whether others than who sits at this machine come in: directly, through a proxy, or by another name."""
        return not is_loopback(self.host) or self.forwarded > 0 or bool(self.trusted_hosts)

    @property
    def access(self) -> AccessSettings:
        """How people are let in."""
        return AccessSettings(
            guarded=self.reaches_others,
            trusted_hosts=(*self.trusted_hosts, *_listened_on(self.host)),
            forwarded=self.forwarded,
            rate_limit=self.rate_limit,
            address_rate_limit=self.address_rate_limit,
            sign_in_rate_limit=self.sign_in_rate_limit,
        )


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address to listen on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listened_on(host: str) -> tuple[str, ...]:
    """Return the name of an address to listen on as requests have it; nothing where it stands for all addresses."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - it is read here.
        return ()
    return (f"[{host}]",) if ":" in host else (host,)


def url_of(host: str, port: int) -> str:
    """Return the address under which a person on this machine reaches the server."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - it is read here.
    return f"http://[{reached}]:{port}/" if ":" in reached else f"http://{reached}:{port}/"
