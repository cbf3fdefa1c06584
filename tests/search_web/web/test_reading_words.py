"""What was seen when a transcript was read, on the Chinese page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from indexer.build import BuildSettings, index_paths
from search_web.web.app import create_app
from search_web.web.reading_words import warning_said
from search_web.web.translating import translate_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUBTITLES = """1
00:00:05,000 --> 00:00:03,000
Welcome to the call of Acorn Lanterns.

4
00:00:06,000 --> 00:00:09,000
Orders grew in the quarter, and they grew again in April.
"""


@pytest.fixture
def in_chinese() -> Iterator[None]:
    app = Flask("search_web.web")
    translate_pages(app)
    with app.test_request_context("/?locale=zh"):
        yield


def test_the_page_of_a_reading_says_its_warnings_in_its_own_language(tmp_path: Path) -> None:
    """The warnings are those of the readers, so that a new wording of one is noticed."""
    (tmp_path / "talk.srt").write_text(SUBTITLES, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "talk.srt"], BuildSettings(embedders=()))
    client = create_app(tmp_path / "index").test_client()
    (call,) = client.get("/api/v1/transcripts").get_json()["transcripts"]
    warnings = client.get(f"/api/v1/transcripts/{call['id']}").get_json()["warnings"]
    assert len(warnings) == 3
    english = client.get(f"/transcripts/{call['id']}/reading").text
    assert all(f'<li lang="en">{warning}</li>' in english for warning in warnings)
    chinese = client.get(f"/transcripts/{call['id']}/reading", headers={"Accept-Language": "zh"}).text
    assert '<li lang="zh">文件中没有一行标明发言人：全部内容归在一位未知发言人名下</li>' in chinese
    assert '<li lang="zh">1 条字幕的结束早于开始，首见于第 2 行</li>' in chinese
    assert not any(warning in chinese for warning in warnings)


@pytest.mark.usefixtures("in_chinese")
def test_what_is_put_into_a_warning_is_named_in_chinese_too() -> None:
    told = warning_said("the period is 2023Q2 by the title, but 2023Q3 by the file name (call-2023Q3)")
    assert (told.text, told.language) == (
        "期间不一致：2023Q2（标题）与 2023Q3（文件名：call-2023Q3），采用前者",
        "zh",
    )


@pytest.mark.usefixtures("in_chinese")
def test_a_warning_without_a_form_stays_english_and_is_marked_as_such() -> None:
    assert (warning_said("something odd").text, warning_said("something odd").language) == ("something odd", "en")
