"""Signing in, the account and the audit log in a browser, and collecting with scripts where people sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from looking import faults
from sample_site import CORPUS, served

from indexer.build import BuildSettings, index_paths
from search_web.access.doors import Doors
from search_web.access.model import AccountRole
from search_web.settings import notebook_file
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for a test.


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an index of corpus/ for whom there are accounts, and return its address."""
    folder = tmp_path_factory.mktemp("guarded") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=()))
    accounts = Doors(notebook_file(folder)).accounts
    accounts.add("艾达 Ada", PASSWORD, AccountRole.ADMIN)
    accounts.add("Rui", PASSWORD, AccountRole.READER)
    with served(create_app(folder)) as address:
        yield address


def sign_in(window: Page, name: str) -> None:
    window.locator("input[name=name]").fill(name)
    window.locator("input[name=password]").fill(PASSWORD)
    with window.expect_navigation():  # Until the scripts of the page that follows have run.
        window.locator("main button").click()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nobody_is_kept_out_of_signing_in_and_of_their_account(
    browser: Browser, guarded: str, axe: str, locale: str
) -> None:
    """Without scripts; axe-core itself runs beside the page."""
    context = browser.new_context(base_url=guarded, locale=locale, reduced_motion="reduce")
    window = context.new_page()
    found = {"sign-in": faults(window, axe, "/audit")}
    window.locator("input[name=name]").fill("艾达 Ada")
    window.locator("input[name=password]").fill("not this one at all")
    window.locator("main button").click()
    window.locator("[role=alert]").wait_for()
    found["refused"] = faults(window, axe)
    sign_in(window, "艾达 Ada")
    assert window.url == f"{guarded}/audit"
    found["audit"] = faults(window, axe)
    window.goto("/account")
    window.locator("details summary").first.click()
    window.locator("#token-name").fill(f"夜间任务 {locale}")
    window.locator("form:has(#token-name) button").click()
    assert window.locator(".made code").inner_text().startswith("yh_")
    found["account"] = faults(window, axe)
    found["home"] = faults(window, axe, "/")
    window.locator(".leave button").click()
    window.wait_for_url(f"{guarded}/sign-in")
    context.close()
    told = "\n".join(f"{page}: {fault}" for page, faulty in found.items() for fault in faulty)
    assert not told, told


def test_collecting_with_scripts_brings_the_token_of_the_session(browser: Browser, guarded: str) -> None:
    context = browser.new_context(base_url=guarded, locale="en")
    window = context.new_page()
    window.goto("/?q=free cash flow")
    sign_in(window, "艾达 Ada")
    assert "q=free" in window.url
    window.locator("a[data-collect]").first.click()
    dialog = window.locator("dialog[open]")
    dialog.locator("input[name=new]").fill("By hand")
    dialog.locator("button.primary, button:not([type=button])").first.click()
    window.locator(".toast").get_by_text("By hand").first.wait_for()
    window.goto("/transcripts")
    window.locator("main a[href^='/transcripts/']").first.click()
    window.wait_for_url("**/transcripts/*")  # And for its scripts.
    window.evaluate("getSelection().selectAllChildren(document.querySelector('[data-passage] > .text'))")
    with window.expect_response("**/api/v1/collections/*/quotes") as answered:
        window.get_by_role("button", name="Collect selection into By hand").click()
    assert answered.value.status == 201
    context.close()


def test_a_reader_is_offered_nothing_that_they_may_not_do(browser: Browser, guarded: str) -> None:
    context = browser.new_context(base_url=guarded, locale="en", java_script_enabled=False)
    window = context.new_page()
    window.goto("/?q=free cash flow")
    sign_in(window, "Rui")
    assert window.locator(".hit").count() > 0
    assert window.locator("a[data-collect], .save-search").count() == 0
    assert window.get_by_text("Audit log").count() == 0
    context.close()
