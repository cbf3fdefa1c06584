"""The count of passages for each term, in memory and set aside."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from indexer.stores.keyword import Field, KeywordDocument
from indexer.stores.vocabulary import Vocabulary

PASSAGES = [("云 收入 云", "张勇"), ("ebita 云", "张勇 云"), ("𠀀 收入", ""), ("", ""), ("z é ebita", "Ana")] * 3


def document(row: int, text: str, speaker: str) -> KeywordDocument:
    return KeywordDocument(row, {Field.TEXT: text.split(), Field.SPEAKER: speaker.split()}, (), (), None)


@pytest.mark.parametrize("most", [2, 5, 1000])
def test_a_passage_counts_once_for_each_of_its_terms_however_few_fit_into_memory(tmp_path: Path, most: int) -> None:
    expected = Counter(term for text, speaker in PASSAGES for term in {*text.split(), *speaker.split()})
    with closing(Vocabulary(tmp_path / "aside", most)) as vocabulary:
        for row, passage in enumerate(PASSAGES):
            vocabulary.add(document(row, *passage))
        assert list(vocabulary.counted()) == sorted(expected.items())
    assert not list(tmp_path.iterdir())
