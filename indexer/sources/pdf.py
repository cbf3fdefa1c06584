"""PDF: bytes to pages of lines in reading order, with what the typesetting says of them.

The stages, each a module of values in, values out: glyphs with their places (pdf_glyphs and pdf_text_page, which own
PDFium, and pdf_turns), rows of pieces (pdf_rows), running heads and feet (pdf_edges and pdf_furniture), columns and
tables (pdf_bands and pdf_columns), paragraphs (pdf_measures and pdf_paragraphs), hyphens (pdf_hyphens).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import DamagedSourceError, EmptySourceError, ScannedSourceError
from indexer.model import Content, Line, NonSpeechKind, Page
from indexer.sources.pdf_characters import UNREADABLE
from indexer.sources.pdf_columns import label_margins, reading_order
from indexer.sources.pdf_furniture import Furnished, Mark, take_furniture
from indexer.sources.pdf_glyphs import facts, glyph_pages, open_pdf
from indexer.sources.pdf_hyphens import mend_hyphens
from indexer.sources.pdf_measures import begins_item, body_size, ends_sentence
from indexer.sources.pdf_page import RowPage
from indexer.sources.pdf_paragraphs import continuations
from indexer.sources.pdf_rows import drawn_lines, rows_of
from indexer.sources.pdf_title import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.sources.pdf_page import GlyphPage, SetLine

_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_FEWEST_CHARACTERS = 3
_LARGER = 1.12
_MANY_UNREADABLE = 3
_LONGEST_LIST = 12
_RULE = re.compile(r"[.·…_=*\s–—-]{5,}")


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of a page beside its lines.

    `readable` counts the characters of the page that can be read, `characters` those of its text without furniture,
    `drawn_lines` the lines of the text that are images.
    """

    page: GlyphPage
    readable: int
    characters: int = 0
    drawn_lines: int = 0

    @property
    def is_picture(self) -> bool:
        return self.page.pictured and self.characters < _FEWEST_CHARACTERS

    @property
    def is_garbled(self) -> bool:
        return self.page.unreadable > _MOSTLY * (self.readable + self.page.unreadable)


def read_pdf(data: bytes, where: str) -> Content:
    """Return the content of a PDF: its pages, counted from 1, with their lines in reading order.

    Running heads, feet and page numbers are lines of that kind, above and below the text of their page. Every
    line of text says whether it goes on the paragraph of the one above, so that a paragraph goes on over a page break.
    The title that the file states is given only when its first pages show it too; its dates never are.

    Raises ProtectedSourceError, DamagedSourceError, OversizedSourceError, EmptySourceError when there is nothing on
    its pages, and ScannedSourceError when there is no text on (nearly) all of them or none that can be read. Pages of
    which that is so while others are read are named in a warning.
    """
    document = open_pdf(data, where)
    try:
        stated = facts(document)
        rows, states = _rows(glyph_pages(document, where), where)
    finally:
        document.close()
    furnished = take_furniture(rows)
    states = tuple(_with_body(state, page) for state, page in zip(states, furnished, strict=True))
    _refuse_without_text(states, where)
    pages = tuple(_lines(furnished, states))
    return Content(pages, fields=_fields(stated, pages), warnings=tuple(_warnings(states)))


def _rows(pages: Iterator[GlyphPage], where: str) -> tuple[tuple[RowPage, ...], tuple[_State, ...]]:
    rows: list[RowPage] = []
    states: list[_State] = []
    for page in pages:
        readable = sum(glyph.text not in {"", " ", UNREADABLE} for glyph in page.glyphs)
        found = rows_of(page.glyphs)
        rows.append(RowPage(page.number, page.bottom, page.top, found))
        states.append(_State(page, readable))
    if all(state.page.broken for state in states):
        raise DamagedSourceError("no page of the PDF can be opened", where=where, mend="Fetch the file again.")
    return tuple(rows), tuple(states)


def _with_body(state: _State, page: Furnished) -> _State:
    characters = sum(len(piece.text) for row in page.body for piece in row.pieces)
    return replace(state, characters=characters, drawn_lines=drawn_lines(page.body, state.page.images))


