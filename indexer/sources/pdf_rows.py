"""Glyphs to rows: which glyphs stand on one baseline, and where blanks part them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.sources.pdf_characters import UNREADABLE
from indexer.sources.pdf_page import Piece, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.sources.pdf_page import Glyph

_LINE_HEIGHT, _LINE_SHAPE = 1.8, 4.0
_SAME_BASELINE = 0.25  # All shares are of the size of the type.
_SMALLER, _RAISED, _ATTACHED = 0.8, 0.6, 0.35
_OVERPRINTED = 0.15
_FEWEST_TO_JUDGE = 8
_WIDEST_TRACKING = 0.5
_BLANK, _PARTED, _AFTER_STOP = 0.2, 0.03, 0.2
_NARROW_SHARE, _NARROWEST_BLANK = 0.6, 0.1
_HAN_BLANK, _TYPED_HAN_BLANK, _MIXED_BLANK = 0.8, 0.15, 0.6

_PIECE_GAP, _WIDER_THAN_WORD_GAP, _WIDEST_PIECE_GAP = 0.45, 1.6, 1.0
_FEWEST_SPREAD_PAIRS, _SPREAD = 4, 0.8
_HAN_SIGNS = frozenset("“”‘’—…·")
_STOPS = frozenset(".,;:)")
_MARK_SIGNS = frozenset("•●○▪■□◆◇➢►‣·∙")


def rows_of(glyphs: Sequence[Glyph]) -> tuple[Row, ...]:
    """Return the rows of a page from top to bottom, their pieces from left to right.

    Blanks of the text layer are taken where it has them; where it has none, a gap between two characters is a
    blank when it is wider than the gaps within words. Between Han characters only a wide gap is one, and between
    Han and Latin a gap of the size that layout programs put there by themselves is none. Raised and lowered small
    type is part of the row that it is attached to.
    """
    clusters = _merge_raised(_clusters(glyphs))
    word_gap = _word_gap(clusters)
    cut = min(max(_PIECE_GAP, _WIDER_THAN_WORD_GAP * word_gap), _WIDEST_PIECE_GAP)
    rows = (_row(cluster, cut) for cluster in clusters)
    return tuple(row for row in rows if any(piece.text for piece in row.pieces))


def drawn_lines(rows: Sequence[Row], images: Sequence[tuple[float, float, float, float]]) -> int:
    """Return how many images stand in the text like a line of it, or a part of one: as high, and between its lines."""
    return sum(any(_is_line_of(image, row) for row in rows) for image in images)


def _is_line_of(image: tuple[float, float, float, float], row: Row) -> bool:
    left, bottom, right, top = image
    height = top - bottom
    if not _LINE_HEIGHT * 0.4 * row.size < height < _LINE_HEIGHT * row.size or right - left < _LINE_SHAPE * height:
        return False
    first, last = row.pieces[0].x0, row.pieces[-1].x1
    beside = bottom < row.y < top and (abs(left - last) < 2 * row.size or abs(right - first) < 2 * row.size)
    under = 0 < row.y - top < row.size and first - row.size < left and right < last + row.size and height > row.size
    return beside or under


def _clusters(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    clusters: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.y, glyph.x0)):
        anchor = clusters[-1][0] if clusters else None
        if anchor and anchor.y - glyph.y <= _SAME_BASELINE * min(anchor.size, glyph.size):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    inked = (cluster for cluster in clusters if any(glyph.text != " " for glyph in cluster))
    return [sorted(cluster, key=lambda glyph: (glyph.x0, glyph.order)) for cluster in inked]


def _merge_raised(clusters: list[list[Glyph]]) -> list[list[Glyph]]:
    """Move small type that is attached to a row beside it, an ordinal sign or the number of a note, into that row."""
    merged = [list(cluster) for cluster in clusters]
    for index, small in enumerate(clusters):
        for beside in (index + 1, index - 1):
            if not 0 <= beside < len(merged) or not merged[beside] or not merged[index]:
                continue
            host = merged[beside]
            if all(_is_attached(run, host) for run in _runs(small)):
                merged[beside] = sorted([*host, *small], key=lambda glyph: (glyph.x0, glyph.order))
                merged[index] = []
    return [cluster for cluster in merged if cluster]


def _is_attached(run: Sequence[Glyph], host: Sequence[Glyph]) -> bool:
    """Whether small type follows right upon larger type of the row, a little above or below, and over none of it."""
    first, last = run[0], run[-1]
    inked = [glyph for glyph in host if glyph.text.strip()]
    if any(glyph.x0 < last.x1 - first.size / 2 and glyph.x1 > first.x0 + first.size / 2 for glyph in inked):
        return False
    return any(
        first.size <= _SMALLER * glyph.size
        and abs(first.y - glyph.y) <= _RAISED * glyph.size
        and abs(first.x0 - glyph.x1) < _ATTACHED * glyph.size
        for glyph in inked
    )


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and glyph.x0 - runs[-1][-1].x1 < _ATTACHED * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _word_gap(clusters: Iterable[Sequence[Glyph]]) -> float:
    """Return the usual gap between words, as a share of the size of the type."""
    gaps = [
        (after.x0 - before.x1) / after.size
        for cluster in clusters
        for before, after in pairwise([glyph for glyph in cluster if glyph.text != " "])
        if after.x0 - before.x1 > _BLANK * after.size
    ]
    return median(gaps) if gaps else 0.0


def _row(cluster: Sequence[Glyph], cut: float) -> Row:
    drawn: list[Glyph] = []
    typed_blank_before: set[int] = set()
    after_blank = False
    for glyph in cluster:
        if glyph.text == " ":
            after_blank = True
            continue
        if drawn and _is_printed_again(drawn[-1], glyph):
            drawn[-1] = replace(drawn[-1], bold=True)  # Printed twice with a small shift, to look bold.
            continue
        if after_blank:
            typed_blank_before.add(len(drawn))
        after_blank = False
        drawn.append(glyph)
    blanks = _blanks(drawn, typed_blank_before)
    if drawn[0].text == UNREADABLE and 1 in blanks:
        drawn[0] = replace(drawn[0], text="")  # A bullet of a font that does not name it.
    pieces: list[Piece] = []
    first = 0
    for index in range(1, len(drawn) + 1):
        if (
            index == len(drawn)
            or _turns_italic(drawn, index, blanks)
            or drawn[index].x0 - drawn[index - 1].x1 > cut * drawn[index].size
        ):
            pieces.append(_piece(drawn, blanks, first, index))
            first = index
    lengths: dict[float, int] = {}
    for glyph in drawn:
        lengths[glyph.size] = lengths.get(glyph.size, 0) + 1
    size = max(lengths, key=lambda each: (lengths[each], each))
    baseline = median(glyph.y for glyph in drawn if glyph.size == size)
    return Row(baseline, size, tuple(pieces))


def _is_printed_again(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character is the one before it again, a little aside. The letters of a ligature stand on one place."""
    shift = glyph.x0 - before.x0
    again = glyph.text == before.text and shift < _OVERPRINTED * glyph.size
    return again and (shift > 0 or glyph.order - before.order > 1)


