"""Chromium, driven by Playwright, against the application on a port of its own."""

from __future__ import annotations

import os
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


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
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
