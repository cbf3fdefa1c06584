"""Every address of the application says what it needs, SECURITY.md says so too, and real requests find it so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search_web.access.model import AccountRole, Scope
from search_web.web.form_tokens import form_token
from search_web.web.metrics import Metrics, serve_metrics
from search_web.web.permission_table import BEGIN, END, routes, table, whole_application
from search_web.web.permissions import NEEDS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from search_web.web.permission_table import Route

    from .guarded_site import Site

SECURITY = Path(__file__).parents[3] / "SECURITY.md"


def test_every_endpoint_says_what_it_needs(client: FlaskClient) -> None:
    """An endpoint that the table forgets would be refused to everybody."""
    endpoints = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    assert endpoints - set(NEEDS) == set()


def test_security_md_has_the_table_as_the_code_has_it(index: Path) -> None:
    written = SECURITY.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    assert written == table(whole_application(index)), "run: make permissions"


def ask(client: FlaskClient, route: Route, **more: object) -> TestResponse:
    """Ask for a route with ids of nothing, as a program asks for JSON and as a page sends a form."""
    path = re.sub(r"<[^>]*>", "none-such", route.rule.replace("<path:filename>", "yuanhua.css"))
    cookie = client.get_cookie("yuanhua_session")
    headers = {"X-CSRF-Token": form_token(cookie.value)} if cookie else {}
    if route.method == "GET":
        return client.get(path, headers=headers, **more)
    body = {"json": {}} if route.rule.startswith("/api/") else {"data": {}}
    if route.endpoint == "signing.enter":
        client.set_cookie("yuanhua_sign_in", "of this browser")
        headers = {"X-CSRF-Token": form_token("of this browser")}
    return client.open(path, method=route.method, headers=headers, **body, **more)


def was_let_in(answer: TestResponse) -> bool:
    """Return whether a request came as far as what it asks for, though that be refused there."""
    led_away = answer.status_code == 303 and (answer.location or "").startswith("/sign-in?next=")
    unsigned = answer.status_code == 401 and "is not right" not in answer.text
    return not led_away and not unsigned and answer.status_code != 403


@pytest.mark.parametrize("role", [None, *AccountRole])
def test_each_route_lets_in_whom_the_table_says(site: Site, role: AccountRole | None) -> None:
    serve_metrics(site.app, Metrics())
    walked = routes(site.app)
    assert len(walked) > 90
    wrong = []
    for route in walked:
        client = site.client(role)  # Signing out is one of the routes.
        expected = route.anonymous if role is None else route.roles[role]
        with ask(client, route) as answer:
            if was_let_in(answer) is not expected:
                wrong.append((route.row, answer.status_code, answer.location))
    assert wrong == []


@pytest.mark.parametrize("scope", Scope)
def test_a_token_may_do_what_its_scope_says_and_is_told_which_it_lacks(site: Site, scope: Scope) -> None:
    headers = site.token(AccountRole.ADMIN, {scope})
    client, wrong = site.client(), []
    for route in routes(site.app):
        need = NEEDS[route.endpoint]
        if not route.rule.startswith("/api/"):
            continue
        answer = client.open(
            route.rule.replace("<", "").replace(">", ""),
            method=route.method,
            headers=headers,
            **({} if route.method == "GET" else {"json": {}}),
        )
        if isinstance(need, Scope) and need is not scope:
            told = answer.json or {}
            if (answer.status_code, told.get("type"), told.get("scope")) != (
                403,
                "urn:yuanhua:problem:scope-missing",
                need,
            ):
                wrong.append((route.row, answer.status_code, told))
        elif answer.status_code in {401, 403}:
            wrong.append((route.row, answer.status_code))
    assert wrong == []


def test_an_endpoint_that_the_table_forgets_is_refused_to_everybody(site: Site) -> None:
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    for role in (None, *AccountRole):
        answer = site.client(role).get("/forgotten")
        assert answer.status_code == 403
        assert "secret" not in answer.text


def test_programs_are_told_how_to_come_in(site: Site) -> None:
    answer = site.client().get("/api/v1/search?q=margin")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer realm=yuanhua"
    answer = site.client().get("/api/v1/search?q=margin", headers={"Authorization": "Bearer yh_wrong"})
    assert answer.status_code == 401
    assert "error=invalid_token" in answer.headers["WWW-Authenticate"]
