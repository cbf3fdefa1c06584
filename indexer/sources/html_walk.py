"""Walks the elements of a web page in their order and collects its blocks. This module and `html_tree` own lxml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from indexer.sources.html_boxes import Block, Box, Place, Walked
from indexer.sources.html_rendering import (
    BOLD,
    BOLD_STYLE,
    CONTROLS,
    HEADINGS,
    HIDDEN_STYLE,
    UNSEEN,
    collapsed,
    is_block,
)
from indexer.sources.line_ends import LINE_END

if TYPE_CHECKING:
    from lxml import html

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TWO = 2
_DESCRIBES = frozenset(
    {"role", "title", "position", "job", "company", "firm", "affiliation", "org", "organization", "institution"}
)
_TIMES = frozenset({"time", "timestamp", "timecode"})


def _classes(element: html.HtmlElement) -> frozenset[str]:
    named = " ".join(filter(None, map(element.get, ("class", "id", "role"))))
    return frozenset(word.lower() for word in _WORD.findall(named))


def _stands_before(element: html.HtmlElement, words: frozenset[str]) -> bool:
    """Whether an element within a line has a class, and right behind it stands one whose class is one of the words.

    Style sheets set such pieces apart, name from title, where the page has nothing between them.
    """
    if not element.get("class") or (element.tail and element.tail.strip()) or is_block(element):
        return False
    following = element.getnext()
    if following is None or not isinstance(following.tag, str) or is_block(following) or not following.get("class"):
        return False
    return bool(_classes(following) & words)


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
            if not isinstance(element.tag, str) or element.tag in UNSEEN:
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
        if is_block(element):
            self.flush()
            self._breaks = 0
        self._states.append(state)
        if element.tag == "br":
            self._break()
        self.say(element.text)

    def leave(self, element: html.HtmlElement) -> None:
        if is_block(element) or self._ends_label() or _stands_before(element, _DESCRIBES):
            self.flush()
            self._breaks = 0
        elif _stands_before(element, _TIMES):
            self.say(" ")
        self._states.pop()

    def say(self, text: str | None) -> None:
        if not text or not self._states:
            return
        state = self._states[-1]
        first, *lines = LINE_END.split(text) if state.preformatted else (text,)
        self._pieces.append(_Piece(first, state.box, state.bold, state.linked))
        for line in lines:
            self._break()
            self._pieces.append(_Piece(line, state.box, state.bold, state.linked))

    def flush(self) -> None:
        """Make a block of what was said since the last boundary."""
        pieces, self._pieces = self._pieces, []
        raw = "".join(piece.text for piece in pieces)
        state = self._states[-1] if self._states else None
        text = raw if state and state.preformatted else collapsed(raw)
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
            words = _classes(element)
            hidden = hidden or element.get("hidden") is not None or bool(HIDDEN_STYLE.search(style))
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
            bold=tag in BOLD or bool(BOLD_STYLE.search(style)) or (above is not None and above.bold),
            linked=tag == "a" or (above is not None and above.linked),
            heading=tag in HEADINGS or element.get("role") == "heading" or (above is not None and above.heading),
            control=tag in CONTROLS or (above is not None and above.control),
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
