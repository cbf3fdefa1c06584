"""How a document is set: sizes, margins, leading, and what parts its paragraphs.

It is measured whether a wider gap, an indent or nothing but a short last line parts paragraphs.
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

INDENT = 0.9  # Shares of the size of the type, as the next.
USUAL_LEADING = 1.25
SHORT = 0.15
"""The part of the width of a column that the last line of a paragraph leaves empty, to be told from a full one."""

_SAME_SIZE, _WIDER_GAP, _MARGIN_SLACK = 0.08, 0.2, 0.5
_NEAR_EDGE = 2.0
_ROUNDING = 0.04
_FEWEST_TO_JUDGE = 3
_MOSTLY = 0.6
_SENTENCE_END = re.compile(r"[。！？!?；;…：:.][”’\"'」』）)\]】]*$")
_ITEM = re.compile(
    r"[•●○▪■□◆◇➢►‣·∙–—-]\s|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-z])[)）]"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]+[章节條条部]|\d{1,2}[.、．)）](?!\d)"
)


@dataclass(frozen=True, slots=True)
class Measures:
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


def measure(lines: Sequence[SetLine]) -> Measures:
    """Measure the lines of a document, of which there is at least one."""
    own = [line for line in lines if line.left is None]
    usual = own if len(own) > len(lines) / 2 else list(lines)
    right = _edge([line.x1 for line in usual], body_size(usual))
    left = -_edge([-line.x0 for line in usual], body_size(usual))
    size = body_size(lines)
    pairs = [
        (a, b)
        for a, b in pairwise(lines)
        if (a.page, a.block) == (b.page, b.block) and 0 < a.y - b.y < 3 * a.size and same_look(a, b)
    ]
    leading = _leading(pairs, right - left)
    ended = [
        (a, b)
        for a, b in pairs
        if ends_sentence(a) and right - a.x1 > SHORT * (right - left) and a.left is None and not begins_item(b)
    ]
    return Measures(
        leading,
        spaced=_mostly([is_wider(a, b, leading) for a, b in ended]),
        indented=_mostly([b.x0 - left > INDENT * b.size for _, b in ended]),
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
        if sum(other >= end - _NEAR_EDGE * size for other in ordered[rank : rank + company]) >= company:
            return end
    return ordered[0]


def _leading(pairs: Sequence[tuple[SetLine, SetLine]], width: float) -> dict[int, float]:
    """Return the usual distance of two baselines in a paragraph, by the size of the type in whole points."""
    steps: dict[int, Counter[float]] = {}
    for above, line in pairs:
        weight = 3 if above.x1 - above.x0 > (1 - SHORT) * width and not ends_sentence(above) else 1
        steps.setdefault(round(above.size), Counter())[round((above.y - line.y) / above.size, 2)] += weight
    return {size: _commonest(counter) for size, counter in steps.items() if sum(counter.values()) >= _FEWEST_TO_JUDGE}


def _commonest(steps: Counter[float]) -> float:
    """Return the distance that is met most often, those that differ by rounding counted together."""
    votes = {step: sum(n for other, n in steps.items() if abs(other - step) <= _ROUNDING) for step in steps}
    most = max(votes.values())
    near = [step for step, n in votes.items() if n == most]
    return median(near)


def is_wider(above: SetLine, line: SetLine, leading: dict[int, float]) -> bool:
    """Whether two lines stand further apart than lines of a paragraph do."""
    usual = leading.get(round(above.size), USUAL_LEADING)
    return (above.y - line.y) / above.size > usual + _WIDER_GAP


def same_look(above: SetLine, line: SetLine) -> bool:
    """Whether two lines are set in the same size and cut."""
    alike = abs(above.size - line.size) <= _SAME_SIZE * above.size
    return alike and (above.bold, above.italic) == (line.bold, line.italic)


def body_size(lines: Iterable[SetLine]) -> float:
    """Return the size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += sum(map(str.isalnum, line.text))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def begins_item(line: SetLine) -> bool:
    """Whether a line begins with a bullet or a number, as items of lists and numbered headings do."""
    return line.marked or bool(_ITEM.match(line.text))


def ends_sentence(line: SetLine) -> bool:
    """Whether a line ends like a sentence, or like the lead to what is below."""
    return bool(_SENTENCE_END.search(line.text))


def left_over(line: SetLine, measures: Measures) -> float:
    """Return the part of the width of its column that a line leaves empty on the right."""
    left = measures.left if line.left is None else line.left
    right = measures.right if line.right is None else line.right
    return max(right - line.x1, 0.0) / max(right - left, line.size)


def has_room(above: SetLine, line: SetLine, measures: Measures) -> bool:
    """Whether the first word of a line would have fitted on the line above."""
    right = measures.right if above.right is None else above.right
    average = (line.x1 - line.x0) / max(len(line.text), 1)
    return right - above.x1 > _first_word_length(line.text) * average + _MARGIN_SLACK * above.size


def _first_word_length(text: str) -> int:
    """Return how many characters a line break carries over at the least, with the blank before them."""
    word = re.match(r"[^\s\u2e80-\uffff]+", text)
    return word.end() + 1 if word else 2
