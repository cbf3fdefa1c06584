"""Chromium, driven by Playwright, against the application on a port of its own."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from looking import PATIENCE
from sample_site import ARGUMENTS, CHROMIUM, sample_pages, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    OpenPage = Callable[..., Page]

# What the page tells for seconds stays for minutes: on a busy machine a test comes late to look at it.
TOLD_LONG = """
const later = window.setTimeout;
window.setTimeout = (work, wait, ...more) => later(work, wait > 2000 ? 60 * wait : wait, ...more);
"""
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test of this folder a second try: a browser on a busy machine may take longer than any patience."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


def absent(reason: str) -> NoReturn:
    """Skip what cannot be tested here, unless the run requires it."""
    if os.environ.get("YUANHUA_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium, which waits long; skip where it or Playwright is absent, unless the run requires it."""
    missing = [] if find_spec("playwright") else ["playwright"]
    missing += [] if CHROMIUM.exists() else [str(CHROMIUM)]
    if missing:
        absent(f"no browser tests without {' and '.join(missing)}")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - absent on some machines.

    with sync_playwright() as playwright:
        expect.set_options(timeout=1000 * PATIENCE)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=1000 * PATIENCE)
        made = chromium.new_context

        def patient(**options: object) -> BrowserContext:
            context = made(**options)
            context.set_default_timeout(1000 * PATIENCE)
            context.add_init_script(TOLD_LONG)
            return context

        chromium.new_context = patient  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an index of corpus/ and return its address."""
    index = shutil.copytree(corpus_index, tmp_path_factory.mktemp("browser") / "index")
    with serving(index) as address:
        yield address


@pytest.fixture(scope="session")
def sampled(site: str) -> dict[str, str]:
    """Return an address of every kind of page, by a name for it."""
    return sample_pages(site)


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe-core; skip where it was not installed, unless the run requires it."""
    if not AXE.exists():
        absent("no accessibility tests without axe-core: make test installs it where there is npm")
    return AXE.read_text(encoding="utf-8")


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
