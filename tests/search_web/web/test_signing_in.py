"""Signing in and out: who is let in, for how long, and where they are led."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from search_web.access.model import AccountRole, Scope
from search_web.access.sessions import IDLE, LONGEST, Sessions
from search_web.notebook.database import Notebook

from .guarded_site import PASSWORD, form_token, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from .guarded_site import Site


def test_an_open_server_asks_nobody_and_shows_nothing_of_accounts(client: FlaskClient) -> None:
    page = client.get("/?q=margin")
    assert page.status_code == 200
    assert "csrf" not in page.text
    assert "Sign out" not in page.text
    assert client.get("/sign-in").location == "/"
    assert client.get("/account").status_code == 409
    assert client.get("/api/v1/account").json["scopes"] == sorted(Scope)
    assert "Cache-Control" not in page.headers


def test_accounts_that_are_made_while_it_runs_close_an_open_server(site_of, index: Path) -> None:
    site = site_of(index)
    for name in ("rui", "Wen"):
        site.doors.accounts.remove(name)
    assert site.client().get("/api/v1/search?q=margin").status_code == 401
    site.doors.accounts.remove("艾达")
    assert site.client().get("/api/v1/search?q=margin").status_code == 200
    site.doors.accounts.add("Noor", PASSWORD, AccountRole.ADMIN)
    assert site.client().get("/api/v1/search?q=margin").status_code == 401


def test_where_accounts_are_demanded_nobody_comes_in_without_though_there_are_none(site_of, index: Path) -> None:
    site = site_of(index, guarded=True)
    for name in ("rui", "Wen", "艾达"):
        site.doors.accounts.remove(name)
    assert site.client().get("/api/v1/search?q=margin").status_code == 401


def test_people_are_led_to_the_form_and_back_to_where_they_were(site: Site) -> None:
    client = site.client()
    led = client.get("/collections?removed=1&x=a%26b")
    assert (led.status_code, led.location) == (303, "/sign-in?next=/collections?removed%3D1%26x%3Da%2526b")
    page = client.get(led.location)
    assert 'name="next" value="/collections?removed=1&amp;x=a%26b"' in page.text
    answer = sign_in(client, " WEN ", onward="/collections?removed=1")
    assert (answer.status_code, answer.location) == (303, "/collections?removed=1")
    inside = client.get(answer.location)
    assert inside.status_code == 200
    assert ">Wen</a>" in inside.text
    assert ">People<" not in inside.text
    assert inside.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_to_another_site(site: Site, address: str) -> None:
    assert sign_in(site.client(), "Wen", onward=address).location == "/"


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_over_https_from_http(site: Site) -> None:
    plain, secure = site.client(), site.client()
    cookie = sign_in(plain, "Wen").headers.getlist("Set-Cookie")[0]
    assert cookie.startswith("yuanhua_session=")
    assert cookie.endswith("; HttpOnly; Path=/; SameSite=Lax")
    token = form_token(secure.get("/sign-in", base_url="https://localhost"))
    fields = {"name": "Wen", "password": PASSWORD, "csrf_token": token}
    answer = secure.post("/sign-in", base_url="https://localhost", data=fields)
    cookie = answer.headers.getlist("Set-Cookie")[0]
    assert cookie.startswith("__Host-yuanhua_session=")
    assert cookie.endswith("; Secure; HttpOnly; Path=/; SameSite=Lax")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain.get("/").headers


def test_a_session_gets_a_new_id_at_each_sign_in_and_ends_at_sign_out(site: Site) -> None:
    client = site.client()
    sign_in(client, "Wen")
    first = client.get_cookie("yuanhua_session").value
    page = client.get("/account")
    client.delete_cookie("yuanhua_session")
    sign_in(client, "Wen")
    client.set_cookie("yuanhua_session", first)
    assert client.post("/sign-out", data={"csrf_token": form_token(page)}).location == "/sign-in"
    assert client.get_cookie("yuanhua_session") is None
    client.set_cookie("yuanhua_session", first)
    assert client.get("/").status_code == 303
    assert first.encode() not in b"".join(file.read_bytes() for file in _files(site))


def _files(site: Site) -> list[Path]:
    return [file for file in site.file.parent.iterdir() if file.name.startswith(site.file.name)]


def test_wrong_names_and_passwords_are_told_alike_and_too_many_must_wait(site: Site) -> None:
    client = site.client()
    answers = [sign_in(client, name, "not this one at all") for name in ("Wen", "nobody")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.count("is not right") for answer in answers}) == 1
    for _ in range(4):
        sign_in(client, "Wen", "not this one at all")
    refused = sign_in(client, "Wen")
    assert refused.status_code == 429
    assert 600 < int(refused.headers["Retry-After"]) <= 900
    assert sign_in(site.client(), "rui").status_code == 303


def test_a_disabled_account_is_let_in_nowhere(site: Site) -> None:
    client, headers = site.client(AccountRole.WRITER), site.token(AccountRole.WRITER, {Scope.SEARCH})
    assert client.get("/transcripts").status_code == 200
    site.doors.accounts.disable("wen")
    assert client.get("/transcripts").status_code == 303
    assert site.client().get("/api/v1/transcripts", headers=headers).status_code == 401
    assert sign_in(site.client(), "Wen").status_code == 401
    site.doors.accounts.enable("wen")
    assert site.client().get("/api/v1/transcripts", headers=headers).status_code == 200
    assert client.get("/transcripts").status_code == 303


def test_sessions_end_when_idle_and_at_last_in_any_case(tmp_path: Path, site: Site) -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    sessions = Sessions(Notebook(tmp_path / "notebook.sqlite"), lambda: at)
    secret = sessions.open(site.doors.accounts.get("Wen").id, address="::1", agent="test")
    start = at
    while at - start <= LONGEST:
        assert sessions.person(secret) is not None
        at += IDLE - timedelta(seconds=1)
    assert sessions.person(secret) is None
    secret = sessions.open(site.doors.accounts.get("Wen").id, address="::1", agent="test")
    at += IDLE + timedelta(seconds=1)
    assert sessions.person(secret) is None


def test_the_account_page_changes_the_password_and_signs_out_elsewhere(site: Site) -> None:
    here, elsewhere = site.client(), site.client(AccountRole.READER)
    sign_in(here, "rui")
    page = here.get("/account")
    assert page.text.count('class="agent"') == 2
    fields = {
        "csrf_token": form_token(page),
        "present": PASSWORD,
        "password": "另一个足够长的新口令",
        "again": "另一个足够长的新口令",
    }
    assert "is not right" in here.post("/account/password", data={**fields, "present": "wrong one"}).text
    assert "not the same" in here.post("/account/password", data={**fields, "again": "x"}).text
    assert "at least 10" in here.post("/account/password", data={**fields, "password": "short", "again": "short"}).text
    assert here.post("/account/password", data=fields).location == "/account?done=password"
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(site.client(), "rui").status_code == 401
    assert sign_in(elsewhere, "rui", "另一个足够长的新口令").status_code == 303
    leaving = here.post("/account/sign-out-everywhere", data={"csrf_token": form_token(here.get("/account"))})
    assert leaving.location == "/sign-in"
    assert elsewhere.get("/account").status_code == 303


def test_the_form_to_sign_in_of_another_browser_is_refused(site: Site) -> None:
    other = form_token(site.client().get("/sign-in"))
    assert site.client().post("/sign-in", data={"name": "Wen", "password": PASSWORD}).status_code == 403
    assert sign_in(site.client(), "Wen", csrf_token=other).status_code == 403


NOTE = "买回 <b>12.5</b>%\n第二行 & more"


def test_what_was_typed_is_kept_when_the_session_has_ended_and_sent_when_the_person_says_so(site: Site) -> None:
    client = site.client(AccountRole.WRITER)
    stale = form_token(client.get("/collections"))
    site.doors.sessions.close_all(site.doors.accounts.get("Wen").id)
    typed = {"name": "Kept", "description": NOTE, "csrf_token": stale}
    headers = {"Origin": "http://localhost", "Referer": "http://localhost/collections"}
    refused = client.post("/collections", data=typed, headers=headers)
    assert refused.status_code == 401
    wrong = sent_on(client, refused, "not this one at all")
    assert wrong.status_code == 401
    offered = sent_on(client, wrong, PASSWORD)
    assert offered.status_code == 200
    assert escape(NOTE) in offered.text
    assert "Kept" not in client.get("/collections").text, "nothing is sent by itself"
    again = {name: unescape(value).removeprefix("\n") for name, value in AREA.findall(offered.text)}
    assert again == {"name": "Kept", "description": NOTE}
    made = client.post("/collections", data={**again, "csrf_token": form_token(offered)}, headers=headers)
    assert made.status_code == 303
    assert escape(NOTE) in client.get(made.location).text


@pytest.mark.parametrize("kept", ["[" * 100_000, '["/",[["note","\\ud800"]]]', '["/",[["note"]]]', '["/",1]', "{}"])
def test_what_is_no_form_is_not_carried_on(site: Site, kept: str) -> None:
    refused = sign_in(site.client(), "Wen", "not this one at all", kept=kept)
    assert refused.status_code == 401
    assert "ud800" not in refused.text
    assert sign_in(site.client(), "Wen", kept=kept).location == "/"


def test_what_another_site_or_an_old_page_sends_is_not_sent_by_signing_in(site: Site) -> None:
    typed = {"name": "Planted", "csrf_token": "x"}
    stranger = site.client()
    foreign = stranger.post("/collections", data=typed, headers={"Origin": "http://elsewhere.example"})
    assert "Planted" not in foreign.text
    assert "Planted" not in stranger.post("/collections", data=typed).text
    passwords = {"present": "Planted", "password": "Planted", "again": "Planted", "name": "Planted", "csrf_token": "x"}
    assert "Planted" not in stranger.post("/account/password", data=passwords, headers=OWN).text
    present = site.client(AccountRole.WRITER)
    offered = present.post("/collections", data=typed, headers=OWN)
    assert offered.status_code == 403
    assert "Planted" in offered.text, "what was typed before somebody signed in anew is not lost"
    assert "Planted" not in present.get("/collections").text


OWN = {"Origin": "http://localhost"}
AREA = re.compile(r'<textarea name="([^"]+)" hidden[^>]*>(.*?)</textarea>', re.DOTALL)


def sent_on(client: FlaskClient, page: TestResponse, password: str) -> TestResponse:
    """Fill in the form to sign in that a page has, with all that it carries."""
    carried = {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    }
    return client.post("/sign-in", data={**carried, "name": "Wen", "password": password}, headers=OWN)
