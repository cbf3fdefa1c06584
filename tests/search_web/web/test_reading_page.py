"""The page that shows what was understood of a file, and how documents, which nobody speaks, are shown."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from indexer.codec import transcript_from_json
from indexer.model import Kind
from indexer.overview import overview

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from indexer.model import Transcript

CALL = """\
Fenwick Harbor Ltd (NYSE: FWHB) Q2 2024 Earnings Call Transcript

Aug 7, 2024, 8:30 a.m. ET

Prepared Remarks:

Jane <b>Doe -- Chief "Executive" Officer

Our harbours <script>alert(1)</script> paid off this quarter. Revenue grew 4% from a year ago, as the cranes came.

Questions and Answers:

Ronald Keung -- Goldman Sachs -- Analyst

How do you think about the berths that you have not let so far, and will they be let next year?

Jane <b>Doe -- Chief "Executive" Officer

We start with the north pier. It will be let before the summer of next year, and the south pier follows it.

Ronald Keung -- Goldman Sachs -- Analyst

Thank you.
"""


def seen(markup: str) -> str:
    """Return the text of a piece of a page, as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def listed(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get("/api/v1/transcripts").text)["transcripts"]
    return found


def whole(client: FlaskClient, transcript_id: str) -> Transcript:
    return transcript_from_json(client.get(f"/api/v1/transcripts/{transcript_id}").text)


def reading(client: FlaskClient, url: str) -> str:
    """Return the page that the reader's page links to as "How this was read"."""
    link = re.search(r'<a href="([^"]+)">How this was read', client.get(url).text)
    assert link
    answer = client.get(html.unescape(link[1]))
    assert answer.status_code == 200
    return answer.text


def part(page: str, name: str) -> str:
    """Return the section of the page with this name."""
    return next(section for section in re.findall(r"<section.*?</section>", page, re.DOTALL) if f'"{name}-' in section)


def rows(section: str) -> list[str]:
    return [seen(row) for row in re.findall(r"<tr.*?</tr>", section, re.DOTALL)[1:]]


def test_every_call_has_its_facts_on_the_page(client: FlaskClient) -> None:
    for info in listed(client):
        page, transcript = reading(client, info["url"]), whole(client, info["id"])
        facts, text = overview(transcript), seen(page)
        for field in facts.fields:
            if field.value and field.name not in {"language", "fiscal"}:
                assert field.value in seen(part(page, "metadata"))
            for evidence in field.evidence:
                assert evidence.line is None or f"line {evidence.line}" in text
        if transcript.kind is Kind.SPOKEN:
            for speaker, row in zip(facts.speakers, rows(part(page, "speakers")), strict=True):
                assert row.startswith(speaker.speaker.name)
                assert speaker.first
                assert row.endswith(f"{speaker.passages} {speaker.first.lines.first}")
            if facts.exchanges:
                for exchange, row in zip(facts.exchanges, rows(part(page, "exchanges")), strict=True):
                    assert row.startswith(f"{exchange.number} {exchange.exchange.asker.name}")
                    assert all(f"{speaker.name} {passages}" in row for speaker, passages in exchange.answerers)
        assert len(rows(part(page, "sections"))) == len(facts.sections)
        for dropped in facts.dropped:
            assert re.search(rf"{len(dropped.pieces)}</span></summary>", part(page, "dropped"))


def test_links_lead_to_the_passages(client: FlaskClient) -> None:
    for info in listed(client):
        ids = {passage.id for passage in whole(client, info["id"]).passages}
        targets = re.findall(rf'href="{re.escape(info["url"])}#([^"]+)"', reading(client, info["url"]))
        assert targets
        assert set(targets) <= ids


def test_nothing_in_a_file_is_run(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of(CALL)
    page = reading(client, listed(client)[0]["url"])
    assert "<script>alert" not in page
    assert "<b>Doe" not in page
    assert "Jane <b>Doe" in html.unescape(page)


def test_a_call_that_was_read_well_says_so(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of(CALL.replace("<b>", "").replace("<script>alert(1)</script> ", ""))
    page = reading(client, listed(client)[0]["url"])
    assert "No warnings, and all that was looked for was found." in seen(page)
    assert 'class="doubts"' not in page
    assert "2024-08-07 the title, line 3: Aug 7, 2024, 8:30 a.m. ET" in seen(part(page, "metadata"))
    assert "Thank you." in seen(part(page, "folded"))
    assert "1 Ronald Keung Goldman Sachs How do you think about the berths" in seen(part(page, "exchanges"))


def test_what_is_doubtful_stands_on_top(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of("张勇：收入增长了百分之十，我们对这个结果很满意。\n\n徐宏：利润也增长了。\n")
    page = reading(client, listed(client)[0]["url"])
    assert page.index('class="doubts"') < page.index("metadata-heading")
    assert "Not found: Company, Ticker, Period, Date" in seen(part(page, "doubts"))
    assert "No question was found in it." in seen(page)


def test_an_unknown_call_is_no_page(client: FlaskClient) -> None:
    assert client.get("/transcripts/none/reading").status_code == 404


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    """Return the document among the samples: notes on a call."""
    (found,) = (info for info in listed(client) if info["kind"] == "document")
    return found


def test_a_document_has_no_speakers_to_read(client: FlaskClient, document: dict[str, Any]) -> None:
    transcript = whole(client, document["id"])
    (placeholder,) = {passage.speaker.name for passage in transcript.passages}
    page = client.get(document["url"]).text
    assert 'class="who"' not in page
    assert "speakers-heading" not in page
    assert "Prepared remarks" not in seen(page)
    assert "Document" in seen(page)
    assert f'<span class="speaker" lang="zh">{placeholder}' not in page
    facts = reading(client, document["url"])
    assert "speakers-heading" not in facts
    assert "nobody speaks in it" in seen(part(facts, "doubts"))
    for heading in dict.fromkeys(passage.heading for passage in transcript.passages if passage.heading):
        assert heading in seen(part(facts, "sections"))


def test_a_hit_in_a_document_is_nobody_s(client: FlaskClient, document: dict[str, Any]) -> None:
    arguments = {"q": "菜鸟 EBITA", "transcript": document["id"]}
    hits = json.loads(client.get("/api/v1/search", query_string=arguments).text)["hits"]
    page = client.get("/", query_string=arguments).text
    cards = re.findall(r'<article class="hit".*?</article>', page, re.DOTALL)
    assert cards
    for card, hit in zip(cards, hits, strict=True):
        assert hit["transcript"]["kind"] == "document"
        heading = re.search(r"<h2.*?</h2>", card, re.DOTALL)
        assert heading
        assert seen(heading[0]) == (hit["heading"] or hit["transcript"]["title"])
        assert [seen(tag) for tag in re.findall(r'<li class="tag.*?</li>', card)] == ["Document"]
        assert 'class="speaker"' not in card
        assert "Prepared remarks" not in card


def test_the_list_tells_documents(client: FlaskClient, document: dict[str, Any]) -> None:
    rows_of_list = re.findall(r"<tr>.*?</tr>", client.get("/transcripts").text, re.DOTALL)
    tagged = [row for row in rows_of_list if "Document" in row]
    assert len(tagged) == 1
    assert document["title"] in html.unescape(tagged[0])
