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
from indexer.sources.pdf_page import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.pdf_page import Piece, Row, RowPage

_ZONE = 0.2
_MOST_ROWS = 6
_SAME_HEIGHT = 4.0
_ROUGHLY_THE_SAME_HEIGHT = 14.0
_MOSTLY = 0.6
_OFTEN = 0.4
_APART = 1.5
_CLOSE = 1.5
_WIDE = 0.6
_NUMBER = re.compile(
    r"(?:page|p\.|第)?\s*[-–—|/·•(\[]*\s*(?P<number>\d{1,4}|[ivxl]{1,6})\s*[-–—|/·•)\]]*\s*(?:页|頁)?"
    r"\s*(?:(?:of|/|／|,|，|共|\|)[\s共]*\d{1,4}\s*(?:页|頁)?)?",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"page|第|页|頁|/|of|[-–—]\s*\d+\s*[-–—]", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|版权所有|版權所有)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_EDGE_SIGNS = " .,:;|·•-–—"


Look = tuple[float, bool, bool]
"""Size, bold, italic."""


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
class _Part:
    """A part of a row near the edge of a page, parted from others by a wide gap. `height` is how far off that is."""

    page: int
    height: float
    text: str
    shape: str
    look: Look


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
        self._parts = [[list(_parts(page, row, top=top)) for row in _near(page, top=top)] for page in pages]
        self._heights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for part in self._all():
            self._heights[part.shape].setdefault(part.page, part.height)
        self._offset = _offset(self._all())
        self._slots: dict[int, _Slot] = {}
        self._look, self._width = _body(pages)

    def _all(self) -> Iterator[_Part]:
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
        return all(map(self._counts, _parts(self._pages[index], row, top=self._top)))

    def _is_prose(self, index: int, row: Row, inner: Row) -> bool:
        """Whether two rows are lines of a paragraph: in the type of the text, one as wide as the text."""
        wide = max(one.pieces[-1].x1 - one.pieces[0].x0 for one in (row, inner)) > _WIDE * self._width
        return wide and _look(row) == self._look and _runs_on(row, inner) and not self._is_number(index, row)

    def marks(self, index: int, row: Row) -> Iterator[Mark]:
        """Yield the parts of a row that is furniture."""
        for part in _parts(self._pages[index], row, top=self._top):
            is_number = part.shape == "0" or bool(_NUMBER.fullmatch(part.text) and _NAMED_NUMBER.search(part.text))
            yield Mark(NonSpeechKind.PAGE_NUMBER if is_number else NonSpeechKind.RUNNING_HEAD, part.text)

    def _is_furniture(self, part: _Part) -> bool:
        if self._counts(part):
            return True
        if not self._top and _COPYRIGHT.match(part.text):
            return True
        return self._comes_again(part, max(2, round(_OFTEN * len(self._pages)))) and self._slot(part).comes_again

    def _comes_again(self, part: _Part, times: int) -> bool:
        """Whether a part stands, at about the same height, on as many pages as that."""
        heights = self._heights[part.shape].values()
        return (
            len(heights) >= times
            and sum(abs(height - part.height) <= _ROUGHLY_THE_SAME_HEIGHT for height in heights) >= times
        )

    def _counts(self, part: _Part) -> bool:
        """Whether a part is the number of its page: named as one, or in step with the others."""
        match = _NUMBER.fullmatch(part.text)
        if not match:
            return False
        if not match["number"].isdigit():
            return self._comes_again(part, 2)
        return bool(_NAMED_NUMBER.search(part.text)) or int(match["number"]) - part.page == self._offset

    def _slot(self, part: _Part) -> _Slot:
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

    def _fills_slot(self, part: _Part) -> bool:
        """Whether a part that does not come again looks like the others in a slot on most pages, where these do."""
        slot = self._slot(part)
        return slot.comes_again and slot.look == part.look


def _body(pages: Sequence[RowPage]) -> tuple[Look | None, float]:
    """Return the look of most text, and the width of the text."""
    looks: Counter[Look] = Counter()
    widest = 0.0
    for page in pages:
        for row in page.rows:
            looks[_look(row)] += sum(len(piece.text) for piece in row.pieces)
            widest = max(widest, row.pieces[-1].x1 - row.pieces[0].x0)
    return (looks.most_common(1)[0][0] if looks else None), widest


def _runs_on(row: Row, inner: Row) -> bool:
    return _look(row) == _look(inner) and abs(row.y - inner.y) < _CLOSE * row.size


def _look(row: Row) -> Look:
    return (round(row.pieces[0].size, 1), row.pieces[0].bold, row.pieces[0].italic)


def _near(page: RowPage, *, top: bool) -> list[Row]:
    """Return the rows in the outer fifth of a page, the outermost first."""
    height = page.top - page.bottom
    rows = page.rows if top else page.rows[::-1]
    near = [row for row in rows if _height(page, row, top=top) <= _ZONE * height]
    return near[:_MOST_ROWS]


def _height(page: RowPage, row: Row, *, top: bool) -> float:
    return page.top - row.y if top else row.y - page.bottom


def _parts(page: RowPage, row: Row, *, top: bool) -> Iterator[_Part]:
    group: list[Piece] = []
    for piece in row.pieces:
        if group and piece.x0 - group[-1].x1 > _APART * row.size:
            yield _part(page, row, group, top=top)
            group = []
        group.append(piece)
    if group:
        yield _part(page, row, group, top=top)


def _part(page: RowPage, row: Row, pieces: list[Piece], *, top: bool) -> _Part:
    text = joined(tuple(pieces))
    return _Part(page.number, _height(page, row, top=top), text, _shape(text), _look(row))


def _shape(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.casefold().split())).strip(_EDGE_SIGNS)


def _offset(parts: Iterator[_Part]) -> int | None:
    """Return what bare numbers are ahead of the count of pages, where several agree.

    One alone counts when it is the number of its page, or of the one before it for a cover that is not counted.
    """
    votes: Counter[int] = Counter()
    for part in parts:
        match = _NUMBER.fullmatch(part.text)
        if match and match["number"].isdigit():
            votes[int(match["number"]) - part.page] += 1
    if not votes:
        return None
    offset, times = votes.most_common(1)[0]
    return offset if times > 1 or offset in {0, -1} else None
