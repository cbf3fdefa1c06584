"""A sketch of a text: few digests, of which two texts share as many as they share words.

Shingles of the folded letters and digits are digested, and those digests kept that a fixed number divides (U. Manber,
Finding similar files in a large file system, USENIX Winter 1994; A. Broder, On the resemblance and containment of
documents, 1997). Which ones are kept hangs on the text alone, not on where pages, lines and paragraphs end, so the
same words out of a PDF and out of a page of the web give nearly the same sketch.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_DOUBLINGS = 4
SHINGLE = 1 << _DOUBLINGS
"""How many letters and digits a shingle has: some three English words, or a Chinese clause."""

SAMPLED = 32
"""One digest in so many is kept."""

_NO_LETTERS = re.compile(r"[\W_]+")
_BASE = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_WORD = (1 << 64) - 1


def sketch_of(folded: Iterable[str]) -> bytes:
    """Return the sketch of these folded passages, one after the other: rising unsigned integers of 64 bits each."""
    letters = _NO_LETTERS.sub("", "".join(folded))
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < SHINGLE:
        return b""
    digests = _mixed(_rolling(codes))
    kept: NDArray[np.uint64] = np.unique(digests[digests % np.uint64(SAMPLED) == 0])
    return kept.astype("<u8").tobytes()


def digests_in(sketch: bytes) -> NDArray[np.uint64]:
    """Return the digests of a sketch."""
    return np.frombuffer(sketch, dtype="<u8").astype(np.uint64)


def _rolling(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a polynomial in the codes of each shingle, modulo 2^64: twice as long a shingle in each step."""
    values, base = codes, _BASE
    for doubling in range(_DOUBLINGS):
        step = 1 << doubling
        values = values[:-step] * np.uint64(base) + values[step:]
        base = base * base & _WORD
    return values


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the values evenly (the finalizer of SplitMix64), so that any remainder is as likely as another."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX[0])
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MIX[1])
    return values ^ (values >> np.uint64(31))
