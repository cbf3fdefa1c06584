"""Rows to lines in reading order: where a page has columns, and where a table only looks like it.

A page is cut into bands, runs of rows that leave the same gutters free. In a band with gutters, columns of running text
are read one after the other. Anything else (a table, a list of names, a form) is read in the order in which the file
draws it, when that goes down every column, for there the program that made the file knew what belongs
together; else row by row. The cutting at gutters goes back to the XY-cut of Nagy and Seth, "Hierarchical representation
of optically scanned documents" (1984), here with bands in the place of horizontal cuts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.sources.pdf_page import SetLine, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.pdf_page import Piece, Row

Interval = tuple[float, float]

_FAR = 1e6
_NARROWEST_GUTTER = 0.5  # Shares of the size of the type.
_GUTTER = 1.5
_STILL_THE_SAME_GUTTER = 0.6
_ALIGNED = 0.5
_FEWEST_ROWS = 2
_FEWEST_LINES_OF_PROSE = 4
_FULL, _MOSTLY = 0.75, 0.6
_PROSE_COLUMNS = 20
_NEXT_LINE = 1.7
_FAR_APART = 3.0
_LETTER_AT_THE_MARGIN = 1
_WIDEST_MARK = 5


@dataclass(frozen=True, slots=True)
class _Band:
    """A run of rows with gutters in common; `sides` is the number of rows on the side of the first that has fewer."""

    first: int
    end: int
    gutters: list[Interval]
    sides: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """The pieces of one row that stand in one column of a band."""

    row: int
    column: int
    y: float
    size: float
    pieces: tuple[Piece, ...]

    @property
    def order(self) -> int:
        return min(piece.order for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


def reading_order(rows: Sequence[Row], page: int) -> tuple[SetLine, ...]:
    """Return the lines of a page, running heads and feet taken off before, as they are read."""
    lines: list[SetLine] = []
    block = 0
    for band, gutters in _bands(rows):
        if not gutters:
            lines.extend(line for row in band for line in _whole(row, page))
            continue
        cells = [cell for index, row in enumerate(band) for cell in _cells(row, index, gutters)]
        found = list(_in_order(cells, gutters, page, block + 1))
        block = max(line.block for line in found)
        lines.extend(found)
    return tuple(lines)


def _bands(rows: Sequence[Row]) -> Iterator[tuple[Sequence[Row], list[Interval]]]:
    """Yield runs of rows with the gutters that they share; most runs have none.

    The gutter with most rows on both sides is cut first, and what is above and below it by itself.
    """
    best = max((_band_around(rows, at, gap) for at, gap in _gaps(rows)), key=_strength, default=None)
    if best is None or not best.gutters:
        yield rows, []
        return
    if best.first:
        yield from _bands(rows[: best.first])
    yield rows[best.first : best.end], best.gutters
    if best.end < len(rows):
        yield from _bands(rows[best.end :])


def _strength(band: _Band) -> tuple[bool, int, int]:
    return bool(band.gutters), band.sides, band.end - band.first


def _gaps(rows: Sequence[Row]) -> list[tuple[int, Interval]]:
    """Return the gaps that may belong to a gutter: within a row, and between a row and the one below beside it."""
    found: dict[tuple[int, int], tuple[int, Interval]] = {}
    for at, row in enumerate(rows):
        gaps = _room(row)[1:-1]
        if at and rows[at - 1].pieces[-1].x1 < row.pieces[0].x0:
            gaps.append((rows[at - 1].pieces[-1].x1, row.pieces[0].x0))
        if at and row.pieces[-1].x1 < rows[at - 1].pieces[0].x0:
            gaps.append((row.pieces[-1].x1, rows[at - 1].pieces[0].x0))
        for gap in gaps:
            if gap[1] - gap[0] >= _NARROWEST_GUTTER * row.size:
                found.setdefault((round(gap[0] / row.size), round(gap[1] / row.size)), (at, gap))
    return list(found.values())


def _band_around(rows: Sequence[Row], at: int, gap: Interval) -> _Band:
    """Return the longest run of rows around one of them through which its gap goes on."""
    end = at
    while end < len(rows) and (narrower := _through(gap, rows[end])):
        gap, end = narrower, end + 1
    first = at
    while first and (narrower := _through(gap, rows[first - 1])):
        gap, first = narrower, first - 1
    end = _without_tail(rows, first, end, gap)
    band = rows[first:end]
    free = [(-_FAR, _FAR)]
    for row in band:
        free = _meet(free, _room(row), _NARROWEST_GUTTER * row.size)
    left = sum(row.pieces[0].x1 <= gap[1] for row in band)
    right = sum(row.pieces[-1].x0 >= gap[0] for row in band)
    return _Band(first, end, _gutters(band, free), min(left, right))


def _without_tail(rows: Sequence[Row], first: int, end: int, gap: Interval) -> int:
    """Leave out rows at the end that head what comes below.

    They stand below a wide gap, on one side only, and are drawn after everything on the other side.
    """
    drawn = max((p.order for row in rows[first:end] for p in row.pieces if p.x0 >= gap[0]), default=-1)
    for at in range(end - 1, first, -1):
        if rows[at].pieces[-1].x1 > gap[1] or rows[at].pieces[0].order < drawn:
            break
        if rows[at - 1].y - rows[at].y > _NEXT_LINE * max(rows[at].size, rows[at - 1].size):
            return at
    return end


def _room(row: Row) -> list[Interval]:
    """Return where a row leaves the page free."""
    ends = [-_FAR, *(end for piece in row.pieces for end in (piece.x0, piece.x1)), _FAR]
    return list(zip(ends[::2], ends[1::2], strict=True))


def _meet(first: Sequence[Interval], second: Sequence[Interval], narrowest: float) -> list[Interval]:
    met = ((max(a0, b0), min(a1, b1)) for a0, a1 in first for b0, b1 in second)
    return [(x0, x1) for x0, x1 in met if x1 - x0 >= narrowest]


def _through(gutter: Interval, row: Row) -> Interval | None:
    """Return what is left of a gutter after a row, None when the row closes it.

    A row with text on both sides must leave most of it free or begin again where its right edge is: a gap
    between two words of a full line that happens to lie in it does neither.
    """
    shared = _meet([gutter], _room(row), _NARROWEST_GUTTER * row.size)
    if not shared:
        return None
    x0, x1 = max(shared, key=lambda interval: interval[1] - interval[0])
    both = row.pieces[0].x0 < gutter[0] and row.pieces[-1].x1 > gutter[1]
    goes_on = x1 - x0 >= _STILL_THE_SAME_GUTTER * (gutter[1] - gutter[0]) or gutter[1] - x1 < _ALIGNED * row.size
    return (x0, x1) if goes_on or not both else None


def _inner(band: Sequence[Row], free: Sequence[Interval]) -> list[Interval]:
    """Return the free intervals that have text on both sides."""
    if not band:
        return []
    left = min(row.pieces[0].x0 for row in band)
    right = max(row.pieces[-1].x1 for row in band)
    return [(x0, x1) for x0, x1 in free if x0 > left and x1 < right]


def _gutters(band: Sequence[Row], free: Sequence[Interval]) -> list[Interval]:
    """Return the gutters of a band: wide ones, or narrow ones on which what stands to the right is aligned."""
    gutters: list[Interval] = []
    for x0, x1 in _inner(band, free):
        left = sum(any(piece.x1 <= x0 for piece in row.pieces) for row in band)
        starts = [start for row in band if (start := _first_after(row, x1)) is not None]
        size = median(row.size for row in band)
        if min(left, len(starts)) < _FEWEST_ROWS:
            continue
        aligned = sum(start - x1 < _ALIGNED * size for start in starts) >= _MOSTLY * len(starts)
        if x1 - x0 >= _GUTTER * size or (aligned and len(starts) >= _FEWEST_LINES_OF_PROSE):
            gutters.append((x0, x1))
    return gutters


def _first_after(row: Row, x: float) -> float | None:
    return next((piece.x0 for piece in row.pieces if piece.x0 >= x), None)


def _cells(row: Row, index: int, gutters: Sequence[Interval]) -> Iterator[_Cell]:
    def column(piece: Piece) -> int:
        return sum(piece.x0 >= x1 for _, x1 in gutters)

    for number, pieces in groupby(row.pieces, column):
        yield _Cell(index, number, row.y, row.size, tuple(pieces))


def _in_order(cells: Sequence[_Cell], gutters: Sequence[Interval], page: int, block: int) -> Iterator[SetLine]:
    columns = [[cell for cell in cells if cell.column == number] for number in range(len(gutters) + 1)]
    if all(_is_prose(column) for column in columns):
        for number, column in enumerate(columns):
            edges = (min(cell.x0 for cell in column), max(cell.x1 for cell in column))
            yield from (_line(cell.pieces, page, block + number, edges) for cell in column)
        return
    drawn = all(a.order < b.order for column in columns for a, b in pairwise(column))
    ordered = sorted(cells, key=lambda cell: cell.order) if drawn else list(cells)
    yield from _joined_cells(ordered, columns, page, block)


def _is_prose(column: Sequence[_Cell]) -> bool:
    """Whether a column holds running text: several lines, most of them as wide as the column."""
    if len(column) < _FEWEST_LINES_OF_PROSE:
        return False
    width = max(cell.x1 for cell in column) - min(cell.x0 for cell in column)
    full = sum(cell.x1 - cell.x0 >= _FULL * width for cell in column)
    size = median(cell.size for cell in column)
    return full >= _MOSTLY * len(column) and width >= _PROSE_COLUMNS / 2 * size


def _joined_cells(
    ordered: Sequence[_Cell], columns: Sequence[Sequence[_Cell]], page: int, block: int
) -> Iterator[SetLine]:
    """Join neighbours on one row to a line, unless one of them is a line of several in its cell."""
    edges = [(min(c.x0 for c in column), max(c.x1 for c in column)) if column else (0.0, 0.0) for column in columns]
    lines: list[list[_Cell]] = []
    for index, cell in enumerate(ordered):
        above = lines[-1][-1] if lines else None
        beside = above is not None and above.row == cell.row and above.column < cell.column
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        several = len(lines) > 1 and _runs_on(lines[-2][-1], lines[-1][0])
        if above is not None and beside and (_is_mark(above) or not (several or _runs_on(cell, after))):
            lines[-1].append(cell)
        else:
            lines.append([cell])
    number = block
    for index, line in enumerate(lines):
        if index and not _runs_on(lines[index - 1][-1], line[-1]):
            number += 1
        pieces = tuple(piece for cell in line for piece in cell.pieces)
        yield _line(pieces, page, number, edges[line[-1].column])


def _is_mark(cell: _Cell) -> bool:
    """Whether a cell holds nothing but a bullet or the number of an item, which belongs to what stands beside it."""
    text = joined(cell.pieces)
    return len(text) <= _WIDEST_MARK and not text.isalpha() and not text[:1].isdigit() or text.rstrip(".)、）").isdigit()


def _runs_on(cell: _Cell, after: _Cell | None) -> bool:
    """Whether the next cell is the next line in the same column."""
    if after is None or after.column != cell.column:
        return False
    return 0 < cell.y - after.y <= _NEXT_LINE * cell.size


def _whole(row: Row, page: int) -> Iterator[SetLine]:
    """Yield a row as one line; a single letter far off at the margin, which marks the line, is one of its own."""
    pieces = row.pieces
    while len(pieces) > 1 and _is_apart(pieces[-2], pieces[-1]):
        yield _line(pieces[-1:], page, -1)
        pieces = pieces[:-1]
    yield _line(pieces, page, 0)


def _is_apart(before: Piece, last: Piece) -> bool:
    return len(last.text) <= _LETTER_AT_THE_MARGIN and last.text.isalpha() and last.x0 - before.x1 > _FAR_APART * last.size


def _line(pieces: tuple[Piece, ...], page: int, block: int, edges: Interval | None = None) -> SetLine:
    inked = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
    sizes = [piece.size for piece in inked or pieces for _ in piece.text]
    return SetLine(
        joined(pieces),
        pieces[0].x0,
        pieces[-1].x1,
        pieces[-1].y,
        max(set(sizes), key=sizes.count) if sizes else pieces[0].size,
        bold=bool(inked) and all(piece.bold for piece in inked),
        italic=bool(inked) and all(piece.italic for piece in inked),
        marked=pieces[0].marked,
        page=page,
        block=block,
        left=edges[0] if edges else None,
        right=edges[1] if edges else None,
    )
