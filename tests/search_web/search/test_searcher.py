"""The order of what a search finds: fusion, ties, and queries in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.request import MAX_LIMIT, Fusion, Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path


def test_rank_fusion_adds_the_reciprocal_ranks_of_both_legs(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest("AI 变现", fusion=Fusion.RRF, limit=MAX_LIMIT)).hits
    assert any(hit.legs.keyword and hit.legs.vector for hit in hits)
    for hit in hits:
        legs = [leg for leg in (hit.legs.keyword, hit.legs.vector) if leg]
        assert hit.score == pytest.approx(sum(1 / (60 + leg.rank) for leg in legs))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("fusion", list(Fusion))
def test_scores_fall_and_the_same_search_has_the_same_order(searcher: Searcher, mode: Mode, fusion: Fusion) -> None:
    request = SearchRequest("现金流 cash flow", mode=mode, fusion=fusion, limit=MAX_LIMIT)
    first, second = searcher.search(request).hits, searcher.search(request).hits
    scores = [hit.score for hit in first]
    assert scores == sorted(scores, reverse=True)
    assert first == second


def test_equal_scores_stand_in_reading_order(tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    names = "甲乙丙丁戊己"
    turns = "\n\n".join(f"张{name}：我们回购了股份。" for name in names)
    file.write_text(f"{turns}\n", encoding="utf-8")
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    hits = Searcher(IndexReader(tmp_path / "index")).search(SearchRequest("回购", mode=Mode.KEYWORD)).hits
    assert len(hits) == len(names)
    assert len({hit.score for hit in hits}) == 1
    assert [hit.position for hit in hits] == list(range(len(names)))


def test_an_english_query_finds_chinese_passages_about_monetisation(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest("AI monetization", mode=Mode.VECTOR, filters=Filters(language=("zh",)))).hits
    assert any("变现" in hit.text and "monetization" not in hit.text for hit in hits)
