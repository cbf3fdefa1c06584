"""Who asks for whoever spoke of something finds what was said of it, and not talk about asking."""

from __future__ import annotations

import pytest

from search_web.search.anybody import whoever_said
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("who asked about freight rates", " freight rates"),
        ("Which analysts asked about margins?", " margins?"),
        ("did anyone mention tariffs", " tariffs"),
        ("Has anybody commented on pricing", " pricing"),
        ("who said anything about layoffs", " layoffs"),
        ("谁问了回购", "回购"),
        ("哪位分析师提到过菜鸟的利润", "菜鸟的利润"),
        ("有没有人问过关于云的事", "云的事"),
    ],
)
def test_what_is_left_is_what_was_spoken_of(text: str, rest: str) -> None:
    [(start, end)] = whoever_said(text)
    assert (start, text[end:]) == (0, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "who asked",
        "谁说了？",
        "what did Ann say about debt",
        "asked about",
        "whoever runs it",
        "有人民币吗",
        "问题",
    ],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert whoever_said(text) == ()


@pytest.mark.parametrize(("asked", "plain"), [("谁问了菜鸟", "菜鸟"), ("who mentioned cloud revenue", "cloud revenue")])
def test_the_same_is_found_as_by_what_was_spoken_of(searcher: Searcher, asked: str, plain: str) -> None:
    assert [hit.id for hit in searcher.search(SearchRequest(asked)).hits] == [
        hit.id for hit in searcher.search(SearchRequest(plain)).hits
    ]
