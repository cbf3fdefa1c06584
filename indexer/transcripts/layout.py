"""Lines to paragraphs: finds out how a file breaks its lines, and undoes it.

Three regimes cover what is seen. *Wrapped*: lines are cut at a right margin, in text taken out of PDFs and in
mail; single- or double-spaced. *Captions*: short lines without punctuation, in subtitles. *Plain*: a line
is a paragraph. All of it is measured on the file, nothing is read off its words. Where the format itself tells which
lines go on (*given*), nothing is measured.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.transcripts.line_starts import LineStart, cut, joined_time
from indexer.transcripts.script import close_han_gaps, ends_sentence, first_unit_width, joint, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.model import Line, Person, TimeSpan

_WIDEST_MARGIN = 200
_NARROWEST_MARGIN = 16
_NARROWEST_COLUMN = 30
_WIDEST_NAME = 72  # Where a short file has hardly a line wider than a name, nothing tells its margin.
_FEWEST_WRAPPED_LINES = 4
_SMALL_LETTERS = 0.4  # Names and "I" begin lines too, and in some calls many.
_SLACK = 0.1  # Proportional type lets a full line be this much narrower than the margin.
_FEWEST_CAPTIONS = 30
_CAPTION_COLUMNS = 70
_MOST = 0.6
_FEW = 0.05
_MOST_WIDER = 0.15


class Regime(StrEnum):
    """How a file breaks its lines."""

    WRAPPED = "wrapped"
    CAPTIONS = "captions"
    PLAIN = "plain"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Layout:
    """What was measured on the lines of a file.

    `margin` is the right margin in columns. `blank_parts` says that an empty line parts paragraphs; where
    it is False in wrapped text, an empty line follows every line. `blank_ends` says that a blank at the end
    of a line marks the end of a paragraph and its absence a wrap, without exception on the lines where that
    is certain.
    """

    regime: Regime
    margin: int
    blank_parts: bool
    blank_ends: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader of the original sees it.

    `text` is the paragraph on one line, `raw` the lines that it was joined from, `first` and `last` their
    numbers. `short` tells that it fills less than one line of wrapped text, as headings and names do. `time`,
    `person`, `bold` and `heading` are those of the lines, where the format gives them. `starts` tells where in
    `text` each line begins.
    """

    text: str
    raw: str
    first: int
    last: int
    page: int | None
    short: bool
    time: TimeSpan | None = None
    person: Person | None = None
    bold: bool = False
    heading: bool = False
    starts: tuple[LineStart, ...] = ()

    def part(self, begin: int, end: int | None = None) -> Paragraph:
        """Return the paragraph with text[begin:end] only, without the blanks at its ends."""
        piece = self.text[begin:end]
        begin += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if piece and len(piece) == len(self.text):
            return self
        return replace(self, text=piece, starts=cut(self.starts, begin, begin + len(piece)))


def measure(lines: Sequence[Line], stands_alone: Callable[[str], bool], is_whole: Callable[[str], bool]) -> Layout:
    """Return the layout of the file that these lines, without running heads, come from.

    Wrapped text has many lines that end in mid-sentence and had no room for the next word, hardly any that had
    room, and goes on in small letters where it is in Latin script. Speaker lines and headings, which `is_whole` knows,
    tell nothing, and neither does a line above one that `stands_alone`.
    """
    filled = [line for line in lines if any(map(str.isalnum, line.text))]
    margin = _margin([width(line.text) for line in filled])
    if any(line.continues is not None for line in filled):
        margin = min(margin, _WIDEST_MARGIN) if margin >= _NARROWEST_COLUMN else _WIDEST_NAME
        return Layout(Regime.GIVEN, margin, blank_parts=True, blank_ends=False)
    pairs = [
        (a, b)
        for a, b in pairwise(filled)
        if not (ends_sentence(a.text) or is_whole(a.text) or (b.number - a.number == 1 and stands_alone(b.text)))
    ]
    full = [(a, b) for a, b in pairs if _fills(a, b, margin)]
    ragged = [(a, b) for a, b in pairs if not _fills(a, b, margin) and width(a.text) > margin / 2]
    wider = sum(width(line.text) > margin * (1 + _SLACK) for line in filled)
    has_margin = _NARROWEST_MARGIN <= margin <= _WIDEST_MARGIN and len(full) >= _FEWEST_WRAPPED_LINES
    has_margin = has_margin and wider <= _MOST_WIDER * len(filled)
    if has_margin and len(full) >= 3 * len(ragged) and _goes_on([b.text.strip() for _, b in full]):
        double_spaced = sum(b.number - a.number > 1 for a, b in full) > len(full) / 2
        return Layout(Regime.WRAPPED, margin, not double_spaced, _blank_ends(filled, full, margin))
    captions = len(filled) >= _FEWEST_CAPTIONS and len(pairs) > _MOST * len(filled) and _are_short(filled)
    return Layout(Regime.CAPTIONS if captions else Regime.PLAIN, margin, blank_parts=True, blank_ends=False)


