"""Vectors of queries: embedded beside other work, once, whoever asks for them."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.embedding.bundled import BundledEmbedder
from indexer.errors import UnknownEmbedderError
from search_web.search.query_vectors import QueryVectors
from search_web.search.request import Mode, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from search_web.search.searcher import Searcher


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the queries that are embedded from now on."""
    texts: list[str] = []
    embed = BundledEmbedder.embed_queries

    def embedding(self: BundledEmbedder, queries: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(queries)
        return embed(self, queries)

    monkeypatch.setattr(BundledEmbedder, "embed_queries", embedding)
    return texts


def test_what_was_begun_is_embedded_once_for_all_who_ask(searcher: Searcher, embedded: list[str]) -> None:
    generation, vectors = searcher.reader.current(), QueryVectors()
    info = generation.spaces["bundled"].info
    vectors.begin(info, "云业务收入")
    found: list[NDArray[np.float32]] = []
    askers = [Thread(target=lambda: found.append(vectors.vector(generation, info, "云业务收入"))) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert embedded == ["云业务收入"]
    (expected,) = BundledEmbedder().embed_queries(["云业务收入"])
    for one in found:
        np.testing.assert_array_equal(one, expected)


def test_what_goes_wrong_is_told_to_who_asks(searcher: Searcher) -> None:
    generation, vectors = searcher.reader.current(), QueryVectors()
    info = replace(generation.spaces["bundled"].info, embedder="nobody")
    vectors.begin(info, "云业务收入")
    for _ in range(2):
        with pytest.raises(UnknownEmbedderError, match="nobody"):
            vectors.vector(generation, info, "云业务收入")


@pytest.mark.parametrize(
    ("query", "mode", "texts"),
    [
        ('  现金流   "AI 变现" speaker:张勇 -亏损 ', Mode.HYBRID, ["现金流 AI 变现"]),
        ("cash flow", Mode.KEYWORD, []),
        ("speaker:张勇", Mode.VECTOR, []),
    ],
)
def test_a_search_embeds_what_its_query_means_and_nothing_else(
    searcher: Searcher, embedded: list[str], query: str, mode: Mode, texts: list[str]
) -> None:
    type(searcher)(searcher.reader).search(SearchRequest(query, mode=mode))
    assert embedded == texts
