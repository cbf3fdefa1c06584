"""What a transcript says is text wherever it is shown, and no address leads out of the index."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from indexer.build import BuildSettings, index_paths
from search_web.access.model import AccountRole
from search_web.web.permission_table import routes

from .guarded_site import form_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from .guarded_site import Site

BAIT = "zqx"
"""Stands in each of the names that would be made elements and attributes if they were read as HTML."""

SCRIPT = f"<script src=//{BAIT}.example></script>"
IMAGE = f"\"'><img src={BAIT} onerror=alert({BAIT})>"
TEMPLATE = f"{{{{ {BAIT} }}}}{{% {BAIT} %}}"
TURNED = "\u202egnp.exe\u2066\u200f"
CALL = f"""Company: {IMAGE} Holdings
Title: {SCRIPT} {IMAGE} Q1 2024 call {TURNED}
Date: 2024-05-02

Jane {SCRIPT} Roe, Chief {IMAGE} Officer: Our margin rose {SCRIPT} by 5 percent {IMAGE} and {TEMPLATE} {TURNED} more.

John Doe, Analyst at {IMAGE}: What of the margin <svg/onload={BAIT}>&lt;b&gt;?

Jane {SCRIPT} Roe, Chief {IMAGE} Officer: The margin </p></article></main><style>*{{color:{BAIT}}}</style> holds.
"""


@pytest.fixture
def hostile(site_of: Callable[..., Site], tmp_path: Path) -> Site:
    """Return a site over a transcript of markup in its text, and records whose every field is some."""
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "call.txt").write_text(CALL, encoding="utf-8")
    records = {
        "title": f"{IMAGE}{TURNED}",
        "company": f"{SCRIPT}{IMAGE}",
        "ticker": "ABC",
        "date": "2024-02-01",
        "turns": [
            {"speaker": f"{SCRIPT}{IMAGE}", "title": f"{IMAGE}", "text": f"Our margin fell {SCRIPT}{IMAGE}{TEMPLATE}."},
            {"speaker": f"{TURNED}{IMAGE}", "text": f"And the margin {SCRIPT} of {IMAGE}?"},
        ],
    }
    (tmp_path / "calls" / f"{SCRIPT.replace('/', '')}.json").write_text(json.dumps(records), encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "calls"], BuildSettings(embedders=()))
    return site_of(tmp_path / "index")


class Elements(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"} or BAIT in name:
                self.wrong.append(f"{tag} {name}")
            if name in {"src", "href", "action"} and not re.match(r"[/?#]|http://localhost/|$", value or ""):
                self.wrong.append(f"{tag} {name}={value}")
        if tag in {"iframe", "object", "embed", "base", "style"} or BAIT in tag:
            self.wrong.append(tag)
        if tag == "script" and not dict(attrs).get("src", "").startswith("/static/"):
            self.wrong.append(f"script {attrs}")


def pages_of(client: FlaskClient) -> list[str]:
    """Return an address of every page that shows something of a transcript, found by walking there."""
    found = client.get("/api/v1/search?q=margin&limit=50").json["hits"]
    transcripts = [one["id"] for one in client.get("/api/v1/transcripts").json["transcripts"]]
    assert len(transcripts) == 2
    assert len(found) >= 4
    token = {"csrf_token": form_token(client.get("/account"))}
    headers = {"X-CSRF-Token": token["csrf_token"]}
    made = client.post("/api/v1/collections", json={"name": f"{SCRIPT}{IMAGE}", "description": IMAGE}, headers=headers)
    collection = made.json["id"]
    for hit in found:
        body = {"passage_id": hit["id"], "note": f"{SCRIPT}{IMAGE}", "tags": [IMAGE]}
        client.post(f"/api/v1/collections/{collection}/quotes", json=body, headers=headers)
    quotes = client.get(f"/api/v1/collections/{collection}").json["quotes"]
    client.post(
        "/searches", data={**token, "name": f"{SCRIPT}{IMAGE}", "arguments": f"q=margin&company={quote(IMAGE)}"}
    )
    search = client.get("/api/v1/searches").json["searches"][0]["id"]
    client.post(f"/collections/{collection}/quotes/{quotes[0]['id']}/remove", data=token)
    speakers = re.findall(r'href="(/speakers/[^"]+)"', client.get("/speakers").text)
    bait = quote(IMAGE + SCRIPT)
    return [
        "/",
        "/?q=margin",
        "/?q=margin&group=call&explain=1",
        f"/?q={bait}",
        f"/?q=margin&company={bait}&speaker={bait}&period={bait}&sort={bait}",
        f"/?q=({bait}",
        "/ask?q=what+of+the+margin",
        "/transcripts",
        f"/transcripts?title={bait}&company={bait}",
        *(
            f"/transcripts/{one}{more}"
            for one in transcripts
            for more in ("", "?find=margin", "/reading", f"?find={bait}")
        ),
        "/speakers",
        f"/speakers?name={bait}",
        *(address.replace("&amp;", "&") for address in speakers),
        "/trends?q=margin",
        f"/trends?q={bait}",
        f"/compare?a={transcripts[0]}&b={transcripts[1]}",
        f"/compare?a={bait}&b={bait}",
        *(f"/collect?passage={quote(hit['id'])}" for hit in found),
        f"/collected?collection={collection}&quote={quotes[1]['id']}&back=/{bait}",
        "/collections",
        f"/collections/{collection}",
        f"/collections/{collection}?q={bait}&tag={bait}&citation=own&template={bait}",
        f"/collections/{collection}/history",
        "/searches",
        f"/searches/{search}",
        f"/searches/{bait}",
        f"/nothing/{bait}",
        f"/account?done={bait}",
        f"/audit?user={bait}",
        f"/audit?since={bait}",
    ]


def test_no_page_takes_what_a_transcript_says_for_html(hostile: Site) -> None:
    client = hostile.client(AccountRole.ADMIN)
    wrong, shown = {}, 0
    for address in pages_of(client):
        for locale in ("en", "zh"):
            answer = client.get(address, headers={"Accept-Language": locale})
            assert answer.status_code in {200, 400, 404}, (address, answer.status_code)
            assert answer.mimetype == "text/html", address
            elements = Elements()
            elements.feed(answer.text)
            shown += BAIT in answer.text
            if elements.wrong:
                wrong[address] = elements.wrong
    assert wrong == {}
    assert shown > 40, "the pages do show it, as text"


def test_what_is_taken_away_is_no_page_and_has_a_name_that_stays_in_its_folder(hostile: Site) -> None:
    client = hostile.client(AccountRole.ADMIN)
    token = form_token(client.get("/account"))
    name = f"../../{SCRIPT}{IMAGE}\\..\\CON"
    collection = client.post("/api/v1/collections", json={"name": name}, headers={"X-CSRF-Token": token}).json["id"]
    transcripts = [one["id"] for one in client.get("/api/v1/transcripts").json["transcripts"]]
    formats = ("markdown", "html", "csv", "json", "bibtex", "ris", "docx")
    addresses = [f"/api/v1/collections/{collection}/export?format={form}" for form in formats]
    addresses += [f"/transcripts/{one}.{form}" for one in transcripts for form in ("md", "txt")]
    addresses += ["/search.csv?q=margin", "/trends.csv?q=margin"]
    named = 0
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 404:
            continue
        assert answer.status_code == 200, address
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment; "), address
        for found in re.findall(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", disposition):
            named += 1
            assert not re.search(r'[/\\<>"\x00-\x1f]|%2F|%5C|%00|^\.', found, re.IGNORECASE), disposition
    assert named >= 16


TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "passwd%00.css",
    "file:///etc/passwd",
)


def test_no_address_and_no_argument_leads_to_a_file_outside_the_index(site: Site) -> None:
    client, found, asked = site.client(AccountRole.ADMIN), [], 0
    arguments = ("q", "transcript", "passage", "a", "b", "name", "back", "next", "format", "template", "embedder")
    for route in routes(site.app):
        if route.method != "GET":
            continue
        addresses = {re.sub(r"<[^>]*>", path.replace("\\", "%5c"), route.rule) for path in TRAVERSALS}
        pairs = (f"{argument}=/etc/passwd" for argument in arguments)
        addresses.add(re.sub(r"<[^>]*>", "none-such", route.rule) + "?" + "&".join(pairs))
        for address in addresses:
            asked += 1
            with client.get(address) as answer:
                if answer.status_code >= 500 or "root:" in answer.get_data(as_text=True):
                    found.append((address, answer.status_code))
    assert found == []
    assert asked > 200
