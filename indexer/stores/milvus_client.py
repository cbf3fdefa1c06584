"""Connects to Milvus. With `milvus_collection`, `_schema` and `_errors` it owns pymilvus, whose errors become ours.

One client serves Milvus Lite (a file in this process), Standalone and Distributed; only the address differs.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import grpc
from pymilvus import MilvusClient, MilvusException

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from indexer.stores.milvus_collection import SECONDS, SECONDS_TO_LOOK, Collection
from indexer.stores.milvus_errors import named, unreachable
from indexer.stores.milvus_schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.stores.milvus_address import MilvusAddress

# pymilvus logs with a traceback what it raises as well.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)

_OLDEST = (2, 5)
_INDEXED = frozenset({Kind.NUMBER, Kind.NUMBERS, Kind.TEXTS})
_INDEXED_BY_LITE = frozenset({Kind.NUMBER})
_CONNECT_SECONDS = 10.0
_KEEPALIVE = 300_000  # Milliseconds; a server as gRPC comes hangs up on who asks more often.


class Milvus:
    """A connection. It may be used from many threads.

    `indexable` are the columns beside vectors that can have an index there. `oldest` is the oldest version of a server
    that will do: those before 2.5 can hold vectors, and cannot hold words as we have them.

    Raises IndexUnreachableError when nobody answers, IndexAccessError when the token is refused, IndexMissingError when
    there is no such database, IndexMismatchError for a server that is too old.
    """

    def __init__(self, address: MilvusAddress, *, oldest: tuple[int, int] = _OLDEST) -> None:
        self.address = address
        place = urlsplit(address.uri)
        database = "" if address.is_file else place.path.strip("/")
        uri = address.uri if address.is_file else urlunsplit((place.scheme, place.netloc, "", "", ""))
        try:
            with self.errors_named():
                self._client = MilvusClient(
                    uri,
                    token=address.token,
                    db_name=database,
                    timeout=_CONNECT_SECONDS,
                    grpc_options={"grpc.keepalive_time_ms": _KEEPALIVE},
                )
                version = str(self._client.get_server_version())
        except IndexDamagedError as error:
            mend = "Make the database, or the folder of the Milvus Lite file, first"
            raise IndexMissingError(error.what, where=error.where, mend=mend) from error
        # The server of 2.3 that came in a package calls itself 2.3.5-lite.
        self.is_lite = address.is_file or version.startswith("milvus_lite")
        found = re.search(r"(\d+)\.(\d+)", version)
        number = (int(found[1]), int(found[2])) if found else _OLDEST
        self.indexable = _INDEXED_BY_LITE if self.is_lite else _INDEXED if number >= _OLDEST else frozenset()
        if not self.is_lite and number < oldest:
            raise IndexMismatchError(
                f"the server is Milvus {version}, which lacks what this needs",
                where=address.shown,
                mend=f"Use Milvus {'.'.join(map(str, oldest))} or newer",
            )

    def collection(self, name: str, key: str = "row") -> Collection:
        """Return a collection, be it there or not, by its name and that of its key."""
        return Collection(self, self._client, name, key)

    def names(self, prefix: str) -> list[str]:
        """Return the names of the collections that begin so, sorted."""
        with self.errors_named():
            listed: list[str] = self._client.list_collections(timeout=SECONDS)
        return sorted(name for name in listed if name.startswith(prefix))

    def target(self, alias: str) -> str | None:
        """Return the name of the collection that an alias stands for; None when there is no such alias."""
        try:
            with self.errors_named():
                return str(self._client.describe_alias(alias, timeout=SECONDS_TO_LOOK)["collection_name"])
        except IndexDamagedError:
            return None

    def point(self, alias: str, name: str) -> None:
        """Let an alias stand for a collection from now on; this is one step for all who read."""
        here = self.target(alias)
        with self.errors_named():
            if here is None:
                self._client.create_alias(name, alias, timeout=SECONDS)
            elif here != name:
                self._client.alter_alias(name, alias, timeout=SECONDS)

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    @contextmanager
    def errors_named(self) -> Iterator[None]:
        """Turn what pymilvus raises into our errors."""
        try:
            yield
        except MilvusException as error:
            raise named(error, self.address.shown) from error
        except grpc.RpcError as error:
            # So pymilvus leaves it when the time for an answer has run out.
            told = error.details() if isinstance(error, grpc.Call) else error
            raise unreachable(str(told), self.address.shown) from error
        except (ConnectionError, OSError) as error:
            raise unreachable(str(error), self.address.shown) from error
