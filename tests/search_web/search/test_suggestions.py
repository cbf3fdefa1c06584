"""Did you mean: what is proposed for terms that an index lacks, and for which nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from search_web.cli import app
from search_web.search.json_view import response_json
from search_web.search.request import Mode, SearchRequest

if TYPE_CHECKING:
    from pathlib import Path

    from search_web.search.searcher import Searcher


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
