"""An admin looks after accounts in a browser, without scripts; and nothing keeps anybody out of those pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from looking import faults
from sample_site import CORPUS, served

from indexer.build import BuildSettings, index_paths
from search_web.access.doors import Doors
from search_web.access.model import AccountRole, Scope
from search_web.settings import notebook_file
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for a test.


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    """Serve an index of one call to an admin and a writer, who has a token and is signed in somewhere."""
    folder = tmp_path / "index"
    index_paths(folder, [CORPUS / "fenwick-harbor-q3-2024-call-en.txt"], BuildSettings(embedders=()))
    doors = Doors(notebook_file(folder))
    doors.accounts.add("艾达 Ada", PASSWORD, AccountRole.ADMIN)
    rui = doors.accounts.add("Rui", PASSWORD, AccountRole.WRITER)
    doors.tokens.make(rui.person, "夜间任务", [Scope.SEARCH])
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
    doors.sessions.open(rui.id, address="192.0.2.7", agent=agent)
    with served(create_app(folder)) as address:
        yield address


def sign_in(window: Page, name: str, password: str = PASSWORD) -> None:
    window.locator("input[name=name]").fill(name)
    window.locator("input[name=password]").fill(password)
    with window.expect_navigation():  # The address of the form ends in that of the page that follows.
        window.locator("main button").click()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nobody_is_kept_out_of_looking_after_accounts(browser: Browser, guarded: str, axe: str, locale: str) -> None:
    context = browser.new_context(base_url=guarded, locale=locale, reduced_motion="reduce")
    window = context.new_page()
    window.goto("/people")
    sign_in(window, "艾达 Ada")
    assert window.url == f"{guarded}/people"
    found = {"people": faults(window, axe)}
    window.locator("#person-name").fill("rui")
    window.locator("form:has(#person-name) button").click()
    window.locator("[role=alert]").wait_for()
    found["refused"] = faults(window, axe)
    window.locator("#person-name").fill("Noor")
    window.locator("form:has(#person-name) button").click()
    window.locator(".made code").wait_for()
    found["made"] = faults(window, axe)
    window.locator("main table a", has_text="Rui").click()
    assert "Firefox 133" in window.locator(".sessions").inner_text()
    found["person"] = faults(window, axe)
    context.close()
    told = "\n".join(f"{page}: {fault}" for page, faulty in found.items() for fault in faulty)
    assert not told, told


def test_somebody_new_comes_in_with_the_password_that_was_shown_and_leaves(browser: Browser, guarded: str) -> None:
    admin = browser.new_context(base_url=guarded, locale="en", java_script_enabled=False).new_page()
    admin.goto("/people")
    sign_in(admin, "艾达 Ada")
    admin.locator("#person-name").fill("Noor")
    admin.get_by_label("writer").check()
    admin.get_by_role("button", name="Make the account").click()
    password = admin.locator(".made code").inner_text()
    noor = browser.new_context(base_url=guarded, locale="en").new_page()
    noor.goto("/uploads")
    sign_in(noor, "Noor", password)
    assert noor.url == f"{guarded}/uploads"
    admin.locator("main table a", has_text="Noor").click()
    admin.locator("details summary").click()
    admin.get_by_label("Their collections and saved searches go to").select_option(label="Rui")
    admin.get_by_role("button", name="Remove “Noor”").click()
    admin.get_by_text("The account is removed.").wait_for()
    noor.goto("/uploads")
    assert noor.url.startswith(f"{guarded}/sign-in")
    admin.context.close()
    noor.context.close()
