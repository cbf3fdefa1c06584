"""The application over the samples of corpus/, as the browser tests and the screenshots see it."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from werkzeug.serving import make_server

from indexer.build import BuildSettings, index_paths
from search_web.serving.attendant import attended_uploads
from search_web.serving.options import ServeOptions
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

CORPUS = Path(__file__).parents[2] / "corpus"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Index corpus/ into `folder`, serve it on a free port, and return the address."""
    index_paths(folder, [CORPUS], BuildSettings(embedders=("bundled",)))
    with attended_uploads(ServeOptions(folder)), served(create_app(folder)) as address:
        yield address


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port, and return the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sample_pages(site: str) -> dict[str, str]:
    """Collect quotes and save a search on a site, and return one address of every kind of page, by a name for it."""
    call = _call(site, "fenwick-harbor-q3")
    collection = _collection(site)
    saved = _sent(site, "/api/v1/searches", {"name": "回购", "arguments": [["q", "回购"]]})["id"]
    return {
        "home": "/",
        "results": "/?q=free cash flow",
        "results-filtered": "/?q=AI monetization&role=management&section=qa&explain=1",
        "results-grouped": "/?q=AI&group=exchange",
        "results-by-call": "/?q=菜鸟 EBITA&group=transcript&sort=date",
        "results-none": "/?q=qqqqzz&mode=keyword&role=analyst",
        "results-nobody": "/?q=zebra speaker:张三",
        "refused": '/?q=AI "cloud',
        "answers": "/ask?q=菜鸟为什么扭亏？",
        "transcripts": "/transcripts",
        "api": "/docs",
        "transcript": call,
        "transcript-found": f"{call}?q=cash flow",
        "transcript-indexed": f"{call}?view=indexed",
        "reading": f"{call}/reading",
        "speakers": "/speakers",
        "speaker": f"/speakers/{quote('Helena Brandt')}",
        "trends": "/trends?q=cash&q=AI&q=自由现金流",
        "trends-empty": "/trends",
        "compare": "/compare",
        "compare-calls": _comparison(site),
        "collections": "/collections",
        "collection": f"/collections/{collection}",
        "collection-history": f"/collections/{collection}/history",
        "sharing": f"/collections/{collection}/sharing",
        "shared": _shared(site, f"/api/v1/collections/{collection}/links"),
        "shared-nowhere": "/shared/none",
        "feed-links": f"/searches/{saved}/links",
        "collect": f"/collect?passage={quote(_hits(site, 'AI')[0]['id'])}",
        "searches": "/searches",
        "saved-search": f"/searches/{saved}",
        "uploads": "/uploads",
        "upload": f"/uploads/{_upload(site)}",
        "not-found": "/transcripts/none",
    }


def _call(site: str, name: str) -> str:
    calls = _read(site, "/api/v1/transcripts")["transcripts"]
    return next(str(call["url"]) for call in calls if call["id"].startswith(name))


def _comparison(site: str) -> str:
    first, second = (_call(site, f"fenwick-harbor-{quarter}").rsplit("/", 1)[-1] for quarter in ("q2", "q3"))
    return f"/compare?a={first}&b={second}"


def _collection(site: str) -> str:
    made = _sent(site, "/api/v1/collections", {"name": "现金流 Cash flow", "description": "For the note on buybacks"})
    quotes = f"/api/v1/collections/{made['id']}/quotes"
    for query, note, tags in (
        ("free cash flow", "Guidance, not a result", ["guidance"]),
        ("自由现金流", "", ["现金流", "指引"]),
    ):
        for hit in _hits(site, query)[:2]:
            _sent(site, quotes, {"passage_id": hit["id"], "note": note, "tags": tags})
    return str(made["id"])


def _shared(site: str, links: str) -> str:
    return urlsplit(_sent(site, links, {"days": 7})["url"]).path


def _upload(site: str) -> str:
    """Send two files, of which one cannot be read, and return the id of the other when both were looked at."""
    text = (CORPUS / "fenwick-harbor-q3-2024-call-en.txt").read_bytes()
    sent = [
        _posted(site, f"/api/v1/uploads?name={quote(name)}", data)
        for name, data in (("scan.pdf", b"%PDF-1.7 of nothing"), ("Fenwick Harbor draft.txt", text[: len(text) // 2]))
    ]
    deadline = time.monotonic() + 300
    while {one["state"] for one in _read(site, "/api/v1/uploads")["uploads"]} & {"received", "reading"}:
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.2)
    return str(sent[-1]["uploads"][0]["id"])


def _hits(site: str, query: str) -> list[dict[str, Any]]:
    return list(_read(site, f"/api/v1/search?{urlencode({'q': query})}")["hits"])


def _read(site: str, path: str) -> dict[str, Any]:
    with urlopen(site + path) as answer:  # noqa: S310 - our own server.
        return dict(json.load(answer))


def _sent(site: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return _posted(site, path, json.dumps(body).encode(), "application/json")


def _posted(site: str, path: str, body: bytes, kind: str = "application/octet-stream") -> dict[str, Any]:
    wanted = Request(site + path, body, {"Content-Type": kind})  # noqa: S310 - ours.
    with urlopen(wanted) as answer:  # noqa: S310 - our own server.
        return dict(json.load(answer))
