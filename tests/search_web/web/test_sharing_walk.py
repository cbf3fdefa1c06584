"""Every address of collections × whoever may ask × whose the collection is: what each gets, and that others get nothing."""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from indexer.build import BuildSettings, index_paths
from search_web.access.model import AccountRole
from search_web.notebook.database import Notebook
from search_web.quotes.collect import collect
from search_web.quotes.links_store import CollectionLinks
from search_web.quotes.model import Visibility
from search_web.quotes.store import QuoteStore
from search_web.web.app import create_app
from search_web.web.collect_choice import fingerprint
from search_web.web.current import current_searcher
from search_web.web.observing import observe_requests
from tests.search_web.web.people import People

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from search_web.web.observation import Observation

CALL = "Host: Good morning.\n\nAda North: We bought back shares for 40 million dollars this spring.\n"
NIGHT = "Leads of the night desk"
NAMES = {"private": NIGHT, "shared": "Margins for all", "ours": "From before"}
API, PAGE = "/api/v1/collections/{c}", "/collections/{c}"

Need = Literal["read", "edit", "manage", "write"]


@dataclass(frozen=True)
class Walk:
    """A request to an endpoint, and what it needs of whoever makes it. `{c}` stands for the collection, and so on."""

    endpoint: str
    need: Need
    method: str
    path: str
    json: dict[str, Any] | None = None
    form: dict[str, str] = field(default_factory=dict)


def api(endpoint: str, need: Need, method: str, path: str = "", json: dict[str, Any] | None = None) -> Walk:
    interface = "quotes_api" if path.startswith("/quotes") else "collections_api"
    return Walk(f"{interface}.{endpoint}", need, method, API + path, json if method != "GET" else None)


def page(endpoint: str, need: Need, method: str, path: str, **form: str) -> Walk:
    return Walk(endpoint, need, method, path, form=form)


WALKS = (
    api("collection", "read", "GET"),
    api("history", "read", "GET", "/history"),
    api("verification", "read", "GET", "/verification"),
    api("export_collection", "read", "GET", "/export?format=csv"),
    api("quotes", "read", "GET", "/quotes"),
    api("quotes", "read", "GET", "/quotes?removed=1"),
    api("quote", "read", "GET", "/quotes/{q}"),
    api("citation", "read", "GET", "/quotes/{q}/citation"),
    api("edit", "edit", "PATCH", "", {"name": "Renamed"}),
    api("edit", "manage", "PATCH", "", {"visibility": "team", "owner": "Ben"}),
    api("remove", "manage", "DELETE"),
    api("restore", "manage", "POST", "/restore", {}),
    api("add", "edit", "POST", "/quotes", {"passage_id": "{p}"}),
    api("edit_quote", "edit", "PATCH", "/quotes/{q}", {"note": "x"}),
    api("remove_quote", "edit", "DELETE", "/quotes/{q}"),
    api("restore_quote", "edit", "POST", "/quotes/{b}/restore", {}),
    api("move_quote", "edit", "PUT", "/quotes/{q}/position", {"after": "{r}"}),
    Walk("links_api.collection_links", "manage", "GET", API + "/links"),
    Walk("links_api.link_collection", "manage", "POST", API + "/links", {"days": 3}),
    Walk("links_api.unlink_collection", "manage", "DELETE", API + "/links/{l}"),
    page("collection_page.collection", "read", "GET", PAGE),
    page("collection_history.history", "read", "GET", PAGE + "/history"),
    page("collection_page.edit", "edit", "POST", PAGE + "/edit", name="X", was_name="{n}", was_description=""),
    page("collection_page.edit_quote", "edit", "POST", PAGE + "/quotes/{q}/edit", note="x", tags=""),
    page("collection_page.move_quote", "edit", "POST", PAGE + "/quotes/{q}/move", after="{r}"),
    page("collection_page.remove_quote", "edit", "POST", PAGE + "/quotes/{q}/remove"),
    page("collection_page.restore_quote", "edit", "POST", PAGE + "/quotes/{b}/restore"),
    page("collections_pages.remove", "manage", "POST", PAGE + "/remove"),
    page("collections_pages.restore", "manage", "POST", PAGE + "/restore"),
    page("sharing_pages.sharing", "manage", "GET", PAGE + "/sharing"),
    page("sharing_pages.link", "manage", "POST", PAGE + "/sharing", days="7"),
    page("sharing_pages.unlink", "manage", "POST", PAGE + "/links/{l}/revoke"),
    page("sharing_pages.set_visibility", "manage", "POST", PAGE + "/visibility", visibility="team"),
    page("sharing_pages.hand_over", "manage", "POST", PAGE + "/owner", owner="Ben"),
    page("collecting.keep", "edit", "POST", "/collect", passage="{p}", seen="{s}", collection="{c}"),
    page("collecting.collected", "edit", "GET", "/collected?collection={c}&quote={q}"),
    page("collecting.undo", "edit", "POST", "/collected", collection="{c}", quote="{q}"),
)
OF_NO_COLLECTION = (
    Walk("collections_api.collections", "read", "GET", "/api/v1/collections"),
    Walk("collections_api.create", "write", "POST", "/api/v1/collections", {"name": "Fresh"}),
    page("collections_pages.collections", "read", "GET", "/collections"),
    page("collections_pages.create", "write", "POST", "/collections", name="Fresh"),
    page("collecting.form", "write", "GET", "/collect?passage={p}"),
)
ELSEWHERE = {"collections_pages.take_in", "collections_api.take_in"}
"""Tried apart: they take a file."""

