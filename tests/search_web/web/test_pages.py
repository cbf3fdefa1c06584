"""What a person sees on the pages, over a real index."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

CARD = re.compile(r'<article class="hit".*?</article>', re.DOTALL)
HIT_TEXT = re.compile(r"</header>.*?<p class=\"text\"[^>]*>(.*?)</p>", re.DOTALL)
MARK = re.compile(r"<mark[^>]*>(.*?)</mark>", re.DOTALL)


def show(client: FlaskClient, **arguments: object) -> str:
    answer = client.get("/", query_string=arguments)
    assert answer.status_code == 200, answer.text
    return answer.text


def hits(client: FlaskClient, **arguments: object) -> list[Any]:
    found: list[Any] = json.loads(client.get("/api/v1/search", query_string=arguments).text)["hits"]
    return found


def seen(markup: str) -> str:
    """Return the text of a piece of a page, as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def pairs(client: FlaskClient, **arguments: object) -> list[tuple[str, Any]]:
    """Return each card of the page with the hit that it shows."""
    return list(zip(CARD.findall(show(client, **arguments)), hits(client, **arguments), strict=True))


@pytest.mark.parametrize("query", ["菜鸟 EBITA", "AI monetization"])
def test_a_card_shows_the_text_verbatim_with_its_matches_marked(client: FlaskClient, query: str) -> None:
    marked = 0
    for card, hit in pairs(client, q=query):
        shown = HIT_TEXT.search(card)
        assert shown
        assert seen(shown[1]).strip() == hit["text"].strip()
        marks = "".join(seen(mark) for mark in MARK.findall(shown[1]))
        assert marks == "".join(hit["text"][start:end] for start, end in hit["highlights"])
        marked += len(marks)
    assert marked


def test_the_first_card_answers_the_query(client: FlaskClient) -> None:
    assert "8.77" in seen(CARD.findall(show(client, q="菜鸟 EBITA"))[0])


def test_a_card_says_who_where_and_why(client: FlaskClient) -> None:
    for card, hit in pairs(client, q="云 AI 收入", section="qa", limit=20):
        text = seen(card)
        for value in (hit["speaker"]["name"], hit["speaker"]["title"], hit["transcript"]["title"], hit["heading"]):
            assert value in {None, "问答", "Questions and Answers"} or value in text, "the section is named once"
        assert hit["speaker"]["role"].capitalize() in text
        assert "Questions and answers" in text
        assert {"original": "Own words", "translated": "Translation", "unknown": ""}[hit["delivery"]] in text
        assert hit["page"] is None or f"p. {hit['page']}" in text
        assert f'href="{hit["url"]}"' in card


def test_the_firm_of_an_analyst_is_shown(client: FlaskClient) -> None:
    shown = [(card, hit) for card, hit in pairs(client, q="AI", role="analyst") if hit["speaker"]["affiliation"]]
    assert shown
    for card, hit in shown:
        assert hit["speaker"]["affiliation"] in seen(card)


def test_an_answer_stands_under_its_question(client: FlaskClient) -> None:
    cards = pairs(client, q="资本开支 AI", section="qa", role="management", limit=20)
    answers = [(card, hit) for card, hit in cards if hit["exchange"]]
    assert answers
    for card, hit in answers:
        question = hit["exchange"]["question"]
        assert "In answer to" in card
        assert question["speaker"]["name"] in seen(card)
        text = seen(card)
        assert text.index(question["text"]) < text.index(hit["text"])


def test_neighbours_stand_before_and_after(client: FlaskClient) -> None:
    card, hit = pairs(client, q="菜鸟 EBITA")[0]
    around = seen(card).split("Before and after")[1]
    before, after = hit["context"]["before"][0]["text"], hit["context"]["after"][0]["text"]
    assert around.index(before) < around.index("this passage") < around.index(after)


