"""What a server is started with."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

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
    not open anyway, `log_queries` writes what was asked into the log. With an `address` the index is in that Milvus.
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
    address: MilvusAddress | None = None

    @property
    def shows_metrics(self) -> bool:
        """Whether /metrics is served: to this machine always, to others when it is asked for."""
        return self.metrics or is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address to listen on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url_of(host: str, port: int) -> str:
    """Return the address under which a person on this machine reaches the server."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - it is read here.
    return f"http://[{reached}]:{port}/" if ":" in reached else f"http://{reached}:{port}/"
