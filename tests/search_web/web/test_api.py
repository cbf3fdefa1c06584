"""The JSON interface over a real index: fields, filters, problems, health."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from indexer.stores.index import IndexReader
from search_web.search.json_view import response_json
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher
from search_web.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

RESPONSE_FIELDS = [
    *("query", "mode", "fusion", "took_ms", "total", "generation", "notes", "expansions", "chips", "suggestions"),
    *("left_out", "unsaid", "filter_suggestions"),
    *("hits", "total_relation", "word_total", "collapsed", "repeated", "next_cursor", "facets", "facets_more"),
]
PASSAGE_FIELDS = [
    *("legs", "text", "highlights", "best_sentence", "speaker", "transcript", "section", "heading"),
    *("delivery", "language", "page", "time", "position", "exchange", "context", "url"),
]


def ask(client: FlaskClient, query: str, **arguments: object) -> Any:
    answer = client.get("/api/v1/search", query_string={"q": query, **arguments})
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    return json.loads(answer.text)


def test_the_api_answers_what_the_search_found(client: FlaskClient, index: Path) -> None:
    answered = ask(client, "菜鸟 EBITA")
    found = response_json(Searcher(IndexReader(index)).search(SearchRequest("菜鸟 EBITA")))
    del answered["took_ms"], found["took_ms"]
    assert answered == json.loads(json.dumps(found))


def test_fields_stand_in_the_order_in_which_they_are_read(client: FlaskClient) -> None:
    answered = ask(client, "菜鸟 EBITA")
    assert list(answered) == RESPONSE_FIELDS
    for hit in answered["hits"]:
        assert list(hit) == ["id", "score", *PASSAGE_FIELDS, "duplicates", "duplicate_ids", "same_call"]
        assert list(hit["legs"]) == ["keyword", "vector"]
        assert list(hit["context"]) == ["before", "after"]


def test_text_is_written_verbatim_and_not_as_escapes(client: FlaskClient) -> None:
    assert "菜鸟" in client.get("/api/v1/search", query_string={"q": "菜鸟"}).text


def test_highlights_are_slices_of_the_text(client: FlaskClient) -> None:
    hit = ask(client, "菜鸟 EBITA")["hits"][0]
    assert {hit["text"][start:end] for start, end in hit["highlights"]} == {"菜鸟", "EBITA"}


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("role", "analyst", ("speaker", "role")),
        ("section", "qa", ("section",)),
        ("language", "en", ("language",)),
        ("delivery", "translated", ("delivery",)),
        ("company", "Fenwick Harbor", ("transcript", "company")),
        ("speaker", "Helena Brandt", ("speaker", "name")),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "keyword", "vector"])
def test_a_filter_keeps_what_it_names(
    client: FlaskClient, name: str, value: str, path: tuple[str, ...], mode: str
) -> None:
    hits = ask(client, "AI revenue 收入", limit=50, mode=mode, **{name: value})["hits"]
    assert hits
    for hit in hits:
        kept = hit
        for field in path:
            kept = kept[field]
        assert kept == value


def test_dates_filter_with_both_ends_included(client: FlaskClient) -> None:
    hits = ask(client, "AI", limit=100, date_from="2024-07-31", date_to="2024-10-30")["hits"]
    assert {hit["transcript"]["date"] for hit in hits} == {"2024-07-31", "2024-10-30"}


def test_values_of_one_filter_are_alternatives(client: FlaskClient) -> None:
    hits = ask(client, "AI", limit=100, role=["analyst", "operator"])["hits"]
    assert {hit["speaker"]["role"] for hit in hits} == {"analyst", "operator"}


def test_the_second_page_continues_the_first(client: FlaskClient) -> None:
    whole = [hit["id"] for hit in ask(client, "AI", limit=20)["hits"]]
    pages = [[hit["id"] for hit in ask(client, "AI", limit=10, page=page)["hits"]] for page in (1, 2)]
    assert pages[0] + pages[1] == whole
    assert len(set(whole)) == 20


def test_a_passage_is_answered_with_as_much_context_as_asked(client: FlaskClient) -> None:
    hit = ask(client, "菜鸟 EBITA")["hits"][0]
    passage = json.loads(client.get(f"/api/v1/passages/{hit['id']}?context=2").text)
    assert list(passage) == ["id", *PASSAGE_FIELDS]
    assert (passage["id"], passage["text"]) == (hit["id"], hit["text"])
    assert passage["highlights"] == []
    assert len(passage["context"]["before"]) == len(passage["context"]["after"]) == 2
    assert passage["context"]["before"][-1] == hit["context"]["before"][-1]


def test_transcripts_are_listed_and_answered_whole(client: FlaskClient) -> None:
    listed = json.loads(client.get("/api/v1/transcripts").text)
    assert listed["total"] == len(listed["transcripts"]) == 6
    for info in listed["transcripts"]:
        whole = json.loads(client.get(f"/api/v1/transcripts/{info['id']}").text)
        assert whole["title"] == info["title"]
        assert len(whole["passages"]) == info["passages"] > 0
        assert len(whole["exchanges"]) == info["exchanges"]
        assert client.get(info["url"]).status_code == 200


@pytest.mark.parametrize(
    ("url", "status", "kind", "names"),
    [
        ("/api/v1/search", 400, "invalid-request", ["q:", "empty"]),
        ("/api/v1/search?q=a&mode=x", 400, "invalid-request", ["mode:", "hybrid, keyword or vector"]),
        ("/api/v1/search?q=a&fusion=x", 400, "invalid-request", ["fusion:", "zsum or rrf"]),
        ("/api/v1/search?q=a&limit=101", 400, "invalid-request", ["limit:", "from 1 to 100"]),
        ("/api/v1/search?q=a&role=boss", 400, "invalid-request", ["role:", "management, analyst, operator or other"]),
        ("/api/v1/search?q=a&date_from=soon", 400, "invalid-request", ["date_from:", "2023-08-10"]),
        ("/api/v1/search?q=a&embedder=x", 400, "invalid-request", ["embedder:", "bundled"]),
        ("/api/v1/passages/none", 404, "unknown-passage", ["none"]),
        ("/api/v1/passages/none?context=11", 400, "invalid-request", ["context:", "from 0 to 10"]),
        ("/api/v1/transcripts/none", 404, "unknown-transcript", ["none"]),
    ],
)
def test_a_problem_names_the_parameter_and_what_it_may_be(
    client: FlaskClient, url: str, status: int, kind: str, names: list[str]
) -> None:
    answer = client.get(url)
    problem = json.loads(answer.text)
    assert answer.status_code == problem["status"] == status
    assert answer.content_type == "application/problem+json"
    assert list(problem) == ["type", "title", "status", "detail", "instance"]
    assert problem["type"] == f"urn:yuanhua:problem:{kind}"
    assert problem["instance"] == url
    for name in names:
        assert name in problem["detail"]


def test_unknown_paths_and_methods_are_problems_too(client: FlaskClient) -> None:
    assert client.get("/api/nowhere").content_type == "application/problem+json"
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert json.loads(answer.text)["title"] == "Method Not Allowed"


def test_readiness_names_the_generation_and_the_models_that_answer(client: FlaskClient) -> None:
    ready = json.loads(client.get("/readyz").text)
    passages = sum(info["passages"] for info in json.loads(client.get("/api/v1/transcripts").text)["transcripts"])
    generation = ask(client, "AI", limit=1)["generation"]
    assert ready == {"status": "ready", "generation": generation, "passages": passages, "models": ["bundled"]}


def test_the_process_is_alive_also_without_an_index(tmp_path: Path) -> None:
    assert create_app(tmp_path / "none").test_client().get("/healthz").get_json() == {"status": "ok"}


@pytest.mark.parametrize("url", ["/readyz", "/api/v1/search?q=AI", "/api/v1/transcripts"])
def test_without_an_index_the_answer_says_how_to_make_one(tmp_path: Path, url: str) -> None:
    answer = create_app(tmp_path / "none").test_client().get(url)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5", "an index is published at any moment"
    assert answer.content_type == "application/problem+json"
    assert "yuanhua index" in json.loads(answer.text)["detail"]


def test_a_mistake_in_the_query_is_a_problem_with_its_position(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "菜鸟 AND"})
    assert answer.status_code == 400
    problem = json.loads(answer.text)
    assert problem["type"] == "urn:yuanhua:problem:query-syntax"
    assert (problem["position"], problem["expected"]) == (6, "a word, a phrase, a field or (")


def test_an_explanation_comes_with_explain_1_only(client: FlaskClient) -> None:
    told = client.get("/api/v1/search", query_string={"q": "菜鸟 EBITA", "explain": "1"}).get_json()
    assert told["fusion_explained"]["why"]
    for hit in told["hits"]:
        assert sum(part["adds"] for part in hit["explain"]["parts"]) == pytest.approx(hit["score"])
    plain = client.get("/api/v1/search", query_string={"q": "菜鸟 EBITA"}).get_json()
    assert "fusion_explained" not in plain
    assert all("explain" not in hit for hit in plain["hits"])