def test_a_filter_is_a_chip_that_takes_it_away(client: FlaskClient) -> None:
    page = show(client, q="AI", role="analyst", company="远汀集团")
    chips = re.findall(r'<a class="chip" href="([^"]+)"[^>]*>(.*?)</a>', page)
    assert [" ".join(seen(text).split()) for _, text in chips] == ["Role Analyst ×", "Company 远汀集团 ×"]
    without_role = client.get(html.unescape(chips[0][0])).text
    assert re.findall(r'<a class="chip"', without_role) == ['<a class="chip"']
    assert '<input type="hidden" name="role" value="analyst">' in page
    assert '<input type="hidden" name="role"' not in without_role


def test_pages_are_numbered_and_continue(client: FlaskClient) -> None:
    first = show(client, q="AI")
    link = re.search(r'<a href="([^"]+)" aria-label="Page 2"', first)
    assert link
    second = client.get(html.unescape(link[1])).text
    assert 'aria-label="Page 2" aria-current="page"' in second
    assert '<ol class="hits" start="11">' in second
    assert not set(CARD.findall(first)) & set(CARD.findall(second))


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    assert "beyond the last" in show(client, q="AI", page=90)


def test_nothing_found_offers_ways_on(client: FlaskClient) -> None:
    page = show(client, q="zzzqqq", mode="keyword", role="analyst")
    assert "No passage matches" in page
    for way in ("By words and meaning together", "See which calls are here", "菜鸟 EBITA"):
        assert way in page


@pytest.mark.parametrize("arguments", [{}, {"q": ""}, {"q": "   "}])
def test_without_a_query_the_page_offers_examples_and_calls(client: FlaskClient, arguments: dict[str, str]) -> None:
    page = show(client, **arguments)
    assert "菜鸟 EBITA" in page
    assert "AI monetization" in page
    assert "passages in 6 calls" in page


def test_a_word_only_index_says_so(client_of: Callable[[str], FlaskClient]) -> None:
    page = show(client_of("张勇：收入增长百分之十。\n"), q="收入")
    assert "This index has no vectors" in page


def test_every_passage_of_the_reader_has_its_anchor(client: FlaskClient) -> None:
    for info in json.loads(client.get("/api/v1/transcripts").text)["transcripts"]:
        page = client.get(info["url"]).text
        whole = json.loads(client.get(f"/api/v1/transcripts/{info['id']}").text)
        pattern = r'<div class="passage" id="([^"]+)" data-passage="\1"><p class="text"[^>]*>(.*?)</p>'
        shown = re.findall(pattern, page, re.DOTALL)
        assert [(key, html.unescape(text)) for key, text in shown] == [
            (passage["id"], passage["text"]) for passage in whole["passages"]
        ]
        targets = re.findall(r'href="#([^"]+)"', page)
        ids = set(re.findall(r' id="([^"]+)"', page))
        assert set(targets) <= ids


def test_the_reader_shows_outline_questions_and_answers(client: FlaskClient) -> None:
    listed = json.loads(client.get("/api/v1/transcripts").text)["transcripts"]
    info = next(each for each in listed if each["exchanges"] == 5 and each["language"] == "zh")
    page = client.get(info["url"]).text
    assert re.findall(r'aria-label="Question (\d), ', page) == ["1", "2", "3", "4", "5"]
    outline = seen(page.split('class="outline"')[1].split("</ol>")[0])
    whole = json.loads(client.get(f"/api/v1/transcripts/{info['id']}").text)
    texts = {passage["id"]: passage["text"] for passage in whole["passages"]}
    sections = re.findall(r'<section class="part exchange".*?</section>', page, re.DOTALL)
    for exchange, section in zip(whole["exchanges"], sections, strict=True):
        assert exchange["answers"]
        answers = [key for answer in exchange["answers"] for key in answer["passage_ids"]]
        for key in (*exchange["question_ids"], *answers):
            assert texts[key] in html.unescape(section)
    assert "Grace Mok" in outline


def test_the_reader_leads_back_to_the_results(client: FlaskClient) -> None:
    card, _ = pairs(client, q="菜鸟 EBITA", mode="keyword")[0]
    link = re.search(r'<p class="source">\s*<a href="([^"]+)"', card)
    assert link
    page = client.get(html.unescape(link[1]).split("#")[0]).text
    back = re.search(r'<p class="back"><a href="([^"]+)"', page)
    assert back
    assert CARD.findall(client.get(html.unescape(back[1])).text)[0]


