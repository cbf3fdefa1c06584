"""Talks to Milvus. This module, `milvus_schema` and `milvus_errors` own pymilvus, whose errors become ours.

One client serves Milvus Lite (a file in this process), Standalone and Distributed; only the address differs. Records
go in by upsert under keys of our own, so that a batch may be sent again without being there twice.
"""

from __future__ import annotations

import json
import logging
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import numpy as np
from pymilvus import MilvusClient, MilvusException

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, IndexUnreachableError
from indexer.stores.milvus_errors import named, unreachable
from indexer.stores.milvus_schema import field_options, index_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.milvus_address import MilvusAddress
    from indexer.stores.milvus_schema import ColumnSpec

# pymilvus logs with a traceback what it raises as well.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)

MOST_RESULTS = 16_384
"""How many records a query or a search of Milvus returns at most, as servers come."""

NOTHING = "row < 0"
"""An expression that no record meets: rows count from 0."""

_OLDEST = (2, 5)
_BATCH_BYTES = 8_000_000
_ATTEMPTS = 5
_CONNECT_SECONDS = 10.0
_KEEPALIVE = 300_000  # Milliseconds; a server as gRPC comes hangs up on who asks more often.
_SECONDS = 60.0
_SECONDS_TO_READ = 20.0
_SEARCH_WIDTH = 128


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found: keys (`rows`) and scores by falling score, and the columns asked for of each."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    records: Sequence[Mapping[str, Any]]


class Milvus:
    """A connection. It may be used from many threads.

    Raises IndexUnreachableError when nobody answers, IndexAccessError when the token is refused, IndexMissingError when
    there is no such database, IndexMismatchError for a server that is too old.
    """

    def __init__(self, address: MilvusAddress) -> None:
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
        self.is_lite = "lite" in version
        found = re.search(r"(\d+)\.(\d+)", version)
        if found and not self.is_lite and (int(found[1]), int(found[2])) < _OLDEST:
            raise IndexMismatchError(
                f"the server is Milvus {version}, which lacks what this needs",
                where=address.shown,
                mend=f"Use Milvus {'.'.join(map(str, _OLDEST))} or newer",
            )

    def collection(self, name: str, key: str = "row") -> Collection:
        """Return a collection, be it there or not, by its name and that of its key."""
        return Collection(self, self._client, name, key)

    def names(self, prefix: str) -> list[str]:
        """Return the names of the collections that begin so, sorted."""
        with self.errors_named():
            listed: list[str] = self._client.list_collections(timeout=_SECONDS)
        return sorted(name for name in listed if name.startswith(prefix))

    def target(self, alias: str) -> str | None:
        """Return the name of the collection that an alias stands for; None when there is no such alias."""
        try:
            with self.errors_named():
                return str(self._client.describe_alias(alias, timeout=_SECONDS_TO_READ)["collection_name"])
        except IndexDamagedError:
            return None

    def point(self, alias: str, name: str) -> None:
        """Let an alias stand for a collection from now on; this is one step for all who read."""
        here = self.target(alias)
        with self.errors_named():
            if here is None:
                self._client.create_alias(name, alias, timeout=_SECONDS)
            elif here != name:
                self._client.alter_alias(name, alias, timeout=_SECONDS)

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
        except (ConnectionError, OSError) as error:
            raise unreachable(str(error), self.address.shown) from error


