"""Walks the elements of a web page in their order and collects its blocks. This module and `html_tree` own lxml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml import html

_UNSEEN_TAGS = (
    "head script style noscript template svg canvas object embed applet video audio iframe noframes map area datalist"
    " title meta link base source track param"
)
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_CONTROLS = frozenset({"button", "select", "option", "optgroup", "textarea"})
_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary"
    " table caption tbody thead tfoot tr td th ul"
)
_BLOCKS = _CONTROLS | frozenset(_BLOCK_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong", "th"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_TO_BLANKS = str.maketrans("\t\r\n\f", "    ")
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_BREAK_IN_HAN = re.compile(f"(?<=[{_WIDE}])[ \\t]*[\\r\\n][ \\t\\r\\n]*(?=[{_WIDE}])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TWO = 2


@dataclass(frozen=True, slots=True)
class Box:
    """An element of a page: its parent, its tag, and the words of its class, id and role, which may tell its use.

    `hidden` tells that the page does not show it at first, or something around it.
    """

    number: int
    parent: int | None
    tag: str
    words: frozenset[str]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page as a browser sets it: white space collapsed, the line breaks of the page kept.

    `box` is the number of the innermost element around it. `bold` and `linked` tell that all of it is. `broken`
    tells that a line break of the page parts it from the block above, in the same element, `gap` that an empty
    line does. `control` tells that it is part of a form. `cell` is the number of the table cell around it.
    """

    text: str
    box: int
    bold: bool = False
    heading: bool = False
    linked: bool = False
    control: bool = False
    broken: bool = False
    gap: bool = False
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table cell belongs: the numbers of its table and of its row."""

    table: int
    row: int


@dataclass(frozen=True, slots=True)
class Walked:
    """What was found on the way; the boxes and cells are numbered by their place here."""

    boxes: tuple[Box, ...]
    blocks: tuple[Block, ...]
    cells: tuple[Place, ...]


@dataclass(slots=True)  # These two are made by the hundred thousand, and frozen ones are slow to make.
class _Piece:
    """Text within one element."""

    text: str
    box: int
    bold: bool
    linked: bool


@dataclass(slots=True)
class _State:
    """What holds at a place of the page by the elements around it."""

    box: int
    bold: bool = False
    linked: bool = False
    heading: bool = False
    control: bool = False
    preformatted: bool = False
    table: int | None = None
    row: int | None = None
    cell: int | None = None


def walk(root: html.HtmlElement) -> Walked:
    """Return the blocks of the page below `root`, without recursion: pages nest as deep as they like."""
    walker = _Walker()
    events = etree.iterwalk(root, events=("start", "end"))
    unseen = None
    for event, element in events:
        if event == "start":
            if not isinstance(element.tag, str) or element.tag in _UNSEEN:
                events.skip_subtree()
                unseen = element
            else:
                walker.enter(element)
        else:
            if element is not unseen:
                walker.leave(element)
            unseen = None
            if element is not root:
                walker.say(element.tail)
    walker.flush()
    return Walked(tuple(walker.boxes), tuple(walker.blocks), tuple(walker.cells))


class _Walker:
    """Collects what is said between two block boundaries and makes a block of it."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.cells: list[Place] = []
        self._states: list[_State] = []
        self._pieces: list[_Piece] = []
        self._breaks = 0

    def enter(self, element: html.HtmlElement) -> None:
        above = self._states[-1] if self._states else None
        state = self._opened(element, above)
        if _is_block(element):
            self.flush()
            self._breaks = 0
        self._states.append(state)
        if element.tag == "br":
            self._break()
        self.say(element.text)

    def leave(self, element: html.HtmlElement) -> None:
        if _is_block(element) or self._ends_label():
            self.flush()
            self._breaks = 0
        self._states.pop()

    def say(self, text: str | None) -> None:
        if not text or not self._states:
            return
        state = self._states[-1]
        first, *lines = _LINE_END.split(text) if state.preformatted else (text,)
        self._pieces.append(_Piece(first, state.box, state.bold, state.linked))
        for line in lines:
            self._break()
            self._pieces.append(_Piece(line, state.box, state.bold, state.linked))

    def flush(self) -> None:
        """Make a block of what was said since the last boundary."""
        pieces, self._pieces = self._pieces, []
        raw = "".join(piece.text for piece in pieces)
        state = self._states[-1] if self._states else None
        text = raw if state and state.preformatted else _collapsed(raw)
        if state is None or not text.strip():
            return
        inked = [piece for piece in pieces if piece.text.strip()]
        lettered = [piece for piece in inked if any(map(str.isalnum, piece.text))] or inked
        self.blocks.append(
            Block(
                text=text.rstrip() if state.preformatted else text.strip(),
                box=self._around([piece.box for piece in inked]),
                bold=all(piece.bold for piece in lettered),
                heading=state.heading,
                linked=all(piece.linked for piece in lettered),
                control=state.control,
                broken=self._breaks > 0,
                gap=self._breaks >= _TWO,
                cell=state.cell,
            )
        )
        self._breaks = 0

    def _break(self) -> None:
        self.flush()
        self._breaks += 1

    def _opened(self, element: html.HtmlElement, above: _State | None) -> _State:
        tag, style, words = element.tag, "", frozenset[str]()
        number, parent = len(self.boxes), above.box if above else None
        hidden = parent is not None and self.boxes[parent].hidden
        if element.attrib:
            style = element.get("style") or ""
            named = " ".join(filter(None, map(element.get, ("class", "id", "role"))))
            words = frozenset(word.lower() for word in _WORD.findall(named))
            hidden = hidden or element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(style))
        self.boxes.append(Box(number, parent, tag, words, hidden))
        table, row, cell = (above.table, above.row, above.cell) if above else (None, None, None)
        if tag == "table":
            table, row, cell = number, None, None
        elif tag == "tr":
            row = number
        elif tag in {"td", "th"} and table is not None and row is not None:
            cell = len(self.cells)
            self.cells.append(Place(table, row))
        return _State(
            box=number,
            bold=tag in _BOLD or bool(_BOLD_STYLE.search(style)) or (above is not None and above.bold),
            linked=tag == "a" or (above is not None and above.linked),
            heading=tag in _HEADINGS or element.get("role") == "heading" or (above is not None and above.heading),
            control=tag in _CONTROLS or (above is not None and above.control),
            preformatted=tag in {"pre", "listing", "plaintext", "xmp"} or (above is not None and above.preformatted),
            table=table,
            row=row,
            cell=cell,
        )

    def _ends_label(self) -> bool:
        """Whether an element within a line names the speaker by its class, and no colon parts it from the words."""
        if "speaker" not in self.boxes[self._states[-1].box].words:
            return False
        said = "".join(piece.text for piece in self._pieces).strip()
        return bool(said) and said[-1] not in ":："

    def _around(self, numbers: list[int]) -> int:
        """Return the innermost element around all of these."""
        common = self._chain(numbers[0])
        for number in dict.fromkeys(numbers[1:]):
            others = set(self._chain(number))
            common = [each for each in common if each in others]
        return common[0]

    def _chain(self, number: int) -> list[int]:
        chain = [number]
        while (parent := self.boxes[chain[-1]].parent) is not None:
            chain.append(parent)
        return chain


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in _BLOCKS or bool(_BLOCK_STYLE.search(element.get("style") or ""))


def _collapsed(text: str) -> str:
    """Return the text with white space as a browser sets it, and no blank where a line of Han characters was broken."""
    if "\n" in text or "\r" in text:
        text = _BREAK_IN_HAN.sub("", text)
    text = text.translate(_TO_BLANKS)
    while "  " in text:
        text = text.replace("  ", " ")
    return text
