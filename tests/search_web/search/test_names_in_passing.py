"""What only looks like a name names nobody, and a name in passing does not drown what a long question asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.request import Mode, Recognised, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path

LABELLED = """问：请介绍一下仓库的自动化进度。

答：三号仓库的分拣线已经全部换成自动设备。

问：明年的运费会怎么变化？

答：我们预计海运运费会继续下降，陆运基本持平。
"""
LETTERS = """A: The kiln in the northern plant was relined in the spring.

B: How long did the relining take, and what did it cost?

A: Five weeks, and a little under four million.

Tina Lin: Glaze prices have doubled since the relining.
"""
KEVIN_LV = """吕正华 (Kevin)：窑炉的改造提前两周完成。

吕正华 (Kevin)：北方工厂的产能利用率回到了八成。
"""
KEVIN_CHEN = """陈圣凯 (Kevin)：釉料的价格翻了一倍。

陈圣凯 (Kevin)：采购合同按季度重新议价。
"""
MENTIONED = """Orla Finch: We opened two ferries on the western route, and both sail twice a day.

Rufus Hale: Fuel hedges cover most of the winter, and the rest floats with the market.

Orla Finch: Crews are paid by the sailing, not by the hour.

Rufus Hale: The dry dock at Corran takes one hull at a time, and the paint has to cure for nine days before she floats.
"""


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("talks")
    for number, text in enumerate((LABELLED, LETTERS, KEVIN_LV, KEVIN_CHEN, MENTIONED)):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    index_paths(folder / "index", sorted(folder.glob("*.txt")), BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def chips(searcher: Searcher, query: str) -> list[str]:
    return [chip.id for chip in searcher.search(SearchRequest(query, mode=Mode.KEYWORD)).chips]


@pytest.mark.parametrize(
    "query",
    ["跨行业的问题", "答案在哪里", "plan A for the kiln", "what B costs", "热带雨林是哪一种", "what does Kevin say"],
)
def test_letters_parts_of_words_and_names_of_several_name_nobody(talks: Searcher, query: str) -> None:
    assert chips(talks, query) == []


@pytest.mark.parametrize("speaker", ["吕正华", "陈圣凯"])
def test_who_shares_a_first_name_is_somebody_else(talks: Searcher, speaker: str) -> None:
    request = SearchRequest(f"{speaker}怎么看产能", mode=Mode.KEYWORD, recognised=Recognised.HARD)
    response = talks.search(request)
    assert [chip.id for chip in response.chips] == [f"speaker:{speaker}"]
    assert {hit.speaker.name for hit in response.hits} <= {speaker}


def test_a_name_in_passing_does_not_drown_what_a_long_question_asks(talks: Searcher) -> None:
    question = (
        "Okay, and thanks Orla Finch for the summary, I still wonder how many hulls the dry dock at Corran takes at a "
        "time, how long the paint has to cure there, and when she floats again after nine days"
    )
    response = talks.search(SearchRequest(question, mode=Mode.KEYWORD))
    assert [chip.id for chip in response.chips] == ["speaker:Orla Finch"]
    assert "dry dock" in response.hits[0].text
