"""Runs of rows that leave the same gutters free: the first step in finding the columns of a page.

The cutting at gutters goes back to the XY-cut of Nagy and Seth, "Hierarchical representation of optically scanned
documents" (1984), here with runs of rows in the place of horizontal cuts: a heading over two columns parts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.pdf_page import Row

Interval = tuple[float, float]

_FAR = 1e6
_NARROWEST_GUTTER = 0.5  # Shares of the size of the type.
_GUTTER = 1.5
_STILL_THE_SAME_GUTTER = 0.6
_ALIGNED = 0.5
_MOSTLY = 0.6
_FEWEST_ROWS = 2
_FEWEST_ALIGNED_ROWS = 4


@dataclass(frozen=True, slots=True)
class _Band:
    """A run of rows with gutters in common; `sides` is the number of rows on the side of the first that has fewer."""

    first: int
    end: int
    gutters: list[Interval]
    sides: int


def bands(
    rows: Sequence[Row], reach: float, margins: Sequence[float] = ()
) -> Iterator[tuple[Sequence[Row], list[Interval]]]:
    """Yield runs of rows, from top to bottom, with the gutters that they share; most runs have none.

    The gutter with most rows on both sides is cut first, and what is above and below it by itself. `reach` is the
    furthest that the lines of a paragraph stand apart, in shares of the size of the type, `margins` are places where
    a column is known to begin on other pages.
    """
    best = max((_band_around(rows, at, gap, reach, margins) for at, gap in _gaps(rows)), key=_strength, default=None)
    if best is None or not best.gutters:
        yield rows, []
        return
    if best.first:
        yield from bands(rows[: best.first], reach, margins)
    yield rows[best.first : best.end], best.gutters
    if best.end < len(rows):
        yield from bands(rows[best.end :], reach, margins)


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


def _band_around(rows: Sequence[Row], at: int, gap: Interval, reach: float, margins: Sequence[float]) -> _Band:
    """Return the longest run of rows around one of them through which its gap goes on."""
    end = at
    while end < len(rows) and (narrower := _through(gap, rows[end])):
        gap, end = narrower, end + 1
    first = at
    while first and (narrower := _through(gap, rows[first - 1])):
        gap, first = narrower, first - 1
    end = _without_tail(rows, first, end, gap, reach)
    band = rows[first:end]
    free = [(-_FAR, _FAR)]
    for row in band:
        free = _meet(free, _room(row), _NARROWEST_GUTTER * row.size)
    left = sum(row.pieces[0].x1 <= gap[1] for row in band)
    right = sum(row.pieces[-1].x0 >= gap[0] for row in band)
    return _Band(first, end, _gutters(band, free, margins), min(left, right))


def _without_tail(rows: Sequence[Row], first: int, end: int, gap: Interval, reach: float) -> int:
    """Leave out rows at the end that head what comes below.

    They stand below a wide gap, on one side only, and are drawn after everything on the other side.
    """
    drawn = max((p.order for row in rows[first:end] for p in row.pieces if p.x0 >= gap[0]), default=-1)
    for at in range(end - 1, first, -1):
        if rows[at].pieces[-1].x1 > gap[1] or rows[at].pieces[0].order < drawn:
            break
        if rows[at - 1].y - rows[at].y > reach * max(rows[at].size, rows[at - 1].size):
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


def _gutters(band: Sequence[Row], free: Sequence[Interval], margins: Sequence[float]) -> list[Interval]:
    """Return the gutters of a band: wide ones, or narrow ones on which what stands to the right is aligned."""
    gutters: list[Interval] = []
    for x0, x1 in _inner(band, free):
        left = sum(any(piece.x1 <= x0 for piece in row.pieces) for row in band)
        starts = [start for row in band if (start := _first_after(row, x1)) is not None]
        size = median(row.size for row in band)
        known = any(abs(x1 - margin) < _ALIGNED * size for margin in margins)
        if min(left, len(starts)) < (1 if known else _FEWEST_ROWS):
            continue
        aligned = sum(start - x1 < _ALIGNED * size for start in starts) >= _MOSTLY * len(starts)
        if x1 - x0 >= _GUTTER * size or (aligned and len(starts) >= _FEWEST_ALIGNED_ROWS):
            gutters.append((x0, x1))
    return gutters


def _first_after(row: Row, x: float) -> float | None:
    return next((piece.x0 for piece in row.pieces if piece.x0 >= x), None)
