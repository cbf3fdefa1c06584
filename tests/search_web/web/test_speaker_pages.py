"""The list of speakers and the page of one."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from indexer.build import BuildSettings, index_paths
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

CALL = """Marlow Grid (MGRD) Q1 2024 Earnings Call Transcript

Prepared Remarks:

Oscar Lindqvist -- Chief Executive Officer

Our turbines ran well and the orders for tidal equipment rose in this quarter by a tenth.
"""
OTHER_CALL = """Quayside Foods (QSF) Q1 2024 Earnings Call Transcript

Prepared Remarks:

Mina Stone -- Chief Executive Officer

We sold more noodles than in any quarter before, and we pay our bakers on time every week.

Questions and Answers:

Oscar Lindqvist -- Jefferies -- Analyst

What should we expect for the wages in the bakeries of your partners next year?
"""


def saved(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(client.get(address).data.decode("utf-8-sig").splitlines()))


def test_the_list_leads_to_every_speaker(client: FlaskClient) -> None:
    listed = client.get("/api/v1/speakers").json["speakers"]
    page = client.get("/speakers").text
    for entry in listed:
        assert f'href="{entry["url"]}"'.replace("&", "&amp;") in page
        answer = client.get(entry["url"])
        assert answer.status_code == 200
        assert entry["name"].replace("'", "&#39;") in answer.text
    assert [row["name"] for row in saved(client, "/speakers.csv")] == [entry["name"] for entry in listed]


def test_the_list_is_narrowed_by_name_firm_and_role(client: FlaskClient) -> None:
    assert {entry["name"] for entry in client.get("/api/v1/speakers?name=oyelaran").json["speakers"]} == {
        "Marcus Oyelaran"
    }
    analysts = client.get("/api/v1/speakers?role=analyst&name=Harborline").json["speakers"]
    assert analysts
    assert {(entry["role"], entry["firm"]) for entry in analysts} == {("analyst", "Harborline Securities")}
    assert "Nobody of that name" in client.get("/speakers?name=nobody").text
    assert client.get("/speakers?role=king").status_code == 400


def test_a_speaker_is_met_by_either_name(client: FlaskClient) -> None:
    entry = next(one for one in client.get("/api/v1/speakers").json["speakers"] if one["other_names"])
    by_one, by_other = (
        client.get(f"/api/v1/speakers/{quote(name)}").json for name in (entry["name"], entry["other_names"][0])
    )
    assert by_one["passages"] == entry["passages"]
    assert by_one == by_other


def test_a_page_shows_calls_shares_and_terms_and_searches_in_what_was_said(client: FlaskClient) -> None:
    page = client.get("/speakers/Helena%20Brandt").text
    found = client.get("/api/v1/speakers/Helena%20Brandt").json
    assert [call["period"] for call in found["calls"]] == ["2024Q3", "2024Q2"]
    assert f"{found['words']:,}" in page
    for call in found["calls"]:
        assert call["title"] in page
    shares = [round(100 * part / found["passages"]) for part in (found["questions"], found["answers"])]
    for share in shares:
        assert f"{share}%" in page
    assert found["terms"][0]["language"] == "en"
    assert found["newest"][0]["text"] in page.replace("&#39;", "'")
    assert 'name="speaker" value="Helena Brandt"' in page
    terms = saved(client, "/speakers/Helena%20Brandt/terms.csv")
    assert [row["text"] for row in terms] == [term["text"] for term in found["terms"][0]["terms"]]
    calls = saved(client, "/speakers/Helena%20Brandt/calls.csv")
    assert [int(row["passages"]) for row in calls] == [call["passages"] for call in found["calls"]]


def test_a_term_leads_to_the_passages_that_are_counted(client: FlaskClient) -> None:
    page = client.get("/speakers/Helena%20Brandt").text
    terms = client.get("/api/v1/speakers/Helena%20Brandt").json["terms"][0]["terms"]
    assert terms[0]["text"] == "free cash flow"
    for term in terms[:8]:
        (address,) = re.findall(rf'<a href="([^"]*)" lang="en">{term["text"]}</a>', page)
        assert client.get(f"/api/v1/search{address.replace('&amp;', '&')[1:]}").json["total"] == term["here"], term


def test_people_of_one_name_are_not_one_without_being_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CALL, encoding="utf-8")
    (tmp_path / "b.txt").write_text(OTHER_CALL, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    client = create_app(tmp_path / "index").test_client()
    page = client.get("/speakers/Oscar%20Lindqvist").text
    assert "This name speaks for several firms" in page
    assert "Marlow Grid" in page
    assert "Jefferies" in page
    one = client.get("/speakers/Oscar%20Lindqvist?firm=Jefferies").text
    assert "What should we expect for the wages" in one
    assert "tidal equipment" not in one
    assert 'name="firm" value="Jefferies"' in one
    both = client.get("/speakers/Oscar%20Lindqvist?as=one").text
    assert "tidal equipment" in both
    assert "What should we expect for the wages" in both
    assert len(client.get("/api/v1/speakers/Oscar%20Lindqvist").json["speakers"]) == 2


def test_nobody_of_that_name_is_an_error_that_leads_on(client: FlaskClient) -> None:
    answer = client.get("/api/v1/speakers/Nobody%20Atall")
    assert answer.status_code == 404
    assert answer.json["type"] == "urn:yuanhua:problem:unknown-speaker"
    assert "/speakers" in answer.json["detail"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of(CALL)
    rows = saved(client, "/trends.csv?q=%3DHYPERLINK%28cranes%29")
    assert {row["query"] for row in rows} == {"'=HYPERLINK(cranes)"}


def test_a_hit_leads_to_its_speaker_and_a_search_to_its_trend(client: FlaskClient) -> None:
    page = client.get("/?q=cash&role=management").text
    found = re.findall(r'<a class="to-speaker" href="([^"]*)">', page)
    assert found
    assert {client.get(address).status_code for address in found} == {200}
    assert 'href="/trends?q=cash&amp;role=management"' in page
    assert "to-speaker" not in client.get("/?q=welcome&role=operator").text
