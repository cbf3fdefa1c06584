"""The pages in a real browser: Chromium, driven by Playwright, against the application on a port of its own."""

from __future__ import annotations

import os
import re
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from indexer.build import BuildSettings, index_paths
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]

CHROMIUM = Path("/usr/bin/chromium")
CORPUS = Path(__file__).parents[2] / "corpus"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; skip where it or Playwright is absent, unless the run requires it."""
    missing = [] if find_spec("playwright") else ["playwright"]
    missing += [] if CHROMIUM.exists() else [str(CHROMIUM)]
    if missing:
        reason = f"no browser tests without {' and '.join(missing)}"
        if os.environ.get("YUANHUA_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - absent on some machines.

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an index of corpus/ and return its address."""
    folder = tmp_path_factory.mktemp("browser") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=("bundled",)))
    server = make_server("127.0.0.1", 0, create_app(folder), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens an address of the site in a window of its own."""
    contexts = []

    def opened(address: str = "/", **options: object) -> Page:
        context = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("query", "says"), [("菜鸟 EBITA", "8.77"), ("AI monetization", "AI")])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_query_typed_into_the_box_is_answered(open_page: OpenPage, query: str, says: str, *, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("button", name="Search").click()
    first = page.locator("article.hit").first
    assert says in first.inner_text()
    assert first.locator("mark").count() > 0
    assert page.get_by_role("searchbox").input_value() == query


@pytest.mark.parametrize("scripts", [True, False])
def test_context_unfolds(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=菜鸟 EBITA", java_script_enabled=scripts)
    around = page.locator("article.hit details.around").first
    assert not around.locator(".neighbours").is_visible()
    around.locator("summary").click()
    assert around.locator(".neighbours").is_visible()
    assert around.locator(".neighbour").count() == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_permalink_opens_the_call_at_the_passage(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI monetization&section=qa", java_script_enabled=scripts)
    hit = page.locator("article.hit").first
    text = hit.locator("> p.text").inner_text()
    hit.get_by_role("link", name="Permalink").click()
    page.wait_for_url(re.compile("/transcripts/.*#"))
    target = page.locator(".passage:target")
    assert target.locator("p.text").inner_text() == text
    page.wait_for_timeout(1000)
    box, size = target.bounding_box(), page.viewport_size
    assert box
    assert size
    assert 0 <= box["y"] < size["height"]


def test_a_ticked_filter_holds_at_once(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", viewport={"width": 1280, "height": 900})
    page.locator('input[name="role"][value="analyst"]').check()
    page.wait_for_url(re.compile("role=analyst"))
    assert page.locator(".chip").count() == 1
    assert set(page.locator("article.hit header .tags li:first-child").all_inner_texts()) == {"Analyst"}
    assert page.url.count("=") == 2, "untouched fields stay out of the address"


def test_a_filter_is_applied_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.locator('input[name="section"][value="qa"]').check()
    page.get_by_role("button", name="Apply").click()
    assert page.locator(".chip").count() == 1
    assert page.locator("article.hit").count() == 10


@pytest.mark.parametrize("address", ["/", "/?q=菜鸟 EBITA", "/?q=AI monetization", "/transcripts", "reader"])
def test_a_narrow_window_never_scrolls_sideways(open_page: OpenPage, address: str) -> None:
    page = open_page("/?q=AI" if address == "reader" else address, viewport={"width": 390, "height": 844})
    if address == "reader":
        page.get_by_role("link", name="Permalink").first.click()
        page.wait_for_url(re.compile("/transcripts/"))
    assert page.evaluate(OVERFLOW) == 0
