"""Trends, speakers and comparisons in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DRAWN = "async () => { const img = document.querySelector('figure img'); await img.decode(); return [img.currentSrc, img.naturalWidth]; }"
ADDRESSES = ("/trends?q=cash&q=AI&q=自由现金流", "/trends?q=cash&by=company")


def opened(browser: Browser, site: str, address: str, **options: object) -> tuple[Page, list[str]]:
    """Open an address in a window of its own; return the page and what the console complains about."""
    page = browser.new_context(base_url=site, **options).new_page()  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page, complaints


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plots_fit_their_window_and_its_colours(browser: Browser, site: str, width: int, scheme: str) -> None:
    window = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    for address in ADDRESSES:
        page, complaints = opened(browser, site, address, **window)
        assert page.evaluate(OVERFLOW) <= 0, address
        assert complaints == [], address
        source, drawn = page.evaluate(DRAWN)
        assert drawn == (400 if width < 640 else 880)
        assert ("theme=dark" in source) == (scheme == "dark")
        page.context.close()


def test_a_reader_goes_from_a_term_to_its_passages_without_scripts(browser: Browser, site: str) -> None:
    page, _ = opened(browser, site, "/trends", java_script_enabled=False)
    page.get_by_label("Terms, one a line").fill("returns\n自由现金流")
    page.get_by_label("Company", exact=True).first.check()
    page.get_by_role("button", name="Count").click()
    page.wait_for_url("**q=returns**")
    page.get_by_role("region", name="returns").get_by_role("link").first.click()
    assert "returns" in (page.locator(".hit .text").first.text_content() or "")
    page.context.close()


def test_a_reader_goes_from_a_call_to_what_is_new_in_it_and_who_is(browser: Browser, site: str) -> None:
    page, _ = opened(browser, site, "/compare")
    page.get_by_role("link", name="Fenwick Harbor (FWHB) Q3").first.click()
    page.get_by_role("link", name="Sofia Lindqvist").click()
    page.get_by_role("heading", level=1, name="Sofia Lindqvist", exact=True).wait_for()
    page.get_by_role("searchbox", name="Search in what they said").fill("question")
    page.locator(".within-them button").click()
    page.wait_for_url("**speaker=Sofia+Lindqvist**")
    page.context.close()


def test_the_pages_speak_chinese(browser: Browser, site: str) -> None:
    page, complaints = opened(browser, site, "/trends?q=AI&q=cash", locale="zh-CN")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator("h1").text_content() == "趋势"
    assert "locale=zh" in page.evaluate(DRAWN)[0]
    assert complaints == []
    page.context.close()


def test_what_one_call_says_anew_can_be_collected_from_the_comparison(browser: Browser, site: str) -> None:
    page, _ = opened(browser, site, "/compare")
    page.get_by_role("link", name="Fenwick Harbor (FWHB) Q3").first.click()
    page.wait_for_url("**/compare?**")  # And for its scripts.
    passage = page.locator("#new [data-passage]").first
    words = passage.locator("> .text").inner_text()
    passage.get_by_role("link", name="Collect").click()
    page.get_by_role("dialog").get_by_text(words[:24]).first.wait_for()
    page.context.close()
