"""Rows to lines in reading order: where a page has columns, and where a table only looks like it.

In a run of rows with gutters, columns of running text are read one after the other. Anything else (a table, a list of
names, a form) is read in the order in which the file draws it, when that goes down every column, for there the program
that made the file knew what belongs together; else row by row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from indexer.sources.pdf_bands import bands
from indexer.sources.pdf_cells import Cell, is_mark, is_prose, labelled_text, runs_on
from indexer.sources.pdf_page import SetLine, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.pdf_bands import Interval
    from indexer.sources.pdf_page import Piece, Row

_NEXT_LINE = 1.7  # Shares of the size of the type, as the next three.
_WIDER_THAN_USUAL, _WIDEST_LEADING = 1.15, 2.5
_FAR_APART = 3.0
_LETTER_AT_THE_MARGIN = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where cells stand: their page, the number of their first block, and how far apart lines of one cell may be."""

    page: int
    block: int
    reach: float


def reading_order(rows: Sequence[Row], page: int, margins: Sequence[float] = ()) -> tuple[SetLine, ...]:
    """Return the lines of a page, running heads and feet taken off before, as they are read.

    `margins` are places where other pages have text beside labels: see `label_margins`.
    """
    lines: list[SetLine] = []
    block = 0
    reach = _reach(rows)
    for band, gutters in bands(rows, reach, margins):
        if not gutters:
            lines.extend(line for row in band for line in _whole(row, page))
            continue
        cells = [cell for index, row in enumerate(band) for cell in _cells(row, index, gutters)]
        found = list(_in_order(cells, gutters, _Place(page, block + 1, reach)))
        block = max(line.block for line in found)
        lines.extend(found)
    return tuple(lines)


def _reach(rows: Sequence[Row]) -> float:
    """Return how far apart the lines of a paragraph may stand, in shares of the size of their type."""
    steps = [round((above.y - row.y) / row.size, 1) for above, row in pairwise(rows)]
    usual = max(set(steps), key=steps.count) if steps else 0.0
    return max(_NEXT_LINE, _WIDER_THAN_USUAL * min(usual, _WIDEST_LEADING))


def _cells(row: Row, index: int, gutters: Sequence[Interval]) -> Iterator[Cell]:
    def column(piece: Piece) -> int:
        return sum(piece.x0 >= x1 for _, x1 in gutters)

    for number, pieces in groupby(row.pieces, column):
        yield Cell(index, number, row.y, row.size, tuple(pieces))


def _in_order(cells: Sequence[Cell], gutters: Sequence[Interval], place: _Place) -> Iterator[SetLine]:
    columns = [[cell for cell in cells if cell.column == number] for number in range(len(gutters) + 1)]
    if all(is_prose(column) for column in columns):
        for number, column in enumerate(columns):
            edges = (min(cell.x0 for cell in column), max(cell.x1 for cell in column))
            yield from (_line(cell.pieces, place.page, place.block + number, edges) for cell in column)
        return
    if labelled := labelled_text(columns, place.reach):
        yield from _beside_labels(labelled, columns, place)
        return
    drawn = all(a.order < b.order for column in columns for a, b in pairwise(column))
    ordered = sorted(cells, key=lambda cell: cell.order) if drawn else list(cells)
    yield from _joined_cells(ordered, columns, place)


def label_margins(rows: Sequence[Row]) -> list[float]:
    """Return where on this page text begins that has labels on its left, as names of speakers in some records."""
    reach = _reach(rows)
    margins: list[float] = []
    for band, gutters in bands(rows, reach):
        cells = [cell for index, row in enumerate(band) for cell in _cells(row, index, gutters)]
        columns = [[cell for cell in cells if cell.column == number] for number in range(len(gutters) + 1)]
        if gutters and labelled_text(columns, reach):
            margins.append(gutters[0][1])
    return margins


def _beside_labels(
    labelled: Sequence[tuple[list[Cell], list[Cell]]], columns: Sequence[Sequence[Cell]], place: _Place
) -> Iterator[SetLine]:
    """Yield each label as one line, and below it the text that stands beside it."""
    edges = [(min(cell.x0 for cell in column), max(cell.x1 for cell in column)) for column in columns]
    for number, (labels, text) in enumerate(labelled):
        block = place.block + 2 * number
        if labels:
            pieces = tuple(replace(piece, blank=True) for label in labels for piece in label.pieces)
            yield replace(_line(pieces, place.page, block, edges[0]), label=True)
        yield from (_line(cell.pieces, place.page, block + 1, edges[1]) for cell in text)


def _joined_cells(ordered: Sequence[Cell], columns: Sequence[Sequence[Cell]], place: _Place) -> Iterator[SetLine]:
    """Join neighbours on one row to a line, unless one of them is a line of several in its cell."""
    edges = [(min(c.x0 for c in column), max(c.x1 for c in column)) if column else (0.0, 0.0) for column in columns]
    lines: list[list[Cell]] = []
    for index, cell in enumerate(ordered):
        above = lines[-1][-1] if lines else None
        beside = above is not None and above.row == cell.row and above.column < cell.column
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        several = len(lines) > 1 and runs_on(lines[-2][-1], lines[-1][0], place.reach)
        if above is not None and beside and (is_mark(above) or not (several or runs_on(cell, after, place.reach))):
            lines[-1].append(cell)
        else:
            lines.append([cell])
    number = place.block
    for index, line in enumerate(lines):
        if index and not _in_one_cell(lines[index - 1], line, place.reach):
            number += 1
        pieces = tuple(piece for cell in line for piece in cell.pieces)
        name = _bold_name(pieces)
        if name:
            yield _line(pieces[:name], place.page, number, edges[line[-1].column])
        yield _line(pieces[name:], place.page, number, edges[line[-1].column])


def _in_one_cell(above: Sequence[Cell], line: Sequence[Cell], reach: float) -> bool:
    """Whether two lines follow each other in one cell, beside the bullet of which the first may stand."""
    alone = len(above) == 1 or (len(above) == 2 and is_mark(above[0]))  # noqa: PLR2004 - mark and text
    return alone and len(line) == 1 and runs_on(above[-1], line[0], reach)


def _whole(row: Row, page: int) -> Iterator[SetLine]:
    """Yield a row as one line; a single letter far off at the margin, which marks the line, is one of its own."""
    pieces = row.pieces
    apart = next((i for i in range(1, len(pieces)) if all(map(_is_apart, pieces[i - 1 :], pieces[i:]))), len(pieces))
    name = _bold_name(pieces[:apart])
    if name:
        yield _line(pieces[:name], page, 0)
    yield _line(pieces[name:apart], page, 0)
    yield from (_line((piece,), page, -1) for piece in pieces[apart:])


def _bold_name(pieces: tuple[Piece, ...]) -> int:
    """Return how many pieces are bold where all after them are italic: a name before the title of its bearer."""
    bold = next((index for index, piece in enumerate(pieces) if not piece.bold or piece.italic), len(pieces))
    return (
        bold if bold and all(piece.italic and not piece.bold for piece in pieces[bold:]) and bold < len(pieces) else 0
    )


def _is_apart(before: Piece, last: Piece) -> bool:
    return (
        len(last.text) <= _LETTER_AT_THE_MARGIN and last.text.isalpha() and last.x0 - before.x1 > _FAR_APART * last.size
    )


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
