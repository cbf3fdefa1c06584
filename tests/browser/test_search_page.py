"""The pages in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from looking import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

WIDE = {"width": 1280, "height": 900}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LAYOUT_SHIFT = """new Promise(told => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(shift => { sum += shift.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => told(sum), 300);
})"""
TRANSFERRED = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .reduce((sum, part) => sum + part.transferSize, 0)"""


def menu(page: Page, name: str) -> Locator:
    return page.locator(".menu summary", has_text=name)


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
    size = page.viewport_size
    assert size
    assert until(page, lambda: 0 <= (target.bounding_box() or {"y": -1})["y"] < size["height"])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_facet_narrows_the_search_and_a_chip_widens_it_again(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI", java_script_enabled=scripts, viewport=WIDE)
    page.get_by_role("link", name=re.compile(r"^Analyst")).click()
    page.wait_for_url(re.compile("role=analyst"))
    assert page.locator(".chip").count() == 1
    assert set(page.locator("article.hit header .tags li:first-child").all_inner_texts()) == {"Analyst"}
    page.get_by_role("link", name=re.compile(r"^Management")).click()
    page.wait_for_url(re.compile("role=management"))
    assert page.locator(".chip").count() == 2
    page.locator(".chip").first.click()
    page.wait_for_url(re.compile(r"^(?!.*analyst)"))
    assert page.locator(".chip").inner_text() == "Role Management ×"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_by_name_is_typed(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI", java_script_enabled=scripts, viewport=WIDE)
    page.get_by_text("By name or date").click()
    page.get_by_role("textbox", name="Speaker").fill("Helena Brandt")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("speaker="))
    assert page.locator(".chip").inner_text() == "Speaker Helena Brandt ×"
    assert set(page.locator("article.hit h2").all_inner_texts()) == {"Helena Brandt"}
    if scripts:
        assert page.url.count("=") == 2, "untouched fields stay out of the address"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_bar_of_the_timeline_keeps_its_period(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI", java_script_enabled=scripts, viewport=WIDE)
    page.locator('.timeline a[title^="2024Q4"]').click()
    page.wait_for_url(re.compile("period=2024Q4"))
    assert page.locator(".timeline a.on").count() == 1
    page.locator(".timeline a.on").click()
    page.wait_for_url(re.compile(r"^(?!.*period)"))
    assert page.locator(".chip").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_hits_are_grouped_and_sorted_from_menus(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=AI", java_script_enabled=scripts, viewport=WIDE)
    menu(page, "Grouping").click()
    page.get_by_role("link", name="By call").click()
    page.wait_for_url(re.compile("group=transcript"))
    assert page.locator(".group").count() == 6
    menu(page, "Order").click()
    page.get_by_role("link", name="Newest first").click()
    page.wait_for_url(re.compile("sort=date"))
    days = page.locator(".group > header time").all_inner_texts()
    assert days == sorted(days, reverse=True)
    assert not page.locator(".menu[open]").count()
    page.get_by_role("link", name=re.compile("more in this call")).first.click()
    page.wait_for_url(re.compile("transcript="))
    assert page.locator("article.hit").count() == 10


@pytest.mark.parametrize("scripts", [True, False])
def test_the_reasons_of_a_hit_come_when_they_are_wanted(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page("/?q=菜鸟 EBITA", java_script_enabled=scripts)
    page.get_by_role("link", name="Why this?").nth(1).click()
    why = page.locator("#why-2")
    why.wait_for()
    assert "cosine" in why.inner_text()
    assert ("explain=1" in page.url) == (not scripts)
    assert page.locator("details.why").count() == (1 if scripts else 10)


def test_with_scripts_a_search_swaps_what_changes_and_the_way_back_works(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", viewport=WIDE)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name=re.compile(r"^Analyst")).click()
    page.wait_for_url(re.compile("role=analyst"))
    page.locator("article.hit").first.wait_for()
    assert page.evaluate("document.activeElement.dataset.focus") == "role=analyst"
    page.get_by_role("searchbox").fill("cash flow")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(re.compile(r"q=cash\+flow"))
    assert "role=analyst" in page.url, "filters stay with the next search"
    assert page.title().startswith("cash flow")
    page.get_by_role("link", name="Page 2").click()
    page.wait_for_url(re.compile("page=2"))
    assert page.locator(".hits").get_attribute("start") == "11"
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile("q=AI"))
    page.wait_for_function("document.querySelector('form.search input[type=search]').value === 'AI'")
    assert page.locator(".chip").inner_text() == "Role Analyst ×"
    assert page.evaluate("window.stayed")


def test_the_keys_lead_through_the_results(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.type("AI monetization")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=AI"))
    for key, place in (("j", 1), ("j", 2), ("j", 3), ("k", 2)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == f"hit-{place}"
    page.keyboard.press("?")
    assert page.get_by_role("dialog").get_by_role("heading").inner_text() == "Keys"
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("jk?")
    assert page.get_by_role("searchbox").input_value() == "jk?", "what is typed is no key, and / selects what was there"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    passage = page.locator("#hit-1").get_attribute("data-passage")
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/transcripts/"))
    assert page.url.endswith(f"#{passage}")


def test_everything_is_reached_by_tab_and_enter_alone(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", java_script_enabled=False, viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    parts = ".masthead, .facet, .menu, .timeline, .hit"
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is visible"
        reached.add(page.evaluate(f"document.activeElement.closest('{parts}')?.classList[0]"))
    assert reached - {None} == {name.removeprefix(".") for name in parts.split(", ")}


def spoken(page: Page, language: str) -> None:
    """Wait until a page speaks a language."""
    page.locator(f"html[lang={language}]").wait_for()
    page.wait_for_load_state()


def test_the_language_is_switched_where_one_stands(open_page: OpenPage) -> None:
    page = open_page("/?q=AI&role=analyst&group=transcript", java_script_enabled=False, viewport=WIDE)
    hits = page.locator("article.hit").count()
    page.get_by_role("link", name="中文").click()
    spoken(page, "zh")
    assert page.locator(".chip").inner_text() == "身份 分析师 ×"
    assert page.locator("article.hit").count() == hits
    with page.expect_navigation():
        page.get_by_role("button", name="搜索").click()
    assert page.locator("html").get_attribute("lang") == "zh", "the choice is remembered"
    page.get_by_role("link", name="English").click()
    spoken(page, "en")
    assert page.locator(".chip").inner_text() == "Role Analyst ×"


@pytest.mark.parametrize("viewport", [WIDE, {"width": 390, "height": 844}])
@pytest.mark.parametrize("address", ["/", "/?q=AI monetization", "/?q=AI&group=exchange"])
def test_nothing_moves_while_a_page_loads(open_page: OpenPage, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address, viewport=viewport)
    assert page.evaluate(LAYOUT_SHIFT) == 0


def test_a_page_of_results_is_light(open_page: OpenPage) -> None:
    page = open_page("/?q=AI monetization", viewport=WIDE)
    page.wait_for_load_state("networkidle")
    assert page.locator("article.hit").count() == 10
    assert 10_000 < page.evaluate(TRANSFERRED) < 60_000


def test_on_paper_stands_what_was_said_and_where(open_page: OpenPage) -> None:
    page = open_page("/?q=AI", viewport=WIDE)
    page.emulate_media(media="print")
    assert page.locator("article.hit .text").first.is_visible()
    assert page.locator("article.hit .source").first.is_visible()
    for gone in (".side", ".controls", ".timeline", ".search", ".pages", ".tabs"):
        assert not page.locator(gone).first.is_visible(), gone


@pytest.mark.parametrize(
    "address", ["/", "/?q=菜鸟 EBITA", "/?q=AI&group=exchange", '/?q=AI "cloud', "/transcripts", "reader", "reading"]
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
    page.wait_for_url(re.compile("/reading$"))
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
    page.wait_for_url(re.compile("without="))
    assert page.locator("a.term.off").count() == 1
    assert "变现" not in page.locator("article.hit mark").all_inner_texts()
    page.locator("a.term.off").click()
    page.wait_for_url(re.compile(r"^(?!.*without=)"))
    assert page.locator("a.term.off").count() == 0
    assert "变现" in page.locator("article.hit mark").all_inner_texts()


def test_a_query_that_breaks_the_rules_stays_in_the_box(open_page: OpenPage) -> None:
    page = open_page('/?q=AI "cloud', java_script_enabled=False)
    assert page.get_by_role("searchbox").input_value() == 'AI "cloud'
    assert page.get_by_role("alert").locator("mark").inner_text() == '"'
    page.get_by_role("searchbox").fill('AI "cloud"')
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    assert page.get_by_role("alert").count() == 0
