"""Find the concepts of the glossary in a query and say in which other words they are spoken of.

Of concepts that overlap the longest is taken, as in maximum matching.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from indexer.errors import GlossaryError
from indexer.text.expansion import Expansion, Relation, Strength
from indexer.text.glossary_file import Direction, built_in_glossary, read_glossary_file
from indexer.text.glossary_finding import Sense, find_terms, is_part, longest_of, units_of
from indexer.text.glossary_keys import TermKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from indexer.text.analyser import Analyser
    from indexer.text.glossary_file import Concept, GlossaryFile, GlossaryTerm

# Counts up whenever the same files would give other expansions.
_ALGORITHM = 1


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
        self._senses: dict[str, tuple[Sense, ...]] = {}
        self._longest: dict[str, int] = {}
        for place, glossary in enumerate(glossaries):
            for concept in glossary.concepts:
                for term in _callers(concept):
                    self._file(Sense(term, concept, place))

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
        units = units_of(query, self._analyser)
        matches = find_terms(query, units, self._senses, self._longest, self._analyser)
        taken = longest_of(matches)
        wholes = {place: whole for whole in taken for place in range(whole.first, whole.after)}
        inside = [match for match in matches if is_part(match, wholes.get(match.first), units)] if parts else []
        said = f" {' '.join(unit.key for unit in units)} "
        expansions: dict[str, Expansion] = {}
        ordered = (*((match, False) for match in sorted(taken)), *((match, True) for match in sorted(inside)))
        for match, inner in ordered:
            start, end = units[match.first].start, units[match.after - 1].end
            for sense in match.senses:
                concept = sense.concept.name
                for term in self._added(sense):
                    if term.text in expansions or f" {self._keys(term.text)} " in said:
                        continue
                    same = term.language == sense.term.language
                    relation = Relation.SYNONYM if same else Relation.TRANSLATION
                    strength = Strength.PART if inner else _strength(sense, term)
                    expansions[term.text] = Expansion(
                        term.text, term.writings, term.language, relation, strength, start, end, concept
                    )
        return tuple(expansions.values())

    def _file(self, sense: Sense) -> None:
        """File a concept under every writing of a term that calls it up."""
        removed = self._removed[sense.place]
        for key in map(self._keys, sense.term.writings):
            if key in removed:
                continue
            if filed := self._senses.get(key):
                self._senses[key] = _filed_too(sense, filed)
                continue
            self._senses[key] = (sense,)
            words = key.split(" ")
            for begun in (words[0], " ".join(words[:2])):
                if len(words) > self._longest.get(begun, 0):
                    self._longest[begun] = len(words)

    def _added(self, sense: Sense) -> Iterator[GlossaryTerm]:
        removed, own = self._removed[sense.place], sense.term.text
        for term in _produced(sense.concept):
            if term.text != own and not (removed and self._keys(term.text) in removed):
                yield term


def load_glossary(analyser: Analyser, user_files: Iterable[Path] = ()) -> Glossary:
    """Return the built-in glossary with those of the user on top.

    Raises GlossaryError when a file cannot be read or understood.
    """
    return Glossary((built_in_glossary(), *map(read_glossary_file, user_files)), analyser)


def _callers(concept: Concept) -> Iterator[GlossaryTerm]:
    """Yield the terms that call a concept up."""
    one_way = {Direction.TO_ENGLISH: concept.chinese, Direction.TO_CHINESE: concept.english}
    return (term for term in one_way.get(concept.direction, concept.terms) if term.recognised)


def _produced(concept: Concept) -> Iterator[GlossaryTerm]:
    """Yield the terms that a concept adds."""
    if concept.direction is not Direction.TO_ENGLISH:
        yield from (term for term in concept.chinese if term.produced)
    if concept.direction is not Direction.TO_CHINESE:
        yield from (term for term in concept.english if term.produced)


def _filed_too(sense: Sense, filed: tuple[Sense, ...]) -> tuple[Sense, ...]:
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


def _strength(sense: Sense, term: GlossaryTerm) -> Strength:
    sure = sense.concept.direction is Direction.BOTH and not sense.term.cased and term.recognised
    return Strength.STRONG if sure else Strength.WEAK
