"""Where the tests find a Milvus: Milvus Lite in this process, and the server that MILVUS_URI names, if it does.

The tests are skipped, with the reason printed, without the extra `milvus`, unless YUANHUA_REQUIRE_MILVUS is set.
"""

from __future__ import annotations

import os
import uuid
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from indexer.stores.keyword import KeywordEngine
    from indexer.stores.milvus_client import Milvus

# The second has Milvus filter, the first works out here what its terms' passages tell, as it does for rare terms.
MILVUS_ENGINES: dict[str, dict[str, Any]] = {
    "milvus-lite": {},
    "milvus-lite-filtering": {"whole": 0},
}
if os.environ.get("MILVUS_URI"):
    MILVUS_ENGINES |= {"milvus-server": {"server": True}, "milvus-server-filtering": {"server": True, "whole": 0}}


def need_milvus(*, server: bool = False) -> None:
    """Skip the test where there is no Milvus for it."""
    if not os.environ.get("YUANHUA_REQUIRE_MILVUS"):
        pytest.importorskip("pymilvus", reason="pip install 'yuanhua[milvus]'")
        pytest.importorskip("milvus_lite", reason="pip install 'yuanhua[milvus]'")
    if server and not os.environ.get("MILVUS_URI"):
        pytest.skip("not run: MILVUS_URI names no server")


@cache
def lite_folder() -> TemporaryDirectory[str]:
    """Return the folder of the Milvus Lite that tests share; it goes when the process ends."""
    return TemporaryDirectory(ignore_cleanup_errors=True)


@cache
def shared_milvus(*, server: bool = False) -> Milvus:
    """Return a connection that tests share."""
    from indexer.stores.milvus_address import MilvusAddress
    from indexer.stores.milvus_client import Milvus

    if server:
        return Milvus(MilvusAddress(os.environ["MILVUS_URI"], os.environ.get("YUANHUA_MILVUS_TOKEN", "")))
    return Milvus(MilvusAddress(str(Path(lite_folder().name) / "milvus.db")))


def milvus_engine(request: pytest.FixtureRequest, *, server: bool = False, whole: int | None = None) -> KeywordEngine:
    """Return an engine with a collection of its own, which is dropped when the test is over."""
    need_milvus(server=server)
    from indexer.stores.milvus_words import MilvusEngine

    milvus = shared_milvus(server=server)
    name = f"test_{uuid.uuid4().hex[:12]}"

    def drop() -> None:
        if milvus.collection(name).exists():
            milvus.collection(name).drop()

    request.addfinalizer(drop)
    return MilvusEngine(milvus, name) if whole is None else MilvusEngine(milvus, name, whole)
