"""That pages say whose call something was said at, and call nothing prepared remarks that is none."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, index_paths
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

CALL = """\
Q2 2024 Earnings Call
Company: Fenwick Harbor Ltd
Date: 2024-08-01

Helena Brandt -- Chief Executive Officer

The berths in the north basin are let for ten years, and the rent is paid in advance.

Questions and Answers:

Ronald Keung -- Goldman Sachs -- Analyst

How many berths are not let yet?

Helena Brandt -- Chief Executive Officer

Four berths of forty are not let yet, all of them in the south basin.
"""

INTERVIEW = """\
# 港口夜话

**主持人**：今天聊聊港口的泊位。

**老周**：泊位其实早就不够了，南港去年就满了。

**主持人**：那怎么办？

**老周**：只能往外海修新的泊位。
"""


def test_a_title_without_the_company_never_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(CALL, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "call.txt"], BuildSettings(embedders=("bundled",)))
    client = create_app(tmp_path / "index").test_client()
    for address in ("/", "/?q=berths", "/ask?q=How many berths are not let yet?", "/speakers/Helena Brandt"):
        shown = html.unescape(client.get(address).text)
        titled = [found.end() for found in re.finditer("Q2 2024 Earnings Call</a>", shown)]
        assert titled
        for end in titled:
            assert re.sub("<[^>]+>", " ", shown[end : end + 200]).split()[:2] == ["Fenwick", "Harbor"], address


def test_calls_to_choose_from_and_in_the_title_of_the_window_are_told_apart(
    client_of: Callable[[str], FlaskClient],
) -> None:
    client = client_of(CALL)
    transcript = client.get("/api/v1/transcripts").get_json()["transcripts"][0]
    named = f"{transcript['company']} · Q2 2024 Earnings Call"
    assert f">{named} · 2024-08-01</option>" in html.unescape(client.get("/compare").text)
    for address in (f"/transcripts/{transcript['id']}", f"/transcripts/{transcript['id']}/reading"):
        title = re.search("<title>(.*?)</title>", html.unescape(client.get(address).text), re.DOTALL)
        assert title is not None
        assert named in title[1]


def test_what_is_said_in_an_interview_is_not_called_prepared_remarks(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of(INTERVIEW)
    transcript = client.get("/api/v1/transcripts").get_json()["transcripts"][0]["id"]
    for address in ("/?q=泊位", f"/transcripts/{transcript}", "/speakers/老周"):
        shown = client.get(address, query_string={"locale": "zh"} if "?" not in address else None).text
        listed = re.search("<article.*", shown, re.DOTALL) or re.search("<main.*", shown, re.DOTALL)
        assert listed is not None
        assert "管理层发言" not in listed[0]
        assert "Prepared remarks" not in listed[0]


def test_a_call_keeps_its_parts(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of(CALL)
    transcript = client.get("/api/v1/transcripts").get_json()["transcripts"][0]["id"]
    shown = client.get(f"/transcripts/{transcript}").text
    assert re.findall(r'<h2 class="section"[^>]*>([^<]+)', shown) == ["Prepared remarks", "Questions and answers"]
    assert "Prepared remarks" in client.get("/?q=rent in advance").text
