"""What every embedder promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.embedding import create_embedder

if TYPE_CHECKING:
    from indexer.embedding.embedder import Embedder

TEXTS = (
    "Free cash flow grew because we spent less on data centres.",
    "自由现金流增长，因为数据中心的投入减少了。",
    "The operator will now take the next question.",
    "EBITA 为 8.77 亿元。",
)
HOSTILE = {
    "empty": "",
    "blank": "  \t\n",
    "NUL": "\0",
    "lone surrogate": "\ud800 \udfff",
    "control characters": "\x01\x07",
    "emoji": "🦉🏽",
    "one endless word": "x" * 50_000,
}


def test_vectors_are_float32_of_unit_length_in_the_order_of_the_texts(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert embedder.embed_passages([text])[0] == pytest.approx(vector, abs=1e-5)


def test_the_same_text_always_has_the_same_vector(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed_queries(TEXTS[:1]), embedder.embed_queries(TEXTS[:1]))
    assert np.array_equal(embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS))


def test_a_query_is_nearer_to_the_passage_that_answers_it(embedder: Embedder) -> None:
    query = embedder.embed_queries(["cash flow and investment in data centres"])[0]
    scores = embedder.embed_passages((TEXTS[0], TEXTS[2])) @ query
    assert scores[0] > scores[1] + 0.02


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    for embed in (embedder.embed_passages, embedder.embed_queries):
        vectors = embed([text])
        assert vectors.shape == (1, embedder.dimension)
        assert float(np.linalg.norm(vectors[0])) == pytest.approx(1.0, abs=1e-5)


def test_the_text_after_a_nul_counts(embedder: Embedder) -> None:
    with_nul, without = embedder.embed_passages(["cash\0 flow grew", "cash flow grew"])
    assert with_nul == pytest.approx(without, abs=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    for embed in (embedder.embed_passages, embedder.embed_queries):
        vectors = embed([])
        assert vectors.shape == (0, embedder.dimension)
        assert vectors.dtype == np.float32


def test_many_threads_get_the_vectors_that_one_gets(embedder: Embedder) -> None:
    alone = [embedder.embed_queries([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: embedder.embed_queries([text])[0], TEXTS * 4))
    for row, vector in enumerate(together):
        assert vector == pytest.approx(alone[row % len(TEXTS)], abs=1e-5)


def test_an_embedder_is_made_again_by_its_name(embedder: Embedder) -> None:
    again = create_embedder(embedder.name)
    assert (again.name, again.dimension, again.digest, again.embeds_sentences) == (
        embedder.name,
        embedder.dimension,
        embedder.digest,
        embedder.embeds_sentences,
    )
    assert np.array_equal(again.embed_queries(TEXTS[:1]), embedder.embed_queries(TEXTS[:1]))
