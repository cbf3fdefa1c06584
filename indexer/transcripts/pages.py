"""Running heads, page numbers, and on which page of the original a line stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Line, LineSpan, NonSpeech, NonSpeechKind
from indexer.transcripts.clock import trailing_clock
from indexer.transcripts.dates import find_date
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Page

_BARE_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_NAMED_NUMBER = re.compile(
    r"(?:第\s*(\d+)\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|page\s+(\d+)(?:\s+of\s+\d+)?|(\d+)\s*/\s*\d+)",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(r"(?:\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?|第\s*\d{1,4}\s*页)$", re.IGNORECASE)
_WIDE_GAP = re.compile(r"\S[ \t\u3000]{4,}\S")
_BLANKS = re.compile(r"[ \t\u3000]{4}")
_DIGITS = re.compile(r"\d+")
_MOST_COLUMNS_OF_A_HEAD = 140
_FEWEST_REPEATS = 3
_FEWEST_COUNTED = 2  # Lines that end in the number of their page.
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Paged:
    """The lines of a source without running heads and page numbers.

    `page_of` maps the number of a line to its page in the original; it lacks the lines of which that is
    unknown.
    """

    lines: tuple[Line, ...]
    page_of: Mapping[int, int]
    dropped: tuple[NonSpeech, ...]


def take_off_heads(pages: Sequence[Page], lines: Sequence[Line]) -> Paged:
    """Part running heads and page numbers from `lines`, the lines of `pages` or the last of them.

    A page begins at a form feed, at a running head that stands by no other sign, or, in text that has an empty
    line below every line, at a line that begins with one blank right below another: that is what text
    extraction leaves of a page break. Pages are counted from 1, and the count is set right by the page numbers
    that stand in the text.
    """
    heads = _heads(lines, _edges(pages))
    starts = _page_starts(pages, lines, heads)
    numbered = len(pages) > 1 or any(page.number is not None for page in pages)
    counted = _numbered(pages) if numbered else _count(lines, starts) if len(starts) > 1 else {}
    offset = _offset(lines, heads, counted)
    page_of = {number: count + offset for number, count in counted.items()}
    kept = tuple(line for line in lines if line.number not in heads)
    dropped = tuple(
        NonSpeech(heads[line.number], line.text.strip(), LineSpan(line.number, line.number))
        for line in lines
        if line.number in heads
    )
    return Paged(kept, page_of, dropped)


def _edges(pages: Sequence[Page]) -> frozenset[int]:
    """Return the numbers of the lines that stand first or last on one of several pages."""
    if len(pages) == 1:
        return frozenset()
    filled = ([line.number for line in page.lines if line.text.strip()] for page in pages)
    return frozenset(number for numbers in filled for number in (*numbers[:1], *numbers[-1:]))


def _heads(lines: Sequence[Line], edges: frozenset[int]) -> dict[int, NonSpeechKind]:
    """Return the numbers of lines that are a running head or a page number; `edges` stand at the edge of a page."""
    filled = [line for line in lines if line.text.strip()]
    texts = [line.text.strip() for line in filled]
    shapes = [_shape(text) for text in texts]
    times = Counter(shapes)
    counted = [_ENDS_IN_NUMBER.search(text) is not None for text in texts]
    repeated = [
        times[shape] >= _FEWEST_COUNTED if counted[index] else index > 0 and times[shape] >= _FEWEST_REPEATS
        for index, shape in enumerate(shapes)
    ]
    named = [_NAMED_NUMBER.fullmatch(text) is not None for text in texts]
    numbers = [
        is_named or _BARE_NUMBER.fullmatch(text) is not None for is_named, text in zip(named, texts, strict=True)
    ]
    # Without either of these a line is no running head, whatever stands beside it; that is so of nearly all lines.
    possible = [index for index, text in enumerate(texts) if repeated[index] or _has_wide_gap(text)]
    found: dict[int, NonSpeechKind] = {}
    before = -1
    while len(found) > before:
        before = len(found)
        for index in possible:
            near = filled[index].number in edges or counted[index]
            near = near or any(numbers[at] or filled[at].number in found for at in _beside(filled, index))
            if _is_head(texts[index], repeated=repeated[index], near=near):
                found[filled[index].number] = NonSpeechKind.RUNNING_HEAD
    for index, line in enumerate(filled):
        by_head = numbers[index] and any(filled[at].number in found for at in _beside(filled, index))
        if named[index] or by_head:
            found[line.number] = NonSpeechKind.PAGE_NUMBER
    return found


def _beside(lines: Sequence[Line], index: int) -> list[int]:
    return [near for near in (index - 1, index + 1) if 0 <= near < len(lines)]


def _has_wide_gap(text: str) -> bool:
    """Whether a line that is short enough for a head is parted in two."""
    return len(text) <= _MOST_COLUMNS_OF_A_HEAD and bool(_BLANKS.search(text) and _WIDE_GAP.search(text))


def _shape(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.split()))


def _is_head(text: str, *, repeated: bool, near: bool) -> bool:
    """Whether a line names the document rather than says something.

    It does when it has a date and stands again and again or is parted in two by a wide gap, or when it stands
    again and again `near` a page number, the edge of a page or another such line. The first line of a file is its
    title.
    """
    if (
        trailing_clock(text)
        or ends_sentence(text)
        or width(text) > _MOST_COLUMNS_OF_A_HEAD
        or not any(map(str.isalpha, text))
    ):
        return False
    dated = find_date(text) is not None
    return (dated and bool(_WIDE_GAP.search(text))) or (repeated and (dated or near))


def _page_starts(pages: Sequence[Page], lines: Sequence[Line], heads: Mapping[int, NonSpeechKind]) -> set[int]:
    starts = {page.lines[0].number for page in pages if page.lines}
    if len(pages) > 1:
        return starts
    if _is_double_spaced(lines):
        starts |= {
            line.number
            for above, line in pairwise(lines)
            if line.text[:1].isspace() and line.text[1:2].strip() and above.text.strip() and above.number not in heads
        }
    for group in _groups(lines, heads):
        after = next((line.number for line in lines if line.number > group[-1] and line.text.strip()), None)
        if after not in starts and not starts.intersection(group):
            starts.add(group[0])
    return starts


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Whether nearly every line has an empty one below it."""
    filled = sum(bool(line.text.strip()) for line in lines)
    below = sum(bool(a.text.strip()) and not b.text.strip() for a, b in pairwise(lines))
    return below > _NEARLY_ALL * filled


