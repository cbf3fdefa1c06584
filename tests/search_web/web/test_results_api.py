"""Facets, cursors, groups, likes and trends over HTTP."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from indexer.stores.filters import Filters
from search_web.search.facets import FACETS
from search_web.web.labels import filter_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient


def get(client: FlaskClient, path: str, status: int = 200, **arguments: object) -> Any:
    answer = client.get(path, query_string=arguments)
    assert answer.status_code == status, answer.text
    return json.loads(answer.text)


def test_next_cursor_leads_to_the_end(client: FlaskClient) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = get(client, "/api/v1/search", q="AI", limit=30, context=0, cursor=cursor)
        seen += [hit["id"] for hit in page["hits"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == page["total"] - page["collapsed"]


def test_a_cursor_of_another_search_is_a_conflict(client: FlaskClient) -> None:
    cursor = get(client, "/api/v1/search", q="AI", limit=1)["next_cursor"]
    problem = get(client, "/api/v1/search", 409, q="菜鸟", cursor=cursor)
    assert problem["type"] == "urn:yuanhua:problem:invalid-cursor"
    assert "search again" in problem["detail"]


def test_what_is_no_cursor_is_a_bad_request(client: FlaskClient) -> None:
    assert "no cursor" in get(client, "/api/v1/search", 400, q="AI", cursor="page2")["detail"]


def test_facets_count_the_passages_found(client: FlaskClient) -> None:
    found = get(client, "/api/v1/search", q="AI", mode="keyword", facets=1)
    assert list(found["facets"]) == list(FACETS)
    assert sum(one["count"] for one in found["facets"]["role"]) == found["total"] == found["word_total"]
    for one in found["facets"]["language"]:
        narrowed = get(client, "/api/v1/search", q="AI", mode="keyword", language=one["value"])
        assert narrowed["total"] == one["count"]


def test_groups_take_the_place_of_hits(client: FlaskClient) -> None:
    found = get(client, "/api/v1/search", q="AI", group="transcript", group_size=2, limit=3)
    assert found["hits"] == []
    assert len(found["groups"]) <= 3
    for group in found["groups"]:
        assert list(group) == ["transcript", "exchange", "total", "more", "hits"]
        assert {hit["transcript"]["id"] for hit in group["hits"]} == {group["transcript"]["id"]}
        assert group["more"] == group["total"] - len(group["hits"])


def test_groups_by_exchange_name_their_question(client: FlaskClient) -> None:
    found = get(client, "/api/v1/search", q="AI", group="exchange", section="qa")
    asked = [group for group in found["groups"] if group["exchange"]]
    assert asked
    for group in asked:
        assert {hit["exchange"]["id"] for hit in group["hits"]} == {group["exchange"]["id"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [("sort", "size"), ("group", "speaker"), ("group_size", "0"), ("collapse", "no"), ("facets", "2")],
)
def test_values_that_do_not_exist_are_named(client: FlaskClient, name: str, value: str) -> None:
    problem = get(client, "/api/v1/search", 400, q="AI", **{name: value})
    assert problem["detail"].startswith(f"{name}: '{value}' is not a value of {name}")


def test_the_like_of_a_passage_is_answered_as_a_search(client: FlaskClient) -> None:
    first = get(client, "/api/v1/search", q="菜鸟")["hits"][0]["id"]
    found = get(client, f"/api/v1/passages/{first}/similar", limit=4)
    assert len(found["hits"]) == 4
    assert first not in {hit["id"] for hit in found["hits"]}
    get(client, "/api/v1/passages/nowhere/similar", 404)


def test_the_page_tells_of_near_duplicates_and_can_show_them(client_of: Callable[[str], FlaskClient]) -> None:
    said = "Before we begin, please note that our remarks contain statements about what lies ahead of this harvest."
    page = client_of("\n\n".join(f"{name}: {said}" for name in ("Ina Holt", "Per Lund", "Uta Berg"))).get("/?q=harvest")
    assert page.text.count('<article class="hit"') == 1
    assert "2 more say nearly the same" in page.text
    assert "collapse=0" in page.text


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_has_a_name_on_the_page(client: FlaskClient, name: str) -> None:
    with client.application.test_request_context():
        assert filter_label(name)


def test_a_trend_is_told_by_period(client: FlaskClient) -> None:
    trend = get(client, "/api/v1/trend", q="AI", by="company")
    assert trend["by"] == "company"
    assert trend["total"]["passages"] == sum(point["passages"] for point in trend["points"])
    assert trend["periods"][:-1] == sorted(trend["periods"][:-1])
    get(client, "/api/v1/trend", 400, q="AI", by="weather")
    get(client, "/api/v1/trend", 400)
