"""Find where the terms of a glossary stand in a query.

A term is found by its finest terms, each stemmed: Chinese whatever the segmenter does with it, English whatever its
case, plural, hyphens and spelling.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from indexer.text.language import HAN_RUN
from indexer.text.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.text.analyser import Analyser
    from indexer.text.glossary_file import Concept, GlossaryTerm
    from indexer.text.token import Token

# Han terms up to this length are taken only where words begin and end: 商业化 is not meant in 商业化妆品.
_SHORT = 3

# What may stand between the words of one term. A comma ends it, and a full stop that is not that of an initial.
_JOINT = re.compile(r"(?:[\s\-\u2010-\u2013&+/·•'’]|\.(?!\s)|(?<=\b\w)\.)*")


class Sense(NamedTuple):
    """A concept and the term that calls it up; `place` tells in which glossary it stands."""

    term: GlossaryTerm
    concept: Concept
    place: int


class Unit(NamedTuple):
    """A finest term of the query, stemmed; `joined` when only blanks or hyphens part it from the one before."""

    key: str
    start: int
    end: int
    joined: bool


class Match(NamedTuple):
    """The units of a query, from `first` on and before `after`, that are a term of the glossary."""

    first: int
    after: int
    senses: tuple[Sense, ...]


def units_of(query: str, analyser: Analyser) -> tuple[Unit, ...]:
    """Return the finest terms of a query, stemmed."""
    units = []
    before = 0
    for term, start, end in analyser.exact(query):
        joined = before == start or bool(_JOINT.fullmatch(query, before, start))
        units.append(Unit(stem(term), start, end, joined))
        before = end
    return tuple(units)


def find_terms(
    query: str,
    units: Sequence[Unit],
    senses: Mapping[str, tuple[Sense, ...]],
    longest: Mapping[str, int],
    analyser: Analyser,
) -> list[Match]:
    """Return every term of a glossary that stands in a query, also such as overlap.

    `units` are those of the query, `senses` has the terms by their keys, `longest` for what a key begins with, its
    first unit or its first two, how many units the longest such has.
    """
    edges: frozenset[int] | None = None
    matches = []
    for first, unit in enumerate(units):
        key = unit.key
        for after in range(first + 1, min(first + _most_units(units, first, longest), len(units)) + 1):
            if after > first + 1:
                if not units[after - 1].joined:
                    break
                key = f"{key} {units[after - 1].key}"
            if key not in senses:
                continue
            start, end = unit.start, units[after - 1].end
            if after - first <= _SHORT and HAN_RUN.fullmatch(key.replace(" ", "")):
                edges = edges or _edges(analyser.analyse(query))
                if not edges.issuperset((start, end)):
                    continue
            if meant := _meant(senses[key], query[start:end]):
                matches.append(Match(first, after, meant))
    return matches


def _most_units(units: Sequence[Unit], first: int, longest: Mapping[str, int]) -> int:
    """Return how many units a term has at most that begins with one of these; 0 where none does."""
    key = units[first].key
    most = longest.get(key, 0)
    if most > 1:
        return longest.get(f"{key} {units[first + 1].key}", 1) if first + 1 < len(units) else 1
    return most


def is_part(match: Match, whole: Match | None, units: Sequence[Unit]) -> bool:
    """Tell whether a match is a word of a longer one: 现金流 of 自由现金流, but not 利率 of 毛利率."""
    if whole is None or match.after > whole.after or match == whole:
        return False
    rests = units[whole.first : match.first], units[match.after : whole.after]
    return not any(len(rest) == 1 and HAN_RUN.fullmatch(rest[0].key) for rest in rests)


def longest_of(matches: Iterable[Match]) -> list[Match]:
    """Return matches that do not overlap: the longest, then the leftmost first."""
    taken: list[Match] = []
    covered: set[int] = set()
    for match in sorted(matches, key=lambda match: (match.first - match.after, match.first)):
        places = range(match.first, match.after)
        if covered.isdisjoint(places):
            taken.append(match)
            covered.update(places)
    return taken


def _meant(senses: tuple[Sense, ...], written: str) -> tuple[Sense, ...]:
    """Return the senses of a term as it is written; those that ask for its capitals go before those that do not."""
    cased = tuple(s for s in senses if s.term.cased and s.term.text == unicodedata.normalize("NFKC", written))
    return cased or tuple(sense for sense in senses if not sense.term.cased)


def _edges(tokens: Iterable[Token]) -> frozenset[int]:
    """Return where words begin and end."""
    return frozenset(place for token in tokens for place in (token.start, token.end))
