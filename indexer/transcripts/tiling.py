"""Where the topic of a text changes: the depth scores of TextTiling.

Marti A. Hearst, "TextTiling: Segmenting text into multi-paragraph subtopic passages", Computational Linguistics 23
(1997). Between every two pieces of text the words before and after are compared; a place is deep when the words on
its two sides have less in common than those at the places around it. Words are Latin words without their plural
ending, and pairs of neighbouring Han characters, which need no dictionary; function words do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.stemmer import stem
from indexer.text.stopwords import is_stopword

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = 0.4  # Length of the text that is compared on either side, in full passages.
_DEEPEST = 1.5  # In standard deviations above the mean.
_WORD = re.compile(rf"[^\W\d_{HAN}]{{3,}}|[{HAN}]+")


def depths(pieces: Sequence[str], lengths: Sequence[float]) -> list[float]:
    """Return, for the place after each piece but the last, how sharply the topic changes there.

    `lengths` are in full passages. The scores are standardised: 0 is as usual in this text; they end at _DEEPEST on
    either side.
    """
    words = [_words(piece) for piece in pieces]
    similar = [_similarity(words, lengths, place) for place in range(1, len(pieces))]
    found = [_rise(similar, place, -1) + _rise(similar, place, 1) for place in range(len(similar))]
    spread = pstdev(found) if found else 0.0
    if not spread:
        return [0.0] * len(found)
    mean = fmean(found)
    return [max(-_DEEPEST, min(_DEEPEST, (depth - mean) / spread)) for depth in found]


def _similarity(words: Sequence[Sequence[str]], lengths: Sequence[float], place: int) -> float:
    """Return the cosine of the words in the blocks before and after a place."""
    before = _block(words, lengths, range(place - 1, -1, -1))
    after = _block(words, lengths, range(place, len(words)))
    product = sum(count * after[word] for word, count in before.items() if word in after)
    norms = sqrt(sum(n * n for n in before.values()) * sum(n * n for n in after.values()))
    return product / norms if norms else 0.0


def _block(words: Sequence[Sequence[str]], lengths: Sequence[float], places: range) -> Counter[str]:
    block: list[str] = []
    length = 0.0
    for place in places:
        if length >= _BLOCK:
            break
        block += words[place]
        length += lengths[place]
    return Counter(block)


def _rise(similar: Sequence[float], place: int, step: int) -> float:
    """Return how far similarity rises from a place to the next peak on one side."""
    peak = similar[place]
    at = place + step
    while 0 <= at < len(similar) and similar[at] > peak:
        peak = similar[at]
        at += step
    return peak - similar[place]


def _words(text: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(text.lower()):
        run = match.group()
        if run.isascii():
            if not is_stopword(run):
                found.append(stem(run))
            continue
        pairs = (run[at : at + 2] for at in range(len(run) - 1))
        found.extend(pair for pair in pairs if not is_stopword(pair) and not any(map(is_stopword, pair)))
    return found
