"""Asking through the page and the JSON interface."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

QUESTION = "回购会不会停？"


def page(client: FlaskClient, **arguments: str) -> str:
    answer = client.get("/ask", query_string=arguments)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_the_page_sets_the_sentences_that_answer_in_bold_within_their_passage(client: FlaskClient) -> None:
    shown = page(client, q=QUESTION)
    answer = client.get("/api/v1/ask", query_string={"q": QUESTION}).get_json()["answers"][0]
    text = re.search(r'<p class="text" lang="zh">(.*?)</p>', shown, re.DOTALL)
    assert text is not None
    assert re.sub("<[^>]+>", "", text[1]).strip() == answer["text"].strip()
    bold = [re.sub("<[^>]+>", "", piece) for piece in re.findall("<strong>(.*?)</strong>", text[1], re.DOTALL)]
    assert "".join(bold) == "".join(answer["text"][start:end] for start, end in answer["sentences"])
    assert "In answer to" in shown
    assert "何嘉言" in shown


def test_the_tabs_lead_from_passages_to_answers_and_back(client: FlaskClient) -> None:
    results = html.unescape(client.get("/", query_string={"q": "回购", "role": "management"}).text)
    link = re.search(r'href="(/ask\?[^"]+)"', results)
    assert link is not None
    answers = html.unescape(client.get(link[1]).text)
    assert 'aria-current="page">Answers' in answers
    assert re.search(r'href="/\?q=[^"]+&role=management"[^>]*>Passages', answers)


def test_the_scope_is_in_the_address_and_kept_by_the_form(client: FlaskClient) -> None:
    shown = page(client, q=QUESTION, scope="questions")
    assert 'name="scope" value="questions"' in shown
    assert "Asks" in shown
    assert "The answer" in shown


def test_the_page_says_that_nothing_answers(client: FlaskClient) -> None:
    shown = page(client, q="恐龙为什么灭绝？", speaker="程若溪")
    assert "Nothing here answers" in shown
    assert '<ol class="hits">' not in shown
    assert "Ask without the filters" in shown


def test_the_page_without_a_question_offers_some(client: FlaskClient) -> None:
    shown = page(client)
    assert "Ask a question" in shown
    assert 'href="/ask?q=' in shown


def test_the_interface_answers_with_sentences_speaker_and_exchange(client: FlaskClient) -> None:
    found = client.get("/api/v1/ask", query_string={"q": QUESTION, "limit": "2"}).get_json()
    assert found["answered"] is True
    assert found["scope"] == "answers"
    assert found["confidence"] >= found["threshold"]
    first = found["answers"][0]
    assert first["speaker"]["name"] == "程若溪"
    assert first["passage_id"] in first["exchange"]["answers"]
    assert first["url"].endswith(first["passage_id"])


def test_a_scope_that_does_not_exist_is_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/ask", query_string={"q": QUESTION, "scope": "everything"})
    assert answer.status_code == 400
    assert "answers, questions or both" in answer.get_json()["detail"]
    assert client.get("/api/v1/ask").status_code == 400


def test_an_index_without_vectors_answers_by_words_and_says_so(client_of: Callable[[str], FlaskClient]) -> None:
    client = client_of("张三：\n我们关闭了东莞的工厂，因为订单不足。\n李四：\n海外收入占三成。\n")
    found = client.get("/api/v1/ask", query_string={"q": "东莞的工厂为什么关闭？"}).get_json()
    assert "found by words only" in found["notes"][0]
    (answer,) = found["answers"]
    assert answer["speaker"]["name"] == "张三"
    assert [answer["text"][start:end] for start, end in answer["sentences"]] == ["我们关闭了东莞的工厂，因为订单不足。"]
