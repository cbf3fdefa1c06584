"""The text that is most like a quote, among the passages of a call. This module owns rapidfuzz.fuzz."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from search_web.quotes.difference import mapped, token_offsets, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = 60.0
"""How alike (0 to 100, Indel similarity) a text must be to the quote that it may have become."""

TELLING = 20
"""How many characters are found again by themselves; fewer are told apart by what stands around them."""

_LEAST_MARGIN = 40
_CONTEXT = 40
_ALIGNED = 12
_SLACK = 10.0
"""By how much the rough alignment, whose window is as long as the quote, may be less alike than the final one."""


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

    `context` stood before and after it. What is shorter than TELLING is looked for together with that.
    """
    before, after = (context[0][-_CONTEXT:], context[1][:_CONTEXT]) if len(kept) < TELLING else ("", "")
    probe = f"{before}{kept}{after}"
    best: Near | None = None
    for number in _promising(probe, texts):
        text = texts[number]
        worth = ALIKE if best is None else max(ALIKE, best.alike - _SLACK)
        aligned = fuzz.partial_ratio_alignment(probe, text, score_cutoff=worth)
        if aligned is None or not text:
            continue
        window = (aligned.dest_start, aligned.dest_end) if len(probe) <= len(text) else (0, len(text))
        span = _span(kept, context, text, *window)
        if span is None:
            continue
        score = alike(probe, text[slice(*window)]) if probe != kept else alike(kept, text[slice(*span)])
        if score >= ALIKE and (best is None or score > best.alike):
            best = Near(number, *span, score)
    return best


def _promising(kept: str, texts: Sequence[str]) -> list[int]:
    """Return, rising, the places of those texts that have most pairs of characters of the quote."""
    pairs = set(pairwise(kept))
    shared = [len(pairs.intersection(pairwise(text))) for text in texts]
    return sorted(sorted(range(len(texts)), key=lambda number: (-shared[number], number))[:_ALIGNED])


def _span(kept: str, context: tuple[str, str], text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what took the place of the quote, where an alignment found it, or it and its context, roughly.

    None when nothing did.
    """
    margin = max(_LEAST_MARGIN, len(kept) // 3)
    before, after = context[0][-_CONTEXT:], context[1][:_CONTEXT]
    offsets = token_offsets(tokens(text))
    low = max(offset for offset in offsets if offset <= max(0, start - margin - len(before)))
    high = min(offset for offset in offsets if offset >= min(len(text), end + margin + len(after)))
    first, last = mapped(f"{before}{kept}{after}", text[low:high], len(before), len(before) + len(kept))
    if first == last:
        return None
    # What began or ended a passage goes on doing so.
    begins = 0 if not before and low == 0 else low + first
    ends = len(text) if not after and high == len(text) else low + last
    return begins, ends
