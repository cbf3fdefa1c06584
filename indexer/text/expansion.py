"""What a glossary and a dictionary give back: terms to look for next to the words of a query."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How an added term is related to the words of the query."""

    TRANSLATION = "translation"
    SYNONYM = "synonym"


class Strength(StrEnum):
    """How surely an added term means what the query says; the weaker ones should weigh less."""

    STRONG = "strong"  # The glossary gives both as one concept.
    WEAK = "weak"  # The glossary marks one of the two: it means other things too.
    PART = "part"  # It belongs to a concept inside a longer one that was found too.
    DICTIONARY = "dictionary"  # The general dictionary gives it.


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term to look for next to the words of the query.

    `term` is what the user is shown, `writings` all that is to be looked for (`term` first; then inflected verb forms
    and the other spelling). `start` and `end` are code points of the query: query[start:end] is what called it up.
    `concept` names the line of the glossary, or the entry of the dictionary.
    """

    term: str
    writings: tuple[str, ...]
    language: str
    relation: Relation
    strength: Strength
    start: int
    end: int
    concept: str
