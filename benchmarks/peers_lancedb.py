"""LanceDB: words and vectors in one table, joined by its own reciprocal rank fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.query import MatchQuery
from lancedb.rerankers import RRFReranker
from peers_engines import BOTH, DEPTH, LIMIT, Engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

_TABLE = "passages"
_AT_ONCE = 10_000
_LARGE = 50_000
_WIDE = 200


class Lance:
    """Comparing all vectors while there are few; from 50,000 on an index, as its documentation has it."""

    def __init__(self) -> None:
        self.parts = {BOTH: _build}

    def open(self, corpus: Corpus, folder: Path) -> _Lance:
        return _Lance(folder / BOTH)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


class LanceWide(Lance):
    """The same table, in whose graphs more than are wanted are looked for, so that few of the nearest are missed."""

    def __init__(self) -> None:
        self.parts = {}

    def open(self, corpus: Corpus, folder: Path) -> _Lance:
        return _Lance(folder.with_name("lancedb") / BOTH, wide=_WIDE if corpus.count >= _LARGE else None)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder.with_name("lancedb")]


def _batches(corpus: Corpus, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    words = corpus.words()
    for start in range(0, corpus.count, _AT_ONCE):
        vectors = np.ascontiguousarray(corpus.vectors[start : start + _AT_ONCE])
        joined = [" ".join(next(words)) for _ in range(len(vectors))]
        flat = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1])
        numbers = pa.array(np.arange(start, start + len(vectors)), pa.int64())
        yield pa.RecordBatch.from_arrays([numbers, pa.array(joined), flat], schema=schema)


def _build(corpus: Corpus, folder: Path) -> None:
    vector = pa.list_(pa.float32(), corpus.vectors.shape[1])
    schema = pa.schema([("number", pa.int64()), ("words", pa.string()), ("vector", vector)])
    table = lancedb.connect(folder).create_table(_TABLE, _batches(corpus, schema), schema=schema)
    table.create_fts_index(
        "words",
        base_tokenizer="whitespace",
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
        with_position=False,
        max_token_length=None,
    )
    if corpus.count >= _LARGE:
        table.create_index("dot", vector_column_name="vector", index_type="IVF_HNSW_SQ")


class _Lance(Engine):
    def __init__(self, folder: Path, wide: int | None = None) -> None:
        self._wide = wide
        self._table = lancedb.connect(folder).open_table(_TABLE)
        self._fusion = RRFReranker()

    @staticmethod
    def _words(question: Question) -> MatchQuery:
        return MatchQuery(" ".join(question.terms), "words")

    def keyword(self, question: Question) -> Sequence[int]:
        found = self._table.search(self._words(question), query_type="fts").select(["number"]).limit(LIMIT)
        return found.to_arrow()["number"].to_pylist()

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        found = self._table.search(vector).distance_type("dot").select(["number"]).limit(LIMIT)
        found = found if self._wide is None else found.ef(self._wide)
        return found.to_arrow()["number"].to_pylist()

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        asked = self._table.search(query_type="hybrid", vector_column_name="vector", fts_columns="words")
        found = asked.vector(vector).text(self._words(question)).distance_type("dot").rerank(self._fusion)
        found = found if self._wide is None else found.ef(self._wide)
        return found.select(["number"]).limit(DEPTH).to_arrow()["number"].to_pylist()[:LIMIT]
