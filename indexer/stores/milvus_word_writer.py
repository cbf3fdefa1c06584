"""Writes the keyword leg of a generation to Milvus; milvus_words.py reads it and tells what is in it."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import TYPE_CHECKING

from indexer.errors import IndexStoreError
from indexer.stores.keyword import Field
from indexer.stores.keyword_schema import EXACT, FACETS, day_number
from indexer.stores.milvus_queries import DAY, TERMS, run_of
from indexer.stores.milvus_schema import LONGEST_TEXT, MOST_ELEMENTS, ColumnSpec, Kind
from indexer.stores.milvus_terms import TermCollector, term_weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from indexer.stores.keyword import KeywordDocument
    from indexer.stores.milvus_collection import Collection

WEIGHTS = "weights"

_COLUMNS = (
    ColumnSpec("row", Kind.KEY_NUMBER),
    ColumnSpec(WEIGHTS, Kind.SPARSE),
    ColumnSpec(TERMS, Kind.NUMBERS),
    ColumnSpec(EXACT, Kind.TEXT),
    ColumnSpec(DAY, Kind.NUMBER),
)
_SPOOL = "spool"
_A_BATCH = 1_024

# Milvus wants at least one value in a sparse vector: no term has this number.
_NO_TERM = 2**32 - 2


class MilvusWriter:
    """Writes a keyword index. What is written already, after a run that was broken off, is not sent again."""

    def __init__(self, folder: Path, collection: Collection) -> None:
        self._folder = folder
        self._collection = collection
        self._terms = TermCollector()
        self._spool = (folder / _SPOOL).open("wb")

    def add(self, document: KeywordDocument) -> None:
        """Take in one passage. Nothing is sent yet: what a term weighs hangs on the average length of all passages."""
        self._terms.start(document.row)
        counts: list[tuple[str, int, list[tuple[int, int]]]] = []
        for name in Field:
            numbers = self._terms.numbers(name, document.fields.get(name, ()))
            if numbers:
                counts.append((name, len(numbers), list(Counter(numbers).items())))
        run = self._terms.numbers(EXACT, document.exact)
        if run:
            counts.append((EXACT, len(run), list(Counter(run).items())))
        facets = self._terms.numbers(FACETS, dict.fromkeys(document.facets))
        day = day_number(document.date) if document.date is not None else 0
        pickle.dump((document.row, counts, run, facets, day), self._spool)

    def finish(self) -> None:
        """Write everything to Milvus, and the numbers of the terms to the folder."""
        self._spool.close()
        self._collection.create(_COLUMNS, expected=self._terms.passages)
        batch: list[dict[str, Any]] = []
        for record in self._records():
            batch.append(record)
            if len(batch) == _A_BATCH:
                send_missing(self._collection, "row", batch)
                batch = []
        send_missing(self._collection, "row", batch)
        self._collection.finish()
        self._terms.write(self._folder, self._collection.name)
        (self._folder / _SPOOL).unlink()

    def _records(self) -> Iterator[dict[str, Any]]:
        averages = {name: self._terms.average(name) for name in (*Field, EXACT)}
        with (self._folder / _SPOOL).open("rb") as spool:
            for _ in range(self._terms.passages):
                row, counts, run, facets, day = pickle.load(spool)  # noqa: S301 - written above, by this object.
                weights = dict.fromkeys(facets, 1.0)
                for name, length, frequencies in counts:
                    average = averages[name]
                    weights.update(
                        (number, term_weight(frequency, length, average)) for number, frequency in frequencies
                    )
                terms = sorted(weights)
                exact = run_of(run)
                if len(terms) > MOST_ELEMENTS or len(exact) > LONGEST_TEXT:
                    raise IndexStoreError(
                        f"the passage in row {row} has {len(run)} words, more than Milvus takes of one passage",
                        where=self._collection.name,
                        mend="Index its file without --store milvus, or split it",
                    )
                yield {"row": row, WEIGHTS: weights or {_NO_TERM: 1.0}, TERMS: terms, EXACT: exact, DAY: day}


def send_missing(collection: Collection, key: str, batch: list[dict[str, Any]]) -> None:
    """Write a batch, whose keys rise, unless all of it is there since a run that was broken off."""
    if batch:
        between = f"{key} >= {batch[0][key]} and {key} <= {batch[-1][key]}"
        if collection.count(between, strong=True) != len(batch):
            collection.upsert(batch)
