"""The text of a paragraph of a Word file, from its XML: what the file shows, with tracked changes accepted.

python-docx gives the text of runs that stand in a paragraph directly; fields, links, insertions, text boxes and
notes stand around runs or within them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

P, TBL, TR, TC, SDT_CONTENT = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:sdtContent")
_TEXT_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DELETED = frozenset(map(qn, ("w:del", "w:moveFrom")))
_NO_TEXT = _DELETED | frozenset(map(qn, ("w:pPr", "w:rPr", "w:instrText", "w:delText", "w:rt", "w:sectPr")))
_NOTES = frozenset(map(qn, ("w:footnoteReference", "w:endnoteReference")))
_FIXED = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says: whether it is a heading, and whether it is bold; None where silent."""

    heading: bool | None
    bold: bool | None
    base: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its lines, which of them are bold, and what hangs on it: text boxes, and notes by kind and id."""

    lines: tuple[str, ...]
    bold: tuple[bool, ...]
    heading: bool
    boxes: tuple[_Element, ...]
    notes: tuple[tuple[str, str], ...]


def paragraph_of(element: _Element, styles: Mapping[str, Style]) -> Paragraph:
    """Return what a paragraph shows. Its lines are without blanks at their ends; empty ones are left out."""
    pieces: list[list[str]] = [[]]
    boxes: list[_Element] = []
    notes: list[tuple[str, str]] = []
    bold: list[list[bool]] = [[]]
    style = _value(element, "w:pPr", "w:pStyle")
    is_bold = bool(_inherited(style, styles, "bold"))
    for node in _shown(element):
        if node.tag == _TEXT_BOX:
            boxes.append(node)
        elif node.tag in _NOTES:
            notes.append((node.tag.rpartition("}")[2].removesuffix("Reference"), node.get(qn("w:id"), "")))
        elif (text := _text_of(node)) == "\n":
            pieces.append([])
            bold.append([])
        elif text:
            pieces[-1].append(text)
            if any(map(str.isalnum, text)):
                bold[-1].append(_is_bold(node, styles, default=is_bold))
    lines = [("".join(line).strip(), bool(set_so) and all(set_so)) for line, set_so in zip(pieces, bold, strict=True)]
    filled = [(line, set_so) for line, set_so in lines if line]
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    return Paragraph(
        tuple(line for line, _ in filled),
        bold=tuple(set_so for _, set_so in filled),
        heading=bool(_inherited(style, styles, "heading")) or (outline is not None and outline.get(qn("w:val")) != "9"),
        boxes=tuple(boxes),
        notes=tuple(notes),
    )


def styles_of(root: _Element) -> dict[str, Style]:
    """Return the styles of a file by their id."""
    styles: dict[str, Style] = {}
    for element in root.iter(qn("w:style")):
        name = (_value(element, "w:name") or "").casefold()
        is_heading = name.startswith(("heading ", "标题", "標題")) or name in {"title", "subtitle"}
        bold = element.find(f"{qn('w:rPr')}/{qn('w:b')}")
        is_bold = None if bold is None else bold.get(qn("w:val")) not in _OFF
        base = _value(element, "w:basedOn")
        styles[element.get(qn("w:styleId"), "")] = Style(is_heading or None, is_bold, base)
    return styles


def children(element: _Element, wanted: frozenset[str]) -> Iterator[_Element]:
    """Yield the children of these tags, those in content controls and insertions among them, deletions not."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NO_TEXT and child.tag not in {P, TBL, TR, TC}:
            yield from children(child, wanted)


def is_deleted_row(row: _Element) -> bool:
    """Whether a row of a table is deleted as a tracked change."""
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _shown(element: _Element) -> Iterator[_Element]:
    """Yield what is shown within a paragraph in its order; text boxes are yielded and not entered."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _NO_TEXT or child.tag == _FALLBACK:
            continue
        yield child
        if child.tag != _TEXT_BOX:
            yield from _shown(child)


def _text_of(node: _Element) -> str:
    if node.tag in {qn("w:t"), _MATH_TEXT}:
        return (node.text or "").replace("\n", " ")
    return _FIXED.get(node.tag, "")


def _is_bold(text: _Element, styles: Mapping[str, Style], *, default: bool) -> bool:
    run = text.getparent()
    if run is None:
        return default
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    if bold is not None:
        return bold.get(qn("w:val")) not in _OFF
    styled = _inherited(_value(run, "w:rPr", "w:rStyle"), styles, "bold")
    return default if styled is None else styled


def _inherited(style: str | None, styles: Mapping[str, Style], name: str) -> bool | None:
    seen: set[str] = set()
    while style is not None and style not in seen and style in styles:
        seen.add(style)
        found = styles[style].heading if name == "heading" else styles[style].bold
        if found is not None:
            return found
        style = styles[style].base
    return None


def _value(element: _Element, *path: str) -> str | None:
    found = element.find("/".join(map(qn, path)))
    return None if found is None else found.get(qn("w:val"))
