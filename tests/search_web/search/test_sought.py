"""A piece of a longer word does not count as much as a word of its own."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL = """北港航运 2024 年一季度业绩会
2024年4月12日

周岚 首席财务官：本季度收入为 41 亿元人民币，上年同期为 38 亿元人民币。

周岚 首席财务官：经营利润为 6 亿元人民币，上年同期为 5 亿元人民币。

周岚 首席财务官：资本开支为 3 亿元人民币，上年同期为 2 亿元人民币。

周岚 首席财务官：我们的运费大多以美元计价，所以汇率走弱的时候，折算过来的利润会好看一些，这一点在下半年会反过来。我们也在同几家大客户商量，把一部分长约改成随行就市，免得运价一动，账面就跟着大起大落，船员的工资和港口的杂费都是当地货币付的，不受影响。
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("sought")
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    index_paths(folder / "index", [folder / "call.txt"], BuildSettings(embedders=()))
    with closing(IndexReader(folder / "index")) as reader:
        yield Searcher(reader)


def test_a_word_and_its_pieces_do_not_drown_the_word_beside_it(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest("人民币汇率", mode=Mode.KEYWORD)).hits
    assert "汇率" in hits[0].text


def test_a_piece_counts_half(searcher: Searcher) -> None:
    hit = next(
        one
        for one in searcher.search(SearchRequest("人民币", mode=Mode.KEYWORD, explain=True)).hits
        if "收入" in one.text
    )
    assert hit.explained is not None
    scores = {term.term: term.score for term in hit.explained.terms}
    # Both stand in the same three passages, as often, so that they would score alike.
    assert scores["人民"] == pytest.approx(scores["人民币"] / 2)
    assert sum(scores.values()) == pytest.approx(hit.score)
