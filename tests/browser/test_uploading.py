"""Uploading in a real browser: files are dropped, looked at, confirmed and found; and the same without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sample_site import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CALL = (
    "Northwind Kilns third quarter call\n\nOperator: Good day.\n\n"
    "Ada North -- Chief Executive Officer: The walrus kiln is lit, and orders rose by a fifth.\n\n"
    "Ben South -- Harbour Bank -- Analyst: How many kilns will you light next year?\n\n"
    "Ada North: Three more, all of them in the north.\n"
)
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  data.items.add(new File(["MZ"], "tool.exe"));
  for (const kind of ["dragover", "drop"]) {
    document.querySelector("h1").dispatchEvent(
      new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
}"""
PATIENCE = 300_000  # Milliseconds: uploads are worked on with low priority.


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site that this module alone changes."""
    with serving(tmp_path_factory.mktemp("uploads") / "index") as address:
        yield address


def opened(browser: Browser, site: str, *, scripts: bool = True) -> Page:
    page = browser.new_context(base_url=site, locale="en", java_script_enabled=scripts).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/uploads")
    return page


def test_a_dropped_file_is_looked_at_put_right_confirmed_and_found(browser: Browser, own_site: str) -> None:
    page = opened(browser, own_site)
    page.evaluate(DROP, ["northwind.txt", CALL])
    refused = page.get_by_role("alert")
    expect(refused).to_contain_text("tool.exe", timeout=PATIENCE)
    expect(refused).to_contain_text("No reader takes files that end in")
    draft = page.locator(".upload-list li")
    expect(draft).to_contain_text("3 speakers", timeout=PATIENCE)

    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_role("row", name="Ada North").first).to_contain_text("Chief Executive Officer")
    expect(page.locator(".opening")).to_contain_text("The walrus kiln is lit")
    page.get_by_label("Company", exact=True).fill("Northwind Kilns")
    page.get_by_label("Date", exact=True).fill("2024-10-30")
    page.get_by_role("button", name="Read it again with this").click()
    expect(page.get_by_role("row", name="Date").first).to_contain_text("2024-10-30", timeout=PATIENCE)
    expect(page.locator(".standing")).to_have_text("To be confirmed", timeout=PATIENCE)

    page.get_by_role("button", name="Add to the index").click()
    expect(page.get_by_role("heading", name="In the index")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("status")).to_contain_text("1 in the index")
    page.locator(".upload-list h3 a").click()
    expect(page.locator("h1")).to_contain_text("Northwind Kilns")
    page.goto("/?q=walrus kiln")
    expect(page.locator(".hit").first).to_contain_text("The walrus kiln is lit")
    page.context.close()


def test_the_same_goes_without_scripts(browser: Browser, own_site: str, tmp_path: Path) -> None:
    files = [tmp_path / "otter.txt", tmp_path / "heron.txt"]
    for file in files:
        file.write_text(CALL.replace("walrus", file.stem), encoding="utf-8")
    page = opened(browser, own_site, scripts=False)
    page.get_by_label("Files of transcripts").set_input_files(files)
    page.get_by_role("button", name="Upload").click()
    _reload_until(page, "Add all 2 to the index")
    page.get_by_role("button", name="Add all 2 to the index").click()
    _reload_until(page, absent="Being worked on")
    page.goto("/?q=otter kiln")
    expect(page.locator(".hit").first).to_contain_text("The otter kiln is lit")

    page.goto("/uploads")
    otter = page.locator(".upload-list li").filter(has_text="otter.txt")
    otter.locator("summary").click()
    otter.get_by_role("button", name="Remove it").click()
    _reload_until(page, absent="otter.txt")
    page.goto("/?q=otter kiln&mode=keyword")
    expect(page.locator("main")).not_to_contain_text("The otter kiln is lit")
    page.context.close()


def _reload_until(page: Page, words: str = "", *, absent: str = "") -> None:
    """Load the page anew until it says these words, or no longer those that are to be absent."""
    for _ in range(PATIENCE // 500):
        text = page.content()
        if absent not in text if absent else words in text:
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail(f"the page never said: {words or absent}")
