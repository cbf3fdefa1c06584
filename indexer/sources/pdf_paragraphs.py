"""Lines to paragraphs: which line goes on the paragraph of the line above, by how lines are set.

Nothing here reads words for their meaning. It is measured how the document parts its paragraphs, by a wider gap, by
an indent or by nothing but a short last line, and that decides where the other signs are silent.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.sources.pdf_page import SetLine

_SAME_SIZE = 0.08  # Shares of the size of the type, unless said otherwise.
_INDENT = 0.9
_WIDER_GAP = 0.2
_CLOSE = 1.75
_USUAL_LEADING = 1.25
_FEWEST_TO_JUDGE = 3
_MOSTLY = 0.6
_SHORT, _VERY_SHORT = 0.15, 0.35  # Shares of the width of the column.
_MARGIN_SLACK = 0.5
_SENTENCE_END = re.compile(r"[。！？!?；;…：:.][”’\"'」』）)\]】]*$")
_ITEM = re.compile(
    r"[•●○▪■□◆◇➢►‣·∙–—-]\s|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-z])[)）]"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]+[章节條条部]|\d{1,2}[.、．)）](?!\d)"
)
_LABEL = re.compile(r"(?:[^\s:：]{1,12}|\S{1,12} \S{1,12})[:：](?!//)")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,})\s*\S{0,6}$")
_NUMBER_ALONE = re.compile(r"\W*\d[\d.,%\s]*\W*")


@dataclass(frozen=True, slots=True)
class _Measures:
    """How the document is set.

    `leading` is the distance of baselines within paragraphs in shares of the size, by size. `spaced` tells that
    a wider gap parts paragraphs, `indented` that an indent does. `left`, `right` and `bottom` are the edges of
    the text of a page, `size` that of most lines.
    """

    leading: dict[int, float]
    spaced: bool
    indented: bool
    left: float
    right: float
    bottom: float
    size: float


def continuations(lines: Sequence[SetLine]) -> tuple[bool, ...]:
    """Return for each line whether it goes on the paragraph of the line before it, over columns and pages too."""
    if not lines:
        return ()
    measures = _measure(lines)
    found = [False]
    for above, line in pairwise(lines):
        if above.page == line.page and above.block == line.block and above.y > line.y:
            found.append(_goes_on(above, line, measures, opened=not found[-1]))
        else:
            found.append(_goes_on_elsewhere(above, line, measures))
    return tuple(found)


def body_size(lines: Iterable[SetLine]) -> float:
    """Return the size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def begins_item(line: SetLine) -> bool:
    """Whether a line begins with a bullet or a number, as items of lists and numbered headings do."""
    return line.marked or bool(_ITEM.match(line.text))


def ends_sentence(line: SetLine) -> bool:
    """Whether a line ends like a sentence, or like the lead to what is below."""
    return bool(_SENTENCE_END.search(line.text))


def _measure(lines: Sequence[SetLine]) -> _Measures:
    own = [line for line in lines if line.left is None]
    usual = own if len(own) > len(lines) / 2 else list(lines)
    right = _edge([line.x1 for line in usual], body_size(usual))
    left = -_edge([-line.x0 for line in usual], body_size(usual))
    size = body_size(lines)
    pairs = [
        (a, b)
        for a, b in pairwise(lines)
        if (a.page, a.block) == (b.page, b.block) and 0 < a.y - b.y < 3 * a.size and _same_look(a, b)
    ]
    leading = _leading(pairs, right - left)
    ended = [
        (a, b)
        for a, b in pairs
        if ends_sentence(a) and right - a.x1 > _SHORT * (right - left) and a.left is None and not begins_item(b)
    ]
    return _Measures(
        leading,
        spaced=_mostly([_is_wider(a, b, leading) for a, b in ended]),
        indented=_mostly([b.x0 - left > _INDENT * b.size for _, b in ended]),
        left=left,
        right=right,
        bottom=min(line.y for line in lines),
        size=size,
    )


def _mostly(signs: Sequence[bool]) -> bool:
    return len(signs) >= _FEWEST_TO_JUDGE and sum(signs) >= _MOSTLY * len(signs)


