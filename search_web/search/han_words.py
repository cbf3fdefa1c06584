"""The Chinese words that a slip may be meant for, filed so that only those which begin alike are looked at.

Half of the queries have a run of characters that no passage has, and to read all words of an index for each would take
as long as everything else that is done with the words of a query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from search_web.search.han_slips import (
    LEAST,
    NEAR,
    OTHER,
    looking_like,
    nearest,
    sounding_like,
    within,
    word_costs,
)
from search_web.search.pinyin import GB_2312

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.stores.index import Generation

SHORTEST, LONGEST = 1, 4
"""The number of characters of those words that may be slips."""

_HAN_ONLY = re.compile(f"[{HAN}]+")


class HanWords:
    """Words of Han characters alone, each with the number of passages that have it."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._filed: dict[int, dict[str, dict[str, int]]] = {}
        self._begun: set[str] = set()
        # The words with such a character, by what stands around it.
        self._around: dict[tuple[str, str], set[str]] = {}
        for word, passages in words:
            if _HAN_ONLY.fullmatch(word):
                self._filed.setdefault(len(word), {}).setdefault(word[0], {})[word[1:]] = passages
                self._begun.add(word[:-1])
                if not GB_2312.issuperset(word):
                    for place, char in enumerate(word):
                        if char not in GB_2312:
                            self._around.setdefault((word[:place], word[place + 1 :]), set()).add(char)
        self.uncommon = frozenset().union(*self._around.values())
        """The characters of these words that GB 2312 lacks: which others are near them is not known beforehand."""

    def of_length(self, length: int) -> Mapping[str, Mapping[str, int]]:
        """Return the words of so many characters by the first of these, each without it."""
        return self._filed.get(length, {})

    def differing_last(self, word: str) -> bool:
        """Tell whether a word differs from one of these in the last character, and is none of them."""
        return word[:-1] in self._begun and not self.passages(word)

    def passages(self, word: str) -> int:
        """Return how many passages have a word."""
        return self.of_length(len(word)).get(word[:1], {}).get(word[1:], 0)

    def with_one_other(self, word: str) -> dict[str, int]:
        """Return the words that differ from one in a single character, with the number of passages that have them.

        In its place they have one of those that are `nearest` to it, or an uncommon one.
        """
        by_first, first, rest = self.of_length(len(word)), word[0], word[1:]
        found = {}
        for other in by_first.keys() & {*nearest(first), *self._around.get(("", rest), ())}:
            if other != first and (passages := by_first[other].get(rest)):
                found[other + rest] = passages
        rests = by_first.get(first, {})
        for place, typed in enumerate(rest):
            before, behind = rest[:place], rest[place + 1 :]
            for other in {*nearest(typed), *self._around.get((first + before, behind), ())}:
                if other != typed and (passages := rests.get(before + other + behind)):
                    found[first + before + other + behind] = passages
        return found


def han_words(generation: Generation) -> HanWords:
    """Return the Chinese words of an index that may be slips or meant for one, read once for each generation."""
    return generation.once(HanWords, lambda: HanWords(generation.passages.terms_of_length(SHORTEST, LONGEST)))


def meant_for(word: str, known: HanWords, others: HanWords, most: float) -> dict[str, tuple[float, int]]:
    """Return what a word may be meant for, with how far apart they are, `most` at most, and how many passages have it.

    Of the `known` words those are looked at that begin with a character of the same sound, or differ in nothing but a
    first character of nearly the same shape; of the `others` all.
    """
    if most < LEAST + LEAST and len(word) > 1:
        offered = others.with_one_other(word)
        offered.update(_begun_alike(word, known.with_one_other(word)))
        return _costed(word, offered, most)
    offered = _others_like(word, others, most)
    by_first = known.of_length(len(word))
    first, rest = word[0], word[1:]
    for other in by_first.keys() & looking_like(first):
        if passages := by_first[other].get(rest):
            offered[other + rest] = passages
    for firsts, left in (((first,), most), (sounding_like(first), most - LEAST)):
        offered.update(_words_like(rest, firsts, by_first, left, known.uncommon))
    offered.pop(word, None)
    return _costed(word, offered, most)


def _costed(word: str, offered: Mapping[str, int], most: float) -> dict[str, tuple[float, int]]:
    if not offered:
        return {}
    return {meant: (cost, offered[meant]) for meant, cost in word_costs(offered, word, most).items()}


def _begun_alike(word: str, offered: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield those of the offered words whose first character is that of the word, sounds like it or looks like it."""
    first = word[0]
    for meant, passages in offered.items():
        if meant[0] == first or meant[0] in sounding_like(first) or meant[0] in looking_like(first):
            yield meant, passages


def _others_like(word: str, others: HanWords, most: float) -> dict[str, int]:
    """Return the words of which the first character is near enough to that of a word, or nothing else differs."""
    by_first, rest = others.of_length(len(word)), word[1:]
    found = {}
    for first in by_first.keys() & (within(word[0], min(most, NEAR)) | others.uncommon):
        found.update({first + one: passages for one, passages in by_first[first].items()})
    if most >= OTHER:
        found.update({first + rest: rests[rest] for first, rests in by_first.items() if rest in rests})
    return found


def _words_like(
    rest: str, firsts: Iterable[str], by_first: Mapping[str, Mapping[str, int]], most: float, uncommon: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """Yield the words that begin with one of these characters and whose rest is at most so far from that of a word.

    There may be some more, but hardly any that its last character tells apart.
    """
    begun = [(first, rests) for first in firsts if (rests := by_first.get(first))]
    if not rest or most < LEAST:
        yield from ((first + rest, rests[rest]) for first, rests in begun if rest in rests)
        return
    last, before = within(rest[-1], most) | uncommon, rest[:-1]
    for first, rests in begun:
        alike: Iterable[str]
        if not before and most < OTHER:
            alike = rests.keys() & last
        else:
            alike = [one for one in rests if one[-1:] in last or (most >= OTHER and one[:-1] == before)]
        yield from ((first + one, rests[one]) for one in alike)
