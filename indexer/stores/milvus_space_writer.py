"""Writes the vector spaces of a generation to Milvus; milvus_space.py reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.stores.keyword_schema import FACETS, day_number
from indexer.stores.milvus_queries import DAY
from indexer.stores.milvus_schema import ColumnSpec, Kind
from indexer.stores.milvus_word_writer import send_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.stores.keyword import KeywordDocument
    from indexer.stores.milvus_collection import Collection
    from indexer.stores.space import Space
    from indexer.stores.space_files import SentenceVectors

VECTOR = "vector"

_A_BATCH = 1_024


@dataclass(frozen=True, slots=True)
class SpaceCollections:
    """The two collections of a space; `sentences` is there only where the space has such."""

    passages: Collection
    sentences: Collection


def write_milvus_space(
    to: SpaceCollections, space: Space, documents: Iterable[KeywordDocument], searchable: int
) -> None:
    """Copy a vector space to Milvus. `documents` are the searchable passages by rising row: they have the facets.

    What is there already, after a run that was broken off, is not sent again.
    """
    dimension, vectors, sentences = space.info.dimension, space.vectors(), space.sentences()
    to.passages.create(
        (
            ColumnSpec("row", Kind.KEY_NUMBER),
            ColumnSpec(VECTOR, Kind.VECTOR, dimension),
            ColumnSpec(FACETS, Kind.TEXTS),
            ColumnSpec(DAY, Kind.NUMBER),
        ),
        expected=searchable,
    )
    for batch in _batches(documents):
        records: list[dict[str, Any]] = [
            {
                "row": one.row,
                VECTOR: vectors[one.row],
                FACETS: list(one.facets),
                DAY: day_number(one.date) if one.date is not None else 0,
            }
            for one in batch
        ]
        send_missing(to.passages, "row", records)
    to.passages.finish()
    if sentences is None:
        return
    to.sentences.create(
        (
            ColumnSpec("number", Kind.KEY_NUMBER),
            ColumnSpec("row", Kind.NUMBER),
            ColumnSpec("start", Kind.NUMBER),
            ColumnSpec("end", Kind.NUMBER),
            ColumnSpec(VECTOR, Kind.VECTOR, dimension),
        ),
        expected=len(sentences.rows),
    )
    for first in range(0, len(sentences.rows), _A_BATCH):
        numbers = range(first, min(first + _A_BATCH, len(sentences.rows)))
        send_missing(to.sentences, "number", [_sentence(sentences, number) for number in numbers])
    to.sentences.finish()


def _sentence(sentences: SentenceVectors, number: int) -> dict[str, Any]:
    start, end = sentences.spans[number].tolist()
    return {
        "number": number,
        "row": int(sentences.rows[number]),
        "start": start,
        "end": end,
        VECTOR: sentences.vectors[number],
    }


def _batches(documents: Iterable[KeywordDocument]) -> Iterator[Sequence[KeywordDocument]]:
    batch: list[KeywordDocument] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