def _edge(ends: Sequence[float], size: float) -> float:
    """Return the outermost place that several lines come close to."""
    ordered = sorted(ends, reverse=True)
    company = min(max(2, len(ordered) // 20), len(ordered))
    for rank, end in enumerate(ordered):
        if sum(other >= end - 2 * size for other in ordered[rank : rank + company]) >= company:
            return end
    return ordered[0]


def _leading(pairs: Sequence[tuple[SetLine, SetLine]], width: float) -> dict[int, float]:
    """Return the usual distance of two baselines in a paragraph, by the size of the type in whole points."""
    steps: dict[int, Counter[float]] = {}
    for above, line in pairs:
        weight = 3 if above.x1 - above.x0 > (1 - _SHORT) * width and not ends_sentence(above) else 1
        steps.setdefault(round(above.size), Counter())[round((above.y - line.y) / above.size, 2)] += weight
    return {size: _commonest(counter) for size, counter in steps.items() if sum(counter.values()) >= _FEWEST_TO_JUDGE}


def _commonest(steps: Counter[float]) -> float:
    """Return the distance that is met most often, those that differ by rounding counted together."""
    votes = {step: sum(n for other, n in steps.items() if abs(other - step) <= 0.04) for step in steps}  # noqa: PLR2004
    most = max(votes.values())
    near = [step for step, n in votes.items() if n == most]
    return median(near)


def _is_wider(above: SetLine, line: SetLine, leading: dict[int, float]) -> bool:
    usual = leading.get(round(above.size), _USUAL_LEADING)
    return (above.y - line.y) / above.size > usual + _WIDER_GAP


def _same_look(above: SetLine, line: SetLine) -> bool:
    alike = abs(above.size - line.size) <= _SAME_SIZE * above.size
    return alike and (above.bold, above.italic) == (line.bold, line.italic)


def _same_paragraph_look(above: SetLine, line: SetLine) -> bool:
    """Whether two lines may be one paragraph: a word that is set off may fill a line of a sentence that goes on."""
    if _same_look(above, line):
        return True
    alike = abs(above.size - line.size) <= _SAME_SIZE * above.size
    without_letters = _NUMBER_ALONE.fullmatch(line.text) is not None
    return alike and not ends_sentence(above) and (line.text[:1].islower() or without_letters)


def _goes_on(above: SetLine, line: SetLine, measures: _Measures, *, opened: bool) -> bool:
    """Decide for two lines below each other. `opened` tells that the upper one begins its paragraph."""
    if not _same_paragraph_look(above, line) or _opens_item(above, line) or _LEADERS.search(above.text):
        return False
    if _is_wider(above, line, measures.leading) and not _small_step(above, line, measures):
        return False
    shift = line.x0 - above.x0
    hangs = begins_item(above) or (opened and _LABEL.match(above.text))
    if shift > _INDENT * line.size and not hangs:
        return False
    if shift < -_INDENT * line.size and not opened:
        return False
    left_over = _left_over(above, measures)
    if line.text[:1].islower() and not ends_sentence(above):
        return True
    if left_over > _VERY_SHORT:
        return False
    if measures.spaced and line.left is None:
        return not (ends_sentence(above) and _LABEL.match(line.text) and left_over > _SHORT)
    if measures.indented and line.left is None:
        return not (left_over > _SHORT and ends_sentence(above))
    if not _has_room(above, line, measures):
        return not (ends_sentence(above) and _LABEL.match(line.text))
    return not ends_sentence(above) and left_over <= _SHORT


def _small_step(above: SetLine, line: SetLine, measures: _Measures) -> bool:
    """Whether a raised sign pushed the lines apart in mid-sentence."""
    step = (above.y - line.y) / above.size
    usual = measures.leading.get(round(above.size), _USUAL_LEADING)
    return step <= usual * 1.4 and not ends_sentence(above) and line.text[:1].islower()  # noqa: PLR2004


def _opens_item(above: SetLine, line: SetLine) -> bool:
    if line.marked:
        return True
    return bool(_ITEM.match(line.text)) and (ends_sentence(above) or not line.text[:1].isdigit())


def _goes_on_elsewhere(above: SetLine, line: SetLine, measures: _Measures) -> bool:
    """Decide for the last line of a column or page and the first of the next, which is further up or over the page."""
    if above.page == line.page and line.y <= above.y:
        return False
    if not _same_paragraph_look(above, line) or _opens_item(above, line) or _differs_in_width(above, line, measures):
        return False
    left = measures.left if line.left is None else line.left
    if measures.indented and line.x0 - left > _INDENT * line.size:
        return False
    if not ends_sentence(above):
        return line.text[:1].islower() or _left_over(above, measures) <= _VERY_SHORT
    if _has_room(above, line, measures) or _LABEL.match(line.text):
        return False
    usual = measures.leading.get(round(above.size), _USUAL_LEADING) * above.size
    return above.page == line.page or above.y - measures.bottom < 2 * usual


def _differs_in_width(above: SetLine, line: SetLine, measures: _Measures) -> bool:
    """Whether two lines stand in columns of different widths, or one of them in a table and the other not."""
    widths = [
        measures.right - measures.left if one.left is None or one.right is None else one.right - one.left
        for one in (above, line)
    ]
    return abs(widths[0] - widths[1]) > _SHORT * max(widths)


def _left_over(line: SetLine, measures: _Measures) -> float:
    """Return the part of the width of its column that a line leaves empty on the right."""
    left = measures.left if line.left is None else line.left
    right = measures.right if line.right is None else line.right
    return max(right - line.x1, 0.0) / max(right - left, line.size)


def _has_room(above: SetLine, line: SetLine, measures: _Measures) -> bool:
    """Whether the first word of a line would have fitted on the line above."""
    right = measures.right if above.right is None else above.right
    average = (line.x1 - line.x0) / max(len(line.text), 1)
    return right - above.x1 > _first_word_length(line.text) * average + _MARGIN_SLACK * above.size


def _first_word_length(text: str) -> int:
    """Return how many characters a line break carries over at the least, with the blank before them."""
    word = re.match(r"[^\s\u2e80-\uffff]+", text)
    return word.end() + 1 if word else 2
