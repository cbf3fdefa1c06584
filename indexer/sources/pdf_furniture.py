"""Running heads, running feet and page numbers: what stands at the same place on page after page.

Pages are compared from their edges inwards, after the manner of Lin, "Header and footer extraction by page
association" (2003): lines at one height form a slot, and a slot is furniture when what stands in it comes again. Text
that changes with the section is caught by the slot, a number by its counting, and a name on top of three pages is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind
from indexer.sources.pdf_edges import NAMED_NUMBER, NUMBER, Look, Part, look_of, page_offset, parts_of, rows_near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.pdf_page import Row, RowPage

_SAME_HEIGHT = 4.0
_ROUGHLY_THE_SAME_HEIGHT = 14.0
_MOSTLY = 0.6
_OFTEN = 0.4
_CLOSE = 1.5
_WIDE = 0.6
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|版权所有|版權所有)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a running head or foot."""

    kind: NonSpeechKind
    text: str


@dataclass(frozen=True, slots=True)
class Furnished:
    """A page with its furniture taken off: the parts above and below, and the rows that are left."""

    head: tuple[Mark, ...]
    foot: tuple[Mark, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """What stands at one height: whether most of it comes again, as furniture does and a first line does not.

    `look` is that of nearly all of it, where it stands on most pages.
    """

    comes_again: bool
    look: Look | None


def take_furniture(pages: Sequence[RowPage]) -> tuple[Furnished, ...]:
    """Part running heads and feet from the rows of every page."""
    tops = _Edge(pages, top=True)
    bottoms = _Edge(pages, top=False)
    found: list[Furnished] = []
    for index, page in enumerate(pages):
        above = tops.taken(index)
        below = min(bottoms.taken(index), len(page.rows) - above)
        end = len(page.rows) - below
        head = tuple(mark for row in page.rows[:above] for mark in tops.marks(index, row))
        foot = tuple(mark for row in page.rows[end:] for mark in bottoms.marks(index, row))
        found.append(Furnished(head, foot, page.rows[above:end]))
    return tuple(found)


class _Edge:
    """What stands near the upper or the lower edge of all pages."""

    def __init__(self, pages: Sequence[RowPage], *, top: bool) -> None:
        self._top = top
        self._pages = pages
        self._parts = [[list(parts_of(page, row, top=top)) for row in rows_near(page, top=top)] for page in pages]
        self._heights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for part in self._all():
            self._heights[part.shape].setdefault(part.page, part.height)
        self._offset = page_offset(self._all())
        self._slots: dict[int, _Slot] = {}
        self._look, self._width = _body(pages)

    def _all(self) -> Iterator[Part]:
        return (part for page in self._parts for row in page for part in row)

    def taken(self, index: int) -> int:
        """Return how many rows of a page are furniture, counted from the edge."""
        count = 0
        for row in self._parts[index]:
            if not all(self._is_furniture(part) or self._fills_slot(part) for part in row):
                break
            count += 1
        return self._without_text(index, count)

    def _without_text(self, index: int, count: int) -> int:
        """Leave out rows that run on, in the same type and without a gap, into rows that are no furniture.

        Text that happens to come again, on forms and on slides, is not taken off in the middle of a paragraph.
        """
        rows = self._pages[index].rows if self._top else self._pages[index].rows[::-1]
        prose = (at for at in range(min(count, len(rows) - 1)) if self._is_prose(index, rows[at], rows[at + 1]))
        count = min(next(prose, count), count)
        while 0 < count < len(rows) and _runs_on(rows[count - 1], rows[count]):
            if self._is_number(index, rows[count - 1]):
                break
            count -= 1
        return count

    def _is_number(self, index: int, row: Row) -> bool:
        return all(map(self._counts, parts_of(self._pages[index], row, top=self._top)))

    def _is_prose(self, index: int, row: Row, inner: Row) -> bool:
        """Whether two rows are lines of a paragraph: in the type of the text, one as wide as the text."""
        wide = max(one.pieces[-1].x1 - one.pieces[0].x0 for one in (row, inner)) > _WIDE * self._width
        return wide and look_of(row) == self._look and _runs_on(row, inner) and not self._is_number(index, row)

    def marks(self, index: int, row: Row) -> Iterator[Mark]:
        """Yield the parts of a row that is furniture."""
        for part in parts_of(self._pages[index], row, top=self._top):
            is_number = part.shape == "0" or bool(NUMBER.fullmatch(part.text) and NAMED_NUMBER.search(part.text))
            yield Mark(NonSpeechKind.PAGE_NUMBER if is_number else NonSpeechKind.RUNNING_HEAD, part.text)

    def _is_furniture(self, part: Part) -> bool:
        if self._counts(part):
            return True
        if not self._top and _COPYRIGHT.match(part.text):
            return True
        return self._comes_again(part, max(2, round(_OFTEN * len(self._pages)))) and self._slot(part).comes_again

    def _comes_again(self, part: Part, times: int) -> bool:
        """Whether a part stands, at about the same height, on as many pages as that."""
        heights = self._heights[part.shape].values()
        return (
            len(heights) >= times
            and sum(abs(height - part.height) <= _ROUGHLY_THE_SAME_HEIGHT for height in heights) >= times
        )

    def _counts(self, part: Part) -> bool:
        """Whether a part is the number of its page: named as one, or in step with the others."""
        match = NUMBER.fullmatch(part.text)
        if not match:
            return False
        if not match["number"].isdigit():
            return self._comes_again(part, 2)
        return bool(NAMED_NUMBER.search(part.text)) or int(match["number"]) - part.page == self._offset

    def _slot(self, part: Part) -> _Slot:
        height = round(part.height)
        if height not in self._slots:
            parts = [other for other in self._all() if abs(other.height - height) <= _SAME_HEIGHT]
            again = sum(self._counts(other) or self._comes_again(other, 2) for other in parts)
            looks = Counter(other.look for other in parts)
            look, alike = looks.most_common(1)[0] if looks else (None, 0)
            pages = len({other.page for other in parts})
            often = pages >= max(3, _MOSTLY * len(self._pages)) and alike >= _MOSTLY * len(parts)
            self._slots[height] = _Slot(again >= _MOSTLY * len(parts), look if often else None)
        return self._slots[height]

    def _fills_slot(self, part: Part) -> bool:
        """Whether a part that does not come again looks like the others in a slot on most pages, where these do."""
        slot = self._slot(part)
        return slot.comes_again and slot.look == part.look


def _body(pages: Sequence[RowPage]) -> tuple[Look | None, float]:
    """Return the look of most text, and the width of the text."""
    looks: Counter[Look] = Counter()
    widest = 0.0
    for page in pages:
        for row in page.rows:
            looks[look_of(row)] += sum(len(piece.text) for piece in row.pieces)
            widest = max(widest, row.pieces[-1].x1 - row.pieces[0].x0)
    return (looks.most_common(1)[0][0] if looks else None), widest


def _runs_on(row: Row, inner: Row) -> bool:
    return look_of(row) == look_of(inner) and abs(row.y - inner.y) < _CLOSE * row.size
