"""Admins look after the accounts, on pages and over the API: the same rules for both, and all of it in the audit log."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from search_web.access.model import AccountRole, Scope

from .guarded_site import NAMES, form_token, sign_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from .guarded_site import Site


def shown_password(page: TestResponse) -> str:
    (found,) = re.findall(r'class="notice made">.*?<code>([^<]+)</code>', page.text, re.DOTALL)
    return unescape(found)


def send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    token = form_token(client.get("/people"))
    return client.post(path, data={"csrf_token": token, **fields})


def actions(site: Site) -> list[tuple[str, str, str]]:
    return [(one.person, one.action, one.object) for one in site.doors.audit.entries()]


def test_an_account_is_made_with_a_password_that_is_shown_once(site: Site) -> None:
    admin = site.client(AccountRole.ADMIN)
    page = send(admin, "/people", name="Noor", role="writer")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    password = shown_password(page)
    assert password not in admin.get("/people").text
    assert sign_in(site.client(), "Noor", password, "/account").status_code == 303
    assert site.doors.accounts.get("Noor").role is AccountRole.WRITER
    assert (NAMES[AccountRole.ADMIN], "people_pages.add", "Noor: writer") in actions(site)
    again = send(admin, "/people", name="noor", role="reader")
    assert again.status_code == 409
    assert "There is an account of this name" in again.text


def test_what_an_admin_does_holds_at_once(site: Site) -> None:
    admin, wen = site.client(AccountRole.ADMIN), site.client(AccountRole.WRITER)
    account = site.doors.accounts.get("Wen")
    headers = site.token(AccountRole.WRITER, {Scope.SEARCH})
    page = f"/people/{account.id}"
    assert wen.get("/collect?passage=x").status_code != 403
    assert send(admin, f"{page}/role", role="reader").location == f"{page}?done=role"
    assert wen.get("/collect?passage=x").status_code == 403
    send(admin, f"{page}/sign-out")
    assert wen.get("/").status_code == 303
    assert site.client().get("/api/v1/account", headers=headers).status_code == 200
    send(admin, f"{page}/disable")
    assert "disabled" in admin.get("/people").text
    assert site.client().get("/api/v1/account", headers=headers).status_code == 401
    send(admin, f"{page}/enable")
    assert site.client().get("/api/v1/account", headers=headers).status_code == 200
    (token,) = site.doors.tokens.of(account.id)
    assert f"…{token.hint}" in admin.get(page).text
    send(admin, f"{page}/tokens/{token.id}/revoke")
    assert site.client().get("/api/v1/account", headers=headers).status_code == 401
    password = shown_password(send(admin, f"{page}/password"))
    assert sign_in(site.client(), "Wen", password).status_code == 303
    done = [action.removeprefix("people_pages.") for _, action, _ in reversed(actions(site)) if "people" in action]
    assert done == ["role", "sign_out", "disable", "enable", "revoke", "password"]


def test_what_somebody_owned_goes_to_their_heir(site: Site) -> None:
    admin, wen = site.client(AccountRole.ADMIN), site.token(AccountRole.WRITER, {Scope.QUOTES_WRITE})
    made = site.client().post("/api/v1/collections", json={"name": "Margins"}, headers=wen)
    assert made.status_code == 201
    leaving, heir = site.doors.accounts.get("Wen"), site.doors.accounts.get("rui")
    answer = send(admin, f"/people/{leaving.id}/remove", to=heir.id)
    assert answer.location == "/people?done=removed"
    assert "Wen" not in admin.get("/people").text
    assert "Margins" in site.client(AccountRole.READER).get("/collections").text
    assert (NAMES[AccountRole.ADMIN], "people_pages.remove", "Wen: rui") in actions(site)


@pytest.mark.parametrize("what", ["role", "disable", "remove", "sign-out", "password"])
def test_nobody_locks_themselves_out(site: Site, what: str) -> None:
    own = site.doors.accounts.get(NAMES[AccountRole.ADMIN])
    admin = site.client(AccountRole.ADMIN)
    assert send(admin, f"/people/{own.id}/{what}", role="reader").status_code == 409
    assert site.doors.accounts.get(own.id) == own
    assert f'action="/people/{own.id}/{what}"' not in admin.get(f"/people/{own.id}").text


def test_forms_of_other_sessions_are_refused(site: Site) -> None:
    admin = site.client(AccountRole.ADMIN)
    account = site.doors.accounts.get("Wen")
    for path in ("/people", f"/people/{account.id}/disable", f"/people/{account.id}/remove"):
        assert admin.post(path, data={"name": "Eve", "csrf_token": "x"}).status_code == 403
    assert len(site.doors.accounts.all()) == 3


def test_a_token_makes_nobody_who_may_do_more_than_it(site: Site) -> None:
    few = site.token(AccountRole.ADMIN, {Scope.ADMIN, Scope.SEARCH, Scope.QUOTES_READ})
    client = site.client()
    made = client.post("/api/v1/people", json={"name": "Noor"}, headers=few)
    assert (made.status_code, made.json["role"]) == (201, "reader")
    assert client.post("/api/v1/people", json={"name": "Eve", "role": "admin"}, headers=few).status_code == 403
    raised = client.patch(f"/api/v1/people/{made.json['id']}", json={"role": "writer"}, headers=few)
    assert raised.status_code == 403
    assert client.post("/api/v1/people/Wen/password", json={}, headers=few).status_code == 403
    assert site.doors.accounts.get("Noor").role is AccountRole.READER


def test_the_first_account_of_an_open_server_is_an_admin(site: Site) -> None:
    """Whoever sits at the machine makes it on the page; from then on nobody comes in without."""
    for name in ("rui", "Wen", "艾达"):
        site.doors.accounts.remove(name)
    client = site.client()
    assert "There are no accounts" in client.get("/people").text
    refused = client.post("/people", data={"name": "Ada", "role": "reader"})
    assert refused.status_code == 400
    assert "The first account must be an admin" in refused.text
    page = client.post("/people", data={"name": "Ada", "role": "admin"})
    assert "From now on nobody comes in without an account." in page.text
    assert client.get("/people").status_code == 303
    assert sign_in(client, "Ada", shown_password(page), "/people").location == "/people"
    assert client.get("/people").status_code == 200
