"""The description of the API: complete, sound, and kept to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from search_web.web.declaring import declared
from search_web.web.permissions import NEEDS

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def document(client: FlaskClient) -> Any:
    return client.get("/api/v1/openapi.json").get_json()


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, told) for path, item in document["paths"].items() for method, told in item.items()]


def test_every_endpoint_of_the_api_declares_itself(client: FlaskClient) -> None:
    """See search_web/web/declaring.py."""
    app = client.application
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    assert len(rules) > 40
    assert [rule.rule for rule in rules if declared(app.view_functions[rule.endpoint]) is None] == []


def test_every_operation_has_a_name_of_its_own_words_and_a_described_group(document: Any) -> None:
    found = operations(document)
    names = [told["operationId"] for _, _, told in found]
    assert sorted(names) == sorted(set(names))
    assert all(told["summary"] for _, _, told in found)
    assert all(group["description"] for group in document["tags"])


def test_schemas_have_short_names_and_every_reference_leads_somewhere(document: Any) -> None:
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if not re.fullmatch("[A-Z][A-Za-z]+", name)] == []
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(document)):
        place: Any = document
        for part in reference.split("/"):
            place = place[part]
        assert place


def test_every_shape_says_what_it_is(document: Any) -> None:
    assert [name for name, schema in document["components"]["schemas"].items() if not schema.get("description")] == []


def test_fields_are_described_where_a_shape_is_made_from_another(document: Any) -> None:
    hit = document["components"]["schemas"]["Hit"]["properties"]
    assert hit["text"]["description"] == "Verbatim."
    assert hit["score"]["description"]
    search = {one["name"]: one for one in document["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert [name for name, one in search.items() if not one.get("description")] == []


def test_what_an_operation_needs_is_said(client: FlaskClient, document: Any) -> None:
    search = document["paths"]["/api/v1/search"]["get"]
    assert search["security"] == [{"token": ["search"]}, {}]
    assert document["paths"]["/api/v1/collections"]["post"]["security"] == [{"token": ["quotes:write"]}, {}]
    assert {NEEDS[rule.endpoint] for rule in client.application.url_map.iter_rules("api.search")} == {"search"}


@pytest.mark.parametrize(
    ("url", "parameter", "nearest"),
    [
        ("/api/v1/search?q=AI&lmit=3", "lmit", "limit"),
        ("/api/v1/search?q=AI&Role=analyst", "Role", "role"),
        ("/api/v1/transcripts?titel=x", "titel", "title"),
        ("/api/v1/collections?zzzz=1", "zzzz", None),
        ("/api/v1/openapi.json?pretty=1", "pretty", None),
    ],
)
def test_a_parameter_that_there_is_not_is_refused_by_its_name(
    client: FlaskClient, url: str, parameter: str, nearest: str | None
) -> None:
    problem = client.get(url).get_json()
    assert (problem["status"], problem["type"]) == (400, "urn:yuanhua:problem:unknown-parameter")
    assert (problem["parameter"], problem["nearest"]) == (parameter, nearest)
    assert (f"Did you mean {nearest}?" in problem["detail"]) == (nearest is not None)


def test_a_parameter_with_one_value_is_not_given_two(client: FlaskClient) -> None:
    problem = client.get("/api/v1/search?q=AI&limit=1&limit=2").get_json()
    assert problem["status"] == 400
    assert "'1' and as '2'" in problem["detail"]
    assert client.get("/api/v1/search?q=AI&role=analyst&role=operator").status_code == 200


def test_every_get_of_the_index_and_of_what_is_kept_has_an_etag(document: Any) -> None:
    """That it is really there is checked of every answer that any test gets."""
    kept = {
        "search",
        "ask",
        "passages",
        "transcripts",
        "speakers",
        "trend",
        "trends",
        "compare",
        "collections",
        "searches",
    }
    links = "/links"  # Who may read by link is no part of what is kept.
    found = [one for one in operations(document) if kept & set(one[2]["tags"]) and not one[0].endswith(links)]
    got = [told for _, method, told in found if method == "get"]
    assert len(got) > 25
    assert [told["operationId"] for told in got if "304" not in told["responses"]] == []


def test_who_has_the_answer_of_this_generation_is_not_searched_for(client: FlaskClient) -> None:
    url = "/api/v1/search?q=AI&limit=3"
    answer = client.get(url)
    tag = answer.headers["ETag"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get("/api/v1/search?q=AI&limit=4", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/api/v1/search?q=", headers={"If-None-Match": "*"}).status_code == 400


def test_tables_and_plots_of_the_pages_are_answers_of_the_api_too(client: FlaskClient) -> None:
    speaker = client.get("/api/v1/speakers").get_json()["speakers"][0]["name"]
    call = client.get("/api/v1/transcripts?company=Fenwick Harbor").get_json()["transcripts"][0]["id"]
    for path in (
        "/api/v1/search.csv?q=AI",
        "/api/v1/speakers.csv",
        f"/api/v1/speakers/{speaker}/calls.csv",
        f"/api/v1/speakers/{speaker}/terms.csv?as=one",
        "/api/v1/trends.csv?q=AI&q=cloud",
        f"/api/v1/compare.csv?a={call}&b=" + client.get("/api/v1/transcripts").get_json()["transcripts"][-1]["id"],
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.text
        assert answer.data == client.get(path.removeprefix("/api/v1")).data
    assert client.get("/api/v1/trends.svg?q=AI").mimetype == "image/svg+xml"


def test_the_page_of_the_api_shows_every_operation_and_leads_on_to_what_is_tried(client: FlaskClient) -> None:
    page = client.application.test_client().get("/docs?locale=zh")  # A client of its own, for the cookie.
    document = client.get("/api/v1/openapi.json").get_json()
    for path, _, told in operations(document):
        assert f'id="{told["operationId"]}"' in page.text
        assert path in page.text
    assert "<script>" not in page.text
    tried = client.get("/docs/try/search?q=free+cash&limit=&role=analyst")
    assert (tried.status_code, tried.headers["Location"]) == (303, "/api/v1/search?q=free+cash&role=analyst")
    assert client.get("/docs/try/passage?passage_id=a/b").headers["Location"] == "/api/v1/passages/a%2Fb"
    assert client.get("/docs/try/create_collection").status_code == 404
