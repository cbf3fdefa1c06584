"""What of an index a query names, and what that does to the search; over an invented collection of calls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.json_view import response_json
from search_web.search.names import is_somebody, person_forms
from search_web.search.request import Fusion, Mode, Recognised, SearchRequest
from search_web.search.response import SearchResponse
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path


def search(searcher: Searcher, query: str, **options: object) -> SearchResponse:
    """Search with near-duplicates shown, since the invented calls repeat one another."""
    return searcher.search(replace(SearchRequest(query, collapse=False), **options))


def chips(searcher: Searcher, query: str) -> list[tuple[str, str, str]]:
    return [(chip.id, chip.how, chip.text) for chip in search(searcher, query, mode=Mode.KEYWORD, limit=1).chips]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("高盛问了什么", ("firm:Goldman Sachs", "asked", "高盛")),
        ("Goldman Sachs 的问题", ("firm:Goldman Sachs", "asked", "Goldman Sachs")),
        ("questions asked by Jefferies", ("firm:Jefferies", "asked", "Jefferies")),
        ("杰富瑞 的分析师问了什么", ("firm:Jefferies", "asked", "杰富瑞")),
        ("Ｊｅｆｆｅｒｉｅｓ’ question on wages", ("firm:Jefferies", "asked", "Ｊｅｆｆｅｒｉｅｓ")),
        ("中金问了什么", ("firm:中金公司", "asked", "中金")),
        ("what did Oscar Lindqvist say about orders", ("speaker:Oscar Lindqvist", "said", "Oscar Lindqvist")),
        ("何明远怎么看价格战", ("speaker:何明远", "said", "何明远")),
        ("何总怎么看价格战", ("speaker:何明远", "said", "何总")),
        ("蘇婉對自由現金流的看法", ("speaker:苏婉", "named", "蘇婉")),
        ("Lindqvist on orders", ("speaker:Oscar Lindqvist", "named", "Lindqvist")),
        ("ms zhang on wages", ("speaker:Mina Zhang", "named", "zhang")),
        ("marlow grid wages", ("company:Marlow Grid", "named", "marlow grid")),
        ("MGRD tariffs", ("company:Marlow Grid", "named", "MGRD")),
        ("青屿的机房", ("company:青屿科技", "named", "青屿")),
        ("He Mingyuan on prices", ("speaker:何明远", "named", "He Mingyuan")),
        ("what does Mingyuan He think about prices", ("speaker:何明远", "said", "Mingyuan He")),
        ("Ming-Yuan He", ("speaker:何明远", "named", "Ming-Yuan He")),
        ("Lindqvist Oscar on orders", ("speaker:Oscar Lindqvist", "named", "Lindqvist Oscar")),
        ("O. Lindqvist's view on orders", ("speaker:Oscar Lindqvist", "said", "O. Lindqvist")),
    ],
)
def test_names_are_recognised_with_what_is_wanted_of_them(
    invented: Searcher, query: str, expected: tuple[str, str, str]
) -> None:
    assert chips(invented, query) == [expected]


@pytest.mark.parametrize(
    "query",
    [
        "Will margins improve next year?",
        "Rich cash flows in the shipyards",
        "WILL TARIFFS GROW",
        "Apple juice sales",
        "apple orchards and fruit",
        "lindqvist on orders",
        "mgrd tariffs",
        "Operator question",
        "oscars for films",
        "Oscar Peterson on orders",
        "Linus Lindqvist on orders",
        "CEO succession and wages",
        "He Xiaoming on prices",
    ],
)
def test_ordinary_words_and_bare_parts_of_names_name_nobody(invented: Searcher, query: str) -> None:
    assert chips(invented, query) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Mr. Rich on cash flow", "speaker:Priya Rich"),
        ("what did Rich say about cash", "speaker:Priya Rich"),
        ("Will said margins improve", "speaker:Will Sanderson"),
        ("Apple's tariffs", "company:Apple Orchard Holdings"),
        ("Apple 的关税", "company:Apple Orchard Holdings"),
    ],
)
def test_ordinary_words_are_names_where_the_words_around_them_say_so(
    invented: Searcher, query: str, expected: str
) -> None:
    assert [chip for chip, _, _ in chips(invented, query)] == [expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Marlow Grid CFO on cash", ["company:Marlow Grid", "speaker:Priya Rich"]),
        ("the CFO of Apple Orchard on wages", ["speaker:Mina Zhang", "company:Apple Orchard Holdings"]),
        ("青屿科技的首席财务官", ["company:青屿科技", "speaker:苏婉"]),
        ("青屿科技董事长怎么看价格", ["company:青屿科技", "speaker:何明远"]),
        ("what did the CFO say about cash", ["speaker:CFO"]),
    ],
)
def test_a_title_means_who_holds_it(invented: Searcher, query: str, expected: list[str]) -> None:
    assert [chip for chip, _, _ in chips(invented, query)] == expected


def test_a_title_at_no_company_means_everybody_who_holds_it(invented: Searcher) -> None:
    hits = search(invented, "what did the CFO say about cash and wages", limit=30).hits[:10]
    assert {hit.speaker.name for hit in hits} <= {"Priya Rich", "Mina Zhang", "苏婉"}


def test_last_quarter_counts_from_the_newest_call_of_the_company_that_is_spoken_of(invented: Searcher) -> None:
    """Only 青屿科技 speaks of machine rooms; Marlow Grid and Apple Orchard have newer calls."""
    assert [chip for chip, _, _ in chips(invented, "上季度的机房")] == ["period:2023Q2"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wages after 2023 Q3", "period:after 2023Q3"),
        ("wages since 2023", "period:since 2023"),
        ("2024年以来的工资", "period:since 2024"),
        ("2023年之前的工资", "period:before 2023"),
        ("2023年三季度 机房", "period:2023Q3"),
        ("FY24 wages", "period:2024"),
        ("revenue in 2022", "period:2022"),
        ("wages last quarter", "period:2024Q1"),
        ("上个季度的工资", "period:2024Q1"),
        ("最近一次业绩会 工资", "period:2024Q2"),
        ("wages last year", "period:2023"),
        ("去年三季度的工资", "period:2023Q3"),
        ("the call of 2023-07-27", "period:2023-07-27"),
        ("June quarter wages", "period:2024Q2"),
        ("3 月份季度的工资", "period:2024Q1"),
        ("去年六月份季度的工资", "period:2023Q2"),
    ],
)
def test_periods_are_recognised_and_relative_ones_count_from_the_newest_call(
    invented: Searcher, query: str, expected: str
) -> None:
    assert [chip for chip, _, _ in chips(invented, query)] == [expected]


def test_relative_periods_count_from_the_newest_call_of_the_company_that_is_named(invented: Searcher) -> None:
    assert [chip for chip, _, _ in chips(invented, "青屿科技上季度")] == ["company:青屿科技", "period:2023Q2"]
    marlow = chips(invented, "Marlow Grid same quarter last year")
    assert [chip for chip, _, _ in marlow] == ["company:Marlow Grid", "period:2023Q2"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("青屿科技二季度", ["company:青屿科技", "period:2023Q2"]),
        ("Marlow Grid Q4 wages", ["company:Marlow Grid"]),
        ("青屿科技一季度", ["company:青屿科技"]),
    ],
)
def test_a_quarter_without_its_year_is_the_newest_of_the_company_that_is_named(
    invented: Searcher, query: str, expected: list[str]
) -> None:
    """Others have newer second quarters and a first one."""
    assert [chip for chip, _, _ in chips(invented, query)] == expected


def test_people_go_by_short_first_names() -> None:
    said = {form.key: form.short for form in person_forms("andrew p. power")}
    assert said["andy power"] is False
    assert "andrew power" in {form.key for form in person_forms("andy power")}


@pytest.mark.parametrize("query", ["wages in 2019", "青屿科技去年同期", "1998年的工资", "the 2024 guidance"])
def test_a_period_that_the_index_has_no_call_of_is_no_chip(invented: Searcher, query: str) -> None:
    assert not any(chip.startswith("period") for chip, _, _ in chips(invented, query))


def test_in_a_long_text_this_quarter_is_not_that_of_the_newest_call(invented: Searcher) -> None:
    spoken = (
        "I wanted to come back to the wages in the shipyards and ask how much of the increase this quarter is owed to "
        "overtime and how much to the new agreement with the unions"
    )
    assert chips(invented, spoken) == []
    assert [chip for chip, _, _ in chips(invented, "wages this quarter")] == ["period:2024Q2"]


@pytest.mark.parametrize(
    ("name", "somebody"),
    [
        ("张勇", True),
        ("ines vale", True),
        ("juan carlos de la vega ruiz", True),
        ("unidentified analyst", False),
        ("发言人1", False),
        ("okay, yes. just give me one second", False),
        ("what about the margin?", False),
    ],
)
def test_what_a_file_calls_people_without_a_name_is_no_name(name: str, *, somebody: bool) -> None:
    assert is_somebody(name) is somebody


def test_questions_of_a_firm_come_first_then_their_answers(invented: Searcher) -> None:
    hits = search(invented, "Jefferies 的问题", limit=30).hits
    asked = [hit for hit in hits if hit.speaker.affiliation == "Jefferies"]
    assert len(asked) == 7
    assert [hit.id for hit in hits[:7]] == [hit.id for hit in asked]
    answers = [hit for hit in hits[7:14] if hit.answered and hit.answered.speaker.affiliation == "Jefferies"]
    assert len(answers) >= 6


@pytest.mark.parametrize("fusion", list(Fusion))
def test_what_somebody_says_comes_before_what_others_say_in_the_same_words(invented: Searcher, fusion: Fusion) -> None:
    hits = search(invented, "何明远对海外仓投入的看法", fusion=fusion).hits
    assert {hit.speaker.name for hit in hits[:2]} == {"何明远"}
    off = search(invented, "何明远对海外仓投入的看法", fusion=fusion, recognised=Recognised.OFF).hits
    best_elsewhere = off[0]
    assert best_elsewhere.speaker.name != "何明远"
    assert best_elsewhere.id in {hit.id for hit in hits}, "what others say of it stays on the first page"


@pytest.mark.parametrize("mode", list(Mode))
def test_what_a_firm_asked_is_found_under_its_other_name_in_every_mode(invented: Searcher, mode: Mode) -> None:
    hits = search(invented, "富瑞问了什么", mode=mode, limit=7).hits
    assert {hit.speaker.affiliation for hit in hits} == {"Jefferies"}


@pytest.mark.parametrize("fusion", list(Fusion))
@pytest.mark.parametrize("mode", list(Mode))
def test_a_period_alone_brings_its_calls(invented: Searcher, mode: Mode, fusion: Fusion) -> None:
    hits = search(invented, "wages last quarter", mode=mode, fusion=fusion, limit=2).hits
    assert {hit.transcript.period for hit in hits} == {"2024Q1"}


@pytest.mark.parametrize("mode", list(Mode))
def test_a_company_and_a_time_favour_their_passages_in_every_mode(invented: Searcher, mode: Mode) -> None:
    hits = search(invented, "Marlow Grid wages in the shipyards since 2024", mode=mode, limit=4).hits
    assert hits[0].transcript.company == "Marlow Grid"
    assert {hit.transcript.period for hit in hits[:2]} == {"2024Q1", "2024Q2"}


def test_hard_chips_keep_only_what_they_name(invented: Searcher) -> None:
    response = search(invented, "Marlow Grid wages since 2024", recognised=Recognised.HARD, limit=50)
    assert response.hits
    assert {(hit.transcript.company, hit.transcript.period) for hit in response.hits} == {
        ("Marlow Grid", "2024Q1"),
        ("Marlow Grid", "2024Q2"),
    }
    assert {chip.effect for chip in response.chips} == {"hard"}


def test_people_and_firms_that_are_named_together_are_alternatives(invented: Searcher) -> None:
    hits = search(invented, "Ines Vale, Tom Okafor 的问题", recognised=Recognised.HARD, limit=50).hits
    assert {hit.speaker.name for hit in hits} == {"Ines Vale", "Tom Okafor"}


def test_a_chip_that_is_switched_off_is_shown_and_does_nothing(invented: Searcher) -> None:
    query = "何明远怎么看价格战"
    off = search(invented, query, without=("speaker:何明远",))
    assert [(chip.id, chip.active) for chip in off.chips] == [("speaker:何明远", False)]
    plain = search(invented, query, recognised=Recognised.OFF)
    assert not plain.chips
    assert [(hit.id, hit.score) for hit in off.hits] == [(hit.id, hit.score) for hit in plain.hits]


def test_a_field_of_the_query_stays_a_filter_and_is_no_chip(invented: Searcher) -> None:
    response = search(invented, "speaker:何明远 价格", limit=50)
    assert not response.chips
    assert {hit.speaker.name for hit in response.hits} == {"何明远"}


def test_what_is_named_never_lets_in_what_a_filter_keeps_out(invented: Searcher) -> None:
    hits = search(invented, "what did Jefferies ask", filters=Filters(role=("management",)), limit=50).hits
    assert hits
    assert {hit.speaker.role for hit in hits} == {"management"}


def test_the_company_of_every_call_is_no_chip(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "Marlow Grid (MGRD) Q2 2024 Earnings Call Transcript\nAug 1, 2024\n\nPrepared Remarks:\n\n"
        "Oscar Lindqvist -- Chief Executive Officer\n\nOrders for tidal equipment rose.\n\n"
        "Priya Rich -- Chief Financial Officer\n\nCash flow was steady in the quarter.\n",
        encoding="utf-8",
    )
    index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    assert chips(searcher, "Marlow Grid cash flow this quarter") == []
    assert [chip for chip, _, _ in chips(searcher, "Priya Rich on Marlow Grid")] == ["speaker:Priya Rich"]


def test_the_response_as_json_has_the_chips(invented: Searcher) -> None:
    found = response_json(search(invented, "高盛问了什么", limit=1))["chips"]
    assert found == [
        {
            "id": "firm:Goldman Sachs",
            "kind": "firm",
            "value": "Goldman Sachs",
            "text": "高盛",
            "of": [0, 2],
            "effect": "soft",
            "active": True,
            "how": "asked",
        }
    ]


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.KEYWORD])
def test_pages_continue_one_another_where_something_is_named(invented: Searcher, mode: Mode) -> None:
    query = "Marlow Grid wages last quarter"
    whole = [hit.id for hit in search(invented, query, mode=mode, limit=30).hits]
    paged = [hit.id for at in range(0, 30, 7) for hit in search(invented, query, mode=mode, limit=7, offset=at).hits]
    assert paged[: len(whole)] == whole


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            ["张", "何总", "Mr.", "Rich", "高盛", "的问题", "2023", "Q3", "年", "以来", "since", "last quarter", "－", "Ｑ3",
             " ", "青屿", "Marlow", "Grid", "'s", "é", "\u0301", "😀", "去年同期", "to", "至", "AOH", "$"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_every_chip_says_where_it_stands_in_the_query(invented: Searcher, parts: list[str]) -> None:
    query = "".join(parts).strip() or "x"
    response = search(invented, query, plain=True, mode=Mode.KEYWORD, limit=1)
    for chip in response.chips:
        assert 0 <= chip.of[0] < chip.of[1] <= len(query)
        assert query[slice(*chip.of)] == chip.text
    assert len({chip.id for chip in response.chips}) == len(response.chips)
