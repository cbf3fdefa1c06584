"""The production server: what supervisors and clients see of it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from indexer.stores.generations import current_name
from search_web.access.doors import Doors
from search_web.access.model import AccountRole
from search_web.serving.options import ServeOptions
from search_web.settings import notebook_file

from .conftest import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Served, Serving


def get(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, headers=named), timeout=60) as answer:  # noqa: S310
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read().decode()
    except HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


def lines_of(served: Served) -> list[dict[str, Any]]:
    """Return the lines of the log; the last one may be half written."""
    return [json.loads(line) for line in served.log.read_text().splitlines(keepends=True) if line.endswith("\n")]


def test_one_server_from_start_to_stop(serving: Serving, spoken: Callable[[str], Path]) -> None:
    """Ready when it says so; ids, logs and figures of what was asked; what is in flight at SIGTERM is answered."""
    index = spoken("Our zebra margin rose.")
    with serving("--index", str(index), "--log-format", "json") as served:
        ready = json.loads(get(f"{served.url}readyz")[2])
        assert ready == {"status": "ready", "generation": current_name(index), "passages": 2, "models": []}
        assert get(f"{served.url}healthz")[0] == 200

        _, headers, text = get(f"{served.url}api/v1/search?q=zebra", X_Request_ID="trace-17")
        assert headers["x-request-id"] == "trace-17"
        assert json.loads(text)["total"] == 1
        status, headers, text = get(f"{served.url}api/v1/search?q=zebra%20AND", X_Request_ID="no\tid; at all")
        assert status == 400
        assert re.fullmatch("[0-9a-f]{16}", headers["x-request-id"])
        assert json.loads(text)["request_id"] == headers["x-request-id"]

        figures = get(f"{served.url}metrics")[2]
        assert 'yuanhua_requests_total{method="GET",route="/api/v1/search",status="200"} 1.0' in figures
        assert 'yuanhua_requests_total{method="GET",route="/api/v1/search",status="400"} 1.0' in figures
        assert 'yuanhua_request_seconds_count{route="/api/v1/search"} 2.0' in figures
        for leg in ("keyword", "vector", "search"):
            assert f'yuanhua_search_seconds_count{{leg="{leg}"}} 1.0' in figures
        assert 'yuanhua_errors_total{kind="Query syntax"} 1.0' in figures
        assert "yuanhua_index_generation 1.0" in figures
        assert "yuanhua_index_passages 2.0" in figures

        flight = _begin_to_post(served.url)
        served.process.send_signal(signal.SIGTERM)
        assert until(lambda: not _takes_connections(served.url)), "nobody else is let in"
        flight.send(b"n=9 ")
        assert flight.getresponse().status in {400, 415}
        flight.close()
        assert served.process.wait(PATIENCE) == 0

    lines = [line for line in lines_of(served) if line["message"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in lines[:2]] == [
        ("GET", "/api/v1/search", 200),
        ("GET", "/api/v1/search", 400),
    ]
    assert lines[0]["request_id"] == "trace-17"
    assert lines[0]["ms"] > 0
    assert lines[1]["error"] == "Query syntax"
    assert "zebra" not in served.log.read_text()


def test_connections_made_as_soon_as_it_says_ready_are_shared_by_all_workers(
    serving: Serving, spoken: Callable[[str], Path]
) -> None:
    """The system gives each new connection to one of those who listen, for as long as it lasts."""
    index = spoken("Our zebra margin rose.")
    with serving("--index", str(index), "--workers", "3", "--log-format", "json") as served:
        place = urlsplit(served.url)
        connections = [HTTPConnection(place.hostname or "", place.port, timeout=60) for _ in range(40)]
        for connection in connections:
            connection.connect()
        for connection in connections:
            connection.request("GET", "/api/v1/transcripts")
            assert connection.getresponse().read()
            connection.close()
        assert served.stop() == 0
    assert len({line["process"] for line in lines_of(served) if line["message"] == "request"}) == 3


def _begin_to_post(url: str) -> HTTPConnection:
    """Send all of a request but its last four bytes; it is being read when this returns."""
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    connection.putrequest("POST", "/api/v1/collections")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "8")
    connection.putheader("Expect", "100-continue")
    connection.endheaders()
    said = b""
    while not said.endswith(b"\r\n\r\n"):
        said += connection.sock.recv(1)
    assert said.startswith(b"HTTP/1.1 100 ")
    connection.send(b"n=9 ")
    return connection


def _takes_connections(url: str) -> bool:
    place = urlsplit(url)
    with suppress(OSError), socket.create_connection((place.hostname or "", place.port or 0), timeout=60):
        return True
    return False


def test_no_request_fails_while_new_generations_are_published(serving: Serving, spoken: Callable[[str], Path]) -> None:
    """Two workers, clients that never pause, five generations: each answer is right for its own generation.

    Then a worker is killed, and another takes its place.
    """
    animals = ["zebra", "walrus", "badger", "otter", "heron"]
    index = spoken(f"Our {animals[0]} margin rose.")
    spoken_in = {current_name(index): animals[0]}
    done, answers = Event(), list[tuple[int, str]]()

    def ask_on(url: str) -> None:
        while not done.is_set():
            status, _, text = get(f"{url}api/v1/search?q=margin&mode=keyword")
            answers.append((status, text))

    arguments = ("--index", str(index), "--workers", "2", "--log-queries", "--log-format", "json")
    with serving(*arguments) as served, ThreadPoolExecutor() as clients:
        asking = [clients.submit(ask_on, served.url) for _ in range(3)]
        try:
            for animal in animals:
                assert until(lambda: any(current_name(index) in text for _, text in answers[-20:]))
                spoken(f"Our {animal} margin rose.")
                spoken_in[current_name(index)] = animal
        finally:
            done.set()
        for one in asking:
            one.result()
        assert until(lambda: json.loads(get(f"{served.url}readyz")[2])["generation"] == current_name(index))
        figures = get(f"{served.url}metrics")[2]
        answered = re.search(r'route="/api/v1/search",status="200"} (\d+)', figures)
        assert answered
        assert int(answered[1]) == len(answers), "the workers count together"
        workers = {line["process"] for line in lines_of(served) if line["message"] == "request"}
        assert served.process.pid not in workers
        os.kill(min(workers), signal.SIGKILL)
        _wait_for_another(served, workers)
        assert served.stop(signal.SIGINT) == 0
    assert {status for status, _ in answers} == {200}
    seen = set()
    for _, text in answers:
        response = json.loads(text)
        seen.add(response["generation"])
        assert [spoken_in[response["generation"]] in hit["text"] for hit in response["hits"]] == [True]
    assert seen >= {name for name, animal in spoken_in.items() if animal != animals[-1]}
    assert "q=margin" in {line.get("query", "").partition("&")[0] for line in lines_of(served)}


def _wait_for_another(served: Served, workers: set[int]) -> None:
    """Ask until a worker answers that is not one of these."""

    def another_answers() -> bool:
        with suppress(OSError):
            get(f"{served.url}api/v1/search?q=margin")
        return not {line["process"] for line in lines_of(served) if line["message"] == "request"} <= workers

    assert until(another_answers)


def refusal(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "search_web", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, **(env or {})},
    )
    return done.returncode, done.stderr


def test_without_an_index_the_server_says_how_to_make_one_and_ends(tmp_path: Path) -> None:
    code, said = refusal("serve", "--index", str(tmp_path / "none"), "--port", "0")
    assert code == 2
    assert "no index in" in said
    assert "yuanhua index FOLDER" in said
    assert len(said.splitlines()) == 1


def test_a_port_that_is_taken_is_a_named_error(spoken: Callable[[str], Path]) -> None:
    index = spoken("Our zebra margin rose.")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = refusal("serve", "--index", str(index), "--port", port)
    assert code == 2
    assert f"127.0.0.1:{port}: cannot listen there" in said
    assert "--port" in said


def test_others_see_metrics_only_when_it_is_asked_for(serving: Serving, spoken: Callable[[str], Path]) -> None:
    """The development server has the same pages; so it is the one that starts here."""
    index = spoken("Our zebra margin rose.")
    Doors(notebook_file(index)).accounts.add("Ada", "correct horse battery", AccountRole.ADMIN)
    with serving("--index", str(index), "--host", "0.0.0.0", "--dev") as served:  # noqa: S104
        assert get(f"{served.url}metrics")[0] == 404
        assert get(f"{served.url}api/v1/search?q=zebra")[0] == 401
    assert "GET /api/v1/search 401" in served.log.read_text()
    assert "zebra" not in served.log.read_text()
    assert ServeOptions(index, host="0.0.0.0", metrics=True).shows_metrics  # noqa: S104
    for behind_a_proxy in (ServeOptions(index, forwarded=1), ServeOptions(index, trusted_hosts=("words.example",))):
        assert not behind_a_proxy.shows_metrics


def test_others_are_let_in_by_accounts_under_trusted_names_alone(
    serving: Serving, spoken: Callable[[str], Path]
) -> None:
    """On all addresses, with two workers: a token made beside the running server opens both of them, until revoked."""
    index = spoken("Our zebra margin rose.")

    def yuanhua(*arguments: str, typed: str = "") -> str:
        command = [sys.executable, "-m", "search_web", *arguments, "--index", str(index)]
        return subprocess.run(command, input=typed, capture_output=True, text=True, check=True).stdout

    yuanhua("users", "add", "Ada", "--role", "admin", "--password-stdin", typed="correct horse battery\n")
    options = ("--host", "0.0.0.0", "--workers", "2", "--trusted-host", "words.example", "--forwarded", "1")  # noqa: S104
    with serving("--index", str(index), *options) as served:
        place = f"{served.url}api/v1/search?q=zebra"
        assert get(f"{served.url}healthz")[0] == 200
        assert get(place)[0] == 401
        token = yuanhua("tokens", "add", "Ada", "laptop").splitlines()[-1]
        sent = {"Authorization": f"Bearer {token}", "Connection": "close"}
        assert {get(place, **sent)[0] for _ in range(8)} == {200}
        assert get(place, **sent, Host="words.example")[0] == 200
        assert get(place, **sent, Host="evil.example")[0] == 400
        _, headers, _ = get(f"{served.url}sign-in", X_Forwarded_Proto="https", Host="words.example")
        assert headers["set-cookie"].startswith("__Host-yuanhua_sign_in=")
        yuanhua("tokens", "revoke", "laptop")
        assert {get(place, **sent)[0] for _ in range(8)} == {401}
