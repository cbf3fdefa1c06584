"""The values of filters: met under every name that the index, the glossary and pinyin know, or said to find nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.json_view import response_json
from search_web.search.request import Mode, SearchRequest
from search_web.search.response import SearchResponse
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path


def search(searcher: Searcher, query: str, **filters: tuple[str, ...]) -> SearchResponse:
    request = SearchRequest(query, filters=Filters(**filters), collapse=False, mode=Mode.KEYWORD, limit=100)
    return searcher.search(request)


@pytest.mark.parametrize(
    ("field", "value", "like"),
    [
        ("firm", "高盛", "Goldman Sachs"),
        ("firm", "ｇｏｌｄｍａｎ　ｓａｃｈｓ", "Goldman Sachs"),
        ("firm", "CICC", "中金公司"),
        ("firm", "富瑞", "Jefferies"),
        ("company", "NYSE:MGRD", "Marlow Grid"),
        ("company", "青嶼科技", "青屿科技"),
        ("speaker", "He Mingyuan", "何明远"),
        ("speaker", "Mingyuan He", "何明远"),
        ("speaker", "Ming-yuan He", "何明远"),
        ("speaker", "何总", "何明远"),
        ("speaker", "Lindqvist Oscar", "Oscar Lindqvist"),
        ("speaker", "O. Lindqvist", "Oscar Lindqvist"),
    ],
)
def test_another_writing_finds_what_the_name_of_the_index_finds(
    invented: Searcher, field: str, value: str, like: str
) -> None:
    query = "价格 orders wages 海外仓 机房 cranes"
    expected = {hit.id for hit in search(invented, query, **{field: (like,)}).hits}
    assert expected
    assert {hit.id for hit in search(invented, query, **{field: (value,)}).hits} == expected
    in_query = search(invented, f'{field}:"{value}" ({query.replace(" ", " OR ")})')
    assert {hit.id for hit in in_query.hits} == expected


def test_the_response_says_what_a_value_was_taken_to_mean(invented: Searcher) -> None:
    assert search(invented, "orders", firm=("高盛",)).notes == ("firm '高盛' was taken to mean: Goldman Sachs",)
    assert search(invented, "firm:高盛 cranes").notes == ("firm '高盛' was taken to mean: Goldman Sachs",)
    assert search(invented, "orders", firm=("Goldman Sachs",)).notes == ()
    assert search(invented, "orders", company=("MGRD",)).notes == ()


def test_what_is_excluded_is_excluded_under_all_its_names(invented: Searcher) -> None:
    hits = search(invented, "cranes OR 价格战 OR wages OR 海外仓 NOT firm:高盛").hits
    assert hits
    assert not [hit for hit in hits if hit.speaker.affiliation == "Goldman Sachs"]


def test_a_company_that_is_written_in_two_ways_is_one_company(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(
        "微软 2024 年 3 月份季度业绩发布电话会\n2024 年 4 月 28 日\n\n问答\n\nRonald Fisk (摩根士丹利):\n云的增长如何？\n\n"
        "林若曦 (中金公司):\n海外仓的布局如何，云的增长如何？\n",
        encoding="utf-8",
    )
    (tmp_path / "en.txt").write_text(
        "Microsoft (MSFT) Q2 2024 Earnings Call Transcript\nJul 30, 2024\n\nQuestions and Answers:\n\n"
        "Ines Vale -- Morgan Stanley -- Analyst\n\nHow is the growth of the cloud?\n\n"
        "Oscar Lindqvist -- Chief Executive Officer\n\nThe growth of the cloud was ahead of our plan.\n",
        encoding="utf-8",
    )
    (tmp_path / "other.txt").write_text(
        "Marlow Grid (MGRD) Q2 2024 Earnings Call Transcript\nAug 1, 2024\n\nPrepared Remarks:\n\n"
        "Oscar Lindqvist -- Chief Executive Officer\n\nThe growth of tidal power needs a cloud of sensors.\n",
        encoding="utf-8",
    )
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    everything = {hit.id for hit in search(searcher, "growth cloud 增长 云").hits}
    theirs = {hit.id for hit in search(searcher, "growth cloud 增长 云", company=("Microsoft", "微软")).hits}
    assert theirs < everything
    assert len({hit.transcript.id for hit in search(searcher, "growth cloud 增长 云", company=("微软",)).hits}) == 2
    for value in ("Microsoft", "微软", "MSFT", "msft", "微軟"):
        assert {hit.id for hit in search(searcher, "growth cloud 增长 云", company=(value,)).hits} == theirs, value
    for value in ("Morgan Stanley", "摩根士丹利", "大摩"):
        found = search(searcher, "growth cloud 增长 云", firm=(value,))
        assert {hit.speaker.affiliation for hit in found.hits} == {"Morgan Stanley", "摩根士丹利"}, value
    told = search(searcher, "growth cloud", company=("Microsoft",)).notes
    assert told == ("company 'Microsoft' also stands for: 微软",)
    named = searcher.search(SearchRequest("大摩问了什么", collapse=False))
    assert {hit.speaker.affiliation for hit in named.hits[:2]} == {"Morgan Stanley", "摩根士丹利"}


def test_a_bank_is_not_taken_for_another_that_shares_a_word_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(
        "Microsoft (MSFT) Q2 2024 Earnings Call Transcript\nJul 30, 2024\n\nQuestions and Answers:\n\n"
        "Ines Vale -- Morgan Stanley -- Analyst\n\nHow is the growth of the cloud?\n\n"
        "Oscar Lindqvist -- Chief Executive Officer\n\nThe growth of the cloud was ahead of our plan.\n\n"
        "Bo Harper -- JPMorgan -- Analyst\n\nHow is the growth of the cloud in Asia?\n",
        encoding="utf-8",
    )
    index_paths(tmp_path / "index", [tmp_path / "call.txt"], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    for query in ("JP Morgan cloud", "J.P. Morgan cloud", "JPMorgan cloud", "小摩 cloud"):
        response = searcher.search(SearchRequest(query))
        assert [chip.value for chip in response.chips] == ["JPMorgan"], query
        assert response.hits[0].speaker.name == "Bo Harper", query


@pytest.mark.parametrize(
    ("field", "value", "instead"),
    [
        ("company", "Marlow Grd", ("Marlow Grid",)),
        ("company", "apple orchards", ("Apple Orchard Holdings",)),
        ("firm", "Goldmann Sachs", ("Goldman Sachs",)),
        ("speaker", "何名远", ("何明远",)),
        ("speaker", "Oscar Lindquist", ("Oscar Lindqvist",)),
        ("company", "Unheard Of Industries", ()),
    ],
)
def test_a_value_that_finds_nothing_is_told_with_the_nearest_that_the_index_has(
    invented: Searcher, field: str, value: str, instead: tuple[str, ...]
) -> None:
    response = search(invented, "orders", **{field: (value,)})
    assert not response.hits
    (told,) = response.filter_suggestions
    assert (told.field, told.value, told.of, told.instead) == (field, value, None, instead)
    meant = f"; did you mean: {', '.join(instead)}" if instead else ""
    assert response.notes == (f"no {field} is called '{value}'{meant}",)


def test_a_field_of_the_query_that_finds_nothing_leads_to_the_query_with_the_nearest_value(invented: Searcher) -> None:
    query = 'wages company:"Marlow Grd" period:2023Q2'
    (told,) = response_json(search(invented, query))["filter_suggestions"]
    assert told == {
        "field": "company",
        "value": "Marlow Grd",
        "of": [6, 26],
        "instead": ["Marlow Grid"],
        "queries": ['wages company:"Marlow Grid" period:2023Q2'],
    }
    assert search(invented, told["queries"][0]).hits


def test_the_nearest_periods_are_those_nearest_in_time(invented: Searcher) -> None:
    (told,) = search(invented, "wages period:2024Q3").filter_suggestions
    assert told.instead[0] == "2024Q2"


def test_a_filter_that_something_passes_is_not_told(invented: Searcher) -> None:
    response = search(invented, "wages", company=("Marlow Grid", "MGRD"), period=("2023",), role=("management",))
    assert response.filter_suggestions == ()


@pytest.mark.parametrize("mode", list(Mode))
def test_filters_hold_under_all_names_in_every_mode(invented: Searcher, mode: Mode) -> None:
    request = SearchRequest("price war", mode=mode, filters=Filters(speaker=("He Mingyuan",)), collapse=False)
    hits = invented.search(replace(request, query="价格战")).hits
    assert hits
    assert {hit.speaker.name for hit in hits} == {"何明远"}
