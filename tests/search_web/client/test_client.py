"""The client does over HTTP what the API describes, against the real application."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, get_type_hints

import httpx
import pytest
from werkzeug.serving import make_server

from indexer.build import BuildSettings, index_paths
from indexer.model import Role
from search_web.access.doors import Doors
from search_web.access.model import AccountRole, Scope
from search_web.client import Client, ProblemError, UnexpectedAnswerError, UnreachableError
from search_web.client.options import LegOptions, WindowOptions
from search_web.notebook.database import Notebook
from search_web.quotes.model import Visibility
from search_web.settings import library_folder, notebook_file
from search_web.uploads.library import Library
from search_web.uploads.queue import Queue
from search_web.uploads.store import Uploads
from search_web.uploads.worker import work
from search_web.web.app import create_app
from search_web.web.arguments import LegArguments, SearchArguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

CORPUS = Path(__file__).parents[3] / "corpus"
GROUPS = {
    *("search", "ask", "passages", "transcripts", "speakers", "trend", "trends", "compare"),
    *("collections", "searches"),
    *("uploads", "account", "tokens", "audit", "people"),
}
"""What the client is for."""
CALL = b"Northwind Kilns call\n\nAda North: The walrus kiln is lit, and orders rose by a fifth.\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("client")
    index_paths(folder / "index", [CORPUS], BuildSettings(embedders=()))
    return create_app(folder / "index", notebook=folder / "notebook.sqlite")


@pytest.fixture(scope="module")
def client(app: Flask) -> Iterator[Client]:
    with calling(app) as client:
        yield client


@contextmanager
def calling(app: Flask, token: str | None = None) -> Iterator[Client]:
    """Serve an application on a port of this machine, and return a client of it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        with Client(f"http://127.0.0.1:{server.port}", token=token) as client:
            yield client
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def answering(*answers: httpx.Response | Exception, slept: list[float] | None = None, **told: Any) -> Client:
    """Return a client whose server gives these answers one after another."""
    left = list(answers)

    def answer(_: httpx.Request) -> httpx.Response:
        following = left.pop(0)
        if isinstance(following, Exception):
            raise following
        return following

    sleep = (slept if slept is not None else []).append
    return Client("http://server", transport=httpx.MockTransport(answer), sleep=sleep, **told)


