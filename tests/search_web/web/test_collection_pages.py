"""The pages of collections as people without scripts use them: collecting, reading, changing, ordering, taking back."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from search_web.quotes.importing import read_collection
from search_web.web.app import create_app
from search_web.web.collect_choice import Choice, sentences_of, spans_of
from search_web.web.tag_lines import tag_line, tags_in

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

CALL = """Acorn Lanterns Q1 2024 Earnings Call
May 2, 2024

Operator: Good morning, and welcome to the call of Acorn Lanterns.

陈立 (Chief Financial Officer): 本季度毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮，产能会上升。现金流为12.5亿元。

Mara Velt (Chief Executive Officer): Orders for lanterns grew 18% in the quarter. They grew again in April.

Questions and Answers

Omar Haddad (Northlight): What drives the margin, and how long will it last?

陈立 (Chief Financial Officer): 主要是原材料价格下降。
"""


class Desk:
    """A call, its index, and a client of the site over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "calls").mkdir()
        self.write(CALL)
        self.client = create_app(folder / "index").test_client()
        (transcript,) = self.client.get("/api/v1/transcripts").get_json()["transcripts"]
        found = self.client.get(f"/api/v1/transcripts/{transcript['id']}").get_json()
        self.passages = {passage["text"][:4]: passage["id"] for passage in found["passages"]}

    def write(self, text: str) -> None:
        (self.folder / "calls" / "spring.txt").write_text(text, encoding="utf-8")
        index_paths(self.folder / "index", [self.folder / "calls"], BuildSettings(embedders=()))

    def get(self, address: str, **headers: str) -> str:
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, address: str, **fields: object) -> TestResponse:
        return self.client.post(address, data=fields, follow_redirects=True)

    def collect(self, begins: str, **fields: object) -> TestResponse:
        """Fill in and send the form that collects the passage that begins so."""
        shown = self.get(f"/collect?passage={self.passages[begins]}")
        known = {name: field(shown, name) for name in ("passage", "seen", "back")}
        chosen = re.search(r'<option value="([^"]*)" selected', shown)
        new = {} if chosen else {"new": "Margins"}
        return self.send("/collect", **{**known, "collection": chosen[1] if chosen else "", **new, **fields})

    @property
    def collection(self) -> dict[str, object]:
        (summary,) = self.client.get("/api/v1/collections").get_json()["collections"]
        found: dict[str, object] = self.client.get(f"/api/v1/collections/{summary['id']}").get_json()
        return found

    @property
    def quotes(self) -> list[dict[str, object]]:
        return self.collection["quotes"]  # type: ignore[return-value]

    @property
    def page(self) -> str:
        return f"/collections/{self.collection['id']}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


