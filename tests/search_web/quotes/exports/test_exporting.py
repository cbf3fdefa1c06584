"""What else stands in exports: names of files, marks, links, fonts, properties, and what spreadsheets must not run."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import bibtexparser
import docx
import pytest
import rispy
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
from quote_samples import collection_of, collections, plain_quote

from indexer.model import Delivery
from search_web.quotes.citation import citation_style
from search_web.quotes.exporting import ExportFormat, export, export_name
from search_web.quotes.file_names import file_name
from search_web.quotes.model import Collection, Difference, State, Verified

BASE = "https://quotes.example/"


def exported(
    collection: Collection, fmt: ExportFormat, verified: dict[str, Verified] | None = None, style: str = "plain"
) -> bytes:
    return export(collection, verified, fmt, citation=citation_style(style), base_url=BASE)


def shown(data: bytes, fmt: ExportFormat) -> str:
    if fmt is ExportFormat.DOCX:
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    return data.decode()


@pytest.mark.parametrize("fmt", ExportFormat)
def test_every_format_has_the_citation_the_note_and_the_link(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote(note="对比上季", tags=("毛利", "指引"), delivery=Delivery.TRANSLATED))
    data = exported(collection, fmt, style="short")
    text = shown(data, fmt)
    assert "陈立，橡果科技 2024Q1（译）" in text
    assert "对比上季" in text
    assert "指引" in text
    if fmt is ExportFormat.DOCX:
        (link,) = [link for p in docx.Document(io.BytesIO(data)).paragraphs for link in p.hyperlinks]
        assert link.address == "https://quotes.example/passages/t1-p3"
    else:
        assert "https://quotes.example/passages/t1-p3" in text


@pytest.mark.parametrize("fmt", ExportFormat)
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.MOVED, "收录后，原文位置有变"),
        (State.CHANGED, "收录后，原文已改"),
        (State.GONE, "索引中已无此原文"),
    ],
)
def test_what_became_of_a_quote_is_marked(fmt: ExportFormat, state: State, words: str) -> None:
    collection = collection_of(plain_quote())
    (quote,) = collection.quotes
    now = "毛利率达到 44.0%。" if state is State.CHANGED else None
    text = shown(exported(collection, fmt, {"q1": Verified(quote, state, quote.place, now, "A reason.")}), fmt)
    assert (state.value if fmt in {ExportFormat.JSON, ExportFormat.CSV} else words) in text
    if now and fmt not in {ExportFormat.BIBTEX, ExportFormat.RIS}:
        assert now in text


@pytest.mark.parametrize("fmt", ExportFormat)
def test_a_quote_under_another_name_is_marked_though_its_words_are_unchanged(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote())
    (quote,) = collection.quotes
    differing = (Difference("speaker", quote.voice.name, "林若曦"),)
    found = {"q1": Verified(quote, State.UNCHANGED, quote.place, quote.text, "Not 林若曦.", differences=differing)}
    text = shown(exported(collection, fmt, found), fmt)
    assert (
        "林若曦" if fmt in {ExportFormat.JSON, ExportFormat.CSV} else "索引现记载的发言人或场合与收录时不同"
    ) in text


@pytest.mark.parametrize("fmt", ExportFormat)
def test_the_link_of_a_quote_that_was_moved_leads_to_where_it_stands_now(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote())
    (quote,) = collection.quotes
    place = replace(quote.place, transcript_id="t2", passage_id="t2.abc")
    found = {"q1": Verified(quote, State.MOVED, place, quote.text, "")}
    data = export(collection, found, fmt, citation=citation_style("short"), base_url="https://quotes.example/")
    is_docx = fmt is ExportFormat.DOCX
    text = (
        zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode() if is_docx else shown(data, fmt)
    )
    assert "https://quotes.example/transcripts/t2" in text
    assert "https://quotes.example/passages/t1-p3" not in text


@pytest.mark.parametrize("fmt", [ExportFormat.HTML, ExportFormat.MARKDOWN, ExportFormat.DOCX])
def test_what_is_sent_to_others_speaks_one_language_and_names_no_folders(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote())
    (quote,) = collection.quotes
    differing = (Difference("speaker", quote.voice.name, "林若曦"),)
    found = {"q1": Verified(quote, State.MOVED, quote.place, quote.text, "A reason.", differences=differing)}
    text = shown(exported(collection, fmt, found), fmt)
    assert f"{quote.voice.name} → 林若曦" in text
    assert "A reason." not in text
    assert "橡果.txt" in text
    assert "calls/" not in text


@pytest.mark.parametrize("fmt", ExportFormat)
def test_an_unchanged_quote_has_no_mark(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote())
    (quote,) = collection.quotes
    found = {"q1": Verified(quote, State.UNCHANGED, quote.place, quote.text, "")}
    text = shown(exported(collection, fmt, found), fmt)
    assert "收录后" not in text
    assert "索引中已无" not in text


@pytest.mark.parametrize("fmt", [ExportFormat.HTML, ExportFormat.MARKDOWN, ExportFormat.DOCX])
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/only/a/path", "https://", "https://x.example/\n"]
)
def test_only_web_addresses_become_links(fmt: ExportFormat, url: str) -> None:
    data = export(collection_of(plain_quote(url=url)), None, fmt, citation=citation_style("short"))
    if fmt is ExportFormat.DOCX:
        assert not [link for p in docx.Document(io.BytesIO(data)).paragraphs for link in p.hyperlinks]
    else:
        assert "href" not in data.decode().split("</style>")[-1]
        assert "](" not in data.decode()


def test_html_says_the_language_of_each_quote_and_holds_no_markup_of_others() -> None:
    english = plain_quote("We grew.", language="en")
    collection = collection_of(plain_quote(), english, plain_quote(note="<script>x</script>"), name="<b>")
    text = exported(collection, ExportFormat.HTML).decode()
    assert '<html lang="zh">' in text
    assert '<blockquote class="quote" lang="en"' in text
    assert "<script" not in text
    assert "<b>" not in text
    assert "<link" not in text
    assert "url(" not in text


def test_word_shows_chinese_in_a_chinese_font() -> None:
    document = docx.Document(io.BytesIO(exported(collection_of(plain_quote()), ExportFormat.DOCX)))
    for name in ("Normal", "Title", "Quote", "Quote Attribution"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "SimSun"
        assert not [attribute for attribute in fonts.attrib if attribute.endswith("Theme")]


def test_a_word_document_says_what_it_is() -> None:
    collection = replace(collection_of(plain_quote(tags=("毛利",)), name="毛" * 300), description="a\x01b")
    properties = docx.Document(io.BytesIO(exported(collection, ExportFormat.DOCX))).core_properties
    assert properties.title == "毛" * 255
    assert properties.comments == "a␁b"
    assert properties.keywords == "毛利"
    assert properties.language == "zh-CN"
    assert properties.created == collection.created_at.replace(microsecond=0)


def test_every_part_of_a_word_document_is_xml() -> None:
    with zipfile.ZipFile(
        io.BytesIO(exported(collection_of(plain_quote("a\x00<&\ufffe")), ExportFormat.DOCX))
    ) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        assert "word/document.xml" in parts
        for name in parts:
            etree.fromstring(archive.read(name))


@given(collections(most=2))
@settings(max_examples=20)
def test_no_cell_is_a_formula(collection: Collection) -> None:
    """Excel and LibreOffice compute what begins with one of these, full-width forms in Chinese editions."""
    rows = csv.reader(io.StringIO(exported(collection, ExportFormat.CSV).decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


def test_csv_begins_with_a_byte_order_mark_for_excel() -> None:
    assert exported(collection_of(), ExportFormat.CSV).startswith(b"\xef\xbb\xbf")


def test_json_has_all_of_it_under_names_that_explain_themselves() -> None:
    document = json.loads(exported(collection_of(plain_quote()), ExportFormat.JSON))
    assert (document["format"], document["version"]) == ("yuanhua-quotes", 1)
    (quote,) = document["quotes"]
    assert quote["speaker"]["role"] == "management"
    assert quote["question"]["speaker"]["affiliation"] == "Northlight"
    assert quote["place"]["source_digest"] == "ab" * 32
    assert quote["link"] == "https://quotes.example/passages/t1-p3"


def test_reference_managers_get_who_what_and_when() -> None:
    collection = collection_of(plain_quote(), plain_quote(voice=replace(plain_quote().voice, name="Jane Roe")))
    library = bibtexparser.parse_string(exported(collection, ExportFormat.BIBTEX).decode())
    first, second = library.entries
    assert (first["author"], second["author"]) == ("{陈立}", "Jane Roe")
    assert (first["date"], first["year"], first["month"], first["pages"]) == ("2024-05-01", "2024", "may", "3")
    assert first.key != second.key
    record = rispy.loads(exported(collection, ExportFormat.RIS).decode())[0]
    assert record["authors"] == ["陈立"]
    assert (record["title"], record["date"]) == ("橡果科技2024年第一季度业绩电话会", "2024/05/01")
    assert record["urls"] == ["https://quotes.example/passages/t1-p3"]


@pytest.mark.parametrize("fmt", ExportFormat)
def test_a_collection_without_quotes_is_a_file_too(fmt: ExportFormat) -> None:
    data = exported(collection_of(), fmt)
    assert fmt in {ExportFormat.BIBTEX, ExportFormat.RIS} or "毛利率" in shown(data, fmt)


def test_chinese_stays_in_file_names() -> None:
    names = [export_name(collection_of(name="毛利率/2024: “指引”?"), fmt) for fmt in ExportFormat]
    endings = (".md", ".html", ".csv", ".json", ".docx", ".bib", ".ris")
    assert names == [f"毛利率 2024 “指引”{ending}" for ending in endings]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "quotes"),
        ("..", "quotes"),
        ("con", "quotes con"),
        ("a\x00\u202eb", "ab"),
        ("../../etc/passwd", "etc passwd"),
        ("a\nb", "a b"),
    ],
)
def test_unsafe_names_are_made_safe(name: str, expected: str) -> None:
    assert file_name(name, ".csv") == expected + ".csv"


@given(st.text())
def test_file_names_are_short_and_have_no_separators(name: str) -> None:
    made = file_name(name, ".docx")
    assert len(made.encode()) <= 155 + len("quotes ")
    assert not set(made) & set('/\\:*?"<>|\n\r\t\x00')
    assert not made.startswith(".")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_word_document(tmp_path: Path) -> None:
    text = "毛利率达到 45.3% <b>&amp;</b> \U0001f469\u200d\U0001f4bb e\u0301 \\{}"
    (tmp_path / "quotes.docx").write_bytes(exported(collection_of(plain_quote(text)), ExportFormat.DOCX))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "quotes.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=600)
    assert text in (tmp_path / "quotes.txt").read_text(encoding="utf-8-sig").splitlines()
