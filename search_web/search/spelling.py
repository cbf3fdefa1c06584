"""How near words and names are in spelling.

The distance is the optimal string alignment: a letter too many, too few, another one, or two swapped count one each.
This module owns rapidfuzz.process and rapidfuzz.distance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIKE = 0.6
_BEGINNING = 3


def within(word: str, offered: Sequence[str], most: int) -> list[tuple[str, int]]:
    """Return the words that are at most so many slips away from a word, with the number of slips."""
    near = process.extract(word, offered, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(term, int(slips)) for term, slips, _ in near]


def likest(name: str, offered: Sequence[str]) -> list[str]:
    """Return the names that are most like one, the likest first; one that it begins, or a word of one, is like it."""
    scored = {}
    for other, likeness, _ in process.extract(name, offered, scorer=OSA.normalized_similarity, limit=None):
        begins = len(name) >= _BEGINNING and any(part.startswith(name) for part in (other, *other.split()))
        if likeness >= _LIKE or begins:
            scored[other] = max(likeness, _LIKE if begins else 0.0)
    return sorted(scored, key=lambda other: (-scored[other], len(other), other))
