"""Find the concepts of the glossary in a query and say in which other words they are spoken of.

A term is found by its finest terms, each stemmed: Chinese whatever the segmenter does with it, English whatever its
case, plural, hyphens and spelling. Of concepts that overlap the longest is taken, as in maximum matching.
"""

from __future__ import annotations

import json
import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import GlossaryError
from indexer.text.expansion import Expansion, Relation, Strength
from indexer.text.glossary_file import Direction, built_in_glossary, read_glossary_file
from indexer.text.glossary_keys import TermKeys
from indexer.text.language import HAN_RUN
from indexer.text.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from indexer.text.analyser import Analyser
    from indexer.text.glossary_file import Concept, GlossaryFile, GlossaryTerm
    from indexer.text.token import Token

# Counts up whenever the same files would give other expansions.
_ALGORITHM = 1

# Han terms up to this length are taken only where words begin and end: 商业化 is not meant in 商业化妆品.
_SHORT = 3

# What may stand between the words of one term. A comma ends it, and a full stop that is not that of an initial.
_JOINT = re.compile(r"(?:[\s\-\u2010-\u2013&+/·•'’]|\.(?!\s)|(?<=\b\w)\.)*")


class _Sense(NamedTuple):
    """A concept and the term that calls it up; `place` tells in which glossary it stands."""

    term: GlossaryTerm
    concept: Concept
    place: int


class _Unit(NamedTuple):
    """A finest term of the query, stemmed; `joined` when only blanks or hyphens part it from the one before."""

    key: str
    start: int
    end: int
    joined: bool


class _Match(NamedTuple):
    first: int
    after: int
    senses: tuple[_Sense, ...]


class Glossary:
    """Concepts ready to be found in queries. It may be used from many threads.

    `glossaries` in order: a later one adds to the earlier ones and takes terms out of them. The analyser need not be
    that of the index, but a query is cut by it.

    Raises GlossaryError when two lines of one glossary claim the same term.
    """

    def __init__(self, glossaries: Sequence[GlossaryFile], analyser: Analyser) -> None:
        self._analyser = analyser
        self.concepts: tuple[Concept, ...] = tuple(concept for glossary in glossaries for concept in glossary.concepts)
        self._keys = TermKeys(analyser, self.concepts)
        # For each glossary, what the later ones take out of it.
        self._removed = tuple(
            frozenset(self._keys(term) for later in glossaries[place + 1 :] for term in later.removed)
            for place in range(len(glossaries))
        )
        self._senses: dict[str, tuple[_Sense, ...]] = {}
        self._longest: dict[str, int] = {}
        for place, glossary in enumerate(glossaries):
            for concept in glossary.concepts:
                for term in _callers(concept):
                    self._file(_Sense(term, concept, place))

    @property
    def digest(self) -> str:
        """Return what two glossaries share if and only if they hold the same concepts."""
        content = [[concept.direction, *concept.terms] for concept in self.concepts]
        return sha256(json.dumps([_ALGORITHM, content, sorted(self._senses)]).encode()).hexdigest()[:16]

    def expand(self, query: str, *, parts: bool = False) -> tuple[Expansion, ...]:
        """Return the terms to add to a query, in the order of what calls them up, then of the glossary.

        Of overlapping concepts the longest is taken: "free cash flow" does not call up cash flow. With `parts` it
        does, after all else and as Strength.PART. What the query says already is not added, nor any term twice.
        """
        units = self._units(query)
        matches = self._matches(query, units)
        taken = _longest(matches)
        wholes = {place: whole for whole in taken for place in range(whole.first, whole.after)}
        inside = [match for match in matches if _is_part(match, wholes.get(match.first), units)] if parts else []
        said = f" {' '.join(unit.key for unit in units)} "
        expansions: dict[str, Expansion] = {}
        ordered = (*((match, False) for match in sorted(taken)), *((match, True) for match in sorted(inside)))
        for match, is_part in ordered:
            start, end = units[match.first].start, units[match.after - 1].end
            for sense in match.senses:
                concept = sense.concept.name
                for term in self._added(sense):
                    if term.text in expansions or f" {self._keys(term.text)} " in said:
                        continue
                    same = term.language == sense.term.language
                    relation = Relation.SYNONYM if same else Relation.TRANSLATION
                    strength = Strength.PART if is_part else _strength(sense, term)
                    expansions[term.text] = Expansion(
                        term.text, term.writings, term.language, relation, strength, start, end, concept
                    )
        return tuple(expansions.values())

    def _file(self, sense: _Sense) -> None:
        """File a concept under every writing of a term that calls it up."""
        removed = self._removed[sense.place]
        for key in map(self._keys, sense.term.writings):
            if key in removed:
                continue
            if filed := self._senses.get(key):
                self._senses[key] = _filed_too(sense, filed)
                continue
            self._senses[key] = (sense,)
            first, blank, _ = key.partition(" ")
            words = key.count(" ") + 1 if blank else 1
            if words > self._longest.get(first, 0):
                self._longest[first] = words

    def _added(self, sense: _Sense) -> Iterator[GlossaryTerm]:
        removed = self._removed[sense.place]
        concept = sense.concept
        one_way = {Direction.TO_ENGLISH: concept.english, Direction.TO_CHINESE: concept.chinese}
        for term in one_way.get(concept.direction, concept.terms):
            if term.produced and term.text != sense.term.text and self._keys(term.text) not in removed:
                yield term

    def _units(self, query: str) -> tuple[_Unit, ...]:
        tokens = self._analyser.exact(query)
        places = [0, *(token.end for token in tokens)]
        return tuple(
            _Unit(
                stem(token.term),
                token.start,
                token.end,
                before == token.start or bool(_JOINT.fullmatch(query, before, token.start)),
            )
            for before, token in zip(places, tokens, strict=False)
        )

    def _matches(self, query: str, units: Sequence[_Unit]) -> list[_Match]:
        edges: frozenset[int] | None = None
        matches = []
        for first, unit in enumerate(units):
            key = unit.key
            longest = self._longest.get(key)
            if longest is None:
                continue
            for after in range(first + 1, min(first + longest, len(units)) + 1):
                if after > first + 1:
                    if not units[after - 1].joined:
                        break
                    key = f"{key} {units[after - 1].key}"
                if key not in self._senses:
                    continue
                start, end = unit.start, units[after - 1].end
                if after - first <= _SHORT and HAN_RUN.fullmatch(key.replace(" ", "")):
                    edges = edges or _edges(self._analyser.analyse(query))
                    if not edges.issuperset((start, end)):
                        continue
                if senses := _meant(self._senses[key], query[start:end]):
                    matches.append(_Match(first, after, senses))
        return matches


