"""Sharing a collection in a browser: a link is made, copied, read by somebody else, and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]


def made_link(page: Page) -> str:
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("The new link. It is shown this once: copy it now.").input_value()


def test_a_link_is_copied_read_without_the_rest_of_the_site_and_revoked(
    open_page: OpenPage, sampled: dict[str, str]
) -> None:
    page = open_page(sampled["collection"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Share", exact=True).click()
    address = made_link(page)
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    other = open_page(address)
    assert other.get_by_role("heading", level=1).inner_text() == "现金流 Cash flow"
    assert other.locator("nav.site").count() == 0
    assert other.locator("article.quote").count() > 1
    other.get_by_label("Search in this collection").fill("no such words")
    other.get_by_label("Search in this collection").press("Enter")
    other.get_by_text("0 of", exact=False).wait_for()
    page.goto(sampled["sharing"])
    assert address not in page.content()
    page.get_by_role("button", name=f"Revoke the link that ends in {address[-4:]}").click()
    page.get_by_text("The link was revoked.").wait_for()
    assert other.goto(address).status == 404
    assert "leads nowhere" in other.content()


def test_sharing_works_without_scripts(browser: Browser, site: str, sampled: dict[str, str]) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(sampled["collection"])
    page.get_by_text("Share", exact=True).click()
    address = made_link(page)
    assert page.get_by_role("button", name="Copy").count() == 0
    assert page.goto(address).status == 200
    page.goto(sampled["feed-links"])
    page.get_by_role("button", name="Make an address").click()
    feed = page.get_by_label("The new link. It is shown this once: copy it now.").input_value()
    assert context.request.get(feed).headers["content-type"].startswith("application/atom+xml")
    context.close()
