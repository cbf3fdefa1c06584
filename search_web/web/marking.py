"""A passage cut where its markings begin and end, so that a template marks it without touching the text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a passage that is marked alike from its first character to its last."""

    text: str
    highlighted: bool
    in_best_sentence: bool


def marked_segments(
    text: str, highlights: Iterable[Span], best_sentence: Span | None = None, answers: Iterable[Span] = ()
) -> tuple[Segment, ...]:
    """Return the text in as few pieces as its markings allow; joined, they are the text.

    Spans are code points (start, end) and may nest, touch or overlap. What a span has outside the text marks
    nothing. `answers` are the sentences that answer; they are marked as a best sentence is.
    """
    highlights = tuple(highlights)
    sentence = (*answers, *(() if best_sentence is None else (best_sentence,)))
    cuts = {0, len(text)}
    for start, end in (*highlights, *sentence):
        cuts |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    ends = sorted(cuts)
    segments: list[Segment] = []
    for start, end in pairwise(ends):
        segment = Segment(text[start:end], _covers(highlights, start, end), _covers(sentence, start, end))
        if segments and _marked_alike(segments[-1], segment):
            segment = Segment(segments.pop().text + segment.text, segment.highlighted, segment.in_best_sentence)
        segments.append(segment)
    return tuple(segments)


def _covers(spans: tuple[Span, ...], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _marked_alike(one: Segment, other: Segment) -> bool:
    return (one.highlighted, one.in_best_sentence) == (other.highlighted, other.in_best_sentence)
