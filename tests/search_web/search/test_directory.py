"""Who speaks in an index, and who is taken for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import UnknownSpeakerError
from indexer.stores.index import IndexReader
from search_web.search.directory import together
from search_web.search.profile import make_profile
from search_web.search.profile_json import profile_json
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    pass

CALL = """{company} ({ticker}) Q{quarter} 2023 Earnings Call Transcript

Prepared Remarks:

Operator

Good day and welcome to the call of this company.

{chief} -- Chief Executive Officer

Our {product} sold well in this quarter, and we will build more {product} next year as planned.

We are glad to report that the workshops in the north are open and that the wages were paid on time.

Questions and Answers:

{analyst} -- {firm} -- Analyst

How do you think about the prices of the {product} that you sell abroad in the coming year?

{chief} -- Chief Executive Officer

Prices of the {product} follow the cost of steel, and so we do not expect that they will change.
"""
CHINESE = """远舟集团 2023 年 6 月份季度业绩发布电话会

业务概览

陆远（Daniel Lu）
远舟集团首席执行官
各位好，本季度我们的船坞业务收入继续增长，新的船坞已经开工，欢迎大家提问。
"""


@pytest.fixture(scope="module")
def speakers(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("directory")
    rows = (
        ("Marlow Grid", "MGRD", 1, "Oscar Lindqvist", "turbines", "Tom Okafor", "Goldman Sachs"),
        ("Marlow Grid Inc.", "MGRD", 2, "Oscar Lindqvist", "turbines", "Tom Okafor", "Goldman Sachs Group"),
        ("Quayside Foods", "QSF", 2, "Oscar Lindqvist", "noodles", "Tom Okafor", "Jefferies"),
        ("Yuanzhou", "YZ", 2, "Daniel Lu", "docks", "Ines Vale", "Barclays"),
    )
    for number, (company, ticker, quarter, chief, product, analyst, firm) in enumerate(rows):
        text = CALL.format(
            company=company, ticker=ticker, quarter=quarter, chief=chief, product=product, analyst=analyst, firm=firm
        )
        (folder / f"call{number}.txt").write_text(text, encoding="utf-8")
    (folder / "yuanzhou.txt").write_text(CHINESE, encoding="utf-8")
    index_paths(folder / "index", [folder], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def test_people_of_one_name_at_different_firms_are_apart(speakers: Searcher) -> None:
    _, directory = speakers.directory()
    chiefs = directory.named("oscar lindqvist")
    assert sorted((one.calls, (one.firm or "").split()[0]) for one in chiefs) == [(1, "Quayside"), (2, "Marlow")]
    assert [one.others for one in chiefs] == [1, 1]
    assert together(chiefs).calls == 3


def test_a_firm_under_a_longer_name_is_the_same(speakers: Searcher) -> None:
    analysts = speakers.directory()[1].named("Tom Okafor")
    assert sorted((one.calls, (one.firm or "").split()[0]) for one in analysts) == [(1, "Jefferies"), (2, "Goldman")]
    assert all(one.questions == one.passages for one in analysts)


def test_two_names_that_a_transcript_gives_to_one_person_are_one(speakers: Searcher) -> None:
    _, directory = speakers.directory()
    assert directory.named("陆远") == directory.named("Daniel Lu")
    assert {name for one in directory.named("陆远") for name in one.names} == {"陆远", "Daniel Lu"}


def test_nobody_is_listed_who_has_no_name(speakers: Searcher) -> None:
    _, directory = speakers.directory()
    assert "Operator" not in {name for entry in directory.entries for name in entry.names}
    with pytest.raises(UnknownSpeakerError):
        directory.named("Operator")


def test_a_profile_says_where_somebody_spoke_and_about_what(speakers: Searcher) -> None:
    generation, directory = speakers.directory()
    entry, other = directory.named("Oscar Lindqvist")
    profile = make_profile(generation, entry, (other,))
    said = profile_json(profile)
    assert [call["period"] for call in said["calls"]] == ["2023Q2", "2023Q1"]
    assert said["calls"][0]["speaker_title"] == "Chief Executive Officer"
    assert (said["passages"], said["answers"], said["questions"]) == (6, 2, 0)
    assert said["words"] == sum(
        len(text.split())
        for text in generation.passages.texts_of(generation.passages.speakers.rows_said(entry.appearances)).values()
    )
    found = speakers.search(SearchRequest("prices", filters=profile.filters))
    assert found.total == 2
    assert {hit.speaker.name for hit in found.hits} == {"Oscar Lindqvist"}
