"""Indexes whose vector spaces are large: vectors in a byte a dimension, with or without those of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.build import BuildSettings, index_paths
from indexer.embedding.bundled import BundledEmbedder
from indexer.stores.index import check_index
from indexer.text.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    WriteCall = Callable[..., Path]


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take some twenty passages for many."""
    monkeypatch.setattr("indexer.build.vectors.LARGE", 20)


@pytest.fixture
def calls(calls: Path, write_call: WriteCall) -> Path:
    """Return a folder with more calls than the other tests have."""
    for number in range(5, 9):
        write_call(calls / f"call-{number}.txt", f"第{number}项另有说明。")
    return calls


def test_a_large_index_keeps_its_vectors_from_generation_to_generation(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall, embedded: list[str]
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    first = opened()
    (info,) = first.manifest.spaces
    assert (info.bits, info.compared) == (8, info.passages)
    assert info.recall is not None
    assert info.recall >= 0.95
    assert check_index(index) == ()
    texts = dict(first.passages.searchable_texts())
    exact = BundledEmbedder().embed_passages(list(texts.values()))
    np.testing.assert_allclose(first.spaces["bundled"].vectors_of(np.array(list(texts))), exact, atol=0.001)
    before = {text: first.spaces["bundled"].vectors_of(np.array([row]))[0] for row, text in texts.items()}
    sentences = {text: first.spaces["bundled"].sentences_of(row) for row, text in texts.items()}

    embedded.clear()
    write_call(calls / "call-1.txt", "新的一项。")
    index_paths(index, [calls])
    second = opened()
    assert second.name != first.name
    known = {row: text for row, text in second.passages.searchable_texts() if text in before}
    assert known
    # A sentence of each is asked, to measure with.
    several = {text for text in before if len(sentence_spans(text)) > 1}
    assert several
    assert not several.intersection(embedded)
    for row, text in known.items():
        assert np.array_equal(second.spaces["bundled"].vectors_of(np.array([row]))[0], before[text])
        for one, other in zip(second.spaces["bundled"].sentences_of(row), sentences[text], strict=True):
            assert np.array_equal(one, other)


def test_a_passage_that_is_one_sentence_is_as_near_as_that(calls: Path, index: Path, opened: Opened) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    generation = opened()
    space = generation.spaces["bundled"]
    texts = dict(generation.passages.searchable_texts())
    rows = np.array(list(texts))
    assert 0 < sum(len(sentence_spans(text)) == 1 for text in texts.values()) < len(texts)
    for query in BundledEmbedder().embed_queries(["云业务收入", "如何变现？"]):
        alone = space.sentence_scores(query, rows)
        beside = space.sentence_scores(query, rows, space.scores(query, rows))
        for one, other in zip(alone, beside, strict=True):
            np.testing.assert_array_equal(one, other)


def test_an_index_keeps_the_recall_that_it_was_asked_for(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",), recall=0.999))
    write_call(calls / "call-1.txt", "新的一项。")
    index_paths(index, [calls])
    assert [space.wanted for space in opened().manifest.spaces] == [0.999]
    before = opened().name
    index_paths(index, [calls], BuildSettings(recall=0.999))
    assert opened().name == before
    index_paths(index, [calls], BuildSettings(recall=0.9))
    assert [space.wanted for space in opened().manifest.spaces] == [0.9]
    assert opened().name != before


def test_an_index_does_without_the_vectors_of_sentences_until_it_is_told_otherwise(
    calls: Path, index: Path, opened: Opened, write_call: WriteCall
) -> None:
    index_paths(index, [calls], BuildSettings(embedders=("bundled",), sentence_vectors=False))
    assert [space.sentences for space in opened().manifest.spaces] == [0]
    write_call(calls / "call-1.txt", "新的一项。")
    index_paths(index, [calls])
    assert [space.sentences for space in opened().manifest.spaces] == [0]
    index_paths(index, [calls], BuildSettings(sentence_vectors=True))
    (info,) = opened().manifest.spaces
    assert info.sentences > opened().passages.searchable_count / 2
    assert check_index(index) == ()
