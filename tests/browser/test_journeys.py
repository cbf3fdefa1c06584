"""Whole ways through the pages: by keys alone, without scripts, and with what a reader prefers."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus, which is then seen and in sight."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", f"the focus on {selector} is visible"
            return
    pytest.fail(f"no Tab leads to {selector}")


def test_from_a_question_to_a_quote_by_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/", viewport=WIDE)
    page.keyboard.type("自由现金流")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    tab_to(page, '.facet a[data-focus="role=management"]')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("role=management"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    wanted = page.locator("#hit-2").get_attribute("data-passage")
    said = page.locator("#hit-2 > .text").inner_text()
    page.keyboard.press("o")
    page.wait_for_url(re.compile(rf"/transcripts/.*#{wanted}"))
    tab_to(page, f'[id="{wanted}"] a[data-collect]')
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    tab_to(page, "#new")
    page.keyboard.type("By keys")
    tab_to(page, "dialog .collect-form button")
    page.keyboard.press("Enter")
    page.locator(".toast", has_text="By keys").wait_for()
    page.goto("/")
    tab_to(page, '.site a[href="/collections"]')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/collections$"))
    page.get_by_role("link", name="By keys", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/collections/."))
    assert page.locator("[data-verbatim]").all_text_contents() == [said]


def test_from_a_question_to_a_file_of_quotes_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False, viewport=NARROW, locale="zh-CN")
    page.get_by_role("searchbox").fill("AI")
    page.get_by_role("button", name="搜索").click()
    page.get_by_text("筛选", exact=True).click()
    page.locator('.facet a[data-focus="role=management"]').click()
    assert page.locator(".chip").inner_text() == "身份 管理层 ×"
    page.get_by_role("link", name="第 2 页").click()
    page.locator(".hits[start='11']").wait_for()
    said = page.locator("article.hit > .text").first.inner_text()
    page.locator("article.hit").first.get_by_role("link", name="永久链接").click()
    passage = page.locator(".passage:target")
    assert passage.locator(".text").inner_text() == said
    passage.locator("a[data-collect]").click(force=True)
    page.locator("#new").fill("无脚本")
    page.get_by_role("button", name="收录").click()
    page.get_by_role("link", name="无脚本").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"), newline=""))
    assert [row["text"] for row in rows] == [said]


def test_nothing_moves_for_those_who_want_no_motion(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", viewport=WIDE, reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration))"
    assert page.evaluate(f"{moving}.length") == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"


@pytest.mark.parametrize("address", ["/transcripts", "/collections", "/searches"])
def test_on_a_narrow_screen_one_sees_which_page_this_is(open_page: OpenPage, address: str) -> None:
    page = open_page(address, viewport=NARROW)
    box = page.locator(".site [aria-current]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    assert page.locator(".masthead").bounding_box()["height"] < 160  # type: ignore[index]
