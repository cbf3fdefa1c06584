"""Filters that every leg of a search applies inside itself.

Each passage carries facet terms such as "role=analyst" or "speaker=张勇". A filter keeps the passages that have, for
each of its fields, one of the wanted terms. The same terms are written to SQLite and to the keyword engine, so that
both agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from indexer.text.normalise import fold

if TYPE_CHECKING:
    from indexer.model import Passage, Transcript


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be. Values of one field are alternatives; fields must all hold.

    `date_from` and `date_to` are ISO 8601 dates, both included. A speaker is met by full name, by any other name,
    or by one word of a Latin name; a company by name or ticker; a firm, which is what a speaker speaks for, by name.
    Of the name of a company or firm the first words do ("Goldman Sachs"), or the part before words such as 集团.
    A period is met as it is written, and a year by all its quarters and halves.
    """

    speaker: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    transcript: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None

    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """Return, for each field that filters, the facet terms of which a passage must have one."""
        groups = []
        for name in FACET_FIELDS:
            values: tuple[str, ...] = getattr(self, name)
            if values:
                groups.append(tuple(facet_term(name, value) for value in values))
        return tuple(groups)

    def with_value(self, name: str, value: str) -> Filters:
        """Return the filters with one more value of a field, an alternative to those that it has."""
        changed: dict[str, Any] = {name: (*getattr(self, name), value)}
        return replace(self, **changed)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


FACET_FIELDS = ("speaker", "role", "company", "section", "language", "delivery", "transcript", "firm", "period")

_KIND_OF_FIRM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|控股|股份|公司)$")
_BETWEEN_WORDS = re.compile(r"[\s,]+")
_SHORTEST_NAME = 2
# What begins a name has fewer words than this: a value that somebody sends may have thousands.
_MOST_WORDS = 32


@lru_cache(maxsize=4096)
def facet_term(field: str, value: str) -> str:
    """Return the term that stands for one value of one field; width, case and script variant are folded."""
    return f"{field}={' '.join(fold(value).split())}"


def facet_terms(transcript: Transcript, passage: Passage) -> tuple[str, ...]:
    """Return every facet term of one passage, each once."""
    terms = {
        facet_term("role", passage.speaker.role),
        facet_term("section", passage.section),
        facet_term("language", passage.language),
        facet_term("delivery", passage.delivery),
        facet_term("transcript", transcript.id),
    }
    for name in (passage.speaker.name, *passage.speaker.other_names):
        terms.add(facet_term("speaker", name))
        terms.update(facet_term("speaker", word) for word in name.split())
    if transcript.ticker:
        terms.add(facet_term("company", transcript.ticker))
    for field, firm in (("company", transcript.company), ("firm", passage.speaker.affiliation)):
        if firm:
            terms.update(facet_term(field, short) for short in names_of_firm(firm))
    if transcript.period:
        terms.update(facet_term("period", period) for period in {transcript.period, transcript.period[:4]})
    return tuple(sorted(terms))


def passage_facets(transcript: Transcript) -> list[tuple[str, ...]]:
    """Return the facet terms of each passage: the same tuple for all passages that have the same terms."""
    known: dict[tuple[object, ...], tuple[str, ...]] = {}
    found = []
    for passage in transcript.passages:
        key = (passage.speaker, passage.section, passage.language, passage.delivery)
        terms = known.get(key)
        if terms is None:
            terms = known[key] = facet_terms(transcript, passage)
        found.append(terms)
    return found


@lru_cache(maxsize=4096)
def names_of_firm(name: str) -> frozenset[str]:
    """Return the names, folded, by which a company or firm is met: its own, and shorter ones that begin it."""
    whole = " ".join(fold(name).split())
    found = {whole}
    words = [word for word in _BETWEEN_WORDS.split(whole) if word]
    found.update(" ".join(words[:count]) for count in range(1, min(len(words), _MOST_WORDS)))
    short = whole
    while (bare := _KIND_OF_FIRM.sub("", short)) != short and len(bare) >= _SHORTEST_NAME:
        short = bare
        found.add(short)
    return frozenset(found)
