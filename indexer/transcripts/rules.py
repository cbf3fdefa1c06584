"""Lines that the page put there and nobody's words are: rules of dots or strokes between turns, and counted pages."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Line

_RULE = re.compile(r"(?:[.·…_=*\-–—─━]\s?){10,}")
_BARE_NUMBER = re.compile(r"\s*[-–—]?\s*(\d{1,3})\s*[-–—]?\s*")
_FEWEST_COUNTED = 3


def take_rules(lines: Sequence[Line]) -> tuple[tuple[NonSpeech, ...], tuple[Line, ...]]:
    """Part lines that hold a rule and nothing else, and bare numbers that count up by one, from the others.

    They go before anything is measured, so that a name stands right above its title and a list of participants in one
    piece.
    """
    counted = _counted(lines)
    taken: list[NonSpeech] = []
    kept: list[Line] = []
    for line in lines:
        text = line.text.strip()
        is_rule = text and not text[0].isalnum() and _RULE.fullmatch(text)
        if is_rule or line.number in counted:
            taken.append(NonSpeech(NonSpeechKind.NAVIGATION, text, LineSpan(line.number, line.number)))
        else:
            kept.append(line)
    return tuple(taken), tuple(kept)


def _counted(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that hold 1, 2, 3, … through the whole file, each by itself on its line."""
    bare = [(line.number, int(match[1])) for line in lines if (match := _BARE_NUMBER.fullmatch(line.text))]
    steps = {after - before for (_, before), (_, after) in pairwise(bare)}
    return frozenset(number for number, _ in bare) if len(bare) >= _FEWEST_COUNTED and steps == {1} else frozenset()
