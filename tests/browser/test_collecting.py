"""Collecting in a real browser: a selection in the reader, its note, its order, and the files that leave the page."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import bibtexparser
import docx
import pytest
import rispy
from looking import until
from markdown_it import MarkdownIt
from werkzeug.serving import make_server

from indexer.build import BuildSettings, index_paths
from search_web.quotes.exports.docx import QUOTE_STYLE
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

CALL = """Acorn Lanterns Q1 2024 Earnings Call
May 2, 2024

Operator: Good morning, and welcome to the call of Acorn Lanterns.

陈立 (Chief Financial Officer): 本季度毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮，产能会上升。现金流为12.5亿元。

Mara Velt (Chief Executive Officer): Orders for lanterns grew 18% in the quarter. They grew again in April.

Questions and Answers

Omar Haddad (Northlight): What drives the margin, and how long will it last?

陈立 (Chief Financial Officer): 主要是原材料价格下降。
"""
SELECTED = "４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮"
SELECT = """
([selector, words]) => {
  const text = [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(words));
  const places = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at += 1) places.push([node, at]);
  }
  const start = text.textContent.indexOf(words);
  const [last, at] = places[start + words.length - 1];
  getSelection().setBaseAndExtent(...places[start], last, at + 1);
}
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Serve an index of one call, by words only, with a notebook of its own, and return its address."""
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "spring.txt").write_text(CALL, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "calls"], BuildSettings(embedders=()))
    server = make_server("127.0.0.1", 0, create_app(tmp_path / "index"), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def reader(page: Page) -> None:
    page.goto("/transcripts")
    page.get_by_role("link", name="Acorn Lanterns Q1 2024 Earnings Call").first.click()
    page.wait_for_url(re.compile("/transcripts/."))


def select(page: Page, words: str, within: str = "[data-passage] > .text") -> None:
    page.evaluate(SELECT, [within, words])


def collect_three(page: Page) -> None:
    """Collect a selection into a new collection, another one into it at once, and a whole passage."""
    reader(page)
    select(page, SELECTED)
    page.get_by_role("button", name="Collect selection").click()
    dialog = page.get_by_role("dialog")
    assert dialog.locator("mark").inner_text() == SELECTED
    dialog.get_by_label("Into a new collection").fill("毛利率")
    dialog.get_by_role("button", name="Collect").click()
    page.locator(".toast", has_text="毛利率").wait_for()
    select(page, "grew 18%")
    page.get_by_role("button", name="Collect selection into 毛利率").click()
    page.locator(".toast", has_text="grew 18%").wait_for()
    passage = page.locator(".passage", has_text="主要是原材料")
    passage.hover()
    passage.get_by_role("link", name="Collect passage").click()
    dialog.get_by_role("button", name="Collect", exact=True).click()
    page.locator(".toast", has_text="主要是原材料").wait_for()


def texts(page: Page) -> list[str]:
    return page.locator("[data-verbatim]").all_text_contents()


def test_a_selection_goes_to_a_collection_is_edited_ordered_by_keys_and_exported(open_page: OpenPage) -> None:
    page = open_page("/", viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    collect_three(page)
    page.get_by_role("link", name="Collections").click()
    page.wait_for_url(re.compile("/collections$"))
    page.get_by_role("link", name="毛利率", exact=True).click()
    page.wait_for_url(re.compile("/collections/."))
    assert texts(page) == [SELECTED, "grew 18%", "主要是原材料价格下降。"]

    first = page.locator(".quote").first
    first.get_by_text("Add a note, quote 1").click()
    first.get_by_label("Note", exact=True).fill("全年指引？ <b>")
    first.get_by_label("Tags").fill("毛利, margin")
    first.get_by_role("button", name="Save").click()
    first.locator(".note-text", has_text="全年指引？ <b>").wait_for()
    assert first.locator(".own-tags li").all_inner_texts() == ["毛利", "margin"]

    handle = page.locator(".quote").first.locator(".handle")
    handle.focus()
    page.keyboard.press("ArrowDown")
    page.locator("ol.quotes > li:nth-child(2) .handle:focus").wait_for()
    assert texts(page) == ["grew 18%", SELECTED, "主要是原材料价格下降。"]
    page.keyboard.press("ArrowDown")
    page.locator("ol.quotes > li:nth-child(3) .handle:focus").wait_for()
    kept = ["grew 18%", "主要是原材料价格下降。", SELECTED]
    assert texts(page) == kept

    page.get_by_label("Citations").select_option("gbt7714")
    page.wait_for_url(re.compile("citation=gbt7714"))
    page.locator(".citation", has_text="[EB/OL]").first.wait_for()
    files = {}
    for name in ("Markdown", "HTML", "CSV", "JSON", "Word", "BibTeX", "RIS"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename.startswith("毛利率.")
        files[name] = Path(download.value.path()).read_bytes()
    assert [quote["text"] for quote in json.loads(files["JSON"])["quotes"]] == kept
    rows = list(csv.DictReader(io.StringIO(files["CSV"].decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == kept
    assert all("[EB/OL]" in row["citation"] for row in rows)
    document = docx.Document(io.BytesIO(files["Word"]))
    assert [one.text for one in document.paragraphs if one.style.name == QUOTE_STYLE] == kept
    entries = bibtexparser.parse_string(files["BibTeX"].decode()).entries
    assert [entry["abstract"].replace("\\", "") for entry in entries] == kept
    assert [entry["abstract"].strip("“”") for entry in rispy.loads(files["RIS"].decode())] == kept
    blank = page.context.new_page()
    for name in ("HTML", "Markdown"):
        text = files[name].decode()
        blank.set_content(text if name == "HTML" else MarkdownIt("commonmark").render(text))
        said = blank.inner_text("body")
        assert all(quote in said for quote in kept)
    assert errors == []


def test_what_was_collected_is_taken_back_from_where_it_was_said(open_page: OpenPage, site: str) -> None:
    page = open_page("/")
    collect_three(page)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="Taken back").wait_for()
    with urlopen(f"{site}/api/v1/collections") as answer:  # noqa: S310 - ours.
        assert json.load(answer)["collections"][0]["quote_count"] == 2


def test_a_selection_on_a_card_is_counted_across_its_marks_and_one_over_two_passages_is_not_offered(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/")
    collect_three(page)
    page.goto("/?q=毛利率 投产")
    select(page, "毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产")
    page.keyboard.press("c")
    page.locator(".toast", has_text="毛利率达到").wait_for()
    with urlopen(f"{site}/api/v1/collections") as answer:  # noqa: S310 - ours.
        collection = json.load(answer)["collections"][0]["id"]
    with urlopen(f"{site}/api/v1/collections/{collection}") as answer:  # noqa: S310 - ours.
        quote = json.load(answer)["quotes"][-1]
    assert quote["text"] == "毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产"
    assert quote["place"]["start"] == 3
    reader(page)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    page.wait_for_timeout(300)
    assert not page.locator(".collect-bar").is_visible()


def test_quotes_are_dragged_and_a_removed_one_comes_back(open_page: OpenPage) -> None:
    page = open_page("/", viewport={"width": 1280, "height": 1400})
    collect_three(page)
    page.goto("/collections")
    page.get_by_role("link", name="毛利率", exact=True).click()
    page.wait_for_url(re.compile("/collections/."))
    third = page.locator(".quote").nth(2).locator(".handle")
    third.hover()
    page.mouse.down()
    top = page.locator(".quote").first.bounding_box()
    assert top
    page.mouse.move(top["x"] + 40, top["y"] + 80)
    page.mouse.move(top["x"] + 40, top["y"] + 10)
    page.mouse.up()
    page.locator("ol.quotes > li:nth-child(1) .handle:focus").wait_for()
    assert texts(page) == ["主要是原材料价格下降。", SELECTED, "grew 18%"]
    page.get_by_role("button", name="Remove quote 2").click()
    page.locator(".notice", has_text="Removed:").wait_for()
    assert texts(page) == ["主要是原材料价格下降。", "grew 18%"]
    page.locator(".notice").get_by_role("button", name="Undo").click()
    page.locator(".notice", has_text="back where it stood").wait_for()
    assert texts(page) == ["主要是原材料价格下降。", SELECTED, "grew 18%"]


def test_all_of_it_is_done_without_scripts_and_on_a_narrow_screen(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False, viewport={"width": 390, "height": 844})
    reader(page)
    page.locator(".passage", has_text="４５").get_by_role("link", name="Collect passage").click(force=True)
    page.get_by_text("我们在𠮷野的新工厂已经投产🏮，产能会上升。").click()
    page.get_by_label("Note").fill("no script")
    page.get_by_role("button", name="Collect").click()
    page.get_by_role("heading", level=1, name="Collected in My quotes", exact=True).wait_for()
    page.get_by_role("link", name="Back").click()
    page.wait_for_url(re.compile("/transcripts/.*#"))
    page.locator(".passage", has_text="Orders").get_by_role("link", name="Collect passage").click(force=True)
    page.get_by_role("button", name="Collect").click()
    page.get_by_role("link", name="My quotes").click()
    page.wait_for_url(re.compile("/collections/."))
    assert texts(page) == [
        "我们在𠮷野的新工厂已经投产🏮，产能会上升。",
        "Orders for lanterns grew 18% in the quarter. They grew again in April.",
    ]
    page.get_by_role("button", name="Move down").first.click()
    assert until(page, lambda: texts(page)[1:] == ["我们在𠮷野的新工厂已经投产🏮，产能会上升。"])
    for address in ("", "/history"):
        page.goto(page.url.split("#")[0] + address)
        assert page.evaluate(OVERFLOW) == 0


def test_two_people_who_edit_one_note_see_what_both_wrote(open_page: OpenPage) -> None:
    mine = open_page("/", viewport={"width": 390, "height": 844})
    collect_three(mine)
    mine.goto("/collections")
    mine.get_by_role("link", name="毛利率", exact=True).click()
    mine.wait_for_url(re.compile("/collections/."))
    theirs = open_page(mine.url)
    for page, note in ((theirs, "theirs"), (mine, "mine")):
        first = page.locator(".quote").first
        first.get_by_text("Add a note, quote 1").click()
        first.get_by_label("Note", exact=True).fill(note)
        first.get_by_role("button", name="Save").click()
        page.get_by_text(note).first.wait_for()
    mine.get_by_role("heading", name="Somebody else has changed this quote meanwhile").wait_for()
    assert mine.get_by_label("Note").input_value() == "mine"
    assert mine.get_by_role("region", name="How it stands now").get_by_text("theirs").is_visible()
    mine.get_by_label("Note").fill("mine and theirs")
    mine.get_by_role("button", name="Save mine").click()
    mine.locator(".note-text", has_text="mine and theirs").wait_for()
    mine.get_by_role("link", name="中文").click()
    mine.get_by_text("来源（第 1 条）").click()
    assert mine.get_by_text("原文仍在收录时的位置。").first.is_visible()
    assert mine.evaluate(OVERFLOW) == 0


def test_a_passage_and_a_selection_are_copied_with_their_source(open_page: OpenPage) -> None:
    page = open_page("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read = "() => navigator.clipboard.readText()"
    reader(page)
    passage = page.locator(".passage", has_text="主要是原材料")
    passage.hover()
    passage.get_by_role("link", name="Copy passage").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    words, citation, link, _ = page.evaluate(read).split("\n")
    assert (words, citation[:4]) == ("主要是原材料价格下降。", "— 陈立")
    assert link.startswith(page.url.partition("/transcripts")[0])
    assert link.endswith(passage.get_attribute("id") or "?")
    select(page, SELECTED)
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate(read).split("\n")[0] == SELECTED


def test_without_scripts_copy_leads_to_the_words_and_their_source(open_page: OpenPage) -> None:
    page = open_page("/?q=lanterns", java_script_enabled=False)
    page.get_by_role("link", name="Copy passage 1 with its source").click()
    assert until(page, lambda: "\n— " in page.locator("body").inner_text())