def test_the_list_has_every_call_newest_first(client: FlaskClient) -> None:
    page = client.get("/transcripts").text
    dates = re.findall(r'<time datetime="([^"]+)"', page)
    assert len(dates) == 6
    assert dates == sorted(dates, reverse=True)


def test_hostile_text_is_shown_and_not_run(client_of: Callable[[str], FlaskClient]) -> None:
    hostile = '<script>alert("收入")</script>收入增长<img src=x onerror=alert(1)>'
    client = client_of(f"张勇：{hostile}\n")
    results = show(client, q="收入 '><script>alert(2)</script>")
    refused = client.get("/", query_string={"q": '收入 "><script>alert(2)</script>'})
    assert refused.status_code == 400
    assert "quotation mark is never closed" in seen(refused.text)
    assert "&lt;script&gt;alert(2)" in refused.text, "the query stays in the box"
    assert not re.search(r"<script>", refused.text)
    reader = client.get(json.loads(client.get("/api/v1/transcripts").text)["transcripts"][0]["url"]).text
    for page in (results, reader):
        assert not re.search(r"<script>|<img", page)
        assert "&lt;script&gt;" in page
        assert "alert(" in seen(page)
    shown = HIT_TEXT.search(results)
    assert shown
    assert hostile in seen(shown[1])


@pytest.mark.parametrize("url", ["/", "/?q=AI", "/transcripts", "/transcripts/none", "/api/v1/search?q=AI", "/nowhere"])
def test_every_answer_has_the_security_headers(client: FlaskClient, url: str) -> None:
    headers = client.get(url).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("/?q=AI&mode=x", 400, "hybrid, keyword or vector"),
        ("/transcripts/none", 404, "none"),
        ("/nowhere", 404, "not found"),
    ],
)
def test_an_error_is_a_page_that_helps(client: FlaskClient, url: str, status: int, says: str) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    assert says in answer.text
    assert 'href="/transcripts"' in answer.text


def test_without_an_index_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    answer = create_app(tmp_path / "none").test_client().get("/")
    assert answer.status_code == 503
    assert "yuanhua index" in answer.text


def test_what_the_query_names_is_shown_with_a_link_that_switches_it_off(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "what did Helena Brandt say about capital expenditures"})
    assert "said by Helena Brandt" in page.text
    assert "without=speaker%3AHelena+Brandt" in page.text
    off = client.get("/", query_string={"q": "what did Helena Brandt say", "without": "speaker:Helena Brandt"})
    assert "<s>said by Helena Brandt</s>" in off.text


def test_a_misspelt_query_gets_a_link_to_what_may_be_meant(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "hurricannes"})
    assert 'Did you mean <a href="/?q=hurricanes"' in page.text


@pytest.mark.parametrize("name", ["firm", "period"])
def test_a_page_filtered_by_firm_or_period_names_the_filter(client: FlaskClient, name: str) -> None:
    assert client.get("/", query_string={"q": "growth", name: "2024Q3"}).status_code == 200


def test_a_card_says_why_it_stands_where_it_stands(client: FlaskClient) -> None:
    for card, hit in zip(
        CARD.findall(show(client, q="AI monetization", explain="1")),
        hits(client, q="AI monetization", explain="1"),
        strict=True,
    ):
        (why,) = re.findall(r'<details class="why".*?</details>', card, re.DOTALL)
        told = " ".join(seen(why).split())
        assert "Why this?" in told
        assert f"score {hit['score']:.3f} = {hit['explain']['parts'][0]['adds']:.3f} by words" in told
        for leg in hit["legs"].values():
            assert leg is None or f"rank {leg['rank']}, score {leg['score']:.3f}" in told
        for term in hit["explain"]["terms"]:
            assert term["term"] in told
            assert (f"for {term['of']}, {term['source']}" in told) == (term["of"] is not None)


def test_the_page_says_how_words_and_meaning_were_weighed(client: FlaskClient) -> None:
    page = show(client, q="菜鸟 EBITA", explain="1")
    (weighed,) = re.findall(r'<section class="weighed".*?</section>', page, re.DOTALL)
    assert "The words count in full" in seen(weighed)
