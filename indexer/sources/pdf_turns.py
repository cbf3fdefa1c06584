"""Which way the text of a page runs, and the page turned so that it runs to the right.

A page may lie on its side, its text may be turned on it, and Chinese may be set in columns from the right. All of them
come out as rows from the top; what is set across the rest, a watermark, is kept apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.sources.pdf_page import Glyph, GlyphPage

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = 1_000
_DOWN = 3


@dataclass(frozen=True, slots=True)
class Run:
    """What the characters of one text object have in common. `turn` counts quarter turns, None for any other angle."""

    size: float
    bold: bool
    italic: bool
    turn: int | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A character where the file draws it: its origin, its advance, the how-manieth it is, and see Glyph.parted."""

    text: str
    x: float
    y: float
    advance: float
    run: Run
    order: int
    parted: bool


def turned_page(
    number: int,
    bounds: tuple[float, float, float, float],
    drawn: Sequence[Drawn],
    *,
    unreadable: int,
    pictured: bool,
    images: Sequence[tuple[float, float, float, float]] = (),
) -> GlyphPage:
    """Return the page with its text running to the right. `bounds` are its left, bottom, right and top edges.

    Images keep their places only where the page does not turn.
    """
    turn, upright = _direction(drawn)
    left, bottom, right, top = bounds
    heights = [_turned(x, y, turn)[1] for x in (left, right) for y in (bottom, top)]
    of_text = 0 if upright else turn
    return GlyphPage(
        number,
        min(heights),
        max(heights),
        tuple(_glyph(one, turn, upright=upright) for one in drawn if one.run.turn == of_text),
        _stamps(drawn, of_text),
        unreadable,
        pictured,
        tuple(images) if turn == 0 else (),
    )


def _direction(drawn: Sequence[Drawn]) -> tuple[int, bool]:
    """Return by how many quarter turns the text runs, and whether its characters stand upright in columns.

    Text that is set in columns, as Chinese once was, runs down: three quarter turns.
    """
    turns = Counter(one.run.turn for one in drawn if one.text.strip() and one.run.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    return (_DOWN, True) if turn == 0 and _runs_down(drawn) else (turn or 0, False)


def _runs_down(drawn: Sequence[Drawn]) -> bool:
    down = across = 0
    inked = [one for one in drawn[:_SAMPLE] if one.text.strip()]
    for one, after in pairwise(inked):
        size = one.run.size
        down += abs(after.x - one.x) < size / 4 and size / 2 < one.y - after.y < 2 * size
        across += abs(after.y - one.y) < size / 4 and 0 < after.x - one.x < 3 * size
    return down > across


def _glyph(one: Drawn, turn: int, *, upright: bool) -> Glyph:
    along, up = _turned(one.x, one.y, turn)
    end = along + (one.run.size if upright else one.advance)
    return Glyph(one.text, along, end, up, one.run.size, one.run.bold, one.run.italic, one.order, one.parted)


def _stamps(drawn: Sequence[Drawn], of_text: int) -> tuple[str, ...]:
    """Return the text that runs in other directions."""
    pieces: list[str] = []
    goes_on = False
    for one in drawn:
        across = one.run.turn != of_text
        if across and not goes_on:
            pieces.append("")
        if across:
            pieces[-1] += one.text
        goes_on = across
    return tuple(" ".join(piece.split()) for piece in pieces if piece.strip())


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a point of the page after turning the page so that text of that direction runs to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
