"""Did you mean: what is proposed for terms that an index lacks, and for which nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.cli import app
from search_web.search.json_view import response_json
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path


def suggested(searcher: Searcher, query: str, **options: object) -> list[tuple[str, str, str]]:
    response = searcher.search(replace(SearchRequest(query, mode=Mode.KEYWORD, limit=1), **options))
    for one in response.suggestions:
        assert query[slice(*one.of)] == one.term
    return [(one.term, one.instead, one.query) for one in response.suggestions]


@pytest.mark.parametrize(
    ("query", "term", "instead", "better"),
    [
        ("depreciaton of cranes", "depreciaton", "depreciation", "depreciation of cranes"),
        ("tarriffs on wages", "tarriffs", "tariffs", "tariffs on wages"),
        ("Monetizaiton", "Monetizaiton", "Monetization", "Monetization"),
        ("wgaes", "wgaes", "wages", "wages"),
        ("Lindqvst on orders", "Lindqvst", "Lindqvist", "Lindqvist on orders"),
        ("机访 投入", "机访", "机房", "机房 投入"),
        ("算力祖赁", "祖赁", "租赁", "算力租赁"),
        ("大模形", "大模形", "大模型", "大模型"),
        ("cahs flow", "cahs", "cash", "cash flow"),  # Swapped letters before another letter: not case.
        ("tidalequipment", "tidalequipment", "tidal equipment", "tidal equipment"),
        ("CRNAES", "CRNAES", "CRANES", "CRANES"),
        ("vranes", "vranes", "cranes", "cranes"),
        ("自由现金硫", "现金硫", "现金流", "自由现金流"),
        ("(cahs AND flow) OR -cranes", "cahs", "cash", "(cash AND flow) OR -cranes"),
        ("(自由 OR 机访) -回购", "机访", "机房", "(自由 OR 机房) -回购"),
    ],
)
def test_a_slip_is_put_right_from_the_words_of_the_index(
    invented: Searcher, query: str, term: str, instead: str, better: str
) -> None:
    assert suggested(invented, query) == [(term, instead, better)]


@pytest.mark.parametrize(
    "query",
    [
        "depreciation of cranes",
        "quantum computing",  # Right, and in no call.
        "量子计算",
        "cranes",
        "xqzzvy",
        "EPS",
        "MGRE",  # Capitals may be a ticker.
        "fol",  # As may three letters: not for.
        "云业务强",
        "何总怎么看机房",
    ],
)
def test_words_that_are_right_or_like_nothing_get_no_suggestion(invented: Searcher, query: str) -> None:
    assert suggested(invented, query) == []


def test_what_is_quoted_or_a_field_is_meant_to_the_letter(invented: Searcher) -> None:
    assert suggested(invented, '"depreciaton" cranes') == []
    assert suggested(invented, "speaker:Lindqvst cranes") == []


def test_the_suggestion_is_in_the_json_and_on_the_terminal(invented: Searcher, invented_index: Path) -> None:
    response = invented.search(SearchRequest("depreciaton", limit=1))
    assert response_json(response)["suggestions"] == [
        {"term": "depreciaton", "of": [0, 11], "instead": "depreciation", "query": "depreciation"}
    ]
    printed = CliRunner().invoke(app, ["search", "depreciaton", "--index", str(invented_index), "--limit", "1"]).output
    assert "Did you mean: depreciation" in printed


def test_the_suggested_query_finds_what_was_meant(invented: Searcher) -> None:
    (suggestion,) = invented.search(SearchRequest("depreciaton", mode=Mode.KEYWORD)).suggestions
    hits = invented.search(SearchRequest(suggestion.query, mode=Mode.KEYWORD)).hits
    assert "depreciation" in hits[0].text


def test_two_slips_are_put_right_at_once(invented: Searcher) -> None:
    both = "depreciation of the harbour cranes"
    assert suggested(invented, "depreciaton of the harbour crnaes") == [
        ("depreciaton", "depreciation", both),
        ("crnaes", "cranes", both),
    ]


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher of a Chinese call with a bird in it, and of an English one with a slip in its transcript."""
    folder = tmp_path_factory.mktemp("parcels")
    (folder / "zh.txt").write_text(
        "温若岚：菜鸟的亏损收窄，变现加快。\n\n温若岚：财务费用持平。\n\n温若岚：财务稳健。\n\n温若岚：五仓合并。\n"
    )
    said = "\n\n".join(f"Ada Brun: Our warehouses in region {number} are full of lanterns." for number in range(45))
    (folder / "en.txt").write_text(f"{said}\n\nAda Brun: The lantrens sold well, and Tsa, our shop.\n")
    index_paths(folder / "index", [folder / "zh.txt", folder / "en.txt"], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def test_characters_that_look_alike_are_told_before_words_that_sound_alike(parcels: Searcher) -> None:
    assert suggested(parcels, "菜乌 亏损") == [("菜乌", "菜鸟", "菜鸟 亏损")]
    assert suggested(parcels, "莱鸟") == [("莱鸟", "菜鸟", "菜鸟")]


def test_a_word_that_only_the_other_language_has_is_suggested(parcels: Searcher) -> None:
    assert suggested(parcels, "monetizaton") == [("monetizaton", "monetization", "monetization")]


def test_a_slip_that_a_transcript_has_too_is_told_from_what_everybody_says(parcels: Searcher) -> None:
    assert suggested(parcels, "lantrens") == [("lantrens", "lanterns", "lanterns")]
    assert suggested(parcels, "lanterns") == []


def test_neither_another_number_nor_another_name_is_suggested(parcels: Searcher) -> None:
    assert suggested(parcels, "三仓") == []
    assert suggested(parcels, "Tsai") == []
    assert suggested(parcels, "tsai") == [("tsai", "tsa", "tsa")]
