"""Opens the index that a command is told of: in a folder, or in Milvus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from indexer.errors import EngineUnavailableError, InvalidRequestError
from indexer.stores.index import IndexReader
from indexer.stores.milvus_address import TOKEN, MilvusAddress

if TYPE_CHECKING:
    from pathlib import Path


STORES = ("files", "milvus")


def open_reader(folder: Path, address: MilvusAddress | None = None) -> IndexReader:
    """Return the reader of the index in a folder, or of the one in Milvus, whose small files it keeps in the folder."""
    if address is None:
        return IndexReader(folder)
    try:
        from indexer.stores.milvus_index import MilvusReader  # noqa: PLC0415 - Milvus is an extra.
    except ImportError as error:
        raise not_installed() from error
    return MilvusReader(address, folder)


def milvus_address(store: str, uri: str | None) -> MilvusAddress | None:
    """Return where Milvus is, None where the store is the folder of the index; TOKEN may name who asks.

    Raises InvalidRequestError for a store that there is not, or without the address that it needs.
    """
    if store not in STORES:
        raise InvalidRequestError(f"there is no store {store!r}", where="--store", mend=f"Use {' or '.join(STORES)}")
    if store == "files":
        return None
    if not uri:
        raise InvalidRequestError(
            "the address of Milvus is missing",
            where="--uri",
            mend="Give --uri http://HOST:19530, or the path of a Milvus Lite file",
        )
    return MilvusAddress(uri, os.environ.get(TOKEN, ""))


def not_installed() -> EngineUnavailableError:
    """Return the error for a Milvus whose client is not installed."""
    return EngineUnavailableError(
        "The client of Milvus is not installed", where="--store milvus", mend="pip install 'yuanhua[milvus]'"
    )
