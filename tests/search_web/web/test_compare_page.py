"""The page of one call against another."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.fixture
def calls(client: FlaskClient) -> tuple[str, str]:
    listed = client.get("/api/v1/transcripts").json["transcripts"]
    newer, older = (
        next(one["id"] for one in listed if one["id"].startswith(f"fenwick-harbor-{quarter}"))
        for quarter in ("q3", "q2")
    )
    return newer, older


def test_a_call_alone_is_set_against_the_one_before_it(client: FlaskClient, calls: tuple[str, str]) -> None:
    newer, older = calls
    found = client.get(f"/api/v1/compare?a={newer}").json
    assert (found["newer"]["id"], found["older"]["id"]) == calls
    for address in (f"/compare?a={newer}", f"/compare?a={older}&b={newer}", f"/compare?b={newer}"):
        page = client.get(address).text
        assert f'<option value="{newer}" lang="en" selected>' in page
        for item in found["new"][:5]:
            assert item["passage"]["text"].split("'")[0] in page
    assert f'/compare?a={newer}"' in client.get(f"/transcripts/{newer}").text


def test_the_page_suggests_what_can_be_compared(client: FlaskClient, calls: tuple[str, str]) -> None:
    page = client.get("/compare").text
    assert "/compare?a={}&amp;b={}".format(*calls) in page
    assert "No earlier call of the same company" in client.get(f"/compare?a={calls[1]}").text
    assert client.get(f"/api/v1/compare?a={calls[1]}").status_code == 400
    assert client.get("/compare?a=nowhere").status_code == 404
    assert client.get("/api/v1/compare").status_code == 400


def test_what_is_saved_is_what_is_shown(client: FlaskClient, calls: tuple[str, str]) -> None:
    found = client.get(f"/api/v1/compare?a={calls[0]}").json
    rows = list(
        csv.DictReader(client.get(f"/compare.csv?a={calls[0]}").data.decode("utf-8-sig").splitlines(keepends=True))
    )
    shown = [("new", item) for item in found["new"]] + [("dropped", item) for item in found["dropped"]]
    assert [(row["what"], row["id"], row["text"]) for row in rows] == [
        (what, item["passage"]["id"], item["passage"]["text"]) for what, item in shown
    ]
    terms = list(
        csv.DictReader(client.get(f"/compare.csv?a={calls[0]}&table=terms").data.decode("utf-8-sig").splitlines())
    )
    assert [row["text"] for row in terms] == [
        term["text"] for side in ("newer", "older") for term in found["terms"][side]
    ]
