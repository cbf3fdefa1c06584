"""Lines to paragraphs: which line goes on the paragraph of the line above, by how lines are set.

Nothing here reads words for their meaning. What was measured on the document decides where other signs are silent.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.sources.pdf_measures import (
    INDENT,
    SHORT,
    USUAL_LEADING,
    Measures,
    begins_item,
    ends_sentence,
    has_room,
    is_wider,
    left_over,
    measure,
    same_look,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.sources.pdf_page import SetLine

_VERY_SHORT = 0.35  # A share of the width of the column.
_RAISED = 1.4
_SAME_SIZE = 0.08
_LABEL = re.compile(r"(?:[^\s:：]{1,12}|\S{1,12} \S{1,12})[:：](?!//)")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,})\s*\S{0,6}$")
_BROKEN_WORD = re.compile(r"[^\W_][-\u2010\u00ad]$")
_NUMBER_ALONE = re.compile(r"\W*\d[\d.,%\s]*\W*")


def continuations(lines: Sequence[SetLine]) -> tuple[bool, ...]:
    """Return for each line whether it goes on the paragraph of the line before it, over columns and pages too."""
    if not lines:
        return ()
    measures = measure(lines)
    found = [False]
    for above, line in pairwise(lines):
        if above.page == line.page and above.block == line.block and above.y > line.y:
            found.append(_goes_on(above, line, measures, opened=not found[-1]))
        else:
            found.append(_goes_on_elsewhere(above, line, measures))
    return tuple(found)


def _same_paragraph_look(above: SetLine, line: SetLine) -> bool:
    """Whether two lines may be one paragraph: a word that is set off may fill a line of a sentence that goes on."""
    if same_look(above, line):
        return True
    alike = abs(above.size - line.size) <= _SAME_SIZE * above.size
    without_letters = _NUMBER_ALONE.fullmatch(line.text) is not None
    return alike and not ends_sentence(above) and (line.text[:1].islower() or without_letters)


def _goes_on(above: SetLine, line: SetLine, measures: Measures, *, opened: bool) -> bool:
    """Decide for two lines below each other. `opened` tells that the upper one begins its paragraph."""
    parted = _is_parted(above, line, measures, opened=opened)
    if parted or _in_word_or_sentence(above, line):
        return not parted
    room = left_over(above, measures)
    if room > _VERY_SHORT:
        return False
    ended = ends_sentence(above)
    labelled = ended and _LABEL.match(line.text) is not None
    if measures.spaced and line.left is None:
        return not (labelled and room > SHORT)
    if measures.indented and line.left is None:
        return not (ended and room > SHORT)
    if has_room(above, line, measures):
        return not ended and room <= SHORT
    return not labelled


def _is_parted(above: SetLine, line: SetLine, measures: Measures, *, opened: bool) -> bool:
    """Whether type, gap or indent says that a new paragraph begins."""
    if not _same_paragraph_look(above, line) or _opens_item(above, line) or _LEADERS.search(above.text):
        return True
    if is_wider(above, line, measures.leading) and not _small_step(above, line, measures):
        return True
    shift = (line.x0 - above.x0) / line.size
    hangs = begins_item(above) or (opened and _LABEL.match(above.text) is not None)
    return (shift > INDENT and not hangs) or (shift < -INDENT and not opened)


def _in_word_or_sentence(above: SetLine, line: SetLine) -> bool:
    """Whether a line ends in the middle of a word, or of a sentence that the next goes on with a small letter."""
    broken = _BROKEN_WORD.search(above.text) is not None
    return broken or (line.text[:1].islower() and not ends_sentence(above))


def _small_step(above: SetLine, line: SetLine, measures: Measures) -> bool:
    """Whether a raised sign pushed the lines apart in mid-sentence."""
    step = (above.y - line.y) / above.size
    usual = measures.leading.get(round(above.size), USUAL_LEADING)
    return step <= _RAISED * usual and not ends_sentence(above) and line.text[:1].islower()


def _opens_item(above: SetLine, line: SetLine) -> bool:
    """Whether an item of a list begins. A line of a sentence may begin with a figure that looks like its number."""
    return line.marked or (begins_item(line) and (ends_sentence(above) or not line.text[:1].isdigit()))


def _goes_on_elsewhere(above: SetLine, line: SetLine, measures: Measures) -> bool:
    """Decide for the last line of a column or page and the first of the next, which is further up or over the page."""
    if above.page == line.page and line.y <= above.y:
        return _is_cut_off(above, line, measures)
    if not _same_paragraph_look(above, line) or _opens_item(above, line) or _differs_in_width(above, line, measures):
        return False
    left = measures.left if line.left is None else line.left
    if measures.indented and line.x0 - left > INDENT * line.size:
        return False
    if not ends_sentence(above):
        return _in_word_or_sentence(above, line) or left_over(above, measures) <= _VERY_SHORT
    if has_room(above, line, measures) or _LABEL.match(line.text):
        return False
    usual = measures.leading.get(round(above.size), USUAL_LEADING) * above.size
    return above.page == line.page or above.y - measures.bottom < 2 * usual


def _is_cut_off(above: SetLine, line: SetLine, measures: Measures) -> bool:
    """Whether a line at the beginning of what looks like columns is the rest of a sentence above them."""
    if line.y == above.y or _is_parted(above, line, measures, opened=True):
        return False
    aligned = abs(line.x0 - above.x0) < INDENT * line.size or line.x0 < above.x0
    full = left_over(above, measures) <= SHORT and not ends_sentence(above) and not line.text[:1].isupper()
    return aligned and (full or (_in_word_or_sentence(above, line) and left_over(above, measures) <= _VERY_SHORT))


def _differs_in_width(above: SetLine, line: SetLine, measures: Measures) -> bool:
    """Whether two lines stand in columns of different widths, or one of them in a table and the other not."""
    widths = [
        measures.right - measures.left if one.left is None or one.right is None else one.right - one.left
        for one in (above, line)
    ]
    return abs(widths[0] - widths[1]) > SHORT * max(widths)
