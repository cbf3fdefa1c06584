"""Reading a transcript in a real browser: stepping through what was found, permalinks, and what is selected."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from looking import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Each text node of a passage, with every second place in it, as the ends of a range; what the module makes of it.
SPANS = """
async (id) => {
  const { spanOf } = await import("/static/selection.js");
  const text = document.getElementById(id).querySelector(".text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let offset = 0; offset <= node.length; offset += 2) places.push([node, offset]);
  }
  const found = [];
  for (const [first, last] of [[0, 3], [1, places.length - 1], [2, 5], [places.length - 4, places.length - 1]]) {
    const range = document.createRange();
    range.setStart(...places[first]);
    range.setEnd(...places[last]);
    found.push({ ...spanOf(range), dom: range.toString() });
  }
  const whole = document.createRange();
  whole.selectNode(document.getElementById(id));
  found.push({ ...spanOf(whole), dom: text.textContent });
  const wide = document.createRange();
  wide.selectNodeContents(document.querySelector("article"));
  return { found, wide: spanOf(wide) };
}
"""
ASTRAL = """
async () => {
  const { spanOf, codePoints } = await import("/static/selection.js");
  document.body.insertAdjacentHTML("beforeend",
    '<div class="passage" data-passage="x.1"><p class="text">𠮷野家<mark>🎉e\u0301</mark> 收入 8.77</p><p class="tools">¶</p></div>');
  const text = document.querySelector('[data-passage="x.1"] .text');
  const spans = [];
  const ask = (a, i, b, j) => {
    const range = document.createRange();
    range.setStart(a, i);
    range.setEnd(b, j);
    const { start, end, text: said } = spanOf(range);
    spans.push([start, end, said]);
  };
  const [first, mark, last] = text.childNodes;
  ask(first, 0, first, 2);
  ask(first, 1, first, 2);
  ask(first, 2, mark.firstChild, 2);
  ask(mark, 0, last, 3);
  ask(last, 4, text.nextSibling.firstChild, 1);
  return { spans, length: codePoints(text.textContent), whole: text.textContent };
}
"""


def transcripts(page: Page) -> list[dict[str, Any]]:
    address = re.sub(r"(?<=\d)/.*", "", page.url)
    with urlopen(f"{address}/api/v1/transcripts") as answer:  # noqa: S310 - our own server.
        found: list[dict[str, Any]] = json.load(answer)["transcripts"]
    return found


def reader(page: Page, name: str, rest: str = "") -> None:
    (info,) = (info for info in transcripts(page) if info["id"].startswith(name))
    page.goto(info["url"] + rest)


def comes_into_sight(page: Page, passage: str) -> bool:
    """Whether the address comes to name a passage, which stands in the window, below the bar of the search inside."""

    def stands() -> bool:
        target, bar = page.locator(f'[id="{passage}"]:target').bounding_box(), page.locator(".find").bounding_box()
        size = page.viewport_size
        assert target
        assert bar
        assert size
        return bar["y"] + bar["height"] <= target["y"] + 1 < size["height"] / 2

    return until(page, lambda: page.url.endswith(f"#{passage}")) and until(page, stands)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scripts", [True, False])
def test_one_steps_through_what_was_found(open_page: OpenPage, width: int, *, scripts: bool) -> None:
    page = open_page("/transcripts", java_script_enabled=scripts, viewport={"width": width, "height": 800})
    reader(page, "yuanting-march", "?q=收入")
    found = [match.get_attribute("id") for match in page.locator(".passage.match").all()]
    assert len(found) > 4

    page.get_by_role("link", name="Next passage found").click()
    assert comes_into_sight(page, found[0])
    page.locator(".passage:target").get_by_role("link", name="On").click()
    assert comes_into_sight(page, found[1])
    if scripts:
        page.keyboard.press("n")
        assert comes_into_sight(page, found[2])
        assert page.locator(".find output").inner_text() == f"3 / {len(found)}"
        page.keyboard.press("Shift+N")
        assert comes_into_sight(page, found[1])
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.keyboard.press("n")
        assert comes_into_sight(page, found[0]), "from below the last one goes on to the first"
        page.locator("#find").focus()
        page.keyboard.press("n")
        assert page.locator("#find").input_value() == "n收入", "a letter that is typed is only typed"
    assert page.evaluate(OVERFLOW) == 0


def test_one_listens_to_one_speaker(open_page: OpenPage) -> None:
    page = open_page("/transcripts", viewport={"width": 1440, "height": 800})
    reader(page, "fenwick-harbor-q3")
    page.locator(".speakers a.name", has_text="Helena Brandt").click()
    page.wait_for_url(re.compile("focus="))
    assert page.locator(".speakers .heard").inner_text().startswith("Helena Brandt")
    assert set(page.locator(".turn.heard .speaker").all_inner_texts()) == {"Helena Brandt"}
    own = [turn.get_attribute("id") for turn in page.locator(".passage.own").all()]
    assert page.url.endswith(f"#{own[0]}")
    page.keyboard.press("n")
    page.wait_for_url(f"**#{own[1]}")
    page.get_by_role("link", name="Show everybody alike").click()
    page.wait_for_url(lambda address: "focus=" not in address)
    assert page.locator(".turn.dimmed").count() == 0


def test_an_exchange_and_a_passage_are_reached_at_once(open_page: OpenPage) -> None:
    page = open_page("/transcripts", viewport={"width": 1440, "height": 800})
    reader(page, "yuanting-december")
    for link in ("q5", "q2"):
        page.locator(f'.outline a[href="#{link}"]').click()
        assert comes_into_sight(page, link)
    last = page.locator(".passage").last.get_attribute("id")
    reader(page, "yuanting-december", f"#{last}")
    page.locator(".passage:target").wait_for()


def test_the_view_changes_in_place_and_what_is_indexed_cannot_be_copied(open_page: OpenPage) -> None:
    page = open_page("/transcripts")
    reader(page, "fenwick-harbor-q2", "#q4")
    said = page.locator(".as-indexed-view")
    assert said.count() == 0
    page.evaluate("document.querySelector('.actions [data-keep-place]').click()")
    page.wait_for_url(re.compile("view=indexed#"))
    assert said.count() == 1
    assert page.locator(".folded").first.evaluate("(node) => getComputedStyle(node, '::before').content").islower()
    page.keyboard.press("Control+A")
    copied = page.evaluate("String(getSelection())")
    assert "Fenwick" in copied
    assert "thanks for taking the question" not in copied.lower()


def test_a_selection_counts_code_points_of_the_passage(open_page: OpenPage) -> None:
    page = open_page("/transcripts")
    reader(page, "yuanting-march", "?find=AI 收入")
    ids = [match.get_attribute("id") for match in page.locator(".passage.match:has(mark)").all()][:5]
    for passage_id in ids:
        made = page.evaluate(SPANS, passage_id)
        with urlopen(f"{page.url.split('/transcripts')[0]}/api/v1/passages/{passage_id}") as answer:  # noqa: S310 - ours.
            text = json.load(answer)["text"]
        assert made["wide"] is None, "more than one passage is none"
        for span in made["found"]:
            assert span["passage"] == passage_id
            assert text[span["start"] : span["end"]] == span["text"] == span["dom"]
        assert made["found"][-1]["text"] == text


def test_a_selection_never_cuts_a_character_of_two_units(open_page: OpenPage) -> None:
    made = open_page("/transcripts").evaluate(ASTRAL)
    whole = made["whole"]
    assert made["length"] == len(whole)
    assert all(whole[start:end] == said for start, end, said in made["spans"])
    assert [said for _, _, said in made["spans"]] == ["𠮷", "𠮷", "野家🎉", "🎉e\u0301 收入", "8.77"]
