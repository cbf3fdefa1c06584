"""The verbatim text of a quote comes back out of every format, read by a reader of that format."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import bibtexparser
import docx
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from resiliparse.parse.html import HTMLTree

sys.path.insert(0, str(Path(__file__).parent))
from quote_samples import HOSTILE, collection_of, collections, plain_quote, texts

from search_web.quotes.citation import citation_style
from search_web.quotes.exporting import ExportFormat, export
from search_web.quotes.exports.csv_table import unguarded
from search_web.quotes.exports.docx import QUOTE_STYLE
from search_web.quotes.exports.ris import unescaped
from search_web.quotes.exports.stand_ins import NO_LATEX, NO_NUL, NO_XML, with_stand_ins
from search_web.quotes.importing import read_collection
from search_web.quotes.model import Collection


def exported(collection: Collection, fmt: ExportFormat) -> bytes:
    return export(collection, None, fmt, citation=citation_style(), base_url="https://quotes.example/")


def read_markdown(data: bytes) -> list[str]:
    """Return the first paragraph of every block quote, as CommonMark has it."""
    tokens = MarkdownIt("commonmark").parse(data.decode())
    starts = [place for place, token in enumerate(tokens) if token.type == "blockquote_open"]
    ends = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}
    return [
        "".join(ends.get(child.type, child.content) for child in tokens[start + 2].children or ()) for start in starts
    ]


class _QuoteParser(HTMLParser):
    """Collects the text of the paragraphs in block quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "blockquote":
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def read_html(data: bytes) -> list[str]:
    parser = _QuoteParser()
    parser.feed(data.decode())
    parser.close()
    return parser.texts


def read_docx(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.style.name == QUOTE_STYLE]


def read_csv(data: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [unguarded(row["text"]) for row in rows if row["id"]]


def read_json(data: bytes) -> list[str]:
    return [quote["text"] for quote in json.loads(data)["quotes"]]


def read_bibtex(data: bytes) -> list[str]:
    # pylatexenc, behind bibtexparser, reads \textasciicircum as U+02C6 and knows no \textbraceleft.
    known = get_default_latex_context_db()
    macros = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}"}
    specs = [MacroTextSpec(name, text) for name, text in macros.items()]
    known.add_context_category("text", prepend=True, macros=specs)
    decoder = LatexNodes2Text(latex_context=known, math_mode="verbatim")
    library = bibtexparser.parse_string(data.decode(), append_middleware=[LatexDecodingMiddleware(decoder=decoder)])
    assert not library.failed_blocks
    return [entry["abstract"] for entry in library.entries]


def read_ris(data: bytes) -> list[str]:
    return [unescaped(record["abstract"]) for record in rispy.loads(data.decode())]


READERS = {
    ExportFormat.MARKDOWN: (read_markdown, NO_NUL),
    ExportFormat.HTML: (read_html, NO_NUL),
    ExportFormat.DOCX: (read_docx, NO_XML),
    ExportFormat.CSV: (read_csv, None),
    ExportFormat.JSON: (read_json, None),
    ExportFormat.BIBTEX: (read_bibtex, NO_LATEX),
    ExportFormat.RIS: (read_ris, None),
}


def verbatim(collection: Collection, fmt: ExportFormat) -> list[str]:
    """Return what must be read back: the texts, with stand-ins for what the format cannot hold."""
    cannot = READERS[fmt][1]
    return [with_stand_ins(quote.text, cannot) if cannot else quote.text for quote in collection.quotes]


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(ExportFormat)


@pytest.mark.parametrize("fmt", ExportFormat)
@given(kept=st.lists(texts(least=1), min_size=1, max_size=5))
@settings(max_examples=40)
def test_any_text_comes_back(fmt: ExportFormat, kept: list[str]) -> None:
    collection = collection_of(*(plain_quote(text) for text in kept))
    assert READERS[fmt][0](exported(collection, fmt)) == verbatim(collection, fmt)


@pytest.mark.parametrize("fmt", ExportFormat)
@given(collection=collections(most=2))
@settings(max_examples=15)
def test_text_comes_back_whatever_stands_around_it(fmt: ExportFormat, collection: Collection) -> None:
    assert READERS[fmt][0](exported(collection, fmt)) == verbatim(collection, fmt)


@pytest.mark.parametrize("fmt", ExportFormat)
def test_what_formats_stumble_over_comes_back(fmt: ExportFormat) -> None:
    collection = collection_of(*(plain_quote(text) for text in HOSTILE))
    assert READERS[fmt][0](exported(collection, fmt)) == verbatim(collection, fmt)


def test_a_browser_reads_the_same_html() -> None:
    """Lexbor parses as the HTML standard says, references and controls too."""
    collection = collection_of(*(plain_quote(text) for text in HOSTILE))
    tree = HTMLTree.parse(exported(collection, ExportFormat.HTML).decode())
    found = [element.text for element in tree.body.query_selector_all("blockquote p")]
    assert found == verbatim(collection, ExportFormat.HTML)


@given(collection=collections())
@settings(max_examples=40)
def test_json_and_csv_are_read_back_whole(collection: Collection) -> None:
    for fmt in (ExportFormat.JSON, ExportFormat.CSV):
        assert read_collection(exported(collection, fmt), "quotes") == collection


@pytest.mark.parametrize("fmt", [ExportFormat.MARKDOWN, ExportFormat.HTML, ExportFormat.DOCX, ExportFormat.BIBTEX])
def test_what_a_format_cannot_hold_is_shown_and_named(fmt: ExportFormat) -> None:
    collection = collection_of(plain_quote("a\x00b", language="en"))
    data = exported(collection, fmt)
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs) if fmt == "docx" else data.decode()
    assert "a␀b" in text
    assert re.search(r"U\+0000 at character 2", text)
