"""The Chinese words that a slip may be meant for, filed so that only those which begin alike are looked at.

Half of the queries have a run of characters that no passage has, and to read all words of an index for each would take
as long as everything else that is done with the words of a query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from search_web.search.han_slips import OTHER, looking_like, near_chars, sounding_like, word_costs
from search_web.search.pinyin import GB_2312

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indexer.stores.index import Generation

SHORTEST, LONGEST = 1, 4
"""The number of characters of those words that may be slips."""

_HAN_ONLY = re.compile(f"[{HAN}]+")


class HanWords:
    """Words of Han characters alone, each with the number of passages that have it."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._filed: dict[int, dict[str, dict[str, int]]] = {}
        for word, passages in words:
            if _HAN_ONLY.fullmatch(word):
                self._filed.setdefault(len(word), {}).setdefault(word[0], {})[word] = passages

    def of_length(self, length: int) -> Mapping[str, Mapping[str, int]]:
        """Return the words of so many characters by the first of these."""
        return self._filed.get(length, {})

    def passages(self, word: str) -> int:
        """Return how many passages have a word."""
        return self.of_length(len(word)).get(word[0], {}).get(word, 0)


def han_words(generation: Generation) -> HanWords:
    """Return the Chinese words of an index that may be slips or meant for one, read once for each generation."""
    return generation.once(HanWords, lambda: HanWords(generation.passages.terms_of_length(SHORTEST, LONGEST)))


def meant_for(word: str, known: HanWords, others: HanWords, most: float) -> dict[str, tuple[float, int]]:
    """Return what a word may be meant for, with how far apart they are, `most` at most, and how many passages have it.

    Of the `known` words those are looked at that begin with a character of the same sound, or differ in nothing but a
    first character of nearly the same shape; of the `others` all.
    """
    near = near_chars(word[0])
    offered: dict[str, int] = {}
    for first, words in others.of_length(len(word)).items():
        if most >= OTHER or first not in GB_2312 or near.get(first, OTHER) <= most:
            offered.update(words)
    by_first = known.of_length(len(word))
    for first in (word[0], *sounding_like(word[0])):
        offered.update(by_first.get(first, {}))
    for first in looking_like(word[0]):
        if first in by_first and (passages := known.passages(first + word[1:])):
            offered[first + word[1:]] = passages
    offered.pop(word, None)
    return {meant: (cost, offered[meant]) for meant, cost in word_costs(offered, word, most).items()}
