"""The values that the stages of reading a PDF hand on: glyphs, rows of pieces, lines as they are set.

All measures are in points. Text runs to the right along x, and y grows upwards.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its place on the page.

    `x0` and `x1` are where it and its advance begin and end, `y` is its baseline, `size` the height of its type.
    `order` counts the glyphs as the file draws them. `text` is "" for a symbol such as a bullet. `parted` tells that
    PDFium, which knows the widths of the font, sees a blank before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    order: int
    parted: bool = False


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """What is on a page, `number` counted from 1.

    `bottom` and `top` bound the page in the coordinates of its glyphs. `stamps` holds text that is set across the
    others: watermarks, notes up the margin. `unreadable` counts the characters whose font does not say what they
    are, `pictured` tells that there is something on a page without text, `broken` that it cannot be opened. `images`
    are the left, bottom, right and top edges of its images.
    """

    number: int
    bottom: float
    top: float
    glyphs: tuple[Glyph, ...]
    stamps: tuple[str, ...]
    unreadable: int
    pictured: bool
    images: tuple[tuple[float, float, float, float], ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one baseline without a gap wider than between words.

    `blank` tells whether a blank parts it from the piece before it when both stay on one line. `bold` and `italic`
    hold when all its letters and digits are. `marked` tells that it begins with a symbol such as a bullet.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    order: int
    blank: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces that stand on one baseline, from left to right. `size` is that of most of its text."""

    y: float
    size: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """The rows of a page from top to bottom."""

    number: int
    bottom: float
    top: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it is set in a column, a cell or the whole width of the page.

    `left` and `right` are the edges of what it is set in, None where that is the text of the page itself. `block`
    tells lines apart that do not run on into each other: it counts the columns and cells of a page. `label` marks what
    stands in the margin beside its text.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    marked: bool
    page: int
    block: int
    left: float | None = None
    right: float | None = None
    label: bool = False


def joined(pieces: tuple[Piece, ...]) -> str:
    """Return the text of pieces on one line."""
    text = ""
    for piece in pieces:
        if piece.text:
            text += (" " if piece.blank and text else "") + piece.text
    return text
