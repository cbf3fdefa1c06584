"""What somebody with an account, a token or none tries who wants more than is theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from search_web.access.model import AccountRole, Scope
from search_web.access.settings import AccessSettings
from search_web.web.app import create_app
from search_web.web.taking_turns import BY_LINK, SIGNED_IN

if TYPE_CHECKING:
    from pathlib import Path

    from .guarded_site import Site

ALL = (Scope.SEARCH, Scope.QUOTES_READ, Scope.QUOTES_WRITE)


def test_the_address_and_the_id_in_a_file_of_quotes_lead_nowhere(site: Site) -> None:
    client = site.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = site.token(AccountRole.WRITER, ALL)["Authorization"]
    (hit, *_) = client.get("/api/v1/search?q=margin").json["hits"]
    made = client.post("/api/v1/collections", json={"name": "Margins"}).json["id"]
    kept = client.post(f"/api/v1/collections/{made}/quotes", json={"passage_id": hit["id"]}).json
    told = client.get(f"/api/v1/collections/{made}/export?format=json").json
    told["collection"]["name"] = "From elsewhere"
    told["quotes"][0].update(url="javascript:alert(1)", id='"/../x')
    taken = client.post("/api/v1/collections/import", json=told).json
    (quote,) = taken["quotes"]
    assert quote["url"] == kept["url"]
    address = f"/collections/{taken['collection']['id']}"
    assert "javascript:" not in client.get(address).text
    read = client.get(f"/api/v1{address}/quotes/{quote['id']}")
    assert (read.status_code, read.json["text"]) == (200, kept["text"])


def test_a_token_revokes_itself_and_none_that_may_do_more(site: Site) -> None:
    client = site.client()
    little, much = (site.token(AccountRole.WRITER, scopes) for scopes in ((Scope.SEARCH,), ALL))
    ids = {len(one["scopes"]): one["id"] for one in client.get("/api/v1/tokens", headers=little).json["tokens"]}
    refused = client.delete(f"/api/v1/tokens/{ids[3]}", headers=little)
    assert (refused.status_code, refused.json["type"]) == (403, "urn:yuanhua:problem:not-permitted")
    assert client.delete(f"/api/v1/tokens/{ids[1]}", headers=little).status_code == 204
    assert client.get("/api/v1/account", headers=little).status_code == 401
    assert client.delete(f"/api/v1/tokens/{ids[3]}", headers=much).status_code == 204


def test_the_audit_log_does_not_say_what_was_searched_for_before_something_was_collected(site: Site) -> None:
    client = site.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = site.token(AccountRole.WRITER, ALL)["Authorization"]
    (hit, *_) = client.get("/api/v1/search?q=margin").json["hits"]
    shown = client.get("/collect", query_string={"passage": hit["id"], "back": "/?q=poaching"}).text
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    fields = {"passage": hit["id"], "seen": seen, "new": "Margins", "back": "/?q=poaching"}
    assert "poaching" in client.post("/collect", data=fields).location
    (line,) = site.doors.audit.entries(limit=1)
    assert line.object.startswith("/collected?collection=")
    assert "poaching" not in line.object


@pytest.mark.parametrize("address", ["/readyz", "/api/v1/account", "/shared/abc"])
def test_a_stranger_learns_no_folder_of_the_machine_from_an_error(tmp_path: Path, address: str) -> None:
    notebook = tmp_path / "notebook.sqlite"
    notebook.write_bytes(b"no notebook " * 1000)
    for guarded in (True, False):
        app = create_app(tmp_path / "none", notebook=notebook, access=AccessSettings(guarded=guarded))
        answer = app.test_client().get(address, headers={"Authorization": "Bearer yh_x"})
        assert answer.status_code == 503
        assert (tmp_path.name in json.dumps(answer.text)) is not guarded


def test_nobody_keeps_all_threads_busy_with_whole_collections(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither who has a link nor who has signed in; and small collections wait for nobody."""
    client = site.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = site.token(AccountRole.WRITER, ALL)["Authorization"]
    made = client.post("/api/v1/collections", json={"name": "Margins"}).json["id"]
    own = f"/api/v1/collections/{made}"
    link = client.post(f"{own}/links", json={}).json["url"]
    asked = [(site.client(), f"{link}/export?format=csv", BY_LINK)]
    asked += [(client, f"{own}/{what}", SIGNED_IN) for what in ("export?format=csv", "verification")]
    for asking, address, turns in asked:
        with monkeypatch.context() as patched, turns, turns:
            assert asking.get(address).status_code == 200
            patched.setattr("search_web.web.taking_turns._FEW", -1)
            refused = asking.get(address)
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        assert asking.get(address).status_code == 200


def test_a_token_without_the_scope_does_not_search_by_saving_searches(site: Site) -> None:
    client = site.client()
    quotes = site.token(AccountRole.WRITER, (Scope.QUOTES_READ, Scope.QUOTES_WRITE))
    search = site.token(AccountRole.WRITER, (Scope.SEARCH,))
    wanted = {"name": "Night", "arguments": [["q", "margin"]]}
    made = client.post("/api/v1/searches", json=wanted, headers=quotes).json["id"]
    for address in (f"/api/v1/searches/{made}/news", f"/searches/{made}", f"/searches/{made}/feed.atom"):
        assert client.get(address, headers=quotes).status_code == 403
        assert client.get(address, headers=search).status_code == 404
        assert client.get(address, headers=site.token(AccountRole.WRITER, ALL)).status_code == 200
