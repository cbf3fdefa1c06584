"""The Latin words that a slip may be meant for, filed so that only those of its length and beginning are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.stores.index import Generation


class LatinWords:
    """Words of the letters a to z alone, each with the number of passages that have it."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._filed: dict[tuple[int, str], dict[str, int]] = {}
        for word, passages in words:
            if word.isascii() and word.isalpha():
                self._filed.setdefault((len(word), word[0]), {})[word] = passages

    def like(self, firsts: Iterable[str], lengths: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Yield the words that begin with one of these letters and have one of these lengths."""
        firsts = tuple(firsts)
        for length in lengths:
            for first in firsts:
                yield from self._filed.get((length, first), {}).items()

    def passages(self, word: str) -> int:
        """Return how many passages have a word."""
        return self._filed.get((len(word), word[:1]), {}).get(word, 0)


def latin_words(generation: Generation) -> LatinWords:
    """Return the Latin words of an index, read once for each generation."""
    return generation.once(LatinWords, lambda: LatinWords(generation.passages.terms_between("a", "{")))