def _groups(lines: Sequence[Line], heads: Mapping[int, NonSpeechKind]) -> list[list[int]]:
    """Return runs of line numbers of heads with nothing but empty lines between them."""
    groups: list[list[int]] = []
    open_group = False
    for line in lines:
        if line.number in heads:
            if open_group:
                groups[-1].append(line.number)
            else:
                groups.append([line.number])
            open_group = True
        elif line.text.strip():
            open_group = False
    return groups


def _numbered(pages: Sequence[Page]) -> dict[int, int]:
    """Return the number of the page on which each line stands, where the source has pages."""
    counted: dict[int, int] = {}
    for page in pages:
        for line in page.lines:
            if page.number is not None:
                counted.setdefault(line.number, page.number)  # A form feed leaves two pieces of one line.
    return counted


def _count(lines: Sequence[Line], starts: set[int]) -> dict[int, int]:
    """Return the count of the page on which each line stands, by the number of the line."""
    counted: dict[int, int] = {}
    count = 0
    for line in lines:
        count += line.number in starts
        counted[line.number] = max(count, 1)
    return counted


def _offset(lines: Sequence[Line], heads: Mapping[int, NonSpeechKind], counted: Mapping[int, int]) -> int:
    """Return what to add to the count of pages so that it agrees with most page numbers in the text."""
    votes: Counter[int] = Counter()
    for line in lines:
        if line.number not in counted or heads.get(line.number) is not NonSpeechKind.PAGE_NUMBER:
            continue
        if number := _DIGITS.search(line.text):
            votes[int(number.group()) - counted[line.number]] += 1
    return votes.most_common(1)[0][0] if votes else 0
