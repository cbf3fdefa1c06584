"""A few words across the room do not stand above what was said on the matter, and are found by what they say."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from indexer.text.extent import ENOUGH
from search_web.search.brevity import trusted
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[3] / "corpus"
TALK = "晚间连线文字稿\n2024年3月9日\n\n老周：本金嘛。\n\n小陈：对吧？\n\n老周：懂了吗。\n\n小陈：借钱呗！\n\n老周：全归他们。\n"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("brevity")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    index_paths(folder / "index", [CORPUS, folder / "talk.txt"], BuildSettings(embedders=("bundled",)))
    with closing(IndexReader(folder / "index")) as reader:
        yield Searcher(reader)


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.VECTOR])
def test_what_was_said_on_the_matter_stands_before_a_few_words(searcher: Searcher, mode: Mode) -> None:
    hits = searcher.search(SearchRequest("debt maturity schedule", mode=mode)).hits
    assert len(hits) > 3
    assert all(len(hit.text) > ENOUGH for hit in hits[:3])


@pytest.mark.parametrize("query", ["借钱呗", "全归他们", "懂了吗"])
def test_a_few_words_are_found_by_what_they_say(searcher: Searcher, query: str) -> None:
    assert query in searcher.search(SearchRequest(query)).hits[0].text


def test_explaining_adds_up(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest("debt 借钱", explain=True, limit=50)).hits
    assert any(len(hit.text) < ENOUGH for hit in hits)
    for hit in hits:
        assert hit.explained is not None
        assert sum(part.adds for part in hit.explained.parts) == pytest.approx(hit.score)
        meant = next(part for part in hit.explained.parts if part.leg == "vector")
        assert meant.score == pytest.approx(np.mean([one.standardised for one in hit.explained.spaces]))


@given(st.lists(st.tuples(st.floats(-9, 9), st.integers(0, ENOUGH)), min_size=1))
def test_no_passage_is_lowered_below_a_typical_one_nor_raised(found: list[tuple[float, int]]) -> None:
    similarity, extents = np.array([one for one, _ in found]), np.array([two for _, two in found], dtype=np.uint8)
    made = trusted(similarity, extents)
    assert (made <= similarity).all()
    assert (made >= np.minimum(similarity, 0.0)).all()
    np.testing.assert_array_equal(made[extents == ENOUGH], similarity[extents == ENOUGH])