def _refuse_without_text(states: Sequence[_State], where: str) -> None:
    mend = "Run it through text recognition (OCR), for instance with ocrmypdf, and read the result."
    garbled = sum(state.is_garbled for state in states)
    with_text = sum(state.characters >= _FEWEST_CHARACTERS and not state.is_garbled for state in states)
    if garbled and garbled >= _NEARLY_ALL * (garbled + with_text):
        what = "the fonts of the PDF do not say which letters they draw, so that its text cannot be read"
        raise ScannedSourceError(what, where=where, mend=mend)
    pictures = sum(state.is_picture for state in states)
    if pictures and pictures >= _NEARLY_ALL * (pictures + with_text):
        raise ScannedSourceError("the pages are pictures without a text layer", where=where, mend=mend)
    if not any(state.readable for state in states):
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")


def _lines(furnished: Sequence[Furnished], states: Sequence[_State]) -> Iterator[Page]:
    """Yield the pages: head, stamps, text, foot. Lines are numbered on over all pages."""
    margins = tuple({round(margin, 1) for page in furnished for margin in label_margins(page.body)})
    bodies = [
        reading_order(page.body, state.page.number, margins) for page, state in zip(furnished, states, strict=True)
    ]
    running = [line for body in bodies for line in body]
    continues = continuations(running)
    texts = mend_hyphens([line.text for line in running], continues)
    size = body_size(running)
    bold_is_usual = sum(len(line.text) for line in running if line.bold) > _MOSTLY * sum(len(x.text) for x in running)
    number = at = 0
    for page, state, body in zip(furnished, states, bodies, strict=True):
        lines: list[Line] = []
        stamps = tuple(Mark(NonSpeechKind.RUNNING_HEAD, stamp) for stamp in state.page.stamps)
        for mark in (*page.head, *stamps):
            number += 1
            lines.append(_furniture(mark, number))
        for line in body:
            number += 1
            alone = not continues[at] and not (at + 1 < len(running) and continues[at + 1])
            lines.append(
                Line(
                    number,
                    texts[at],
                    kind=NonSpeechKind.SYNTAX if _RULE.fullmatch(texts[at]) else None,
                    continues=continues[at],
                    bold=line.bold and not bold_is_usual,
                    heading=_is_heading(line, size, alone=alone),
                )
            )
            at += 1
        for mark in page.foot:
            number += 1
            lines.append(_furniture(mark, number))
        yield Page(state.page.number, tuple(lines))


def _furniture(mark: Mark, number: int) -> Line:
    return Line(number, mark.text, kind=mark.kind, continues=False)


def _is_heading(line: SetLine, size: float, *, alone: bool) -> bool:
    """Whether a line is set off like a heading: larger than the text, in the margin, or bold, numbered and alone."""
    if line.label or line.size > _LARGER * size:
        return True
    return line.bold and alone and begins_item(line) and not ends_sentence(line)


def _fields(stated: Mapping[str, str], pages: Sequence[Page]) -> Mapping[str, str]:
    shown = "\n".join(line.text for page in pages[:2] for line in page.lines)
    title = title_of(stated.get("Title", ""), shown)
    return {"title": title} if title else {}


def _warnings(states: Sequence[_State]) -> Iterator[str]:
    if broken := [state.page.number for state in states if state.page.broken]:
        yield f"{_named(broken)} cannot be opened and is left out: fetch the file again"
    if pictured := [state.page.number for state in states if state.is_picture and not state.page.broken]:
        yield f"{_named(pictured)} has no text, only pictures: run the file through text recognition (OCR)"
    unreadable = [state.page.number for state in states if state.page.unreadable >= _MANY_UNREADABLE]
    if unreadable:
        yield f"{_named(unreadable)} has letters that its fonts do not name; they stand as {UNREADABLE}"
    if cut := [state.page.number for state in states if state.drawn_lines]:
        yield f"{_named(cut)} has lines that are pictures in the midst of text, and they are lost: run it through OCR"


def _named(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_LONGEST_LIST]))
    more = f" and {len(numbers) - _LONGEST_LIST} more" if len(numbers) > _LONGEST_LIST else ""
    return f"page {shown}{more}" if len(numbers) == 1 else f"each of the pages {shown}{more}"