def words(page: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_passage_is_collected_whole_with_a_note_and_tags_and_taken_back(desk: Desk) -> None:
    answer = desk.collect("Orde", note="  up =\n", tags="orders, 订单、orders")
    assert "Collected in Margins" in words(answer.text)
    (quote,) = desk.quotes
    assert quote["text"] == "Orders for lanterns grew 18% in the quarter. They grew again in April."
    assert (quote["note"], quote["tags"]) == ("  up =\n", ["orders", "订单"])
    undone = desk.send("/collected", collection=desk.collection["id"], quote=quote["id"])
    assert "Taken back" in undone.text
    assert desk.quotes == []
    again = desk.send("/collected", collection=desk.collection["id"], quote=quote["id"], redo="1")
    assert "Collected in Margins" in words(again.text)
    assert [one["note"] for one in desk.quotes] == ["  up =\n"]


def test_sentences_that_stand_together_are_one_quote_and_others_are_their_own(desk: Desk) -> None:
    desk.collect("本季度毛", sentence=["1", "2"])
    desk.collect("本季度毛", sentence=["3", "1"])
    both, first, third = (quote["text"] for quote in desk.quotes)
    assert both == "本季度毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮，产能会上升。"
    assert (first, third) == ("本季度毛利率达到４５.３％，比去年提高。", "现金流为12.5亿元。")


def test_exact_words_are_collected_and_others_are_refused_with_all_that_was_typed(desk: Desk) -> None:
    desk.collect("本季度毛", words="𠮷野的新工厂已经投产🏮")
    assert desk.quotes[0]["text"] == "𠮷野的新工厂已经投产🏮"
    refused = desk.collect("本季度毛", words="45.3%", note="my note", tags="a, b")
    assert refused.status_code == 400
    assert "do not stand in the passage" in words(refused.text)
    assert "my note" in refused.text
    assert field(refused.text, "tags") == "a, b"
    twice = desk.collect("Orde", words="grew")
    assert "more than once" in words(twice.text)
    assert len(desk.quotes) == 1


def test_a_selection_is_collected_to_the_code_point(desk: Desk) -> None:
    text = "本季度毛利率达到４５.３％，比去年提高。我们在𠮷野的新工厂已经投产🏮，产能会上升。现金流为12.5亿元。"
    start = text.index("𠮷")
    end = text.index("🏮") + 1
    shown = desk.get(f"/collect?passage={desk.passages['本季度毛']}&start={start}&end={end}")
    assert "<mark>𠮷野的新工厂已经投产🏮</mark>" in shown
    desk.collect("本季度毛", start=str(start), end=str(end))
    assert desk.quotes[0]["text"] == "𠮷野的新工厂已经投产🏮"


def test_a_passage_that_changed_since_its_form_was_shown_is_not_collected(desk: Desk) -> None:
    passage = desk.passages["Orde"]
    answer = desk.send("/collect", passage=passage, seen="of another text", new="Margins", start="0", end="6")
    assert answer.status_code == 409
    assert "has changed" in answer.text
    assert desk.client.get("/api/v1/collections").get_json()["total"] == 0


def test_the_way_back_leads_to_this_site_only(desk: Desk) -> None:
    address = f"/collect?passage={desk.passages['Orde']}"
    transcript = desk.passages["Orde"].split(".")[0]
    assert field(desk.get(address, Referer=f"http://localhost/transcripts/{transcript}?q=x"), "back") == (
        f"/transcripts/{transcript}?q=x#{desk.passages['Orde']}"
    )
    for foreign in ("https://elsewhere.example/", "http://localhost.elsewhere.example/x"):
        assert field(desk.get(address, Referer=foreign), "back") == ""
    for foreign in ("//x.example", "https://x.example", "/\\x.example", "/\t/x.example", "javascript:alert(1)"):
        shown = desk.client.get("/collect", query_string={"passage": desk.passages["Orde"], "back": foreign}).text
        assert field(shown, "back") == ""
        assert "data-close" not in desk.collect("Orde", back=foreign).text


def test_the_collection_that_was_used_last_is_offered_first(desk: Desk) -> None:
    desk.collect("Orde", new="Orders")
    desk.send("/collections", name="Later")
    shown = desk.get(f"/collect?passage={desk.passages['Orde']}")
    assert re.findall(r"<option[^>]*>([^<]*)</option>", shown) == ["Orders", "Later"]


def test_a_collection_is_read_with_all_that_a_quote_needs(desk: Desk) -> None:
    desk.collect("主要是原", note="Compare.", tags="毛利")
    page = desk.get(desk.page)
    said = words(page)
    for told in ("陈立", "Chief Financial Officer", "Management", "Acorn Lanterns Q1 2024 Earnings Call", "2024-05-02"):
        assert told in said
    assert "In answer to Omar Haddad , Northlight What drives the margin, and how long will it last?" in said
    assert '<blockquote class="text" lang="zh" data-verbatim>主要是原材料价格下降。</blockquote>' in page
    assert "Unchanged The words stand where they were collected." in said
    assert "Compare." in said
    for kept in ("spring.txt", desk.quotes[0]["place"]["source_digest"], desk.passages["主要是原"]):  # type: ignore[index]
        assert str(kept) in said
    assert (
        "— 陈立（Acorn Lanterns Chief Financial Officer），《Acorn Lanterns Q1 2024 Earnings Call》，2024-05-02" in said
    )
    assert "— 陈立, Acorn Lanterns 2024Q1" in words(desk.get(f"{desk.page}?citation=short&lang=en"))
    own = desk.get(f"{desk.page}?citation=own&template={{date}}: {{speaker}}")
    assert "— 2024-05-02: 陈立" in words(own)
    assert "citation=%7Bdate%7D" in own, "files keep the template"
    wrong = words(desk.get(f"{desk.page}?citation=own&template={{nobody}}"))
    assert "A citation has no field {nobody}" in wrong


def test_words_that_were_changed_are_shown_with_their_difference_and_other_attributions_named(desk: Desk) -> None:
    desk.collect("Orde")
    desk.collect("主要是原")
    desk.write(CALL.replace("grew 18%", "grew 13%").replace("Northlight", "Southlight").replace("Omar", "Omer"))
    page = desk.get(desk.page)
    said = words(page)
    assert "2 need a look" in said
    assert "Changed The words no longer stand there. What is most like them now reads:" in said
    assert re.search(r"grew <del>.*18%</del><ins>.*13%</ins> in the quarter", page)
    assert "The index now says otherwise: Asked by: Omar Haddad → Omer Haddad" in said
    assert "need a look" in desk.get("/collections")
    desk.write(
        CALL.replace("Acorn Lanterns Q1", "Basil Bells Q2")
        .replace("grew", "fell to the ground, all")
        .replace("主要", "不")
    )
    (desk.folder / "calls" / "spring.txt").rename(desk.folder / "calls" / "summer.txt")
    index_paths(desk.folder / "index", [desk.folder / "calls"], BuildSettings(embedders=(), rebuild=True))
    assert "Gone" in words(desk.get(desk.page))


def test_quotes_are_shown_as_they_were_kept_while_the_index_cannot_be_read(desk: Desk) -> None:
    desk.collect("Orde")
    page = desk.page
    kept = next(desk.folder.glob("*notebook*.sqlite"))
    blind = create_app(desk.folder / "nowhere", notebook=kept)
    said = words(blind.test_client().get(page).text)
    assert "The index cannot be read at the moment" in said
    assert "Orders for lanterns grew 18%" in said


def test_quotes_are_ordered_by_buttons(desk: Desk) -> None:
    for begins in ("Good", "Orde", "主要是原"):
        desk.collect(begins)

    def order() -> list[str]:
        return [str(quote["text"])[:4] for quote in desk.quotes]

    first, second, third = (quote["id"] for quote in desk.quotes)
    version = field(desk.get(desk.page), "version")
    answer = desk.send(f"{desk.page}/quotes/{third}/move", before=second, version=version)
    assert order() == ["Good", "主要是原", "Orde"]
    assert "meanwhile" not in answer.text
    late = desk.send(f"{desk.page}/quotes/{first}/move", after=second, version=version)
    assert order() == ["主要是原", "Orde", "Good"]
    assert "Somebody else has changed this collection meanwhile. Your change was made" in words(late.text)


def test_quotes_are_chosen_by_tag_and_words_and_stay_so_after_a_change(desk: Desk) -> None:
    desk.collect("Orde", tags="orders")
    desk.collect("本季度毛", tags="毛利")
    said = words(desk.get(f"{desk.page}?tag=毛利"))
    assert "1 of 2 quotes" in said
    assert "Orders for" not in said
    assert "1 of 2 quotes" in words(desk.get(f"{desk.page}?q=45.3% 毛利"))
    quote = desk.quotes[1]["id"]
    view = field(desk.get(f"{desk.page}?tag=毛利&citation=apa"), "view")
    answer = desk.client.post(f"{desk.page}/quotes/{quote}/edit", data={"view": view, "version": "1", "note": "x"})
    assert answer.headers["Location"] == f"{desk.page}?citation=apa&tag=%E6%AF%9B%E5%88%A9#q-{quote}"


def test_a_long_collection_and_its_history_are_shown_in_pages(desk: Desk) -> None:
    desk.collect("Orde", note="note 0")
    collection, passage = desk.collection["id"], desk.passages["Orde"]
    for number in range(1, 101):
        body = {"passage_id": passage, "note": f"note {number}."}
        desk.client.post(f"/api/v1/collections/{collection}/quotes", json=body)
    second = words(desk.get(f"{desk.page}?page=2"))
    assert "note 50." in second
    assert "note 99." in second
    assert "note 49." not in second
    assert "note 100." in words(desk.get(f"{desk.page}?page=9")), "the last page, where there is none"
    for quote in desk.quotes:
        desk.send(f"{desk.page}/quotes/{quote['id']}/remove")
    history = desk.get(f"{desk.page}/history")
    (earlier,) = re.findall(r'href="(\?before=[^"]*)"', history)
    shown = history.count("<li>") + desk.get(f"{desk.page}/history{unescape(earlier)}").count("<li>")
    assert shown == 203, "the collection was made, 101 quotes came and went"
    endless = desk.get(f"{desk.page}/history?before={'9' * 5000}")
    assert endless.count("<li>") == history.count("<li>"), "no number of a change"


def test_a_stale_form_shows_what_both_wrote_and_loses_nothing(desk: Desk) -> None:
    desk.collect("Orde", note="first")
    quote = desk.quotes[0]["id"]
    edit = f"{desk.page}/quotes/{quote}/edit"
    assert desk.send(edit, version="1", note="theirs", tags="t").status_code == 200
    answer = desk.send(edit, version="1", note="mine", tags="m")
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Somebody else has changed this quote meanwhile" in said
    assert "theirs" in said
    assert "mine" in said
    assert desk.quotes[0]["note"] == "theirs"
    desk.send(edit, version=field(answer.text, "version"), note="mine and theirs", tags="m")
    assert desk.quotes[0]["note"] == "mine and theirs"
    stale = desk.send(f"{desk.page}/quotes/{quote}/remove", version="1")
    assert "so it was not removed" in stale.text
    assert len(desk.quotes) == 1
    desk.send(f"{desk.page}/quotes/{quote}/remove", version="3")
    gone = desk.send(edit, version="3", note="after all", tags="")
    assert gone.status_code == 409
    assert "has removed this quote meanwhile" in gone.text
    assert "after all" in gone.text
    desk.send(edit, restore="1", note="after all", tags="")
    assert desk.quotes[0]["note"] == "after all"


def test_a_stale_name_shows_both_and_new_quotes_do_not_make_it_stale(desk: Desk) -> None:
    desk.collect("Orde")
    page = desk.page
    old = {"was_name": "Margins", "was_description": ""}
    desk.collect("主要是原")
    desk.send(f"{page}/edit", **old, name="Orders", description="a\r\nb")
    assert (desk.collection["name"], desk.collection["description"]) == ("Orders", "a\nb")
    answer = desk.send(f"{page}/edit", **old, name="Lanterns", description="mine")
    assert answer.status_code == 409
    assert desk.collection["name"] == "Orders"
    for wrote in ("Orders", "Lanterns", "mine"):
        assert wrote in answer.text
    now = {"was_name": field(answer.text, "was_name"), "was_description": "a\nb"}
    desk.send(f"{page}/edit", **now, name="Lanterns", description="mine")
    assert desk.collection["name"] == "Lanterns"


def test_removed_quotes_and_collections_lie_in_bins_and_come_back(desk: Desk) -> None:
    desk.collect("Orde")
    page, quote = desk.page, desk.quotes[0]["id"]
    removed = desk.send(f"{page}/quotes/{quote}/remove", version="1")
    assert "1 removed quote" in words(removed.text)
    assert "Undo" in removed.text
    desk.send(f"{page}/quotes/{quote}/restore")
    assert len(desk.quotes) == 1
    listed = desk.send(f"{page}/remove")
    assert "“Margins” was removed. Undo" in words(listed.text)
    gone = desk.client.get(page)
    assert gone.status_code == 404
    assert "This collection was removed" in gone.text
    desk.send("/collections", name="Margins")
    taken = desk.send(f"{page}/restore")
    assert taken.status_code == 409
    assert "Another collection has this name" in taken.text


def test_the_history_tells_every_change_in_full(desk: Desk) -> None:
    desk.collect("Orde", note="n" * 200)
    page, quote = desk.page, desk.quotes[0]["id"]
    desk.send(f"{page}/quotes/{quote}/edit", version="1", note="short", tags="x")
    desk.send(f"{page}/quotes/{quote}/remove", version="2")
    said = words(desk.get(f"{page}/history"))
    assert said.index("Quote removed") < said.index("Quote edited") < said.index("Quote collected")
    assert "n" * 200 in said, "what was overwritten can be read again"
    assert "Quote collected" in words(desk.get(f"{page}/history?quote={quote}"))


def test_a_file_that_was_exported_is_taken_in_and_another_is_refused_with_the_reason(desk: Desk) -> None:
    desk.collect("本季度毛", note="=1+1", tags="a;b")
    (csv_link,) = re.findall(r'href="([^"]+format=csv[^"]*)"', desk.get(desk.page))
    data = desk.client.get(unescape(csv_link)).data
    assert read_collection(data, "file").quotes[0].note == "=1+1"
    before = desk.quotes
    desk.send(f"{desk.page}/remove")

    def take_in(data: bytes) -> TestResponse:
        return desk.send("/collections/import", file=(io.BytesIO(data), "quotes.csv"), into="")

    assert "1 quote was added." in words(take_in(data).text)
    assert [quote["text"] for quote in desk.quotes] == [quote["text"] for quote in before]
    refused = take_in(b"a,b\n1,2\n")
    assert refused.status_code == 400
    assert "quotes.csv" in words(refused.text)


def test_names_that_cannot_be_kept_are_refused_beside_what_was_typed(desk: Desk) -> None:
    desk.send("/collections", name="Margins", description="kept")
    again = desk.send("/collections", name="Margins", description="typed <b>")
    assert again.status_code == 400
    assert "Another collection has this name" in again.text
    assert "typed &lt;b&gt;" in again.text
    assert "Give it a name." in desk.send("/collections", name=" ").text


def test_other_sites_may_send_no_forms(desk: Desk) -> None:
    for address in ("/collections", "/collect", "/collected", "/collections/import"):
        assert desk.client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_pages_speak_chinese(desk: Desk) -> None:
    desk.collect("Orde", note="x")
    for address in ("/collections", desk.page, f"{desk.page}/history", f"/collect?passage={desk.passages['Orde']}"):
        page = desk.get(f"{address}{'&' if '?' in address else '?'}locale=zh")
        assert '<html lang="zh">' in page
        assert "收录" in page
    assert "未变" in desk.get(f"{desk.page}?locale=zh")


_TAG = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@given(st.lists(_TAG, unique=True, max_size=5))
def test_tags_survive_being_shown_in_a_line_and_sent_back(tags: list[str]) -> None:
    assert tags_in(tag_line(tags)) == tuple(tags)


@given(st.text(max_size=200), st.data())
def test_chosen_sentences_are_pieces_of_the_passage_in_order(text: str, data: st.DataObject) -> None:
    sentences = sentences_of(text)
    if not sentences:
        return
    ticked = data.draw(st.lists(st.sampled_from(sentences), min_size=1, unique=True))
    spans = spans_of(text, Choice(None, "", [str(one.number) for one in ticked]))
    assert list(spans) == sorted(spans)
    for sentence in sentences:
        start, end = sentence.span
        assert (sentence in ticked) == any(first <= start and end <= last for first, last in spans)


def test_words_that_stand_under_another_name_are_not_called_unchanged(desk: Desk) -> None:
    desk.collect("Orde")
    desk.write(CALL.replace("Mara Velt", "Nora Quist"))
    shown = words(desk.get(desk.page))
    assert "Source differs The words stand where they were collected." in shown
    assert "Speaker: Mara Velt → Nora Quist" in shown


def test_words_that_are_gone_and_that_somebody_else_says_lead_there_in_the_language_of_the_page(desk: Desk) -> None:
    desk.collect("Orde")
    (desk.folder / "calls" / "spring.txt").unlink()
    other = CALL.replace("Acorn Lanterns", "Birch Lamps").replace("Mara Velt", "Nora Quist")
    (desk.folder / "calls" / "autumn.txt").write_text(other, encoding="utf-8")
    index_paths(desk.folder / "index", [desk.folder / "calls"], BuildSettings(embedders=()))
    english = desk.get(desk.page)
    told = "Nora Quist says the same words in “Birch Lamps Q1 2024 Earnings Call”."
    assert f"Gone “Acorn Lanterns Q1 2024 Earnings Call” is no longer in the index. {told} Open it there" in words(
        english
    )
    link = re.search(r'<a href="(/transcripts/autumn[^"#]*)#', english)
    assert link
    assert "They grew again in April." in desk.get(link[1])
    assert "Nora Quist 在《Birch Lamps Q1 2024 Earnings Call》中说过同样的话。" in words(
        desk.get(desk.page, **{"Accept-Language": "zh"})
    )