PEOPLE = ("ann", "ben", "ruth", "ada", "nobody")
MAY: dict[str, dict[str, set[Need]]] = {
    "private": {"ann": {"read", "edit", "manage"}},
    "shared": {
        "ann": {"read", "edit", "manage"},
        "ben": {"read", "edit"},
        "ruth": {"read"},
        "ada": {"read", "edit", "manage"},
    },
    "ours": {
        "ann": {"read", "edit"},
        "ben": {"read", "edit"},
        "ruth": {"read"},
        "ada": {"read", "edit", "manage"},
    },
}
"""Ann owns the private one and the shared one; the team has "ours". Ben writes, Ruth reads, Ada is an admin."""


class Site:
    """A server with accounts and three collections, which are put back as they were before each request."""

    def __init__(self, folder: Path) -> None:
        calls = folder / "calls"
        calls.mkdir()
        (calls / "spring.txt").write_text(CALL, encoding="utf-8")
        index_paths(folder / "index", [calls], BuildSettings(embedders=()))
        self.file, self.kept = folder / "notebook.sqlite", folder / "kept.sqlite"
        self.app = create_app(folder / "index", notebook=self.file)
        roles = {
            "ann": AccountRole.WRITER,
            "ben": AccountRole.WRITER,
            "ruth": AccountRole.READER,
            "ada": AccountRole.ADMIN,
        }
        self.people = People(self.app, roles)
        with self.app.app_context():
            passages = current_searcher().reader.current().passages
        (stored,) = passages.transcripts()
        self.passage = next(one.id for one in passages.transcript(stored.id).passages if "bought" in one.text)
        (found,) = passages.get([passages.row_of(self.passage)])
        self.seen = fingerprint(found.passage.text)
        notebook = Notebook(self.file)
        store = QuoteStore(notebook)
        anns = store.as_seen_by(self.people["ann"])
        made = {
            "private": anns.create(NAMES["private"]),
            "shared": anns.create(NAMES["shared"], visibility=Visibility.TEAM),
            "ours": store.create(NAMES["ours"]),
        }
        self.values: dict[str, dict[str, str]] = {}
        self.secrets: dict[str, str] = {}
        for whose, collection in made.items():
            quotes = store.add(
                collection.id, [collect(passages, self.passage, 0, end, note=f"{whose} note") for end in (9, 16, 20)]
            )
            store.remove_quote(quotes[2].id)
            link = CollectionLinks(notebook).make(collection.id)
            self.secrets[whose] = link.secret
            self.values[whose] = {
                "c": collection.id, "q": quotes[0].id, "r": quotes[1].id, "b": quotes[2].id, "l": link.link.id,
                "p": self.passage, "s": self.seen, "n": collection.name,
            }  # fmt: skip
        notebook.close()
        copied(self.file, self.kept)
        self.before = self.state()

    def put_back(self) -> None:
        """Let the notebook be as it was."""
        copied(self.kept, self.file)

    def state(self) -> str:
        """Return a digest of all that is kept of collections."""
        with closing(sqlite3.connect(self.file)) as connection:
            rows = [
                connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - names of ours.
                for table in ("collections", "quotes", "changes", "links")
            ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def ask(self, walk: Walk, values: dict[str, str], who: str) -> TestResponse:
        headers = {"If-Match": "*"} if walk.json is not None or walk.method == "DELETE" else {}
        put = (
            {"json": {key: filled(value, values) for key, value in walk.json.items()}} if walk.json is not None else {}
        )
        if walk.method == "POST" and walk.json is None:
            put = {"data": {key: filled(value, values) for key, value in walk.form.items()}}
        client: FlaskClient = self.people.client(who, browser=walk.method == "POST" and walk.json is None)
        return client.open(filled(walk.path, values), method=walk.method, headers=headers, **put)


def copied(source: Path, target: Path) -> None:
    """Let a database hold what another one does."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def filled(text: Any, values: dict[str, str]) -> Any:
    return re.sub(r"\{(\w)\}", lambda found: values[found[1]], text) if isinstance(text, str) else text


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("walk"))


def turned_away(answer: TestResponse, path: str) -> bool:
    """Whether an answer tells somebody to sign in first."""
    if path.startswith("/api/"):
        return answer.status_code == 401
    return answer.status_code == 303 and "/sign-in" in answer.headers["Location"]


def test_the_walk_goes_by_every_address_of_collections(site: Site) -> None:
    blueprints = {walk.endpoint.partition(".")[0] for walk in WALKS}
    known = {rule.endpoint for rule in site.app.url_map.iter_rules() if rule.endpoint.partition(".")[0] in blueprints}
    of_searches = {
        one for one in known if one.rpartition(".")[2] in {"feeds", "feed_links", "link_feed", "unlink_feed"}
    }
    assert known - of_searches == {walk.endpoint for walk in (*WALKS, *OF_NO_COLLECTION)} | ELSEWHERE


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("whose", NAMES)
def test_everybody_gets_what_is_theirs_and_changes_nothing_else(site: Site, whose: str, who: str) -> None:
    allowed = MAY[whose].get(who, set())
    values = site.values[whose]
    nowhere = {**values, "c": "0" * 12, "q": "1" * 12, "r": "2" * 12, "b": "3" * 12, "l": "4" * 12}
    for walk in WALKS:
        answer = site.ask(walk, values, who)
        told = f"{who} {walk.method} {walk.path} of the {whose} one: {answer.status_code} {answer.text[:300]}"
        if walk.need in allowed:
            assert answer.status_code < 400, told
            if walk.method != "GET":
                site.put_back()
            continue
        assert site.state() == site.before, told
        if who == "nobody":
            assert turned_away(answer, walk.path), told
        elif whose == "private":
            absent = site.ask(walk, nowhere, who)
            assert answer.status_code == absent.status_code, told
            assert answer.status_code >= 400, told
            assert unnamed(answer, values) == unnamed(absent, nowhere), told
            assert NIGHT not in answer.text, told
        else:
            assert answer.status_code == 403, told


def unnamed(answer: TestResponse, values: dict[str, str]) -> str:
    """Return what an answer says without the ids that were asked for and the token of its forms."""
    said = re.sub(r'(value|content)="[\w-]{86}=="', "", answer.text)
    for key in ("c", "q", "r", "b", "l"):
        said = said.replace(values[key], "…")
    return re.sub(r'"request_id": ?"[^"]*"', "", said)


@pytest.mark.parametrize("who", PEOPLE)
def test_lists_and_choosers_name_what_one_may_see(site: Site, who: str) -> None:
    writes = who in {"ann", "ben", "ada"}
    for walk in OF_NO_COLLECTION:
        answer = site.ask(walk, site.values["ours"], who)
        told = f"{who} {walk.method} {walk.path}: {answer.status_code}"
        if who == "nobody":
            assert turned_away(answer, walk.path), told
        elif walk.need == "write" and not writes:
            assert answer.status_code == 403, told
        else:
            assert answer.status_code < 400, told
            if walk.method == "GET":
                assert (NIGHT in answer.text) == (who == "ann"), told
                assert NAMES["shared"] in answer.text, told
            else:
                site.put_back()
    assert site.state() == site.before


def test_a_file_goes_into_no_collection_that_one_may_not_change(site: Site) -> None:
    export = site.ask(api("export_collection", "read", "GET", "/export?format=json"), site.values["ours"], "ann").data
    for whose in NAMES:
        for who in PEOPLE:
            into = site.values[whose]["c"]
            fields = {"into": into, "file": (io.BytesIO(export), "quotes.json")}
            by_page = site.people.client(who, browser=True).post("/collections/import", data=fields)
            if may := "edit" in MAY[whose].get(who, set()):
                site.put_back()
            by_program = site.people.client(who).post(
                f"/api/v1/collections/import?into={into}", data=export, content_type="application/json"
            )
            if may:
                assert (by_page.status_code, by_program.status_code) == (303, 200)
                site.put_back()
            else:
                assert by_page.status_code in {303, 403, 404}
                assert by_program.status_code in {401, 403, 404}
                assert site.state() == site.before


def test_a_link_opens_its_collection_to_read_and_nothing_else(site: Site) -> None:
    client = site.people.client("nobody")
    for whose, secret in site.secrets.items():
        shown = client.get(f"/shared/{secret}")
        assert (shown.status_code, shown.headers["Referrer-Policy"]) == (200, "no-referrer")
        assert "noindex" in shown.headers["X-Robots-Tag"]
        assert "no-store" in shown.headers["Cache-Control"]
        assert NAMES[whose] in shown.text
        assert f"{whose} note" in shown.text
        assert not any(NAMES[other] in shown.text for other in NAMES if other != whose)
        assert '<form method="post"' not in shown.text
        assert (
            "/transcripts/" not in shown.text.replace(f"/shared/{secret}", "").partition("<main")[2].partition("—")[0]
        )
        for fmt in ("markdown", "html", "csv", "json", "docx", "bibtex", "ris"):
            file = client.get(f"/shared/{secret}/export?format={fmt}")
            assert (file.status_code, file.headers["Referrer-Policy"]) == (200, "no-referrer"), fmt
            assert str(site.file.parent).encode() not in file.data, "no folder of the machine"
        for path in (f"/shared/{secret}/feed.atom", f"/shared/{secret}x", f"/shared/{secret[:-1]}"):
            assert client.get(path).status_code == 404
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert client.open(f"/shared/{secret}", method=method).status_code == 405


def test_a_link_that_ended_answers_as_one_that_never_was(site: Site) -> None:
    client, anns = site.people.client("nobody"), site.people.client("ann")
    address = f"/api/v1/collections/{site.values['private']['c']}"
    made = anns.post(f"{address}/links", json={"days": 1})
    assert made.status_code == 201
    path = re.sub(r"^https?://[^/]+", "", made.get_json()["url"])
    assert client.get(path).status_code == 200
    listed = anns.get(f"{address}/links")
    assert made.get_json()["url"].rpartition("/")[2] not in listed.text
    assert anns.delete(f"{address}/links/{made.get_json()['id']}").status_code == 204
    revoked, never = client.get(path), client.get("/shared/" + "A" * 43)
    assert (revoked.status_code, revoked.data) == (404, never.data.replace(b"A" * 43, path[8:].encode()))
    assert revoked.headers["Referrer-Policy"] == never.headers["Referrer-Policy"] == "no-referrer"
    site.put_back()
    client.get(f"/shared/{site.secrets['private']}")
    assert anns.delete(address, headers={"If-Match": "*"}).status_code == 204
    assert client.get(f"/shared/{site.secrets['private']}").data == revoked.data.replace(
        path[8:].encode(), site.secrets["private"].encode()
    )
    site.put_back()


def test_pages_say_who_sees_it_and_who_did_what(site: Site) -> None:
    values = site.values["private"]
    anns = site.people.client("ann", browser=True)
    shown = anns.get(f"/collections/{values['c']}").text
    assert "Private" in shown
    assert "Its owner alone" in shown
    assert "The new link" in anns.post(f"/collections/{values['c']}/sharing", data={"days": ""}).text
    listed = anns.get("/collections").text
    assert listed.index("Mine") < listed.index(NIGHT) < listed.index("Team</h2>") < listed.index(NAMES["ours"])
    answer = anns.post(f"/collections/{values['c']}/visibility", data={"visibility": "team"}, follow_redirects=True)
    assert "The team sees this collection now." in answer.text
    bens = site.people.client("ben", browser=True)
    seen = bens.get(f"/collections/{values['c']}").text
    assert "Ann" in seen
    assert "Its owner alone" not in seen
    bens.post(f"/collections/{values['c']}/edit", data={"name": "Night", "was_name": NIGHT, "was_description": ""})
    assert "Ben" in bens.get(f"/collections/{values['c']}/history").text
    reads = site.people.client("ruth").get(f"/collections/{values['c']}").text
    assert "data-step" not in reads
    assert "Rename" not in reads
    wrong = anns.post(f"/collections/{values['c']}/owner", data={"owner": "Nobody at all"})
    assert (wrong.status_code, "Nobody at all" in wrong.text) == (400, True)
    answer = anns.post(f"/collections/{values['c']}/owner", data={"owner": "Ben"}, follow_redirects=True)
    assert answer.status_code == 200
    told = bens.get(f"/api/v1/collections/{values['c']}").get_json()
    assert (told["owner_name"], told["visibility"]) == ("Ben", "team")
    assert bens.get(f"/api/v1/collections/{values['c']}/history").get_json()["changes"][0]["by_name"] == "Ann"
    site.put_back()


def test_a_feed_reader_follows_a_private_search_by_its_own_address(site: Site) -> None:
    anns, nobody = site.people.client("ann", browser=True), site.people.client("nobody")
    saved = site.people.client("ann").post(
        "/api/v1/searches", json={"name": "buybacks", "arguments": [["q", "bought"]]}
    )
    search = saved.get_json()
    assert search["owner"] == site.people["ann"].id
    for who in ("ben", "ruth", "ada"):
        client = site.people.client(who)
        for path in ("", "/news", "/links"):
            assert client.get(f"/api/v1/searches/{search['id']}{path}").status_code in {403, 404}
        for path in ("", "/feed.atom", "/links"):
            assert client.get(f"/searches/{search['id']}{path}").status_code in {403, 404}
        assert "buybacks" not in client.get("/searches").text
    shown = anns.post(f"/searches/{search['id']}/links", data={"days": ""}).text
    address = re.search(r'value="(http[^"]*/shared/[^"]*/feed\.atom)"', shown)
    assert address is not None
    path = re.sub(r"^https?://[^/]+", "", address[1])
    feed = nobody.get(path)
    assert (feed.status_code, feed.mimetype) == (200, "application/atom+xml")
    assert nobody.get(path.removesuffix("/feed.atom")).status_code == 404
    (link,) = site.people.client("ann").get(f"/api/v1/searches/{search['id']}/links").get_json()["links"]
    anns.post(f"/searches/{search['id']}/links/{link['id']}/revoke")
    assert nobody.get(path).status_code == 404
    site.put_back()


def test_no_log_has_the_secret_of_a_link(tmp_path: Path) -> None:
    site = Site(tmp_path)
    seen: list[Observation] = []
    observe_requests(site.app, [seen.append])
    client = site.people.client("nobody")
    secret = site.secrets["private"]
    for path in (f"/shared/{secret}", f"/shared/{secret}/export", f"/shared/{secret}/none"):
        client.get(path)
    assert [one.status for one in seen[:2]] == [200, 200]
    assert not any(secret in repr(one) for one in seen)
