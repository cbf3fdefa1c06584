"""Every kind of page under axe-core (Deque): WCAG 2.2 A and AA, and what its makers hold to be good practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) =>
    [id, nodes.slice(0, 4).map((node) => node.html.slice(0, 160) + " | " + node.failureSummary)]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Each pair of language, colours and width occurs; all eight triples would take twice as long and find the same.
VIEWS = {"en": (("light", 1280), ("dark", 360)), "zh": (("dark", 1280), ("light", 360))}
PAGES = (
    *("home", "results", "results-filtered", "results-grouped", "results-by-call", "results-none", "results-nobody"),
    *("refused", "answers", "transcripts", "transcript", "transcript-found", "transcript-indexed", "reading"),
    *("speakers", "speaker", "trends", "trends-empty", "compare", "compare-calls"),
    *("collections", "collection", "collection-history", "sharing", "shared", "shared-nowhere", "collect"),
    *("searches", "saved-search", "feed-links", "uploads", "upload", "not-found"),
)


@pytest.fixture(scope="module", params=("en", "zh"))
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """Return a window that all pages of a language are opened in."""
    context = browser.new_context(base_url=site, locale=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_anybody_out(window: Page, sampled: dict[str, str], axe: str, name: str) -> None:
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 40" not in message.text:
            complaints.append(message.text)

    window.on("console", complain)
    window.goto(sampled[name])
    language = str(window.locator("html").get_attribute("lang"))
    window.evaluate(OPEN_ALL)
    window.evaluate(axe)
    found = {}
    for scheme, width in VIEWS[language]:
        window.emulate_media(color_scheme=scheme)
        window.set_viewport_size({"width": width, "height": 900})
        found[language, scheme, width] = window.evaluate(RUN, TAGS)
        assert window.evaluate(OVERFLOW) == 0, f"{name} scrolls sideways at {width}"
    window.remove_listener("console", complain)
    assert complaints == []
    told = "\n".join(f"{view} {rule}\n  " + "\n  ".join(where) for view in found for rule, where in found[view])
    assert not told, told


def test_every_kind_of_page_is_looked_at(sampled: dict[str, str]) -> None:
    assert set(PAGES) == set(sampled)
