"""Word files: bytes to lines. This module and `word_text` own python-docx."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from indexer.errors import DamagedSourceError, EmptySourceError
from indexer.model import Content, Line, NonSpeechKind, Page
from indexer.sources.archives import checked_archive
from indexer.sources.tables import goes_on, table_lines
from indexer.sources.word_text import TBL, TC, TR, P, children, is_deleted_row, paragraph_of, styles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from indexer.sources.tables import Cell
    from indexer.sources.word_text import Paragraph, Style

_BLOCKS = frozenset({P, TBL})
_ROWS = frozenset({TR})
_CELLS = frozenset({TC})
_NOTE_KINDS = ("footnote", "endnote")


def read_docx(data: bytes, where: str) -> Content:
    """Return the content of a Word file: its paragraphs and tables in their order, as the file shows them.

    Tracked insertions are text and deletions are not. A line break within a paragraph begins a line; lines are
    counted from 1 in the order in which they are returned. Headers come first and footers last, each once, as lines of
    the kind RUNNING_HEAD; foot- and endnotes come below their paragraph as NAVIGATION, since nobody spoke them.

    Raises EmptySourceError, DamagedSourceError, ProtectedSourceError and OversizedSourceError.
    """
    checked_archive(data, where).close()
    try:
        reader = _Reader(data)
    except Exception as error:  # python-docx raises whatever the XML of a damaged file leads it to.
        what = f"it is no whole Word file ({type(error).__name__}: {error})"
        raise DamagedSourceError(what, where=where, mend="Open it in Word and save it again as docx.") from error
    lines = tuple(reader.lines())
    if not any(line.kind is None for line in lines):
        mend = "If it shows pictures of text, put the text itself in it."
        raise EmptySourceError("there is no text in this file", where=where, mend=mend)
    return Content((Page(None, tuple(replace(line, number=number) for number, line in enumerate(lines, 1))),))


class _Reader:
    """Reads one Word file; holds its styles and its notes."""

    def __init__(self, data: bytes) -> None:
        document = docx.Document(io.BytesIO(data))
        self._body: _Element = document.element.body
        self._styles: Mapping[str, Style] = styles_of(document.styles.element)
        self._beside: dict[str, list[_Element]] = {"header": [], "footer": [], "footnotes": [], "endnotes": []}
        for relation in document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if kind in self._beside and not relation.is_external:
                self._beside[kind].append(parse_xml(relation.target_part.blob))
        self._notes = {
            (kind, note.get(qn("w:id"), "")): note
            for kind in _NOTE_KINDS
            for root in self._beside[f"{kind}s"]
            for note in root.iter(qn(f"w:{kind}"))
        }

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the file. Their numbers are 0."""
        yield from self._running_heads("header")
        yield from self._blocks(self._body)
        yield from self._running_heads("footer")

    def _running_heads(self, kind: str) -> Iterator[Line]:
        """Yield each header or footer once, whatever sections repeat it; a bare number of a page is none."""
        seen: set[str] = set()
        for root in self._beside[kind]:
            for line in self._blocks(root):
                text = line.text.strip()
                if text not in seen and not text.isdigit():
                    seen.add(text)
                    yield Line(0, line.text, NonSpeechKind.RUNNING_HEAD, continues=False)

    def _blocks(self, element: _Element) -> Iterator[Line]:
        """Yield the lines of paragraphs and tables. Tables that stand together are one: some tools make one a turn."""
        rows: list[Sequence[Cell]] = []
        for block in children(element, _BLOCKS):
            if block.tag == TBL:
                rows += self._rows(block)
                continue
            paragraph = paragraph_of(block, self._styles)
            if rows and (paragraph.lines or paragraph.boxes):
                yield from table_lines(rows)
                rows = []
            yield from self._paragraph(paragraph)
        yield from table_lines(rows)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Line]:
        above = None
        for text, bold in zip(paragraph.lines, paragraph.bold, strict=True):
            continues = above is not None and goes_on(above, text)
            yield Line(0, text, continues=continues, bold=bold, heading=paragraph.heading)
            above = text
        for box in paragraph.boxes:
            yield from self._blocks(box)
        for note in paragraph.notes:
            if note in self._notes:
                for line in self._blocks(self._notes[note]):
                    yield Line(0, line.text, NonSpeechKind.NAVIGATION, continues=False)

    def _rows(self, table: _Element) -> list[Sequence[Cell]]:
        return [
            [tuple(line.text for line in self._blocks(cell)) for cell in children(row, _CELLS)]
            for row in children(table, _ROWS)
            if not is_deleted_row(row)
        ]
