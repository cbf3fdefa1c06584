"""The list of transcripts: sorted, narrowed, counted, and in pages."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import MultiDict

from indexer.model import SourceFile
from indexer.stores.passages import TranscriptInfo
from search_web.web.transcript_list import PER_PAGE, list_request, transcript_list

if TYPE_CHECKING:
    from flask.testing import FlaskClient

INFO = TranscriptInfo(
    "a", "Fenwick call", "Fenwick", "FWHB", "2024Q2", "2024-07-31", "en", SourceFile("a.txt", "txt", ""), 50, 5, 5
)
INFOS = (
    INFO,
    replace(
        INFO,
        id="b",
        title="远汀集团电话会",
        company="远汀集团",
        ticker=None,
        period="2024Q4",
        date="2025-02-13",
        language="zh",
        passages=70,
    ),
    replace(INFO, id="c", title="fenwick notes", period=None, date=None, passages=9, exchanges=0),
    replace(INFO, id="d", title="Fenwick call 3", period="2024Q3", date="2024-10-30", passages=60, fiscal=True),
)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "bdac"),
        ("reversed=1", "adbc"),
        ("order=title", "adcb"),
        ("order=passages", "bdac"),
        ("order=passages&reversed=1", "cadb"),
        ("order=period", "bdac"),
        ("company=Fenwick", "dac"),
        ("title=FENWICK call", "da"),
        ("title=远汀", "b"),
        ("title=fwhb&period=2024Q3", "d"),
        ("company=Nobody", ""),
        ("order=nonsense&page=x", "bdac"),
    ],
)
def test_the_list_is_sorted_and_narrowed(address: str, shown: str) -> None:
    arguments = MultiDict(pair.split("=") for pair in address.split("&") if pair)
    assert "".join(info.id for info in transcript_list(INFOS, list_request(arguments)).shown) == shown


def test_the_choices_count_what_the_other_choices_leave() -> None:
    listed = transcript_list(INFOS, list_request(MultiDict({"company": "Fenwick"})))
    assert [(choice.value, choice.count) for choice in listed.companies] == [("Fenwick", 3), ("远汀集团", 1)]
    assert [(choice.value, choice.count) for choice in listed.periods] == [("2024Q3", 1), ("2024Q2", 1)]
    assert (listed.found, listed.total, listed.passages) == (3, 4, 119)


def test_hundreds_are_in_pages_that_hold_each_once() -> None:
    many = [replace(INFO, id=str(number), date=f"2024-01-{number % 28 + 1:02}") for number in range(2 * PER_PAGE + 5)]
    pages = [transcript_list(many, list_request(MultiDict({"page": str(page)}))) for page in (1, 2, 3)]
    assert sorted(info.id for page in pages for info in page.shown) == sorted(info.id for info in many)
    assert transcript_list(many, list_request(MultiDict({"page": "99"}))).shown == pages[2].shown


def test_the_page_narrows_by_the_links_and_fields_that_it_shows(client: FlaskClient) -> None:
    page = client.get("/transcripts").text
    link = re.search(r'<a class="narrow" href="([^"]+company=[^"]+)"[^>]*>([^<]+)</a>', page)
    assert link
    narrowed = client.get(html.unescape(link[1])).text
    rows = re.findall(r"<tbody>.*</tbody>", narrowed, re.DOTALL)[0].split("<tr>")[1:]
    assert rows
    assert all(link[2] in row for row in rows)
    assert f"{len(rows)} of 6 transcripts" in narrowed
    assert f"({len(rows)})" in page
    assert "No transcript fits this." in client.get("/transcripts?title=nothing+like+it").text


def test_the_sorted_column_says_so(client: FlaskClient) -> None:
    assert re.findall(r'aria-sort="(\w+)"', client.get("/transcripts?order=title").text) == ["ascending"]
    link = re.search(r'aria-sort="descending"><a href="([^"]+)">Date', client.get("/transcripts").text)
    assert link
    assert re.findall(r'aria-sort="(\w+)"', client.get(html.unescape(link[1])).text) == ["ascending"]
