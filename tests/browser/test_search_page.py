"""The pages in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("query", "says"), [("菜鸟 EBITA", "8.77"), ("AI monetization", "AI")])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_query_typed_into_the_box_is_answered(open_page: OpenPage, query: str, says: str, *, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("button", name="Search").click()
    first = page.locator("article.hit").first
    assert says in first.inner_text()
    assert first.locator("mark").count() > 0
    assert page.get_by_role("searchbox").input_value() == query


@pytest.mark.parametrize("scripts", [True, False])
def test_context_unfolds(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=菜鸟 EBITA", java_script_enabled=scripts)
    around = page.locator("article.hit details.around").first
    assert not around.locator(".neighbours").is_visible()
    around.locator("summary").click()
    assert around.locator(".neighbours").is_visible()
    assert around.locator(".neighbour").count() == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_a_permalink_opens_the_call_at_the_passage(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI monetization&section=qa", java_script_enabled=scripts)
    hit = page.locator("article.hit").first
    text = hit.locator("> p.text").inner_text()
    hit.get_by_role("link", name="Permalink").click()
    page.wait_for_url(re.compile("/transcripts/.*#"))
    target = page.locator(".passage:target")
    assert target.locator("p.text").inner_text() == text
    page.wait_for_timeout(1000)
    box, size = target.bounding_box(), page.viewport_size
    assert box
    assert size
    assert 0 <= box["y"] < size["height"]


def test_a_ticked_filter_holds_at_once(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", viewport={"width": 1280, "height": 900})
    page.locator('input[name="role"][value="analyst"]').check()
    page.wait_for_url(re.compile("role=analyst"))
    assert page.locator(".chip").count() == 1
    assert set(page.locator("article.hit header .tags li:first-child").all_inner_texts()) == {"Analyst"}
    assert page.url.count("=") == 2, "untouched fields stay out of the address"


def test_a_filter_is_applied_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.locator('input[name="section"][value="qa"]').check()
    page.get_by_role("button", name="Apply").click()
    assert page.locator(".chip").count() == 1
    assert page.locator("article.hit").count() == 10


@pytest.mark.parametrize(
    "address", ["/", "/?q=菜鸟 EBITA", "/?q=AI monetization", '/?q=AI "cloud', "/transcripts", "reader", "reading"]
)
def test_a_narrow_window_never_scrolls_sideways(open_page: OpenPage, address: str) -> None:
    in_reader = address in {"reader", "reading"}
    page = open_page("/?q=AI" if in_reader else address, viewport={"width": 390, "height": 844})
    if in_reader:
        page.get_by_role("link", name="Permalink").first.click()
        page.wait_for_url(re.compile("/transcripts/"))
    if address == "reading":
        page.get_by_role("link", name="How this was read").click()
        page.wait_for_url(re.compile("/reading$"))
    assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_reading_page_shows_where_each_fact_stands(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(
        "/?q=AI&section=qa&role=analyst",
        java_script_enabled=False,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    asker = page.locator("article.hit h2").first.inner_text()
    page.get_by_role("link", name="Permalink").first.click()
    page.get_by_role("link", name="How this was read").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("How this was read")
    for name in ("Metadata", "Speakers", "Sections", "Questions and answers", "Left out"):
        assert page.get_by_role("heading", level=2, name=name).is_visible()
    questions = page.get_by_role("region", name="Questions and answers").locator("tbody tr")
    assert any(asker.split()[0] in row for row in questions.all_inner_texts())
    dropped = page.locator("details.dropped").first
    assert not dropped.locator("ol").is_visible()
    dropped.locator("summary").click()
    assert dropped.locator("ol li").first.is_visible()
    question = questions.first.locator("td.begins").inner_text().split("…")[0]
    questions.first.get_by_role("link").click()
    assert " ".join(page.locator(".passage:target p.text").inner_text().split()).startswith(question)


def test_an_added_term_is_switched_off_and_on(open_page: OpenPage) -> None:
    page = open_page("/?q=AI monetization", java_script_enabled=False)
    term = page.locator("a.term", has_text="变现")
    term.click()
    assert "without=" in page.url
    assert page.locator("a.term.off").count() == 1
    assert "变现" not in page.locator("article.hit mark").all_inner_texts()
    page.locator("a.term.off").click()
    assert page.locator("a.term.off").count() == 0
    assert "变现" in page.locator("article.hit mark").all_inner_texts()


def test_a_query_that_breaks_the_rules_stays_in_the_box(open_page: OpenPage) -> None:
    page = open_page('/?q=AI "cloud', java_script_enabled=False)
    assert page.get_by_role("searchbox").input_value() == 'AI "cloud'
    assert page.get_by_role("alert").locator("mark").inner_text() == '"'
    page.get_by_role("searchbox").fill('AI "cloud"')
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("alert").count() == 0
