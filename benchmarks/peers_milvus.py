"""Milvus Lite: words by its BM25 function and vectors in one collection, joined by its own reciprocal rank fusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from peers_engines import BOTH, DEPTH, LIMIT, Engine
from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, MilvusClient, RRFRanker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

_NAME = "passages"
_FILE = "milvus.db"
_AT_ONCE = 1000
_LONGEST = 65_535


def _spelt(terms: Sequence[str]) -> str:
    """Return the terms in letters and digits alone, which its standard analyser leaves whole."""
    return " ".join(
        term if term.isalnum() else "".join(one if one.isalnum() else f"zq{ord(one):x}zq" for one in term)
        for term in terms
    )[:_LONGEST]


class MilvusLite:
    """One collection with a sparse field of words and a dense one with HNSW."""

    def __init__(self) -> None:
        self.parts = {BOTH: _build}

    def open(self, corpus: Corpus, folder: Path) -> _Milvus:
        return _Milvus(folder / BOTH)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


def _build(corpus: Corpus, folder: Path) -> None:
    client = MilvusClient(str(folder / _FILE))
    schema = MilvusClient.create_schema()
    schema.add_field("number", DataType.INT64, is_primary=True)
    schema.add_field(
        "words",
        DataType.VARCHAR,
        max_length=_LONGEST,
        enable_analyzer=True,
        analyzer_params={"tokenizer": "standard"},
    )
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=corpus.vectors.shape[1])
    schema.add_function(Function("bm25", FunctionType.BM25, input_field_names=["words"], output_field_names=["sparse"]))
    indexes = client.prepare_index_params()
    indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
    indexes.add_index("dense", index_type="HNSW", metric_type="IP", params={"M": 16, "efConstruction": 200})
    client.create_collection(_NAME, schema=schema, index_params=indexes)
    words = corpus.words()
    for start in range(0, corpus.count, _AT_ONCE):
        vectors = np.asarray(corpus.vectors[start : start + _AT_ONCE])
        rows = [
            {"number": number, "words": _spelt(next(words)), "dense": vector}
            for number, vector in enumerate(vectors, start)
        ]
        client.insert(_NAME, rows)
    client.flush(_NAME)
    client.close()


class _Milvus(Engine):
    def __init__(self, folder: Path) -> None:
        self._client = MilvusClient(str(folder / _FILE))
        self._client.load_collection(_NAME)

    def keyword(self, question: Question) -> Sequence[int]:
        found = self._client.search(_NAME, [_spelt(question.terms)], anns_field="sparse", limit=LIMIT)
        return [hit["number"] for hit in found[0]]

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        found = self._client.search(
            _NAME, [vector.tolist()], anns_field="dense", limit=LIMIT, search_params={"params": {"ef": DEPTH}}
        )
        return [hit["number"] for hit in found[0]]

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        words = AnnSearchRequest([_spelt(question.terms)], "sparse", {"metric_type": "BM25"}, limit=DEPTH)
        meaning = AnnSearchRequest(
            [vector.tolist()], "dense", {"metric_type": "IP", "params": {"ef": DEPTH}}, limit=DEPTH
        )
        found = self._client.hybrid_search(_NAME, [words, meaning], RRFRanker(60), limit=LIMIT)
        return [hit["number"] for hit in found[0]]
