"""Who changed what stands in the audit log, and nothing else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access.model import AccountRole, Scope
from search_web.notebook.database import Notebook
from search_web.web.audit_words import WORDS
from search_web.web.observing import observe_requests

from .guarded_site import form_token, sign_in

if TYPE_CHECKING:
    from .guarded_site import Site


def lines(site: Site) -> list[tuple[str, str, str]]:
    return [(entry.person, entry.action, entry.object) for entry in reversed(site.doors.audit.entries())]


def test_every_change_is_written_down_once_with_who_made_it_and_what_it_made(site: Site) -> None:
    observe_requests(site.app, ())
    client = site.client()
    sign_in(client, "rui", "this is not it")
    sign_in(client, "a password typed as a name", "this is not it")
    sign_in(client, "wen")
    fields = {"csrf_token": form_token(client.get("/account"))}
    made = client.post("/collections", data={**fields, "name": "Margins"}, headers={"X-Request-ID": "r-1"}).location
    client.post(f"{made}/edit", data={**fields, "name": "Cash", "was_name": "Margins"})
    client.post(f"{made}/edit", data={**fields, "name": "Cash", "was_name": "Margins"})
    assert client.post("/collections", data={**fields, "name": ""}).status_code == 400
    client.get("/?q=margin")
    client.get("/searches")
    token = client.post("/account/tokens", data={**fields, "name": "laptop", "scope": ["quotes:write"], "days": "30"})
    headers = {"Authorization": "Bearer " + token.text.partition("<code>yh_")[2].partition("<")[0].join(("yh_", ""))}
    quotes = site.client().post("/api/v1/collections", json={"name": "By program"}, headers=headers)
    client.post("/sign-out", data=fields)
    assert lines(site) == [
        ("", "signing.refused", "rui"),
        ("", "signing.refused", ""),
        ("Wen", "signing.enter", "Wen"),
        ("Wen", "collections_pages.create", made),
        ("Wen", "collection_page.edit", f"{made}/edit"),
        ("Wen", "account_page.make_token", "Wen: laptop"),
        ("Wen", "collections_api.create", quotes.location),
        ("Wen", "signing.leave", "Wen"),
    ]
    (entry,) = [one for one in site.doors.audit.entries() if one.action == "collections_pages.create"]
    assert (entry.request_id, entry.address) == ("r-1", "127.0.0.1")


def test_a_change_that_does_not_happen_leaves_no_line(site: Site) -> None:
    """The line is written in the transaction of the change: both or neither."""
    notebook = Notebook(site.file)
    with notebook.writing() as connection:
        connection.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'the log is full'); END"
        )
    headers = site.token(AccountRole.WRITER, {Scope.QUOTES_WRITE, Scope.QUOTES_READ})
    assert site.client().post("/api/v1/collections", json={"name": "x"}, headers=headers).status_code == 503
    assert site.client().get("/api/v1/collections", headers=headers).json["collections"] == []
    assert lines(site) == []


def test_admins_read_it_on_a_page_and_by_the_api_by_person_and_time(site: Site) -> None:
    for role in (AccountRole.WRITER, AccountRole.ADMIN):
        client = site.client(role)
        for number in range(3):
            token = form_token(client.get("/account"))
            client.post("/collections", data={"csrf_token": token, "name": f"{role} {number}"})
    admin = site.client(AccountRole.ADMIN)
    page = admin.get("/audit?user=WEN").text
    assert page.count("made a collection") == 3
    assert "collections_pages.create" not in page
    assert '<span class="name" lang="en">Yuanhua</span>' in page
    first = admin.get("/api/v1/audit?limit=4").json
    rest = admin.get(f"/api/v1/audit?limit=4&cursor={first['next_cursor']}").json
    assert [one["person"] for one in first["entries"] + rest["entries"]] == ["艾达"] * 3 + ["Wen"] * 3
    assert rest["next_cursor"] is None
    assert admin.get("/api/v1/audit?since=2999-01-01").json["entries"] == []
    for wrong in ("since=yesterday", "since=0001-01-01T00:00%2B14:00", "limit=0", "cursor=x", "limit=999999"):
        assert admin.get(f"/api/v1/audit?{wrong}").status_code == 400


def test_every_change_has_words_for_people_in_both_languages(site: Site) -> None:
    """And a code of a later version is shown as it is."""
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules() if rule.methods - {"GET", "HEAD", "OPTIONS"}}
    assert endpoints - set(WORDS) == {"people_api.change"}  # It is written down as what it changes.
    site.doors.audit.record(site.doors.accounts.get("Wen").person, "quotes add", "Margins")
    site.doors.audit.record(site.doors.accounts.get("Wen").person, "later.thing", "/collections/1f0c/edit")
    page = site.client(AccountRole.ADMIN).get("/audit", headers={"Accept-Language": "zh"})
    assert "收藏了摘录" in page.text
    assert '<td lang="en">later.thing</td><td><a href="/collections/1f0c">' in page.text


def test_the_local_user_of_an_open_server_is_written_down_too(site: Site) -> None:
    for name in ("rui", "Wen", "艾达"):
        site.doors.accounts.remove(name)
    assert site.client().post("/collections", data={"name": "Mine"}).status_code == 303
    assert [(person, action) for person, action, _ in lines(site)] == [("", "collections_pages.create")]
    assert site.client().get("/audit").status_code == 200
