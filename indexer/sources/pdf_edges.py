"""What stands near the upper and the lower edge of a page, part by part, and what looks like the number of the page.

Whether any of it comes again from page to page, and so is furniture, is judged in `pdf_furniture`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.sources.pdf_page import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.sources.pdf_page import Piece, Row, RowPage

_ZONE = 0.2
_MOST_ROWS = 6
_APART = 1.5
NUMBER = re.compile(
    r"(?:page|p\.|第)?\s*[-–—|/·•(\[]*\s*(?P<number>\d{1,4}|[ivxl]{1,6})\s*[-–—|/·•)\]]*\s*(?:页|頁)?"
    r"\s*(?:(?:of|/|／|,|，|共|\|)[\s共]*\d{1,4}\s*(?:页|頁)?)?",
    re.IGNORECASE,
)
NAMED_NUMBER = re.compile(r"page|第|页|頁|/|of|[-–—]\s*\d+\s*[-–—]", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_EDGE_SIGNS = " .,:;|·•-–—"

Look = tuple[float, bool, bool]
"""Size, bold, italic."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row near the edge of a page, parted from others by a wide gap. `height` is how far off that is."""

    page: int
    height: float
    text: str
    shape: str
    look: Look


def look_of(row: Row) -> Look:
    """Return how the first piece of a row is set."""
    return (round(row.pieces[0].size, 1), row.pieces[0].bold, row.pieces[0].italic)


def rows_near(page: RowPage, *, top: bool) -> list[Row]:
    """Return the rows in the outer fifth of a page, the outermost first."""
    height = page.top - page.bottom
    rows = page.rows if top else page.rows[::-1]
    near = [row for row in rows if _height(page, row, top=top) <= _ZONE * height]
    return near[:_MOST_ROWS]


def _height(page: RowPage, row: Row, *, top: bool) -> float:
    return page.top - row.y if top else row.y - page.bottom


def parts_of(page: RowPage, row: Row, *, top: bool) -> Iterator[Part]:
    """Yield the parts of a row, from left to right."""
    group: list[Piece] = []
    for piece in row.pieces:
        if group and piece.x0 - group[-1].x1 > _APART * row.size:
            yield _part(page, row, group, top=top)
            group = []
        group.append(piece)
    if group:
        yield _part(page, row, group, top=top)


def _part(page: RowPage, row: Row, pieces: list[Piece], *, top: bool) -> Part:
    text = joined(tuple(pieces))
    return Part(page.number, _height(page, row, top=top), text, _shape(text), look_of(row))


def _shape(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.casefold().split())).strip(_EDGE_SIGNS)


def page_offset(parts: Iterator[Part]) -> int | None:
    """Return what bare numbers are ahead of the count of pages, where several agree.

    One alone counts when it is the number of its page, or of the one before it for a cover that is not counted.
    """
    votes: Counter[int] = Counter()
    for part in parts:
        match = NUMBER.fullmatch(part.text)
        if match and match["number"].isdigit():
            votes[int(match["number"]) - part.page] += 1
    if not votes:
        return None
    offset, times = votes.most_common(1)[0]
    return offset if times > 1 or offset in {0, -1} else None