def _blanks(drawn: Sequence[Glyph], typed: set[int]) -> set[int]:
    """Return the indices of the glyphs that have a blank before them."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(drawn)]
    size = median(glyph.size for glyph in drawn)
    tracking = min(max(median(gaps), 0.0), _WIDEST_TRACKING * size) if len(gaps) >= _FEWEST_TO_JUDGE else 0.0
    blanks: set[int] = set()
    tracked = tracking > _PARTED * size
    between_han: list[int] = []
    pairs_of_han = 0
    han = [_is_han(glyph.text) for glyph in drawn]
    for index, gap in enumerate(gaps, 1):
        wide = (gap - tracking) / drawn[index].size
        if han[index - 1] and han[index]:
            pairs_of_han += 1
            if wide > _HAN_BLANK or (index in typed and wide > _TYPED_HAN_BLANK):
                blanks.add(index)
                between_han.append(index)
        elif han[index - 1] or han[index]:
            after_stop = drawn[index - 1].text in _STOPS and drawn[index].text.isalnum()
            if index in typed or wide > (_AFTER_STOP if after_stop else _MIXED_BLANK):
                blanks.add(index)
        elif index in typed or wide > (_PARTED if drawn[index].parted and not tracked else _BLANK):
            blanks.add(index)
    if len(blanks) > 2 * len(typed):
        blanks |= _narrower(drawn, gaps, blanks, han)
    if len(between_han) > max(_FEWEST_SPREAD_PAIRS, pairs_of_han / 2):
        blanks.difference_update(between_han)  # The layer parts every character, as recognised pages do.
    if len(blanks) > max(_FEWEST_SPREAD_PAIRS, _SPREAD * len(gaps)):
        words = _WIDER_THAN_WORD_GAP * median(gaps)  # Every letter is parted: P R E S E N T A T I O N.
        blanks = {index for index in blanks if gaps[index - 1] > words}
    return blanks


def _narrower(drawn: Sequence[Glyph], gaps: Sequence[float], blanks: set[int], han: Sequence[bool]) -> set[int]:
    """Return blanks that are narrower than usual, in a row that was fitted into its width without typed blanks."""
    words = [gaps[index - 1] for index in blanks if not han[index - 1] and not han[index]]
    if not words:
        return set()
    least = max(_NARROW_SHARE * median(words), _NARROWEST_BLANK * drawn[0].size)
    return {index for index, gap in enumerate(gaps, 1) if gap > least and not han[index - 1] and not han[index]}


def _is_han(text: str) -> bool:
    """Whether type of this kind is set without blanks: Han, kana, full-width signs."""
    return "\u2e80" <= text[:1] <= "\u9fff" or "\uf900" <= text[:1] <= "\uffef" or (text in _HAN_SIGNS and text != "")


def _turns_italic(drawn: Sequence[Glyph], index: int, blanks: set[int]) -> bool:
    """Whether bold type turns into italic between two words: a name and what its bearer is."""
    before, after = drawn[index - 1], drawn[index]
    turns = before.bold and not before.italic and after.italic and not after.bold
    return turns and index in blanks and after.text.isalnum()


def _piece(drawn: Sequence[Glyph], blanks: set[int], first: int, end: int) -> Piece:
    text = ""
    for index in range(first, end):
        text += (" " if index in blanks and index > first else "") + drawn[index].text
    inked = [glyph for glyph in drawn[first:end] if any(map(str.isalnum, glyph.text))]
    sizes = [glyph.size for glyph in inked or drawn[first:end]]
    return Piece(
        text.strip(),
        drawn[first].x0,
        drawn[end - 1].x1,
        median(glyph.y for glyph in drawn[first:end]),
        max(set(sizes), key=sizes.count),
        bold=bool(inked) and all(glyph.bold for glyph in inked),
        italic=bool(inked) and all(glyph.italic for glyph in inked),
        order=min(glyph.order for glyph in drawn[first:end]),
        blank=first in blanks,
        marked=drawn[first].text == "" or drawn[first].text in _MARK_SIGNS,
    )
