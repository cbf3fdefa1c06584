"""Lists of the API go on by cursor, and what the pages can do besides is done over the API too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from search_web.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

COLLECTIONS = "/api/v1/collections"


@pytest.fixture
def api(index: Path, tmp_path: Path) -> FlaskClient:
    """Return a client with a notebook of its own."""
    return create_app(index, notebook=tmp_path / "notebook.sqlite").test_client()


@pytest.fixture
def filled(api: FlaskClient) -> FlaskClient:
    """Let there be three collections, of which the first has five quotes, and three saved searches."""
    hits = api.get("/api/v1/search?q=AI&limit=5&context=0").get_json()["hits"]
    for name in ("Alpha", "Beta", "Gamma"):
        address = api.post(COLLECTIONS, json={"name": name}).headers["Location"]
        api.post("/api/v1/searches", json={"name": name, "arguments": [["q", name]]})
        for number, hit in enumerate(hits if name == "Alpha" else ()):
            tags = ["odd"] if number % 2 else ["even"]
            assert api.post(f"{address}/quotes", json={"passage_id": hit["id"], "tags": tags}).status_code == 201
    return api


def alpha(api: FlaskClient) -> str:
    first = api.get(COLLECTIONS).get_json()["collections"][0]
    assert first["name"] == "Alpha"
    return f"{COLLECTIONS}/{first['id']}"


def lists(api: FlaskClient) -> list[tuple[str, str]]:
    return [
        ("/api/v1/transcripts", "transcripts"),
        ("/api/v1/transcripts?order=title", "transcripts"),
        ("/api/v1/speakers?role=management", "speakers"),
        (COLLECTIONS, "collections"),
        (f"{alpha(api)}/quotes", "quotes"),
        (f"{alpha(api)}/history", "changes"),
        ("/api/v1/searches", "searches"),
    ]


def parts(api: FlaskClient, url: str, limit: int) -> list[Any]:
    found, cursor = [], ""
    while cursor is not None:
        joint = "&" if "?" in url else "?"
        found.append(api.get(f"{url}{joint}limit={limit}&cursor={cursor}").get_json())
        cursor = found[-1]["next_cursor"]
    return found


def test_the_parts_of_a_list_are_the_list(filled: FlaskClient) -> None:
    for url, key in lists(filled):
        whole = filled.get(url).get_json()
        found = parts(filled, url, 2)
        assert "next_cursor" not in whole
        assert len(found) > 1, url
        assert [one for part in found for one in part[key]] == whole[key]
        assert {part["total"] for part in found} == {whole["total"]} == {len(whole[key])}
        assert all(len(part[key]) == 2 for part in found[:-1])


def test_what_comes_or_goes_elsewhere_neither_repeats_nor_skips_an_entry(filled: FlaskClient) -> None:
    url = f"{alpha(filled)}/quotes"
    ids = [quote["id"] for quote in filled.get(url).get_json()["quotes"]]
    first = filled.get(f"{url}?limit=2").get_json()
    filled.delete(f"{url}/{ids[0]}", headers={"If-Match": "*"})
    second = filled.get(f"{url}?limit=2&cursor={first['next_cursor']}").get_json()
    assert [quote["id"] for quote in second["quotes"]] == ids[2:4]
    filled.delete(f"{url}/{ids[1]}", headers={"If-Match": "*"})
    gone = filled.get(f"{url}?limit=2&cursor={first['next_cursor']}")
    assert (gone.status_code, "again without a cursor" in gone.text) == (409, True)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%F0%9F", "bm90IGEgY3Vyc29y"])
def test_what_is_no_cursor_is_refused(filled: FlaskClient, cursor: str) -> None:
    assert filled.get(f"{COLLECTIONS}?cursor={cursor}").status_code == 400


def test_a_cursor_of_another_list_is_a_conflict(filled: FlaskClient) -> None:
    cursor = filled.get(f"{COLLECTIONS}?limit=1").get_json()["next_cursor"]
    assert filled.get(f"{COLLECTIONS}?limit=1&removed=1&cursor={cursor}").status_code == 409
    assert filled.get(f"/api/v1/searches?limit=1&cursor={cursor}").status_code == 409


def test_transcripts_are_narrowed_and_sorted(api: FlaskClient) -> None:
    everything = api.get("/api/v1/transcripts").get_json()["transcripts"]
    company = everything[0]["company"]
    narrowed = api.get("/api/v1/transcripts", query_string={"company": company}).get_json()
    assert narrowed["total"] == sum(one["company"] == company for one in everything) < len(everything)
    newest = [one["date"] for one in api.get("/api/v1/transcripts?order=date").get_json()["transcripts"]]
    assert newest == sorted(newest, reverse=True)
    assert api.get("/api/v1/transcripts?order=size").status_code == 400


def test_quotes_are_chosen_by_words_and_tags(filled: FlaskClient) -> None:
    url = f"{alpha(filled)}/quotes"
    assert filled.get(f"{url}?tag=odd").get_json()["total"] == 2
    quote = filled.get(url).get_json()["quotes"][0]
    speaker = quote["speaker"]["name"]
    by_name = filled.get(url, query_string={"q": speaker}).get_json()["quotes"]
    assert quote["id"] in {one["id"] for one in by_name}
    assert filled.get(f"{url}?q=nobodysaidthis").get_json()["total"] == 0


def test_an_export_is_taken_in_again_whole(filled: FlaskClient) -> None:
    address = alpha(filled)
    for form, media_type in (("json", "application/json"), ("csv", "text/csv")):
        file = filled.get(f"{address}/export?format={form}").data
        again = filled.post(f"{COLLECTIONS}/import", data=file, content_type=media_type).get_json()
        assert (again["added"], again["quotes"]) == (0, [])
        into = filled.post(COLLECTIONS, json={"name": f"From {form}"}).get_json()["id"]
        taken = filled.post(f"{COLLECTIONS}/import?into={into}", data=file, content_type=media_type).get_json()
        assert taken["added"] == taken["collection"]["quote_count"] == 5
        assert [one["text"] for one in taken["quotes"]] == [
            one["text"] for one in filled.get(f"{address}/quotes").get_json()["quotes"]
        ]
    assert filled.post(f"{COLLECTIONS}/import", data=b"{}", content_type="application/json").status_code == 400
    assert filled.post(f"{COLLECTIONS}/import", data=b"x", content_type="text/plain").status_code == 415
    assert filled.post(f"{COLLECTIONS}/import?into=no", data=file, content_type=media_type).status_code == 404


def test_quotes_and_passages_are_cited_as_the_pages_cite_them(filled: FlaskClient) -> None:
    url = f"{alpha(filled)}/quotes"
    quote = filled.get(url).get_json()["quotes"][0]
    cited = filled.get(f"{url}/{quote['id']}/citation?citation=short").get_json()
    assert cited["text"] == quote["text"]
    assert quote["occasion"]["period"] in cited["citation"]
    passage = quote["place"]["passage_id"]
    told = filled.get(f"/api/v1/passages/{passage}/citation?start=0&end=9").get_json()
    shown = filled.get(f"/quote?passage={passage}&start=0&end=9").text
    assert shown == f"{told['text']}\n— {told['citation']}\n{told['link']}\n"
    assert filled.get(f"/api/v1/passages/{passage}/citation?start=5&end=4").status_code == 400


def test_a_search_inside_a_transcript_finds_what_its_page_marks(api: FlaskClient) -> None:
    hit = api.get("/api/v1/search?q=AI&limit=1").get_json()["hits"][0]
    transcript = hit["transcript"]["id"]
    found = api.get(f"/api/v1/transcripts/{transcript}/search?q=AI").get_json()
    whole = api.get(f"/api/v1/transcripts/{transcript}").get_json()
    texts = {passage["id"]: passage["text"] for passage in whole["passages"]}
    assert found["total"] == found["any_total"] == len(found["places"]) > 0
    for place in found["places"]:
        assert all("AI" in texts[place["passage_id"]][start:end] for start, end in place["highlights"])
    assert api.get("/api/v1/transcripts/none/search?q=AI").status_code == 404
    assert api.get(f"/api/v1/transcripts/{transcript}/search?q=AI+AND").status_code == 400


def test_a_reading_tells_what_was_understood_of_a_file(api: FlaskClient) -> None:
    for entry in api.get("/api/v1/transcripts").get_json()["transcripts"]:
        seen = api.get(f"/api/v1/transcripts/{entry['id']}/reading").get_json()
        told = {field["name"]: field["value"] for field in seen["fields"]}
        assert (told["title"], told["company"], told["date"]) == (entry["title"], entry["company"], entry["date"])
        assert (seen["passages"], len(seen["exchanges"])) >= (entry["passages"], entry["exchanges"])
        assert sum(one["passages"] for one in seen["sections"]) == seen["passages"]
