"""Turns what pymilvus raises into our errors, each of which says what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.errors import IndexAccessError, IndexDamagedError, IndexMismatchError, IndexUnreachableError

if TYPE_CHECKING:
    from pymilvus import MilvusException

    from indexer.errors import IndexStoreError

_NO_ACCESS = re.compile(r"auth check|unauthenticated|permission|privilege|access denied|invalid token", re.IGNORECASE)
# What a cluster says while one of its machines is gone and another takes over.
_RECOVERING = re.compile(
    r"\b(node|channel|segment|shard leaders?|delegator|replica|resource group)s?\b[^;]{0,80}\bnot (found|available)",
    re.IGNORECASE,
)
_MISSING = re.compile(r"not found|not exist|can't find|cannot find", re.IGNORECASE)
_DIMENSION = re.compile(r"dimension|\bdim\b", re.IGNORECASE)

_RELEASED = re.compile(r"not loaded|'released'", re.IGNORECASE)

_MOST_TOLD = 300

AGAIN = "Publish it again with: yuanhua index FOLDER --store milvus"
"""What mends an index in Milvus that is not all there."""


def named(error: MilvusException, uri: str) -> IndexStoreError:
    """Return our error for one of pymilvus."""
    whole = " ".join(str(getattr(error, "message", "") or error).split())
    told = whole[:_MOST_TOLD]
    if _NO_ACCESS.search(whole):
        return IndexAccessError(
            f"Milvus refused access ({told})",
            where=uri,
            mend="Set YUANHUA_MILVUS_TOKEN to USER:PASSWORD or to an API key that may use this database",
        )
    if _RECOVERING.search(whole):
        return unreachable(told, uri)
    if _MISSING.search(whole):
        return IndexDamagedError(
            f"Milvus lacks something that the index needs ({told})",
            where=uri,
            mend=AGAIN,
        )
    if _DIMENSION.search(whole):
        return IndexMismatchError(
            f"the vectors have another length than those in Milvus ({told})",
            where=uri,
            mend="Publish the index again with: yuanhua index FOLDER --rebuild --store milvus",
        )
    return unreachable(told, uri)


def unreachable(told: str, uri: str) -> IndexUnreachableError:
    """Return the error for a server that does not answer, or says what it should not."""
    return IndexUnreachableError(
        f"Milvus does not answer as it should ({told})",
        where=uri,
        mend="See that the server runs and is ready, and that the address is right",
    )


def is_released(error: IndexUnreachableError) -> bool:
    """Tell whether a collection is there and was only let go of, as after a server was started again."""
    return _RELEASED.search(error.what) is not None


def half_written(collection: str, what: str) -> IndexDamagedError:
    """Return the error for a collection that does not hold what the index says."""
    return IndexDamagedError(f"the collection {what}", where=collection, mend=AGAIN)
