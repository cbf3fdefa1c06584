"""The cells of a run of rows, and what their columns hold: running text, or labels beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from indexer.sources.pdf_page import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.sources.pdf_page import Piece

_FEWEST_LINES_OF_PROSE = 4
_FULL, _MOSTLY, _NEARLY_ALL = 0.75, 0.6, 0.75
_NARROWEST_PROSE = 10  # A share of the size of the type.
_SAME_SIZE = 0.15
_LONGEST_LABEL = 40
_MARK = re.compile(r"\W{0,3}|\W?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3})\W{1,2}|\d{1,3}")
_TWO = 2
_ENDS = re.compile(r"[。！？!?…：:.—–-][”’\"'」』）)\]】]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """The pieces of one row that stand in one column of a band."""

    row: int
    column: int
    y: float
    size: float
    pieces: tuple[Piece, ...]

    @property
    def order(self) -> int:
        """When the file draws the cell."""
        return min(piece.order for piece in self.pieces)

    @property
    def x0(self) -> float:
        """Where its text begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where its text ends."""
        return self.pieces[-1].x1


def is_prose(column: Sequence[Cell]) -> bool:
    """Whether a column holds running text: several lines, most of them as wide as the column."""
    if len(column) < _FEWEST_LINES_OF_PROSE:
        return False
    width = max(cell.x1 for cell in column) - min(cell.x0 for cell in column)
    full = sum(cell.x1 - cell.x0 >= _FULL * width for cell in column)
    size = median(cell.size for cell in column)
    return full >= _MOSTLY * len(column) and width >= _NARROWEST_PROSE * size


def runs_on(cell: Cell, after: Cell | None, reach: float) -> bool:
    """Whether the next cell is the next line in the same column."""
    if after is None or after.column != cell.column:
        return False
    alike = abs(cell.size - after.size) <= _SAME_SIZE * cell.size
    return alike and 0 < cell.y - after.y <= reach * cell.size


def is_mark(cell: Cell) -> bool:
    """Whether a cell holds nothing but a bullet or the number of an item, which belongs to what stands beside it."""
    return _MARK.fullmatch(joined(cell.pieces)) is not None


def labelled_text(columns: Sequence[Sequence[Cell]], reach: float) -> list[tuple[list[Cell], list[Cell]]]:
    """Return labels with the text beside them, as a play is set: the speaker on the left, the speech on the right.

    Empty when this is something else: the label of a form, for instance, may stand at half the height of its text.
    A label may take several lines, of which the first stands beside the first line of a paragraph and none below the
    end of one. Text above the
    first label has none.
    """
    if len(columns) != _TWO or not columns[0]:
        return []
    labels, text = columns
    if not is_prose(text) or len(labels) > len(text) or any(map(is_mark, labels)):
        return []
    if any(len(joined(label.pieces)) > _LONGEST_LABEL for label in labels):
        return []
    groups: list[list[Cell]] = []
    for label in labels:
        near = groups and groups[-1][-1].y - label.y <= reach * max(groups[-1][-1].size, label.size)
        if near and not _follows_last_line(label, text):
            groups[-1].append(label)
        else:
            groups.append([label])
    opens = [_opens_paragraph(group[0], text, reach) for group in groups]
    if sum(opens) < _NEARLY_ALL * len(opens):
        return []
    starts = [group[0].row for group in groups]
    parts: list[tuple[list[Cell], list[Cell]]] = [([], [cell for cell in text if cell.row < starts[0]])]
    for group, start, end in zip(groups, starts, [*starts[1:], float("inf")], strict=True):
        parts.append((group, [cell for cell in text if start <= cell.row < end]))
    return parts


def _follows_last_line(label: Cell, text: Sequence[Cell]) -> bool:
    """Whether a label stands beside the line below the last line of a paragraph: one that is short and ends a sentence.

    Then it is a label of its own, and no second line of the one above, however close the rows stand.
    """
    at = next((index for index, cell in enumerate(text) if cell.row == label.row), 0)
    if not at:
        return False
    above = text[at - 1]
    is_short = above.x1 < max(cell.x1 for cell in text) - _TWO * above.size
    return is_short and bool(_ENDS.search(joined(above.pieces)))


def _opens_paragraph(label: Cell, text: Sequence[Cell], reach: float) -> bool:
    """Whether a paragraph begins beside a label: below a gap, below the end of a sentence, or on top."""
    beside = next((cell for cell in text if cell.row == label.row), None)
    if beside is None:
        return False
    above = next((cell for cell in reversed(text) if cell.row < label.row), None)
    return above is None or not runs_on(above, beside, reach) or bool(_ENDS.search(joined(above.pieces)))
