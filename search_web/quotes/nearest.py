"""The text that is most like a quote, among the passages of a call. This module owns rapidfuzz.fuzz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from search_web.quotes.difference import mapped, token_offsets, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = 60.0
"""How alike (0 to 100, Indel similarity) a text must be to the quote that it may have become."""

_SHORT = 12
_ALIKE_SHORT = 75.0
_LEAST_MARGIN = 40
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Near:
    """The code points [start, end) of the text at place `number`, and how alike they are to the quote, 0 to 100."""

    number: int
    start: int
    end: int
    alike: float


def alike(first: str, second: str) -> float:
    """Return how alike two texts are, 0 to 100."""
    return fuzz.ratio(first, second)


def nearest(kept: str, context: tuple[str, str], texts: Sequence[str]) -> Near | None:
    """Return where the text most like `kept` stands, the first of several; None when nothing is alike.

    `context` stood before and after it. Of a few characters more is asked, since they are like much.
    """
    least = _ALIKE_SHORT if len(kept) < _SHORT else ALIKE
    best: Near | None = None
    for number, text in enumerate(texts):
        aligned = fuzz.partial_ratio_alignment(kept, text, score_cutoff=least)
        if aligned is None or not text:
            continue
        start, end = (aligned.dest_start, aligned.dest_end) if len(kept) <= len(text) else (0, len(text))
        start, end = _widened(kept, context, text, start, end)
        score = alike(kept, text[start:end])
        if score >= least and (best is None or score > best.alike):
            best = Near(number, start, end, score)
    return best


def _widened(kept: str, context: tuple[str, str], text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span that took the place of the quote, where an alignment has found it roughly at [start, end)."""
    margin = max(_LEAST_MARGIN, len(kept) // 3)
    before, after = context[0][-_CONTEXT:], context[1][:_CONTEXT]
    offsets = token_offsets(tokens(text))
    low = max(offset for offset in offsets if offset <= max(0, start - margin - len(before)))
    high = min(offset for offset in offsets if offset >= min(len(text), end + margin + len(after)))
    first, last = mapped(f"{before}{kept}{after}", text[low:high], len(before), len(before) + len(kept))
    if first == last:
        return start, end
    # What began or ended a passage goes on doing so.
    begins = 0 if not before and low == 0 else low + first
    ends = len(text) if not after and high == len(text) else low + last
    return begins, ends
