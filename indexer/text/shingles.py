"""Shingles of a text and its signature, by which texts that are nearly alike are found without reading them.

A shingle is a run of SHINGLE letters and digits, width and case folded: Broder, "On the resemblance and containment of
documents" (1997). The signature has the least shingle under each of PERMUTATIONS permutations: two texts agree in about
as many of these as they share of their shingles (Broder et al., "Min-wise independent permutations", 1998). The
permutations are fixed: the same text always has the same signature.
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
"""Texts of fewer letters and digits have no signature: theirs is all zeros."""

PERMUTATIONS = 16

_BETWEEN = re.compile(r"[\W_]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
# One odd number for each permutation: multiplying by it shuffles the hashes.
_FACTORS = np.array(
    [((0xBF58476D1CE4E5B9 + step * 0x94D049BB133111EB) % 2**64) | 1 for step in range(PERMUTATIONS)], dtype=np.uint64
)


def signatures(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the signature of each text, shape (texts, PERMUTATIONS)."""
    letters = [letters_of(text) for text in texts]
    found = np.zeros((len(letters), PERMUTATIONS), dtype=np.uint32)
    places = [place for place, text in enumerate(letters) if len(text) >= SHORTEST]
    if not places:
        return found
    hashed = shingles([letters[place] for place in places])
    joined = np.concatenate(hashed)
    starts = np.cumsum([0, *(len(hashes) for hashes in hashed[:-1])])
    for number, factor in enumerate(_FACTORS):
        mixed = joined * factor
        mixed ^= mixed >> np.uint64(32)
        found[places, number] = np.minimum.reduceat(mixed, starts).astype(np.uint32)
    return found


def packed(found: NDArray[np.uint32]) -> bytes:
    """Return signatures as bytes, the same on every machine."""
    return found.astype("<u4").tobytes()


def unpacked(kept: bytes) -> NDArray[np.uint32]:
    """Return the signatures that were packed, shape (texts, PERMUTATIONS)."""
    return np.frombuffer(kept, dtype="<u4").reshape(-1, PERMUTATIONS)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, width and case folded."""
    return _BETWEEN.sub("", folded(text))


def folded(text: str) -> str:
    """Return the text with width and case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


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
