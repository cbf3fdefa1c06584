"""What comes from elsewhere: other names of the host, forms of other sites, proxies, and too much of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from search_web.access.model import AccountRole, Scope
from search_web.access.settings import AccessSettings
from search_web.web.app import create_app
from search_web.web.form_tokens import form_token as token_of
from search_web.web.permission_table import routes
from search_web.web.permissions import NEEDS, OPEN

from .guarded_site import PASSWORD, form_token

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from .guarded_site import Site


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "192.168.1.9",
        "127.0.0.1.nip.io",
        "[::2]:8000",
        'a"b',
    ],
)
def test_a_name_that_is_not_this_machines_is_refused(client: FlaskClient, host: str) -> None:
    """A page that makes its own name stand for 127.0.0.1 would otherwise read everything (DNS rebinding)."""
    for path in ("/", "/api/v1/search?q=margin", "/static/yuanhua.css", "/nothing"):
        answer = client.get(path, headers={"Host": host})
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert "--trusted-host" in answer.json["detail"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_names_of_this_machine_are_not(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_names_that_are_trusted_are_not_either(index: Path) -> None:
    client = create_app(index, access=AccessSettings(trusted_hosts=("words.example", ".inside.example"))).test_client()
    for host, status in (("words.example", 200), ("a.inside.example:80", 200), ("x.words.example", 400)):
        assert client.get("/healthz", headers={"Host": host}).status_code == status


def test_what_a_proxy_says_is_believed_as_far_as_it_was_said_to_be(site_of, index: Path) -> None:
    told = {"X-Forwarded-For": "203.0.113.7, 198.51.100.2", "X-Forwarded-Proto": "https"}
    for hops, address, secure in ((0, "127.0.0.1", False), (1, "198.51.100.2", True)):
        site = site_of(index, forwarded=hops)
        answer = site.client().get("/sign-in", headers=told)
        assert ("__Host-" in answer.headers["Set-Cookie"]) is secure
        assert ("Strict-Transport-Security" in answer.headers) is secure
        name = "__Host-yuanhua_sign_in" if secure else "yuanhua_sign_in"
        tied = re.search(f"{name}=([^;]+)", answer.headers["Set-Cookie"])[1]
        headers = {**told, "Cookie": f"{name}={tied}", "X-CSRF-Token": token_of(tied)}
        answer = site.app.test_client(use_cookies=False).post(
            "/sign-in", headers=headers, data={"name": "Wen", "password": PASSWORD}
        )
        assert answer.status_code == 303
        assert site.doors.audit.entries()[0].address == address


def test_no_form_is_taken_without_the_token_of_its_session(site: Site) -> None:
    """Neither none, nor that of another session, nor one that was cut or made up."""
    client = site.client(AccountRole.ADMIN)
    other = form_token(site.client(AccountRole.ADMIN).get("/account"))
    own = form_token(client.get("/account"))
    taken = []
    for route in routes(site.app):
        if route.method == "GET" or NEEDS[route.endpoint] is OPEN:
            continue
        path = re.sub(r"<[^>]*>", "none-such", route.rule)
        for token in ("", other, own[:-4], own[:-5] + "AAAA=", "é", "=" * 88):
            body = {"json": {}} if route.rule.startswith("/api/") else {"data": {"csrf_token": token}}
            answer = client.open(
                path, method=route.method, headers={"X-CSRF-Token": token.encode().decode("latin-1")}, **body
            )
            if answer.status_code != 403:
                taken.append((route.row, token, answer.status_code))
    assert taken == []
    assert client.post("/collections", data={"csrf_token": own, "name": "x"}).status_code == 303
    assert client.post("/api/v1/collections", json={"name": "y"}, headers={"X-CSRF-Token": own}).status_code == 201


def test_programs_with_a_token_need_none_and_no_cookie_helps_a_bad_token(site: Site) -> None:
    headers = site.token(AccountRole.WRITER, {Scope.QUOTES_WRITE})
    assert site.client().post("/api/v1/collections", json={"name": "z"}, headers=headers).status_code == 201
    client = site.client(AccountRole.ADMIN)
    refused = client.post("/api/v1/collections", json={"name": "q"}, headers={"Authorization": "Bearer yh_no"})
    assert refused.status_code == 401


def test_pages_of_other_sites_change_nothing_even_with_the_token(site: Site) -> None:
    client = site.client(AccountRole.WRITER)
    fields = {"csrf_token": form_token(client.get("/account")), "name": "x"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert client.post("/collections", data=fields, headers=headers).status_code == 403


def test_every_form_of_every_page_carries_the_token(site: Site) -> None:
    client = site.client(AccountRole.ADMIN)
    fields = {"csrf_token": form_token(client.get("/account")), "name": "Margins"}
    collection = client.post("/collections", data=fields).location
    client.post("/searches", data={**fields, "arguments": "q=margin"})
    passage = client.get("/api/v1/search?q=margin").json["hits"][0]["id"]
    fields |= {"passage": passage, "new": "Margins"}
    fields["seen"] = re.search(r'name="seen" value="([^"]*)"', client.get(f"/collect?passage={passage}").text)[1]
    collected = client.post("/collect", data=fields).location
    pages = [
        "/?q=margin",
        "/collections",
        collection,
        collected,
        "/searches",
        "/account",
        "/audit",
        f"/collect?passage={passage}",
    ]
    seen = 0
    for page in pages:
        for form in re.findall(r'<form\b[^>]*method="post"[^>]*>(.{0,80})', client.get(page).text, re.DOTALL):
            seen += 1
            assert form.lstrip().startswith('<input type="hidden" name="csrf_token"'), (page, form)
    assert seen > 20


def test_too_much_is_told_to_come_later_and_the_local_user_never(site_of, index: Path) -> None:
    limits = {"rate_limit": "3 per hour", "address_rate_limit": "5 per hour", "sign_in_rate_limit": "1 per hour"}
    site = site_of(index, **limits)
    headers = site.token(AccountRole.READER, {Scope.SEARCH})
    client = site.client()
    statuses = [client.get("/api/v1/account", headers=headers).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    answer = client.get("/api/v1/account", headers=headers)
    assert (answer.status_code, answer.mimetype, answer.json["status"]) == (429, "application/problem+json", 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 3601  # Rounded up.
    assert client.get("/healthz").status_code == 200
    assert [client.get("/api/v1/account").status_code for _ in range(3)] == [401, 401, 429]
    page = client.get("/")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    client = create_app(index, access=AccessSettings(**limits)).test_client()
    assert {client.get("/api/v1/account").status_code for _ in range(9)} == {200}


def test_what_is_sent_is_read_only_so_far(site: Site) -> None:
    client = site.client(AccountRole.WRITER)
    token = form_token(client.get("/account"))
    large = client.post("/collections", data={"name": "x" * 1_100_000, "csrf_token": token})
    assert large.status_code == 413
    json = client.post("/api/v1/collections", json={"name": "x" * 1_100_000}, headers={"X-CSRF-Token": token})
    assert json.status_code == 413


def test_every_answer_says_what_a_browser_must_not_do(site: Site) -> None:
    for path in ("/sign-in", "/?q=margin", "/static/yuanhua.js", "/api/v1/search?q=a", "/nothing", "/healthz"):
        with site.client(AccountRole.READER).get(path) as answer:
            headers = answer.headers
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_nobody_is_let_in_where_it_cannot_be_told_whether_there_are_accounts(site: Site) -> None:
    for file in site.file.parent.iterdir():
        if file.name.startswith(site.file.name):
            file.unlink()
    site.file.write_bytes(b"no database at all, though it has been one" * 200)
    client = site.app.test_client()
    for path in ("/api/v1/search?q=margin", "/?q=margin", "/sign-in"):
        assert client.get(path).status_code == 503
    assert client.get("/healthz").status_code == 200
