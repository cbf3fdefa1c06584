"""Which words of an index a Latin word may be a slip of, and how easily one slips so.

Candidates lie within a few edits, the optimal string alignment distance. They are weighed as a noisy channel does
(Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model", 1990), with costs for the
edits instead of counted errors: letters swapped or doubled and vowels mixed up are the slips that hands make most, then
keys side by side.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from search_web.search.spelling import within

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(map(frozenset, ("ck", "cs", "sz", "ph", "vw", "ij", "qk", "mn")))

_SWAPPED = 0.5
_DOUBLED = 0.4
_VOWEL = 0.6
_NEIGHBOUR = 0.7
_MISSED = 0.8
_OTHER = 1.0
_FIRST = 0.4
"""Added where the first letter differs: people seldom get that wrong."""


def _beside() -> dict[str, frozenset[str]]:
    places = {key: (row, column + row * 0.5) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
    return {
        key: frozenset(
            other
            for other, (other_row, other_column) in places.items()
            if other != key and abs(row - other_row) <= 1 and abs(column - other_column) <= 1
        )
        for key, (row, column) in places.items()
    }


BESIDE = _beside()
"""The keys around each key."""


def near_words(word: str, offered: Iterable[str], most: int) -> list[tuple[str, float]]:
    """Return the words at most so many edits away, without the word itself, each with the cost of the slip."""
    near = within(word, list(offered), most)
    return [(term, slip_cost(term, word)) for term, edits in near if edits and term.isascii() and term.isalpha()]


def slip_cost(meant: str, typed: str) -> float:
    """Return what it costs to type one word for another; about 1 for each slip, less for the usual ones."""
    if _undoubled(meant) == _undoubled(typed):
        return _DOUBLED
    before: list[float] = []
    row = [column * _MISSED for column in range(len(typed) + 1)]
    for place, letter in enumerate(meant):
        older, before, row = before, row, [(place + 1) * _MISSED]
        for column, other in enumerate(typed):
            costs = [
                before[column] + _replaced(letter, other),
                before[column + 1] + (_DOUBLED if place and meant[place - 1] == letter else _MISSED),
                row[column] + (_DOUBLED if column and typed[column - 1] == other else _MISSED),
            ]
            if place and column and letter == typed[column - 1] and other == meant[place - 1]:
                costs.append(older[column - 1] + _SWAPPED)
            row.append(min(costs))
    return row[-1] + (_FIRST if meant[:1] != typed[:1] else 0.0)


def _replaced(meant: str, typed: str) -> float:
    if meant == typed:
        return 0.0
    if {meant, typed} <= _VOWELS or frozenset((meant, typed)) in _ALIKE:
        return _VOWEL
    return _NEIGHBOUR if typed in BESIDE.get(meant, ()) else _OTHER


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
