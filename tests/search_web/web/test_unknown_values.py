"""What the page shows of a filter that finds nothing, and of a value that was taken to mean another writing."""

from __future__ import annotations

import re
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def links(page: str) -> dict[str, str]:
    """Return the addresses of the nearest values, by value."""
    (note,) = re.findall(r'<p class="note unknown-value">(.*?)</p>', page, re.DOTALL)
    return {text: unescape(url) for url, text in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', note)}


def test_a_filter_that_finds_nothing_is_told_with_links_to_the_nearest_values(client: FlaskClient) -> None:
    page = client.get("/?q=cash&company=Fenwik+Harbor&period=2024Q3").text
    assert "No passage here has Company “Fenwik Harbor”." in page
    url = links(page)["Fenwick Harbor"]
    assert url == "/?q=cash&company=Fenwick+Harbor&period=2024Q3"
    assert '<ol class="hits"' in client.get(url).text
    assert "did you mean" not in page, "the note of the response is not said again"


def test_a_field_of_the_query_that_finds_nothing_leads_to_the_query_with_the_nearest_value(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "现金流 speaker:沈忘川"}).text
    url = links(page)["沈望川"]
    assert '<ol class="hits"' in client.get(url).text
    assert "No passage here has" not in client.get(url).text


@pytest.mark.parametrize("period", ["2024Q3", "3Q24", "2024年三季度", "q3 2024"])
def test_a_period_is_met_however_it_is_written(client: FlaskClient, period: str) -> None:
    found = client.get("/api/v1/search", query_string={"q": "cash", "period": period, "mode": "keyword"}).get_json()
    assert {hit["transcript"]["period"] for hit in found["hits"]} == {"2024Q3"}


@pytest.mark.parametrize("path", ["/", "/api/v1/search", "/api/v1/ask", "/api/v1/trend"])
def test_what_is_no_period_is_refused_with_what_would_be_one(client: FlaskClient, path: str) -> None:
    answer = client.get(path, query_string={"q": "cash", "period": "soon"}, headers={"Accept-Language": "en"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "2023Q2" in answer.text


def test_the_page_in_chinese_says_it_in_chinese(client: FlaskClient) -> None:
    page = client.get("/?q=cash&firm=Nobody", headers={"Accept-Language": "zh-CN"}).text
    assert "为“Nobody”的段落" in page
    assert "No passage here" not in page


def test_the_page_says_what_a_value_was_taken_to_mean(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "现金流", "speaker": "Shen Wangchuan"}).text
    assert "speaker &#39;Shen Wangchuan&#39; was taken to mean: 沈望川" in page
    assert '<ol class="hits"' in page
