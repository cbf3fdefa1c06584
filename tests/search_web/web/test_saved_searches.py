"""A search that was saved tells what came in since, on its page, as JSON, as a feed and in the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.etree import fromstring
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.cli import app
from search_web.web.app import create_app

FIRST = "Host: Good morning.\n\nAda North: We bought back shares for 40 million dollars this spring.\n"
SECOND = "Host: Good evening.\n\nBen South: A share buyback of <b>60</b> million & more is planned. 我们会继续回购。\n\nBen South: Nothing else was decided about the shops.\n"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Desk:
    """A folder of calls, its index, and a client of the site over it."""

    def __init__(self, folder: Path) -> None:
        self.calls, self.index = folder / "calls", folder / "index"
        self.calls.mkdir()
        self.add("spring", FIRST)
        self.client: FlaskClient = create_app(self.index).test_client()

    def add(self, name: str, text: str) -> None:
        (self.calls / f"{name}.txt").write_text(text, encoding="utf-8")
        index_paths(self.index, [self.calls], BuildSettings(embedders=()))

    def save(self, name: str, query: str) -> str:
        answer = self.client.post("/api/v1/searches", json={"name": name, "arguments": [["q", query], ["page", "3"]]})
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def news(self, search: str) -> list[str]:
        answer = self.client.get(f"/api/v1/searches/{search}/news").json
        assert answer["total"] == len(answer["arrivals"])
        return [arrival["hit"]["speaker"]["name"] for arrival in answer["arrivals"]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_was_there_when_it_was_saved_is_not_new_and_what_came_later_is(desk: Desk) -> None:
    search = desk.save("buybacks", "buyback")
    assert desk.news(search) == []
    desk.add("autumn", SECOND)
    assert desk.news(search) == ["Ben South"]
    assert desk.client.post(f"/api/v1/searches/{search}/seen", json={}).status_code == 200
    assert desk.news(search) == []


def test_a_passage_must_have_every_word_and_all_that_binds(desk: Desk) -> None:
    wide, narrow = desk.save("all", "buyback million"), desk.save("one", "buyback speaker:Ada")
    desk.add("autumn", SECOND)
    assert desk.news(wide) == ["Ben South"]
    assert desk.news(narrow) == []


def test_a_call_that_is_parsed_anew_is_not_new_and_one_that_changed_is(desk: Desk) -> None:
    search = desk.save("buybacks", "bought")
    index_paths(desk.index, [desk.calls], BuildSettings(embedders=(), rebuild=True))
    assert desk.news(search) == []
    desk.add("spring", FIRST.replace("40", "45"))
    assert desk.news(search) == ["Ada North"]


def test_the_pages_save_show_rename_remove_and_restore_without_scripts(desk: Desk) -> None:
    made = desk.client.post(
        "/searches", data={"name": " Share  buybacks ", "arguments": "q=buyback&role=analyst&page=2"}
    )
    assert made.status_code == 303
    page = desk.client.get("/searches").text
    assert "Share buybacks" in page
    assert "page=2" not in page
    (search,) = desk.client.get("/api/v1/searches").json["searches"]
    assert search["arguments"] == [["q", "buyback"], ["role", "analyst"]]
    desk.client.post(f"/searches/{search['id']}/rename", data={"name": "回购"})
    assert "回购" in desk.client.get("/searches").text
    desk.client.post(f"/searches/{search['id']}/remove")
    assert desk.client.get("/api/v1/searches").json["total"] == 0
    desk.client.post(f"/searches/{search['id']}/restore")
    assert desk.client.get("/api/v1/searches").json["total"] == 1


def test_the_page_of_news_shows_the_passages_and_takes_them_for_seen(desk: Desk) -> None:
    search = desk.save("buybacks", "buyback")
    desk.add("autumn", SECOND)
    assert "1 new passage" in desk.client.get("/searches").text
    page = desk.client.get(f"/searches/{search}").text
    assert "Ben South" in page
    assert "&lt;b&gt;60" in page
    desk.client.post(f"/searches/{search}/seen")
    assert "Nothing new" in desk.client.get("/searches").text


def test_the_feed_has_the_verbatim_passage_its_speaker_and_its_address(desk: Desk) -> None:
    search = desk.save("buybacks", "回购")
    desk.add("autumn", SECOND)
    answer = desk.client.get(f"/searches/{search}/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = fromstring(answer.data)
    (entry,) = feed.findall(f"{ATOM}entry")
    (paragraph,) = entry.iter(f"{XHTML}p")
    assert "".join(paragraph.itertext()) == "A share buyback of <b>60</b> million & more is planned. 我们会继续回购。"
    assert {mark.text for mark in entry.iter(f"{XHTML}mark")} >= {"回购"}
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ben South"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert re.match(r"http://localhost/transcripts/[^#]+#", link.attrib["href"])
    assert (
        desk.client.get(f"/searches/{search}/feed.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_a_search_is_changed_by_who_names_its_version(desk: Desk) -> None:
    search = desk.save("buybacks", "buyback")
    address = f"/api/v1/searches/{search}"
    tag = desk.client.get(address).headers["ETag"]
    assert desk.client.patch(address, json={"name": "b"}).status_code == 428
    assert desk.client.patch(address, json={"name": "b"}, headers={"If-Match": tag}).json["name"] == "b"
    assert desk.client.patch(address, json={"name": "c"}, headers={"If-Match": tag}).status_code == 412
    assert (
        desk.client.patch(
            address, json={"arguments": [["q", "x"], ["role", "king"]]}, headers={"If-Match": "*"}
        ).status_code
        == 400
    )
    assert desk.client.delete(address, headers={"If-Match": "*"}).status_code == 204
    assert desk.client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "  ", "AND", '"open'])
def test_what_cannot_be_searched_for_is_not_saved(desk: Desk, query: str) -> None:
    assert desk.client.post("/searches", data={"name": "x", "arguments": f"q={query}"}).status_code == 400
    assert desk.client.get("/api/v1/searches").json["total"] == 0
    address = f"/api/v1/searches/{desk.save('buybacks', 'buyback')}"
    change = {"arguments": [["q", query]]}
    assert desk.client.patch(address, json=change, headers={"If-Match": "*"}).status_code == 400
    assert desk.client.get(f"{address}/news").status_code == 200


def test_a_form_of_another_site_saves_nothing(desk: Desk) -> None:
    answer = desk.client.post(
        "/searches", data={"arguments": "q=buyback"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert desk.client.get("/api/v1/searches").json["total"] == 0


def test_a_table_has_every_hit_verbatim_with_its_source(desk: Desk) -> None:
    desk.add("autumn", SECOND)
    answer = desk.client.get("/search.csv?q=buyback&mode=keyword")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    found = desk.client.get("/api/v1/search?q=buyback&mode=keyword").json["hits"]
    assert [row["text"] for row in rows] == [hit["text"] for hit in found]
    assert rows[0]["speaker"] == found[0]["speaker"]["name"]
    assert rows[0]["link"] == f"http://localhost{found[0]['url']}"


def test_the_terminal_saves_and_tells_what_is_new(desk: Desk) -> None:
    run = CliRunner().invoke
    where = ["--index", str(desk.index)]
    assert run(app, ["searches", "add", "buybacks", "buyback", *where]).exit_code == 0
    assert run(app, ["searches", "add", "buybacks", "other", *where]).exit_code == 2
    desk.add("autumn", SECOND)
    assert "1 new" in run(app, ["searches", "list", *where]).output
    told = json.loads(run(app, ["searches", "news", "buybacks", "--json", *where]).output)
    assert [arrival["hit"]["speaker"]["name"] for arrival in told["arrivals"]] == ["Ben South"]
    assert run(app, ["searches", "seen", "buybacks", *where]).exit_code == 0
    assert "0 new" in run(app, ["searches", "news", "buybacks", *where]).output
