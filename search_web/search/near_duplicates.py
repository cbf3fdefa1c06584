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
    found = list(range(len(signatures)))
    near = _agreeing(signatures)
    if not near:
        return tuple(found)
    texts = texts_of(sorted({*near, *(other for others in near.values() for other in others)}))
    letters = {place: letters_of(text) for place, text in texts.items()}
    # What is cheaper to tell is asked first: a hundred texts of one pattern make five thousand pairs.
    told = {place: telling(text) for place, text in texts.items()}
    hashed = {
        place: frozenset(found.tolist()) for place, found in zip(letters, shingles(list(letters.values())), strict=True)
    }
    for place, others in near.items():
        alike = (
            other
            for other in others
            if found[other] == other
            and told[other] == told[place]
            and (letters[place] == letters[other] or _resemblance(hashed[other], hashed[place]) >= RESEMBLANCE)
        )
        found[place] = next(alike, place)
    return tuple(found)


def _agreeing(signatures: NDArray[np.uint32]) -> dict[int, list[int]]:
    """Return, by rising place, the texts before each with which its signature agrees; texts without any are left out.

    Only those texts are compared that have enough in common with any others.
    """
    signed = np.flatnonzero(signatures.any(axis=1))
    ordered = np.sort(signatures[signed], axis=0)
    again = ordered[1:] == ordered[:-1]
    if int(again.any(axis=0).sum()) < MINIMA:
        return {}
    order = np.argsort(signatures[signed], axis=0)
    shared = np.zeros_like(order, dtype=np.bool_)
    for side in (order[1:], order[:-1]):
        np.put_along_axis(shared, side, again | np.take_along_axis(shared, side, axis=0), axis=0)
    places = signed[shared.sum(axis=1) >= MINIMA]
    agreed = np.zeros((len(places), len(places)), dtype=np.uint8)
    for minima in signatures[places].T:
        agreed += minima[:, np.newaxis] == minima
    near: dict[int, list[int]] = {}
    for later, earlier in np.argwhere(np.tril(agreed >= MINIMA, -1)).tolist():
        near.setdefault(int(places[later]), []).append(int(places[earlier]))
    return near


def telling(text: str) -> list[str]:
    """Return all that counts or denies in a text, in order."""
    return _TELLING.findall(folded(text))


def _resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