def test_there_is_a_call_for_every_operation(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    told = [one for item in document["paths"].values() for one in item.values()]
    operations = {one["operationId"] for one in told if set(one["tags"]) & GROUPS}
    assert len(operations) > 40
    assert {name for name in operations if not callable(getattr(Client, name, None))} == set()


@pytest.mark.parametrize(("options", "arguments"), [(WindowOptions, SearchArguments), (LegOptions, LegArguments)])
def test_options_are_the_arguments_of_the_api(options: Any, arguments: Any) -> None:
    assert set(get_type_hints(options)) == {field.name for field in fields(arguments)} - {"q", "lang"}


def test_hits_come_page_after_page_with_real_types(client: Client) -> None:
    first = client.search("AI", limit=2, mode="keyword")
    hits = list(client.hits("AI", mode="keyword", context=0))
    assert len(hits) == first["total"] - first["collapsed"] > 0
    assert len({hit["id"] for hit in hits}) == len(hits)
    assert [hit["id"] for hit in client.hits("AI", mode="keyword", most=2)] == [hit["id"] for hit in first["hits"]]
    assert {hit["speaker"]["role"] for hit in client.hits("AI", role=["analyst"], most=5)} == {Role.ANALYST}
    assert isinstance(hits[0]["speaker"]["role"], Role)


def test_the_index_is_read_in_all_its_ways(client: Client) -> None:
    entry = next(iter(client.transcripts(order="passages")))
    whole = client.transcript(entry["id"])
    assert (whole.id, whole.title) == (entry["id"], entry["title"])
    assert client.transcript_file(entry["id"], "txt").decode()
    assert client.reading(entry["id"])["passages"] == len(whole.passages)
    passage = client.passage(whole.passages[0].id, context=0)
    assert passage["text"] == whole.passages[0].text
    assert client.similar(passage["id"])["query"] == passage["id"]
    assert client.cite_passage(passage["id"], 0, 5)["text"] == passage["text"][:5]
    assert client.search_inside(entry["id"], "AI 收入")["transcript"] == entry["id"]
    assert client.ask("Why did AI revenue grow?", limit=1)["threshold"] == 0.5
    speakers = list(client.speakers(role="management"))
    assert client.speaker(speakers[0]["name"], together=True)["name"]
    assert client.trend("AI", by="company")["points"]
    assert len(client.trends(["AI", "cloud"])["trends"]) == 2
    for table in (client.search_table("AI"), client.speakers_table(), client.trends_table(["AI"])):
        assert table.startswith(b"\xef\xbb\xbf")


def test_quotes_are_collected_changed_moved_and_taken_in_again(client: Client) -> None:
    hit = client.search("菜鸟", limit=1)["hits"][0]
    collection = client.create_collection("Cash", "what was said of it")
    one = client.add_quote(collection["id"], hit["id"], text=hit["text"][2:8], tags=["a"])
    two = client.add_quote(collection["id"], hit["id"], start=0, end=4)
    edited = client.edit_quote(one, note="mine")
    with pytest.raises(ProblemError) as refused:
        client.edit_quote(one, note="theirs")
    assert (refused.value.status, refused.value.kind) == (412, "urn:yuanhua:problem:conflict")
    assert refused.value.members["current_version"] == edited["version"]
    moved = client.move_quote(client.collection(collection["id"]), two["id"], before=one["id"])
    assert [quote["id"] for quote in moved["quotes"]] == [two["id"], one["id"]]
    assert [quote["note"] for quote in client.quotes(collection["id"], tag="a")] == ["mine"]
    client.remove_quote(two)
    assert [quote["id"] for quote in client.quotes(collection["id"], removed=True)] == [two["id"]]
    assert client.restore_quote(collection["id"], two["id"])["text"] == hit["text"][:4]
    assert client.verification(collection["id"])["sound"] == 2
    assert client.cite_quote(collection["id"], one["id"], citation="short")["text"] == hit["text"][2:8]
    assert len(list(client.collection_history(collection["id"], quote=one["id"]))) == 2
    for form in ("json", "csv"):
        into = client.create_collection(f"Again from {form}")
        taken = client.import_quotes(client.export_collection(collection["id"], form), into=into["id"])
        assert [quote["text"] for quote in taken["quotes"]] == [hit["text"][:4], hit["text"][2:8]]
    renamed = client.edit_collection(client.collection(into["id"]), name="Once more")
    client.remove_collection(renamed)
    assert [one["name"] for one in client.collections(removed=True)] == ["Once more"]
    assert client.restore_collection(into["id"])["name"] == "Once more"


def test_searches_are_saved(client: Client) -> None:
    saved = client.save_search("buybacks", [("q", "回购"), ("role", "analyst")])
    assert client.edit_search(saved, name="Buybacks")["arguments"] == [["q", "回购"], ["role", "analyst"]]
    assert client.news(saved["id"])["total"] == 0
    assert client.see_news(saved["id"])["name"] == "Buybacks"
    client.remove_search(client.saved_search("Buybacks"))
    assert list(client.searches()) == []
    assert client.restore_search(saved["id"])["id"] == saved["id"]


def test_collections_and_feeds_are_read_by_links(client: Client) -> None:
    collection = client.create_collection("For others")
    made = client.link_collection(collection["id"], days=7)
    assert made["url"].rpartition("/")[2].endswith(made["hint"])
    assert [one["id"] for one in client.collection_links(collection["id"])["links"]] == [made["id"]]
    client.unlink_collection(collection["id"], made["id"])
    assert client.collection_links(collection["id"])["total"] == 0
    assert client.edit_collection(collection, visibility=Visibility.TEAM)["visibility"] is Visibility.TEAM
    search = client.save_search("to follow", [("q", "AI")])
    feed = client.link_feed(search["id"])
    assert feed["url"].endswith("/feed.atom")
    client.unlink_feed(search["id"], feed["id"])
    assert client.feed_links(search["id"])["links"] == []


def test_a_problem_is_an_error_with_all_that_it_says(client: Client) -> None:
    with pytest.raises(ProblemError, match="Expected") as broken:
        client.search("菜鸟 AND")
    assert (broken.value.status, broken.value.members["position"]) == (400, 6)
    with pytest.raises(ProblemError) as missing:
        client.collection("none")
    assert (missing.value.status, missing.value.title) == (404, "Unknown collection")


SAVED = {
    "id": "a",
    "name": "n",
    "query": "q",
    "arguments": [],
    "created_at": "",
    "seen_at": "",
    "version": 1,
    "owner": None,
}


@pytest.mark.parametrize(
    ("waited", "headers"), [([7.0], {"Retry-After": "7"}), ([0.25], {}), ([30.0], {"Retry-After": "900"})]
)
def test_a_busy_server_is_asked_again_when_it_says(waited: list[float], headers: dict[str, str]) -> None:
    slept: list[float] = []
    client = answering(httpx.Response(503, headers=headers), httpx.Response(200, json=SAVED), slept=slept)
    assert client.saved_search("a")["name"] == "n"
    assert slept == waited


@pytest.mark.parametrize("call", [lambda one: one.save_search("n", []), lambda one: one.edit_search(SAVED, name="x")])
def test_what_would_be_done_twice_is_asked_once(call: Callable[[Client], object]) -> None:
    slept: list[float] = []
    with pytest.raises(ProblemError) as busy:
        call(answering(httpx.Response(429, json={"title": "Too Many Requests"}), slept=slept))
    assert (busy.value.status, slept) == (429, [])


def test_a_server_that_never_answers_is_given_up() -> None:
    slept: list[float] = []
    client = answering(*[httpx.ConnectError("refused")] * 4, slept=slept)
    with pytest.raises(UnreachableError, match="refused"):
        client.saved_search("a")
    assert slept == [0.25, 0.5, 1.0]


def test_an_answer_of_another_version_is_named() -> None:
    with pytest.raises(UnexpectedAnswerError, match="version"):
        answering(httpx.Response(200, json={"id": "a"})).saved_search("a")
    newer = answering(httpx.Response(200, json={**SAVED, "colour": "red"})).saved_search("a")
    assert newer == SAVED


def test_the_token_is_sent() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        return httpx.Response(200, json=SAVED)

    token = "secret"  # noqa: S105 - of no server.
    Client("http://server", token=token, transport=httpx.MockTransport(answer)).saved_search("a")
    assert seen == [f"Bearer {token}"]


def test_uploads_are_sent_read_put_right_confirmed_and_found(tmp_path: Path) -> None:
    index_paths(tmp_path / "index", [CORPUS / "fenwick-harbor-q2-2024-call-en.txt"], BuildSettings(embedders=()))
    app = create_app(tmp_path / "index")
    queue = Queue(Uploads(Notebook(notebook_file(tmp_path / "index")), Library(library_folder(tmp_path / "index"))))
    with calling(app) as client:
        sent = client.upload_file("walrus call.txt", CALL)
        told = client.upload_files({"again.txt": b"Ada North: Another walrus.\n", "tool.exe": b"MZ"})
        assert [one["name"] for one in told["problems"]] == ["tool.exe"]
        assert {one["id"] for one in client.list_uploads(state=["received"])} == {sent["id"], told["uploads"][0]["id"]}
        work(queue, tmp_path / "index", Event(), linger=0.0)
        read = client.upload(sent["id"])
        assert read["reading"] is not None
        assert [one.name for one in read["reading"].speakers] == ["Ada North"]
        with pytest.raises(ProblemError) as refused:
            client.state_upload(read, period="soon")
        assert refused.value.status == 400
        stated = client.state_upload(read, company="Northwind Kilns", period="2025Q1")
        assert stated["stated"] == {"company": "Northwind Kilns", "period": "2025Q1"}
        client.remove_upload(client.upload(told["uploads"][0]["id"]))
        work(queue, tmp_path / "index", Event(), linger=0.0)
        assert client.confirm_upload(sent["id"])["state"] == "waiting"
        work(queue, tmp_path / "index", Event(), linger=0.0)
        (done,) = client.list_uploads()
        assert done["state"] == "done"
        (hit,) = client.hits("walrus", mode="keyword", company=["Northwind Kilns"])
        assert hit["transcript"]["id"] == done["transcript_id"]
        with pytest.raises(ProblemError, match="no upload has this id"):
            client.retry_upload("absent")


def test_tokens_are_made_used_listed_and_revoked_and_the_log_says_so(tmp_path: Path) -> None:
    index_paths(tmp_path / "index", [CORPUS / "fenwick-harbor-q2-2024-call-en.txt"], BuildSettings(embedders=()))
    doors = Doors(notebook_file(tmp_path / "index"))
    ada = doors.accounts.add("Ada", "correct horse battery", AccountRole.ADMIN)
    _, secret = doors.tokens.make(ada.person, "first", tuple(Scope))
    with calling(create_app(tmp_path / "index"), token=secret) as client:
        assert client.whoami()["name"] == "Ada"
        ends = datetime(2100, 1, 1, tzinfo=UTC)
        made = client.make_token("nightly", [Scope.SEARCH], expires_at=ends)
        assert {one["name"]: one["expires_at"] for one in client.list_tokens()} == {
            "first": None,
            "nightly": ends.isoformat(),
        }
        with calling(create_app(tmp_path / "index"), token=made["token"]) as nightly:
            assert nightly.search("cash", limit=1)["hits"]
            with pytest.raises(ProblemError) as refused:
                next(nightly.read_audit_log())
            assert refused.value.status == 403
            client.revoke_token(made["id"])
            with pytest.raises(ProblemError) as gone:
                nightly.whoami()
            assert gone.value.status == 401
        told = [(one["person"], one["action"]) for one in client.read_audit_log(user="Ada")]
        assert told == [("Ada", "tokens_api.revoke"), ("Ada", "tokens_api.make")]


def test_an_admin_looks_after_accounts(tmp_path: Path) -> None:
    index_paths(tmp_path / "index", [CORPUS / "fenwick-harbor-q3-2024-call-en.txt"], BuildSettings(embedders=()))
    doors = Doors(notebook_file(tmp_path / "index"))
    ada = doors.accounts.add("Ada", "zinc plover ferry", AccountRole.ADMIN)
    _, secret = doors.tokens.make(ada.person, "all", frozenset(Scope))
    with calling(create_app(tmp_path / "index"), secret) as client:
        made = client.add_person("Noor", "writer")
        noor = doors.accounts.prove("Noor", str(made["password"]))
        assert noor is not None
        doors.sessions.open(noor.id, address="192.0.2.1", agent="test")
        doors.tokens.make(noor.person, "nightly", [Scope.SEARCH])
        assert [one["name"] for one in client.list_people()] == ["Ada", "Noor"]
        assert [one["address"] for one in client.list_sessions("Noor")] == ["192.0.2.1"]
        assert [one["name"] for one in client.list_tokens_of("Noor")] == ["nightly"]
        client.sign_out_person("Noor")
        client.revoke_token_of("Noor", "nightly")
        assert [*client.list_sessions("Noor"), *client.list_tokens_of("Noor")] == []
        assert client.change_person("Noor", role="reader", disabled=True)["disabled_at"]
        assert client.person(made["id"])["role"] == "reader"
        chosen = client.give_password("Noor", password="plain otter quarry")  # noqa: S106 - of an account of this test.
        assert chosen["password"] is None
        with pytest.raises(ProblemError, match="nobody does that to their own account"):
            client.remove_person("Ada")
        client.remove_person("Noor", to="Ada")
        assert [one["name"] for one in client.list_people()] == ["Ada"]


def test_the_client_loads_neither_the_server_nor_an_index() -> None:
    told = "import sys, search_web.client; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True).stdout.split()
    assert not {
        "flask",
        "numpy",
        "tantivy",
        "onnxruntime",
        "search_web.web",
        "indexer.build",
        "indexer.sources",
        "indexer.stores.index",
    } & set(loaded)