class Collection:
    """One collection of a Milvus, whose records are known by the column `key`."""

    def __init__(self, milvus: Milvus, client: MilvusClient, name: str, key: str) -> None:
        self.name = name
        self._key = key
        self._milvus = milvus
        self._client = client

    def exists(self) -> bool:
        """Whether it is there."""
        with self._milvus.errors_named():
            return bool(self._client.has_collection(self.name, timeout=_SECONDS))

    def create(self, columns: Sequence[ColumnSpec], *, expected: int) -> None:
        """Make it, with all its indexes, for about `expected` records; what is there is taken up."""
        if self.exists():
            self.load()
            return
        with self._milvus.errors_named():
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            indexes = self._client.prepare_index_params()
            for column in columns:
                schema.add_field(column.name, **field_options(column))
                options = index_options(column, expected, lite=self._milvus.is_lite)
                if options:
                    indexes.add_index(column.name, **options)
            self._client.create_collection(self.name, schema=schema, consistency_level="Bounded", timeout=_SECONDS)
            # An empty collection has its indexes at once: there is nothing to wait for.
            self._client.create_index(self.name, indexes, timeout=_SECONDS, sync=False)
            self._client.load_collection(self.name, timeout=_SECONDS)

    def upsert(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Write records, in batches, again where the server did not answer: a record that is there is replaced."""
        waiting = iter(records)
        while batch := list(islice(waiting, 512)):
            self._send(batch)

    def finish(self) -> None:
        """Make everything durable, and ready to be searched."""
        with self._milvus.errors_named():
            self._client.flush(self.name, timeout=10 * _SECONDS)
            self._client.load_collection(self.name, timeout=10 * _SECONDS)

    def load(self) -> None:
        """Have it ready to be searched."""
        with self._milvus.errors_named():
            self._client.load_collection(self.name, timeout=10 * _SECONDS)

    def count(self, where: str = "", *, strong: bool = False) -> int:
        """Return how many records meet an expression; `strong` also sees what was written just now."""
        # Milvus Lite, one process, knows no levels.
        level = {"consistency_level": "Strong"} if strong and not self._milvus.is_lite else {}
        with self._milvus.errors_named():
            (record,) = self._client.query(
                self.name, filter=where, output_fields=["count(*)"], timeout=_SECONDS_TO_READ, **level
            )
        return int(record["count(*)"])

    def query(self, where: str, output: Sequence[str], limit: int = MOST_RESULTS) -> list[dict[str, Any]]:
        """Return these columns of at most `limit` records that meet an expression, in any order."""
        with self._milvus.errors_named():
            return list(
                self._client.query(
                    self.name, filter=where, output_fields=list(output), limit=limit, timeout=_SECONDS_TO_READ
                )
            )

    def search(
        self, column: str, queries: Sequence[Any], limit: int, *, where: str = "", output: Sequence[str] = ("row",)
    ) -> list[Found]:
        """Return for each query the records of the greatest inner product, at most `limit`, that meet an expression."""
        limit = min(max(limit, 1), MOST_RESULTS)
        width = {} if isinstance(queries[0], dict) else {"ef": max(limit, _SEARCH_WIDTH)}
        with self._milvus.errors_named():
            found = self._client.search(
                self.name,
                data=list(queries),
                anns_field=column,
                limit=limit,
                filter=where,
                output_fields=list(output),
                search_params={"metric_type": "IP", "params": width},
                timeout=_SECONDS_TO_READ,
            )
        return [
            Found(
                np.array([hit[self._key] for hit in hits], dtype=np.int64),
                np.array([hit["distance"] for hit in hits], dtype=np.float32),
                [hit["entity"] for hit in hits],
            )
            for hits in found
        ]

    def drop(self) -> None:
        """Remove it with all that it holds."""
        with self._milvus.errors_named():
            self._client.drop_collection(self.name, timeout=_SECONDS)

    def _send(self, batch: list[Mapping[str, Any]]) -> None:
        if len(batch) > 1 and _size(batch) > _BATCH_BYTES:
            self._send(batch[: len(batch) // 2])
            self._send(batch[len(batch) // 2 :])
            return
        for attempt in range(_ATTEMPTS):
            try:
                with self._milvus.errors_named():
                    self._client.upsert(self.name, batch, timeout=_SECONDS)
            except IndexUnreachableError:
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(2.0**attempt)
            else:
                return


def quoted(text: str) -> str:
    """Return a text as an expression takes it: in double quotes, with all that could end it escaped."""
    return json.dumps(text, ensure_ascii=False)


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as an expression takes them."""
    return f"[{','.join(map(str, numbers))}]"


def _size(batch: Sequence[Mapping[str, Any]]) -> int:
    """Return about how many bytes a batch takes, taken from its first record."""
    first = batch[0]
    return len(batch) * sum(
        8 * len(value) if hasattr(value, "__len__") and not isinstance(value, str) else len(str(value)) + 8
        for value in first.values()
    )
