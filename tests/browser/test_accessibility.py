"""Every kind of page under axe-core (Deque): WCAG 2.2 A and AA, and what its makers hold to be good practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from looking import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGES = (
    *("home", "results", "results-filtered", "results-grouped", "results-by-call", "results-none", "results-nobody"),
    *("refused", "answers", "transcripts", "transcript", "transcript-found", "transcript-indexed", "reading"),
    *("speakers", "speaker", "trends", "trends-empty", "compare", "compare-calls"),
    *("collections", "collection", "collection-history", "sharing", "shared", "shared-nowhere", "collect"),
    *("searches", "saved-search", "feed-links", "uploads", "upload", "not-found", "api"),
)


@pytest.fixture(scope="module", params=("en", "zh"))
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """Return a window that all pages of a language are opened in."""
    context = browser.new_context(base_url=site, locale=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_anybody_out(window: Page, sampled: dict[str, str], axe: str, name: str) -> None:
    found = faults(window, axe, sampled[name])
    assert not found, "\n".join(found)


def test_every_kind_of_page_is_looked_at(sampled: dict[str, str]) -> None:
    assert set(PAGES) == set(sampled)
