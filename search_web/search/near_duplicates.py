"""Passages that say the same in nearly the same words, such as the disclaimer that opens every call.

Two passages are near-duplicates when their sets of shingles (runs of SHINGLE letters and digits, width and case folded)
have a resemblance, |A ∩ B| / |A ∪ B|, of at least RESEMBLANCE, and when all that counts or denies in them is the same
in the same order: a sentence with another figure, or with a "not", is another statement however much else is alike.
Texts of fewer than SHORTEST letters and digits never are: several people who say one short thing say several things.

The texts themselves are compared only where their signatures, which the index has, agree in MINIMA of PERMUTATIONS
places; see `indexer.text.shingles`. At the bound, one pair in 200,000 does not agree in so many and is missed; the more
alike two texts are, the fewer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from indexer.text.shingles import folded, letters_of, shingles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

RESEMBLANCE = 0.9
MINIMA = 8

_TELLING = re.compile(
    r"\d+(?:[.,]\d+)*|[〇零一二两三四五六七八九十百千万亿]+|[不没未无非]"
    r"|\b(?:not?|never|without|cannot|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|first|second|third|fourth)\b"
    r"|n['’]t\b"
)


def representatives(
    signatures: NDArray[np.uint32], texts_of: Callable[[Sequence[int]], Mapping[int, str]]
) -> tuple[int, ...]:
    """Return for each text the place of the first one before it that it is a near-duplicate of, or else its own.

    `signatures` has one a text, shape (texts, PERMUTATIONS); `texts_of` gives those texts that must be compared, by
    their places. The first of several alike stands for them, so that every text that is returned for another stands for
    itself.
    """
    signed = np.flatnonzero(signatures.any(axis=1))
    if not _may_agree(signatures[signed]):
        return tuple(range(len(signatures)))
    agreeing = (signatures[:, np.newaxis] == signatures).sum(axis=2) >= MINIMA
    near = np.tril(agreeing & signatures.any(axis=1), -1)
    texts = texts_of(np.flatnonzero(near.any(axis=0) | near.any(axis=1)).tolist())
    letters = {place: letters_of(text) for place, text in texts.items()}
    # What is cheaper to tell is asked first: a hundred texts of one pattern make five thousand pairs.
    told = {place: telling(text) for place, text in texts.items()}
    hashed = {
        place: frozenset(found.tolist()) for place, found in zip(letters, shingles(list(letters.values())), strict=True)
    }
    found: list[int] = []
    for place in range(len(signatures)):
        alike = (
            other
            for other in np.flatnonzero(near[place]).tolist()
            if found[other] == other
            and told[other] == told[place]
            and (letters[place] == letters[other] or _resemblance(hashed[other], hashed[place]) >= RESEMBLANCE)
        )
        found.append(next(alike, place))
    return tuple(found)


def _may_agree(signatures: NDArray[np.uint32]) -> bool:
    """Tell whether so many places of the signatures have something twice that two of them can agree."""
    ordered = np.sort(signatures, axis=0)
    return int((ordered[1:] == ordered[:-1]).any(axis=0).sum()) >= MINIMA


def telling(text: str) -> list[str]:
    """Return all that counts or denies in a text, in order."""
    return _TELLING.findall(folded(text))


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
