"""Where the tests find a Milvus: Milvus Lite in this process and in one of its own, and the server of MILVUS_URI.

MILVUS_DENSE_URI may name another server, from 2.3 on, which gets the tests of vectors alone: the last one that comes in
a package, `milvus-server` of milvus 2.3.5, is such.

The tests are skipped, with the reason printed, without the extra `milvus`, unless YUANHUA_REQUIRE_MILVUS is set.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
import uuid
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import IndexUnreachableError
from indexer.stores.milvus_address import TOKEN, MilvusAddress

if TYPE_CHECKING:
    from indexer.stores.keyword import KeywordEngine
    from indexer.stores.milvus_client import Milvus

# The second has Milvus filter, the first works out here what its terms' passages tell, as it does for rare terms.
MILVUS_ENGINES: dict[str, dict[str, Any]] = {
    "milvus-lite": {},
    "milvus-lite-filtering": {"whole": 0},
    "milvus-lite-process": {"place": "process"},
}
SERVERS = {"server": "MILVUS_URI", "dense server": "MILVUS_DENSE_URI"}
if os.environ.get("MILVUS_URI"):
    MILVUS_ENGINES |= {
        "milvus-server": {"place": "server"},
        "milvus-server-filtering": {"place": "server", "whole": 0},
    }
VECTOR_PLACES = ("here", *(place for place, name in SERVERS.items() if os.environ.get(name)))
"""Where vector spaces are tested."""


def need_milvus() -> None:
    """Skip the test where there is no Milvus for it."""
    if not os.environ.get("YUANHUA_REQUIRE_MILVUS"):
        pytest.importorskip("pymilvus", reason="pip install 'yuanhua[milvus]'")
        pytest.importorskip("milvus_lite", reason="pip install 'yuanhua[milvus]'")


@cache
def shared_milvus(place: str = "here") -> Milvus:
    """Return a connection that tests share: to Milvus Lite here or in a process, or to one of SERVERS."""
    from indexer.stores.milvus_client import Milvus

    if place in SERVERS:
        address = MilvusAddress(os.environ[SERVERS[place]], os.environ.get(TOKEN, ""))
        return Milvus(address, oldest=(2, 3)) if place == "dense server" else Milvus(address)
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    if place == "here":
        return Milvus(MilvusAddress(str(Path(folder.name) / "milvus.db")))
    process, address = start_lite(Path(folder.name))
    atexit.register(process.kill)
    return Milvus(address)


def start_lite(folder: Path, port: int = 0) -> tuple[subprocess.Popen[bytes], MilvusAddress]:
    """Start Milvus Lite in a process of its own and return when it answers: its port opens before it is ready.

    Another program may take the port before it does: then it ends, and is started again.
    """
    from indexer.stores.milvus_client import Milvus

    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder), "--host", "127.0.0.1"]
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        chosen = port or _free_port()
        told = [*command, "--port", str(chosen)]
        process = subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = MilvusAddress(f"http://127.0.0.1:{chosen}")
        while process.poll() is None and time.monotonic() < deadline:
            try:
                Milvus(address).close()
            except IndexUnreachableError:
                time.sleep(0.2)
            else:
                return process, address
        process.kill()
        process.wait()
        time.sleep(0.2)
    raise AssertionError("the server did not answer")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def milvus_engine(request: pytest.FixtureRequest, *, place: str = "here", whole: int | None = None) -> KeywordEngine:
    """Return an engine with a collection of its own, which is dropped when the test is over."""
    need_milvus()
    from indexer.stores.milvus_words import MilvusEngine

    milvus = shared_milvus(place)
    name = f"test_{uuid.uuid4().hex[:12]}"

    def drop() -> None:
        if milvus.collection(name).exists():
            milvus.collection(name).drop()

    request.addfinalizer(drop)
    return MilvusEngine(milvus, name) if whole is None else MilvusEngine(milvus, name, whole)
