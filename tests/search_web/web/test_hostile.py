"""Whatever is asked, nothing breaks: a short form of benchmarks/hostile.py, and what Hypothesis thinks of."""

from __future__ import annotations

import importlib.util
import random
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_web.search.request import MAX_QUERY_LENGTH
from search_web.web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "hostile.py"
MOST_SECONDS = 3.0  # Of the processor, on any machine; benchmarks/hostile.py asks for one.


@pytest.fixture(scope="module")
def hostile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_route_refuses_or_answers(hostile: ModuleType, index: Path, tmp_path: Path) -> None:
    app = create_app(index, notebook=tmp_path / "notebook.sqlite")
    asked = hostile.ask(app, 250, random.Random(11), lambda _: None)  # noqa: S311 - no secrets.
    assert [(one.status, one.address[:200]) for one in asked if one.status >= 500] == []
    assert {one.status // 100 for one in asked} >= {2, 4}


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
