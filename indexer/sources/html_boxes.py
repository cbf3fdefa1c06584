"""What a walk through a web page gives: its elements, its lines, and the places of its table cells.

Values only, so that those who judge the blocks of a page need nothing of lxml.
"""

from __future__ import annotations

from dataclasses import dataclass


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
