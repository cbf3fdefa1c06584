"""The other names under which the glossary knows a firm or company: 高盛 is Goldman Sachs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.glossary_file import Direction
from indexer.text.normalise import fold
from search_web.search.names import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indexer.text.glossary_file import Concept


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of the same thing, by its key; `exactly` when it must be written with just these capitals."""

    key: str
    exactly: str | None = None


def glossary_aliases(concepts: Iterable[Concept]) -> Mapping[str, tuple[Alias, ...]]:
    """Return the other terms of each concept that goes both ways, by the keys of its terms."""
    listed = [concept for concept in concepts if concept.direction is Direction.BOTH]
    terms = [term for concept in listed for term in concept.terms if term.recognised]
    # All in one go: folding Chinese costs mostly by the call.
    folded = iter(fold("\n".join(term.text for term in terms)).split("\n"))
    aliases: dict[str, list[Alias]] = defaultdict(list)
    for concept in listed:
        keyed = [
            Alias(key_of(next(folded)), term.text if term.cased else None) for term in concept.terms if term.recognised
        ]
        for alias in keyed:
            aliases[alias.key] += [other for other in keyed if other.key != alias.key]
    return {key: tuple(others) for key, others in aliases.items()}


def glossary_equivalents(concepts: Iterable[Concept]) -> Mapping[str, tuple[str, ...]]:
    """Return the other single words of each concept that goes both ways, folded, by its single words."""
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        if concept.direction is Direction.BOTH:
            words = [term.text for term in concept.terms if term.recognised and not term.cased and term.text.isalpha()]
            folded = [word.casefold() for word in words]
            found |= {word: tuple(other for other in folded if other != word) for word in folded}
    return found
