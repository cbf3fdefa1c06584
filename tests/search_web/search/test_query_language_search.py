"""The query language through the whole search: all modes, both keyword engines, on passages written for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import QuerySyntaxError
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.request import MAX_LIMIT, Mode, SearchRequest
from search_web.search.searcher import Searcher

FIRST = """---
title: 松塔科技2023年二季度电话会
company: 松塔科技
period: 2023Q2
date: 2023-08-15
language: zh
---

纪云帆：本季度自由现金流达到十二亿元，公共云业务增长很快。

林若水：现金可以自由调配，流向海外仓储项目。

纪云帆：我们对人工智能的商业化很有信心，变现会从广告开始。

林若水：毛利率下降是因为仓储成本上升。

纪云帆：云业务之外，我们还回购了价值三亿美元的股份。
"""

SECOND = """---
title: Larkspur Foods Q1 2024 Earnings Call
company: Larkspur Foods
ticker: LKSP
period: 2024Q1
date: 2024-04-22
language: en
---

Dora Quill: Monetization of our loyalty programme began in March and the margin improved.

Owen Tarn: Free cash flow was forty million dollars, and we repurchased shares.

Dora Quill: The cash that came in is free to flow into new kitchens.

Owen Tarn: Our cloud kitchens grew while delivery fees fell.
"""

MODES = list(Mode)


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def calls(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "pine.txt").write_text(FIRST, encoding="utf-8")
    (folder / "larkspur.txt").write_text(SECOND, encoding="utf-8")
    settings = BuildSettings(keyword_engine=request.param, embedders=("bundled",))
    index_paths(folder / "index", [folder / "pine.txt", folder / "larkspur.txt"], settings)
    return Searcher(IndexReader(folder / "index"))


def texts(searcher: Searcher, query: str, mode: Mode, **options: object) -> list[str]:
    request = replace(SearchRequest(query, mode=mode, limit=MAX_LIMIT), **options)
    return [hit.text for hit in searcher.search(request).hits]


def begins(found: list[str]) -> set[str]:
    """Return the first letters of each text, enough to tell them apart."""
    return {text[:8] for text in found}


CASH, FREELY, AI, MARGIN, BUYBACK = (
    "本季度自由现金流",
    "现金可以自由调配",
    "我们对人工智能的",
    "毛利率下降是因为",
    "云业务之外，我们",
)
LOYALTY, FCF, KITCHENS, CLOUD = "Monetiza", "Free cas", "The cash", "Our clou"
PINE, LARKSPUR = {CASH, FREELY, AI, MARGIN, BUYBACK}, {LOYALTY, FCF, KITCHENS, CLOUD}
EVERYTHING = PINE | LARKSPUR


@pytest.mark.parametrize("mode", MODES)
def test_all_passages_are_there(calls: Searcher, mode: Mode) -> None:
    assert begins(texts(calls, "date:2020.. 收入 cash", Mode.VECTOR)) == EVERYTHING
    assert texts(calls, "收入 cash", mode)


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ('"自由现金流"', {CASH}),
        ("“自由 现金流” 增长", {CASH}),
        ('"free cash flow" kitchens', {FCF}),
        ("-云 业务 cash", EVERYTHING - {BUYBACK}),  # 公共云 is another word,
        ("-“云” 业务 cash", EVERYTHING - {CASH, BUYBACK}),  # and has the letter.
        ("业务 cash NOT cloud", EVERYTHING - {CLOUD}),
        ('cash -"free cash flow"', EVERYTHING - {FCF}),
        ("cash AND free", {FCF, KITCHENS}),
        ("cash AND NOT flow", set()),
        ("margin OR kitchens", {LOYALTY, KITCHENS, CLOUD}),
        ("(margin OR kitchens) AND cash", {KITCHENS}),
        ("monet* cash", {LOYALTY}),
        ("毛利*", {MARGIN}),
        ("cash NEAR/1 flow", {FCF}),
        ("cash NEAR/9 flow", {FCF, KITCHENS}),
        ("flow NEAR/9 cash", {FCF, KITCHENS}),
        ("speaker:纪云帆 现金", {CASH, AI, BUYBACK}),
        ("speaker:Dora cash", {LOYALTY, KITCHENS}),
        ("-speaker:Dora cash", EVERYTHING - {LOYALTY, KITCHENS}),
        ("company:LKSP cash", LARKSPUR),
        ("lang:zh cash", PINE),
        ("period:2023Q2 cash", PINE),
        ("period:2024 cash", LARKSPUR),
        ("date:2023 cash", PINE),
        ("date:>=2024-04-22 现金", LARKSPUR),
        ("date:..2023-08-14 现金", set()),
        ("date:2023 date:2024 cash", set()),
        ("date:2023-08 date:2023-06..2023-12 cash", PINE),
        ("NOT date:2023 cash", LARKSPUR),
        ("cash (speaker:Owen OR speaker:林若水)", {FREELY, MARGIN, FCF, CLOUD}),
        ("speaker:Owen speaker:Dora cash", LARKSPUR),
        ("speaker:Nobody cash", set()),
        ("zzz* cash", set()),
        ('"flow cash free" cash', set()),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_what_binds_binds_in_every_mode(calls: Searcher, mode: Mode, query: str, bound: set[str]) -> None:
    found = begins(texts(calls, query, mode, expand=False))
    assert found <= bound
    if mode is not Mode.KEYWORD:
        assert found == bound


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("speaker:纪云帆", {CASH, AI, BUYBACK}),
        ("role:other date:2024", None),
        ("date:2024", LARKSPUR),
        ("period:2023Q2 lang:zh", PINE),
        ("-speaker:Dora", EVERYTHING - {LOYALTY, KITCHENS}),
        ("NOT cash", EVERYTHING - {FCF, KITCHENS}),
        ("NOT speaker:Dora NOT lang:zh", {FCF, CLOUD}),
        ("？！", set()),
        ("zzz*", set()),
        ("repurch*", {FCF}),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_without_words_to_rank_by_everything_that_matches_is_found(
    calls: Searcher, mode: Mode, query: str, found: set[str] | None
) -> None:
    shown = begins(texts(calls, query, mode, expand=False))
    assert shown <= EVERYTHING if found is None else shown == found


@pytest.mark.parametrize("mode", [Mode.KEYWORD, Mode.HYBRID])
def test_and_is_met_by_what_the_glossary_says_instead(calls: Searcher, mode: Mode) -> None:
    assert AI in begins(texts(calls, "monetization AND 广告", mode))
    assert begins(texts(calls, "monetization AND 广告", mode, expand=False)) == set()
    assert begins(texts(calls, "buyback AND 云", mode)) == {BUYBACK}


@pytest.mark.parametrize("mode", MODES)
def test_a_quoted_text_is_meant_to_the_letter(calls: Searcher, mode: Mode) -> None:
    assert begins(texts(calls, '"monetization"', mode)) == {LOYALTY}
    assert begins(texts(calls, '"buyback"', mode)) == set()


@pytest.mark.parametrize("mode", MODES)
def test_fields_of_the_query_and_filters_of_the_request_both_hold(calls: Searcher, mode: Mode) -> None:
    assert begins(texts(calls, "speaker:Dora cash", mode, filters=Filters(language=("zh",)))) == set()
    both = texts(calls, "speaker:Dora cash", mode, filters=Filters(speaker=("Owen",)))
    assert begins(both) == set()
    year = texts(calls, "period:2023 现金 cash", mode, filters=Filters(period=("2024Q1",)))
    assert begins(year) == set()
    days = texts(calls, "date:2024 cash", mode, filters=Filters(date_to="2023-12-31"))
    assert begins(days) == set()


@pytest.mark.parametrize("mode", MODES)
def test_a_year_given_as_a_speaker_is_no_date(calls: Searcher, mode: Mode) -> None:
    assert texts(calls, "speaker:2023 现金", mode, filters=Filters(speaker=("纪云帆",))) == []


@pytest.mark.parametrize("mode", MODES)
def test_plain_takes_every_sign_for_text(calls: Searcher, mode: Mode) -> None:
    assert texts(calls, '(cash OR -flow "free', mode, plain=True)
    with pytest.raises(QuerySyntaxError):
        texts(calls, '(cash OR -flow "free', mode)


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    (tmp_path / "pine.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "larkspur.txt").write_text(SECOND, encoding="utf-8")
    found = []
    for engine in ("tantivy", "whoosh"):
        paths = [tmp_path / "pine.txt", tmp_path / "larkspur.txt"]
        index_paths(tmp_path / engine, paths, BuildSettings(keyword_engine=engine, embedders=()))
        searcher = Searcher(IndexReader(tmp_path / engine))
        found.append(
            [
                sorted(texts(searcher, query, Mode.KEYWORD))
                for query in (
                    "cash flow",
                    "monetization",
                    "云 AND NOT 回购",
                    "cash NEAR/9 flow OR 毛利*",
                    "NOT cash",
                    "回购",
                )
            ]
        )
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("cash 广告 -monetization", EVERYTHING - {LOYALTY, AI}),  # 变现 and 商业化 are the same concept,
        ('cash 广告 -"monetization"', EVERYTHING - {LOYALTY}),  # unless the word is quoted
        ("变现 cash -monetization", EVERYTHING - {LOYALTY}),  # or the concept asked for.
        ("cash 股份 NOT (回购 OR kitchens)", EVERYTHING - {BUYBACK, FCF, KITCHENS, CLOUD}),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_an_excluded_word_is_excluded_in_both_languages(
    calls: Searcher, mode: Mode, query: str, kept: set[str]
) -> None:
    found = begins(texts(calls, query, mode))
    assert found <= kept
    if mode is Mode.VECTOR:
        assert found == kept


def test_what_went_out_with_an_excluded_word_is_told_and_can_be_kept(calls: Searcher) -> None:
    response = calls.search(SearchRequest("cash -monetization"))
    assert {one.term for one in response.left_out} >= {"变现", "商业化"}
    assert "Left out with monetization: 变现, 商业化" in response.notes[0]
    kept = calls.search(SearchRequest("cash 广告 -monetization", without=("变现", "商业化")))
    assert AI in begins([hit.text for hit in kept.hits])
    assert not any(one.active for one in kept.left_out if one.term in {"变现", "商业化"})
    assert "变现" not in " ".join(kept.notes)
    (note,) = calls.search(SearchRequest("变现 -monetization")).notes
    assert note == "monetization is left out to the letter only: the query asks for the same in another word."


@pytest.mark.parametrize("query", ["十二亿元", "12亿元", "RMB 1.2 billion", "人民币 12 亿"])
def test_of_a_figure_nothing_is_found_but_the_figure(calls: Searcher, query: str) -> None:
    response = calls.search(SearchRequest(query, mode=Mode.KEYWORD))
    assert begins([hit.text for hit in response.hits]) == {CASH}
    (hit,) = response.hits
    assert [hit.text[slice(*span)] for span in hit.highlights] == ["十二亿元"]
    assert not response.expansions


def test_a_piece_of_a_name_is_not_looked_for_in_other_words(calls: Searcher) -> None:
    named = calls.search(SearchRequest("Larkspur Foods margin"))
    assert [chip.kind for chip in named.chips] == ["company"]
    assert all(named.query[slice(*one.of)] == "margin" for one in named.expansions)