def _are_short(lines: Sequence[Line]) -> bool:
    """Whether all but a few stray lines fit on a screen below a picture, and none is parted by empty lines."""
    longer = sum(width(line.text) > _CAPTION_COLUMNS for line in lines)
    parted = sum(b.number - a.number > 1 for a, b in pairwise(lines))
    return longer + parted < _FEW * len(lines)


def paragraphs(
    lines: Iterable[Line],
    layout: Layout,
    page_of: Callable[[int], int | None],
    stands_alone: Callable[[str], bool],
    is_whole: Callable[[str], bool],
) -> tuple[Paragraph, ...]:
    """Join lines to paragraphs. Captions know none: what follows without an empty line becomes one.

    `stands_alone` tells that a line opens a paragraph by what it says (a speaker line, a mark); a wrapped
    line in mid-sentence is joined all the same. `is_whole` tells that it is a paragraph and no line goes on from it: it
    has no words behind the name.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if not line.text.strip() and line.person is None:
            continue
        turned = bool(groups) and page_of(groups[-1][-1].number) != page_of(line.number)
        if groups and _continues(groups[-1], line, layout, stands_alone, is_whole, turned=turned):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(group, layout, page_of) for group in groups)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether lines that may continue a sentence look like it: Latin ones begin with a small letter."""
    cased = [line for line in lines if line[0].isupper() or line[0].islower()]
    if len(cased) < len(lines) / 2:
        return True
    return sum(line[0].islower() for line in cased) > _SMALL_LETTERS * len(cased)


def _margin(widths: Sequence[int]) -> int:
    """Return the widest column that several lines come close to; single wider lines are exceptions."""
    ordered = sorted(widths)
    company = max(3, len(ordered) // 20)
    for place in range(len(ordered) - 1, -1, -1):
        if place + 1 - bisect_left(ordered, ordered[place] * (1 - _SLACK)) >= company:
            return ordered[place]
    return 0


def _fills(line: Line, after: Line, margin: int) -> bool:
    """Whether the line had no room for the first word of the line after it."""
    return width(line.text) + first_unit_width(after.text) > margin * (1 - _SLACK)


def _blank_ends(filled: Sequence[Line], full: Sequence[tuple[Line, Line]], margin: int) -> bool:
    wrapped = [line for line, _ in full]
    ended = [line for line in filled if width(line.text) < margin / 2]
    return (
        bool(ended)
        and sum(_trails(line) for line in wrapped) <= len(wrapped) * 0.05
        and sum(_trails(line) for line in ended) >= len(ended) * 0.95
    )


def _trails(line: Line) -> bool:
    return line.text[-1:].isspace()


def _continues(
    group: Sequence[Line],
    line: Line,
    layout: Layout,
    stands_alone: Callable[[str], bool],
    is_whole: Callable[[str], bool],
    *,
    turned: bool,
) -> bool:
    if layout.regime is Regime.GIVEN:
        return bool(line.continues) and line.person is None
    if layout.regime is Regime.WRAPPED:
        return _wrapped_continues(group[-1], line, layout, stands_alone, is_whole, turned=turned)
    captions = layout.regime is Regime.CAPTIONS
    return captions and not stands_alone(line.text) and line.number - group[-1].number == 1


def _wrapped_continues(
    above: Line,
    line: Line,
    layout: Layout,
    stands_alone: Callable[[str], bool],
    is_whole: Callable[[str], bool],
    *,
    turned: bool,
) -> bool:
    """Whether a wrapped line goes on. Its trailing blank decides where that tells, else its width.

    Between pages, which `turned` tells of, empty lines part nothing that is in mid-sentence.
    """
    in_sentence = not ends_sentence(above.text)
    if (
        layout.blank_parts
        and line.number - above.number > 1
        and not (turned and in_sentence and not stands_alone(line.text))
    ):
        return False
    if layout.blank_ends:
        # In mid-sentence the blank of a full line is the one that stood between two words at the wrap.
        ended = _trails(above) and not (in_sentence and _fills(above, line, layout.margin))
        return not ended and (in_sentence or not stands_alone(line.text))
    if not _fills(above, line, layout.margin) or is_whole(above.text):
        return False
    return in_sentence or (layout.blank_parts and not stands_alone(line.text))


def _paragraph(group: Sequence[Line], layout: Layout, page_of: Callable[[int], int | None]) -> Paragraph:
    text = ""
    starts = []
    for line in group:
        piece = line.text.strip()
        if layout.regime is Regime.WRAPPED:
            piece = close_han_gaps(piece)
        if text:
            text += " " if layout.regime is Regime.CAPTIONS else joint(text, piece)
        starts.append(LineStart(len(text), line.number, page_of(line.number), line.time))
        text += piece
    has_margin = layout.regime in {Regime.WRAPPED, Regime.GIVEN}
    first, last = group[0], group[-1]
    return Paragraph(
        text,
        raw="\n".join(line.text.strip() for line in group),
        first=first.number,
        last=last.number,
        page=page_of(first.number),
        short=len(group) == 1 and (not has_margin or width(text) < layout.margin * (1 - _SLACK)),
        time=joined_time([line.time for line in group]),
        person=first.person,
        bold=all(line.bold for line in group),
        heading=first.heading,
        starts=tuple(starts),
    )
