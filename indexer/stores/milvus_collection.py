"""One collection of a Milvus: records with columns, under keys of our own, that are counted, read and searched.

Records go in by upsert, so that a batch may be sent again without being there twice.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from indexer.errors import IndexUnreachableError
from indexer.stores.milvus_errors import is_released
from indexer.stores.milvus_schema import field_options, index_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from pymilvus import MilvusClient

    from indexer.stores.milvus_client import Milvus
    from indexer.stores.milvus_schema import ColumnSpec

T = TypeVar("T")

MOST_RESULTS = 16_384
"""How many records a query or a search of Milvus returns at most, as servers come."""

SECONDS = 60.0
"""How long a call of Milvus may take."""

SECONDS_TO_READ = 20.0
"""How long one may take that only reads."""

SECONDS_TO_LOOK = 5.0
"""How long one may take that asks which generation is published."""

_BATCH_BYTES = 8_000_000
_ATTEMPTS = 5
_SEARCH_WIDTH = 128


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found: keys (`rows`) and scores by falling score, and the columns asked for of each."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    records: Sequence[Mapping[str, Any]]


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
            return bool(self._client.has_collection(self.name, timeout=SECONDS))

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
                options = index_options(column, expected, indexable=self._milvus.indexable)
                if options:
                    indexes.add_index(column.name, **options)
            self._client.create_collection(self.name, schema=schema, consistency_level="Bounded", timeout=SECONDS)
            # An empty collection has its indexes at once: there is nothing to wait for.
            self._client.create_index(self.name, indexes, timeout=SECONDS, sync=False)
            self._client.load_collection(self.name, timeout=SECONDS)

    def upsert(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Write records, in batches, again where the server did not answer: a record that is there is replaced."""
        waiting = iter(records)
        while batch := list(islice(waiting, 512)):
            self._send(batch)

    def finish(self) -> None:
        """Make everything durable, and ready to be searched."""
        with self._milvus.errors_named():
            self._client.flush(self.name, timeout=10 * SECONDS)
            self._client.load_collection(self.name, timeout=10 * SECONDS)

    def load(self) -> None:
        """Have it ready to be searched."""
        with self._milvus.errors_named():
            self._client.load_collection(self.name, timeout=10 * SECONDS)

    def count(self, where: str = "", *, strong: bool = False) -> int:
        """Return how many records meet an expression; `strong` also sees what was written just now."""
        # Milvus Lite, one process, knows no levels.
        level = {"consistency_level": "Strong"} if strong and not self._milvus.is_lite else {}
        (record,) = self._read(
            lambda: self._client.query(
                self.name, filter=where, output_fields=["count(*)"], timeout=SECONDS_TO_READ, **level
            )
        )
        return int(record["count(*)"])

    def query(self, where: str, output: Sequence[str], limit: int = MOST_RESULTS) -> list[dict[str, Any]]:
        """Return these columns of at most `limit` records that meet an expression, in any order."""
        return list(
            self._read(
                lambda: self._client.query(
                    self.name, filter=where, output_fields=list(output), limit=limit, timeout=SECONDS_TO_READ
                )
            )
        )

    def search(
        self, column: str, queries: Sequence[Any], limit: int, *, where: str = "", output: Sequence[str] = ("row",)
    ) -> list[Found]:
        """Return for each query the records of the greatest inner product, at most `limit`, that meet an expression."""
        limit = min(max(limit, 1), MOST_RESULTS)
        width = {} if isinstance(queries[0], dict) else {"ef": max(limit, _SEARCH_WIDTH)}
        found = self._read(
            lambda: self._client.search(
                self.name,
                data=list(queries),
                anns_field=column,
                limit=limit,
                filter=where,
                output_fields=list(output),
                search_params={"metric_type": "IP", "params": width},
                timeout=SECONDS_TO_READ,
            )
        )
        return [
            Found(
                np.array([hit.id for hit in hits], dtype=np.int64),
                np.array([hit["distance"] for hit in hits], dtype=np.float32),
                [hit["entity"] for hit in hits],
            )
            for hits in found
        ]

    def drop(self) -> None:
        """Remove it with all that it holds."""
        with self._milvus.errors_named():
            self._client.drop_collection(self.name, timeout=SECONDS)

    def _read(self, ask: Callable[[], T]) -> T:
        """Return what is asked for; of a collection that the server has let go of, when that is loaded again."""
        try:
            with self._milvus.errors_named():
                return ask()
        except IndexUnreachableError as error:
            if not is_released(error):
                raise
        self.load()
        with self._milvus.errors_named():
            return ask()

    def _send(self, batch: list[Mapping[str, Any]]) -> None:
        if len(batch) > 1 and _size(batch) > _BATCH_BYTES:
            self._send(batch[: len(batch) // 2])
            self._send(batch[len(batch) // 2 :])
            return
        for attempt in range(_ATTEMPTS):
            try:
                with self._milvus.errors_named():
                    self._client.upsert(self.name, batch, timeout=SECONDS)
            except IndexUnreachableError:
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(2.0**attempt)
            else:
                return


def _size(batch: Sequence[Mapping[str, Any]]) -> int:
    """Return about how many bytes a batch takes, taken from its first record."""
    first = batch[0]
    return len(batch) * sum(
        8 * len(value) if hasattr(value, "__len__") and not isinstance(value, str) else len(str(value)) + 8
        for value in first.values()
    )
