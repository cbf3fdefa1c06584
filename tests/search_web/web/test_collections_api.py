"""/api/v1/collections: what programs and scripts of the page do with quotes, and what they may not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as quote_url

import pytest

from search_web.quotes.importing import read_collection
from search_web.web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

URL = "/api/v1/collections"


@pytest.fixture
def api(index: Path, tmp_path: Path) -> FlaskClient:
    """Return a client with a notebook of its own."""
    return create_app(index, notebook=tmp_path / "notebook.sqlite").test_client()


def hit(api: FlaskClient, query: str = "菜鸟 EBITA") -> dict[str, Any]:
    return api.get("/api/v1/search", query_string={"q": query, "mode": "keyword"}).get_json()["hits"][0]


def made(api: FlaskClient, **quotes: str) -> tuple[str, list[dict[str, Any]]]:
    """Make a collection of one passage as often as there are notes."""
    address = api.post(URL, json={"name": "现金流"}).headers["Location"]
    body = {"passage_id": hit(api)["id"]}
    return address, [api.post(f"{address}/quotes", json={**body, "note": note}).get_json() for note in quotes.values()]


def problem(response: TestResponse, status: int) -> str:
    """Check that it is a problem in the shape of all others, and return what it says."""
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    answer = response.get_json()
    assert answer["status"] == status
    return answer["detail"]


def test_a_selection_is_collected_to_the_character(api: FlaskClient) -> None:
    address, _ = made(api)
    found = hit(api)
    words = found["text"][4:19]
    answer = api.post(f"{address}/quotes", json={"passage_id": found["id"], "start": 4, "end": 19, "tags": ["a"]})
    assert answer.status_code == 201
    quote = answer.get_json()
    assert quote["text"] == words
    assert quote["speaker"]["name"] == found["speaker"]["name"]
    assert quote["occasion"]["date"] == found["transcript"]["date"]
    read = api.get(answer.headers["Location"])
    assert (read.get_json(), read.headers["ETag"]) == (quote, answer.headers["ETag"])
    by_words = api.post(f"{address}/quotes", json={"passage_id": found["id"], "text": words}).get_json()
    assert by_words["place"] == quote["place"]
    assert "characters" in problem(
        api.post(f"{address}/quotes", json={"passage_id": found["id"], "start": 4, "end": 4}), 400
    )
    problem(api.post(f"{address}/quotes", json={"passage_id": "nowhere"}), 404)


def test_a_change_names_the_version_that_it_changes(api: FlaskClient) -> None:
    address, (quote,) = made(api, first="first")
    place = f"{address}/quotes/{quote['id']}"
    assert "If-Match" in problem(api.patch(place, json={"note": "x"}), 428)
    old = api.get(place).headers["ETag"]
    changed = api.patch(place, json={"note": "mine"}, headers={"If-Match": old})
    assert (changed.get_json()["note"], changed.get_json()["tags"]) == ("mine", [])
    refused = api.patch(place, json={"note": "theirs"}, headers={"If-Match": old})
    assert "changed it meanwhile" in problem(refused, 412)
    assert refused.get_json()["current_version"] == 2
    problem(api.delete(place, headers={"If-Match": old}), 412)
    problem(api.delete(place, headers={"If-Match": api.get(address).headers["ETag"]}), 412)
    problem(api.delete(place), 428)
    assert api.get(place).get_json()["note"] == "mine"
    assert api.get(place, headers={"If-None-Match": changed.headers["ETag"]}).status_code == 304


def test_quotes_are_ordered_removed_and_taken_back(api: FlaskClient) -> None:
    address, quotes = made(api, first="1", second="2", third="3")
    first, second, third = (quote["id"] for quote in quotes)

    def order() -> list[str]:
        return [quote["note"] for quote in api.get(address).get_json()["quotes"]]

    def version(of: str = "") -> dict[str, str]:
        return {"If-Match": api.get(address + of).headers["ETag"]}

    moved = api.put(f"{address}/quotes/{third}/position", json={"before": first}, headers=version())
    assert [quote["note"] for quote in moved.get_json()["quotes"]] == ["3", "1", "2"]
    gone = api.delete(f"{address}/quotes/{first}", headers=version(f"/quotes/{first}"))
    assert (gone.status_code, order()) == (204, ["3", "2"])
    assert "restore" in problem(api.get(f"{address}/quotes/{first}"), 404)
    binned = api.get(f"{address}/quotes?removed=1").get_json()["quotes"]
    assert [quote["id"] for quote in binned] == [first]
    assert api.post(f"{address}/quotes/{first}/restore", json={}).status_code == 200
    assert order() == ["3", "1", "2"]
    problem(api.put(f"{address}/quotes/{second}/position", json={}, headers=version()), 400)
    actions = [change["action"] for change in api.get(f"{address}/history").get_json()["changes"]]
    assert actions[:3] == ["restored", "removed", "moved"]
    assert api.get(f"{address}/history?quote={second}").get_json()["total"] == 1


def test_collections_are_listed_renamed_removed_and_taken_back(api: FlaskClient) -> None:
    address, _ = made(api, first="1")
    tag = {"If-Match": api.get(address).headers["ETag"]}
    assert api.patch(address, json={"name": "Cash"}, headers=tag).get_json()["quote_count"] == 1
    problem(api.patch(address, json={"name": "Cash flow"}, headers=tag), 412)
    problem(api.post(URL, json={"name": "Cash"}), 409)
    assert [one["name"] for one in api.get(URL).get_json()["collections"]] == ["Cash"]
    assert api.delete(address, headers={"If-Match": api.get(address).headers["ETag"]}).status_code == 204
    problem(api.get(address), 404)
    assert api.get(URL).get_json()["total"] == 0
    assert api.get(f"{URL}?removed=1").get_json()["collections"][0]["removed_at"]
    assert len(api.post(f"{address}/restore", json={}).get_json()["quotes"]) == 1


def test_a_verification_says_what_became_of_the_quotes(api: FlaskClient) -> None:
    address, (quote,) = made(api, first="1")
    answer = api.get(f"{address}/verification").get_json()
    assert (answer["total"], answer["sound"]) == (1, 1)
    assert answer["quotes"][0]["quote"]["id"] == quote["id"]
    assert (answer["quotes"][0]["state"], answer["quotes"][0]["place"]) == ("unchanged", quote["place"])


def test_a_collection_is_downloaded_as_a_file_under_its_name(api: FlaskClient) -> None:
    address, (quote,) = made(api, first="1")
    answer = api.get(f"{address}/export?format=csv&citation=short")
    assert answer.mimetype == "text/csv"
    assert f"filename*=UTF-8''{quote_url('现金流.csv')}" in answer.headers["Content-Disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["text"], row["verified"]) == (quote["text"], "unchanged")
    assert row["link"] == f"http://localhost{quote['url']}"
    assert read_collection(answer.data, "download").quotes[0].text == quote["text"]
    problem(api.get(f"{address}/export?format=pdf"), 400)
    problem(api.get(f"{address}/export?lang=fr"), 400)
    problem(api.get(f"{address}/export?citation=mla"), 400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_no_page_of_another_site_changes_anything(api: FlaskClient, headers: dict[str, str]) -> None:
    problem(api.post(URL, json={"name": "Cash"}, headers=headers), 403)
    address, _ = made(api)
    problem(api.delete(address, headers={"If-Match": "*", **headers}), 403)
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert api.post(URL, json={"name": "Cash"}, headers=own).status_code == 201


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"name": 3}, "name"),
        ({}, "name"),
        ({"name": "Cash", "colour": "red"}, "colour"),
        ({"name": "  "}, "empty"),
        ([], "the body"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_its_field(api: FlaskClient, body: object, named: str) -> None:
    assert named in problem(api.post(URL, json=body), 400)


def test_only_json_of_a_reasonable_size_is_taken(api: FlaskClient) -> None:
    problem(api.post(URL, data={"name": "Cash"}), 415)
    problem(api.post(URL, data="{", content_type="application/json"), 400)
    problem(api.post(URL, data="[" * 100_000, content_type="application/json"), 400)
    problem(api.post(URL, json={"name": "x" * 2_000_000}), 413)
    assert api.get(URL).get_json()["total"] == 0
