"""Passages that say the same in nearly the same words, such as the disclaimer that opens every call.

Two passages are near-duplicates when their sets of shingles (runs of SHINGLE letters and digits, width and case folded)
have a resemblance, |A ∩ B| / |A ∪ B|, of at least RESEMBLANCE, and when all that counts or denies in them is the same
in the same order: a sentence with another figure, or with a "not", is another statement however much else is alike.
Texts of fewer than SHORTEST letters and digits never are: several people who say one short thing say several things.

Broder, "On the resemblance and containment of documents" (1997). Pairs that agree in MINIMA of PERMUTATIONS minima of
their shingles (Broder et al., "Min-wise independent permutations", 1998) are compared exactly. At the bound, one pair
in 200,000 does not agree in so many and is missed; the more alike two texts are, the fewer. The permutations are
fixed: the same texts always give the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINGLE = 5
SHORTEST = 40
RESEMBLANCE = 0.9
PERMUTATIONS = 16
MINIMA = 8

_TELLING = re.compile(
    r"\d+(?:[.,]\d+)*|[〇零一二两三四五六七八九十百千万亿]+|[不没未无非]"
    r"|\b(?:not?|never|without|cannot|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|first|second|third|fourth)\b"
    r"|n['’]t\b"
)
_BETWEEN = re.compile(r"[\W_]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
# One odd number for each permutation: multiplying by it shuffles the hashes.
_FACTORS = np.array(
    [((0xBF58476D1CE4E5B9 + step * 0x94D049BB133111EB) % 2**64) | 1 for step in range(PERMUTATIONS)], dtype=np.uint64
)


def representatives(texts: Sequence[str]) -> tuple[int, ...]:
    """Return for each text the place of the first one before it that it is a near-duplicate of, or else its own.

    The first of several alike stands for them, so that every text that is returned for another stands for itself.
    """
    letters = [letters_of(text) for text in texts]
    hashed = shingles(letters)
    long = np.array([len(text) >= SHORTEST for text in letters], dtype=np.bool_)
    minima = _minima(hashed)
    agreeing = (minima[:, np.newaxis] == minima).sum(axis=2) >= MINIMA
    near = np.tril(agreeing & long & long[:, np.newaxis], -1)
    found: list[int] = []
    for place, text in enumerate(letters):
        alike = (
            other
            for other in np.flatnonzero(near[place]).tolist()
            if found[other] == other
            and (text == letters[other] or _resemblance(hashed[other], hashed[place]) >= RESEMBLANCE)
            and telling(texts[other]) == telling(texts[place])
        )
        found.append(next(alike, place))
    return tuple(found)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, width and case folded."""
    return _BETWEEN.sub("", _folded(text))


def telling(text: str) -> list[str]:
    """Return all that counts or denies in a text, in order."""
    return _TELLING.findall(_folded(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _resemblance(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    first, second = set(one.tolist()), set(other.tolist())
    return len(first & second) / len(first | second)


def shingles(texts: Sequence[str]) -> list[NDArray[np.uint64]]:
    """Return the hashes of the shingles of each text, one from each of its characters on; the last ones are shorter."""
    if not texts:
        return []
    padding = "\0" * (SHINGLE - 1)
    joined = padding.join((*texts, ""))
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(len(points) - SHINGLE + 1, 0)
    hashes = np.zeros(count, dtype=np.uint64)
    for step in range(SHINGLE):
        hashes *= _BASE
        hashes += points[step : step + count]
    hashes ^= hashes >> np.uint64(31)
    hashes *= _BASE
    hashes ^= hashes >> np.uint64(29)
    starts = np.cumsum([0, *(len(text) + SHINGLE - 1 for text in texts)])
    return [hashes[start : start + len(text)] for start, text in zip(starts.tolist(), texts, strict=False)]


def _minima(shingles: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return the least shingle of each text under each permutation, shape (texts, PERMUTATIONS); 0 where none is."""
    minima = np.zeros((len(shingles), PERMUTATIONS), dtype=np.uint64)
    filled = [place for place, hashes in enumerate(shingles) if len(hashes)]
    if not filled:
        return minima
    joined = np.concatenate([shingles[place] for place in filled])
    starts = np.cumsum([0, *(len(shingles[place]) for place in filled[:-1])])
    for number, factor in enumerate(_FACTORS):
        mixed = joined * factor
        mixed ^= mixed >> np.uint64(32)
        minima[filled, number] = np.minimum.reduceat(mixed, starts)
    return minima
