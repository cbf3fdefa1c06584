"""Whatever is asked, nothing breaks: a short form of benchmarks/hostile.py, and what Hypothesis thinks of."""

from __future__ import annotations

import importlib
import random
import shutil
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_web.search.request import MAX_QUERY_LENGTH

if TYPE_CHECKING:
    from flask.testing import FlaskClient

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
MOST_SECONDS = 3.0  # Of the processor, on any machine; benchmarks/hostile.py asks for one.


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("hostile")


def test_every_route_refuses_or_answers(hostile: ModuleType, index: Path, tmp_path: Path) -> None:
    """On a server without accounts, and on one with, as nobody and as each role; uploads are read or refused."""
    # What is uploaded and confirmed gets into the index.
    own = Path(shutil.copytree(index, tmp_path / "index"))
    sites = hostile.open_site(tmp_path, own), hostile.guarded_site(tmp_path, own)
    asked, became = hostile.ask(sites, 250, random.Random(11))  # noqa: S311 - no secrets.
    assert [(one.status, one.address[:200]) for one in asked if one.status >= 500] == []
    assert {one.status // 100 for one in asked} >= {2, 4}
    assert {one.person for one in asked} == {"local", "nobody", "reader", "writer", "admin"}
    assert became.keys() >= {"draft", "unreadable"}
    assert not became.keys() & set(hostile.UNFINISHED)


def test_signs_that_stand_for_many_letters_do_not_make_a_query_endless(client: FlaskClient) -> None:
    """8,000 of them would be 144,000 letters to the model; as many as make 8,000 letters may be asked for."""
    assert client.get("/api/v1/search?q=" + quote("\ufdfa" * 444)).status_code == 200
    refused = client.get("/api/v1/search?q=" + quote("\ufdfa" * 445))
    assert refused.status_code == 400
    assert "stand for several letters, 8010 in all, more than 8000" in refused.json["detail"]


@pytest.mark.parametrize("words", ["收入增长", "为什么", "二〇二三年", "现金流 ", "-1", "(a OR b) "])
def test_a_long_query_of_the_same_words_takes_time_in_proportion(client: FlaskClient, words: str) -> None:
    started = time.process_time()
    answer = client.get("/api/v1/search?mode=keyword&q=" + quote((words * MAX_QUERY_LENGTH)[:MAX_QUERY_LENGTH]))
    assert answer.status_code in {200, 400}
    assert time.process_time() - started < MOST_SECONDS


@settings(max_examples=60)
@given(query=st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_any_text_at_all_may_be_asked_for(client: FlaskClient, query: str) -> None:
    asked = quote(query, safe="", errors="surrogatepass")
    for address in ("/api/v1/search?mode=keyword&q=", "/?mode=keyword&q=", "/api/v1/trend?q="):
        assert client.get(address + asked).status_code in {200, 400}