def load_glossary(analyser: Analyser, user_files: Iterable[Path] = ()) -> Glossary:
    """Return the built-in glossary with those of the user on top.

    Raises GlossaryError when a file cannot be read or understood.
    """
    return Glossary((built_in_glossary(), *map(read_glossary_file, user_files)), analyser)


def _callers(concept: Concept) -> Iterator[GlossaryTerm]:
    """Yield the terms that call a concept up."""
    one_way = {Direction.TO_ENGLISH: concept.chinese, Direction.TO_CHINESE: concept.english}
    return (term for term in one_way.get(concept.direction, concept.terms) if term.recognised)


def _filed_too(sense: _Sense, filed: tuple[_Sense, ...]) -> tuple[_Sense, ...]:
    """Return the senses of a term with one more, unless it is there already.

    Raises GlossaryError when another line of the same glossary has claimed the term.
    """
    term, concept, place = sense
    if any(other.concept is concept for other in filed):
        return filed
    for other in filed:
        if other.place == place and _cased(other.term) == _cased(term):
            raise GlossaryError(
                f"{term.text!r} is in {other.concept.file}, line {other.concept.line}, too",
                where=f"{concept.file}, line {concept.line}",
                mend="Keep it in one of them, or put ~ before it where it shall only be added to queries",
            )
    return (*filed, sense)


def _cased(term: GlossaryTerm) -> str:
    return term.text if term.cased else ""


def _strength(sense: _Sense, term: GlossaryTerm) -> Strength:
    sure = sense.concept.direction is Direction.BOTH and not sense.term.cased and term.recognised
    return Strength.STRONG if sure else Strength.WEAK


def _is_part(match: _Match, whole: _Match | None, units: Sequence[_Unit]) -> bool:
    """Tell whether a match is a word of a longer one: 现金流 of 自由现金流, but not 利率 of 毛利率."""
    if whole is None or match.after > whole.after or match == whole:
        return False
    rests = units[whole.first : match.first], units[match.after : whole.after]
    return not any(len(rest) == 1 and HAN_RUN.fullmatch(rest[0].key) for rest in rests)


def _meant(senses: tuple[_Sense, ...], written: str) -> tuple[_Sense, ...]:
    """Return the senses of a term as it is written; those that ask for its capitals go before those that do not."""
    cased = tuple(s for s in senses if s.term.cased and s.term.text == unicodedata.normalize("NFKC", written))
    return cased or tuple(sense for sense in senses if not sense.term.cased)


def _longest(matches: Iterable[_Match]) -> list[_Match]:
    """Return matches that do not overlap: the longest, then the leftmost first."""
    taken: list[_Match] = []
    covered: set[int] = set()
    for match in sorted(matches, key=lambda match: (match.first - match.after, match.first)):
        places = range(match.first, match.after)
        if covered.isdisjoint(places):
            taken.append(match)
            covered.update(places)
    return taken


def _edges(tokens: Iterable[Token]) -> frozenset[int]:
    """Return where words begin and end."""
    return frozenset(place for token in tokens for place in (token.start, token.end))
