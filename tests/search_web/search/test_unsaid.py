"""What is told when words of a query are in no passage, and passages near in meaning are all there is."""

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

NEAREST = "What follows is only nearest in meaning."


def lacking(searcher: Searcher, query: str, **options: object) -> list[str]:
    response = searcher.search(replace(SearchRequest(query), **options))
    assert all(query[slice(*one.of)] == one.text for one in response.unsaid)
    return [one.text for one in response.unsaid]


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("xyzzyqwv", ["xyzzyqwv"]),
        ("量子咖啡馆", ["量子", "咖啡馆"]),
        ("turbines xyzzyqwv", ["xyzzyqwv"]),
        ("Xyzzyqwv's turbines", ["Xyzzyqwv"]),
        ("算力租赁 12亿美元", ["12亿美元"]),
        ("RMB 999 million", ["RMB 999 million"]),
        ('"tidal orders"', ['"tidal orders"']),
        ("zyx*", ["zyx*"]),
        ("turbines -xyzzyqwv", []),
    ],
)
def test_the_words_that_nobody_said_are_named(invented: Searcher, query: str, missing: list[str]) -> None:
    assert lacking(invented, query) == missing


@pytest.mark.parametrize("query", ["turbines", "回购", "repurchase", "monetize", "Goldman Sachs", "Marlow Grid", "the"])
def test_what_stands_there_in_other_words_or_as_a_name_is_not(invented: Searcher, query: str) -> None:
    assert lacking(invented, query) == []


def test_a_word_is_missing_once_its_other_writings_are_switched_off(invented: Searcher) -> None:
    assert lacking(invented, "buyback") == []
    assert lacking(invented, "buyback", expand=False) == ["buyback"]


def test_it_is_said_plainly_what_is_shown_instead(invented: Searcher, invented_index: Path) -> None:
    response = invented.search(SearchRequest("xyzzyqwv"))
    note = f"Nobody said xyzzyqwv, in any writing. {NEAREST}"
    assert response.hits
    assert response.notes[0] == note
    assert response_json(response)["unsaid"] == [{"text": "xyzzyqwv", "of": [0, 8]}]
    printed = CliRunner().invoke(app, ["search", "xyzzyqwv", "--index", str(invented_index)]).output
    assert note in printed
    by_words = invented.search(SearchRequest("xyzzyqwv", mode=Mode.KEYWORD))
    assert not by_words.hits
    assert by_words.notes == ("Nobody said xyzzyqwv, in any writing.",)
    some = invented.search(SearchRequest("turbines xyzzyqwv"))
    assert "other words of the query" in some.notes[0]


def test_filters_that_keep_no_passage_with_the_words_are_told_apart(invented: Searcher) -> None:
    response = invented.search(SearchRequest("lang:zh turbines"))
    assert response.unsaid == ()
    assert response.word_total == 0
    assert response.notes[0] == f"No passage that was searched has a word of the query. {NEAREST}"
