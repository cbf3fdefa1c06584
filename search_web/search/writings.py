"""What else the value of a filter is called in the index: a search for company Microsoft finds the calls of 微软.

A company, firm or speaker is looked up under all names that the transcripts, their tickers, the glossary and pinyin
give. A value that the index has keeps what it finds, and other writings of the same name come in beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from indexer.text.normalise import fold
from search_web.search.evidence import HAN_TITLE
from search_web.search.named import Kind
from search_web.search.names import firm_forms, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from search_web.search.entities import Entities
    from search_web.search.named_firms import Firm

NAMED_FIELDS = (Kind.COMPANY, Kind.FIRM, Kind.SPEAKER)


@dataclass(frozen=True, slots=True)
class Writings:
    """The names of one index. `carrying` tells how many passages have one of some facet terms."""

    entities: Entities
    firms_by_key: Mapping[Kind, Mapping[str, tuple[Firm, ...]]]
    carrying: Callable[[Sequence[str]], int]

    def all_of(self, field: str, value: str) -> tuple[str, ...]:
        """Return a value of a filter, and behind it the other names that bring in passages of the same."""
        if field not in NAMED_FIELDS:
            return (value,)
        found = self.carrying((facet_term(field, value),))
        names = [value]
        for other in dict.fromkeys(self._others(Kind(field), value)):
            terms = tuple(facet_term(field, name) for name in (*names, other))
            if (more := self.carrying(terms)) > found:
                found = more
                names.append(other)
        return tuple(names)

    def note(self, field: str, value: str) -> str | None:
        """Return what is to be said of a value that is taken to mean other writings; None where it is not."""
        others = [self.shown(Kind(field), name) for name in self.all_of(field, value)[1:]] if self._named(field) else []
        if not others:
            return None
        known = self.carrying((facet_term(field, value),)) > 0
        return f"{field} '{value}' {'also stands for' if known else 'was taken to mean'}: {', '.join(others)}"

    def shown(self, kind: Kind, name: str) -> str:
        """Return a folded name as the index writes it."""
        if kind is Kind.SPEAKER:
            person = self.entities.people.named.get(name)
            return person.value if person else name
        listed = self.entities.companies if kind is Kind.COMPANY else self.entities.firms
        return next((firm.written[firm.names.index(name)] for firm in listed if name in firm.names), name)

    def _named(self, field: str) -> bool:
        return field in NAMED_FIELDS

    def _others(self, kind: Kind, value: str) -> Iterator[str]:
        if kind is not Kind.SPEAKER:
            for firm in self._firms(kind, value):
                yield from firm.names
            return
        yield from self._names_of_person(value)

    def _firms(self, kind: Kind, value: str) -> tuple[Firm, ...]:
        listed = self.firms_by_key[kind]
        folded = " ".join(fold(value).split())
        keys = [key_of(folded), *(form.key for form in firm_forms(value) if not form.short)]
        # Of an exchange and a symbol (NYSE:BABA, 9988.HK) each is written in several ways.
        keys += (
            [key_of(folded.rpartition(":")[2]), key_of(folded.partition(".")[0])]
            if any(c in folded for c in ":.")
            else []
        )
        return next((found for key in dict.fromkeys(keys) if (found := listed.get(key))), ())

    def _names_of_person(self, value: str) -> Iterator[str]:
        folded = " ".join(fold(value).split())
        people = self.entities.people
        key = key_of(folded)
        whole = [one for one in self.entities.names.get(key, ()) if one.kind is Kind.SPEAKER]
        known = self.carrying((facet_term(Kind.SPEAKER, value),)) > 0
        found = [one for one in whole if not (one.short and known)]
        found += people.pinyin.whole(key.split())
        if not found and (addressed := HAN_TITLE.search(folded)):
            found += [one for one in [people.surnames.get(folded[: addressed.start()])] if one]
        for one in found:
            names = [facet.partition("=")[2] for facet in one.facets]
            yield from sorted(names, key=lambda name: name != " ".join(fold(one.value).split()))


def read_writings(entities: Entities, carrying: Callable[[Sequence[str]], int]) -> Writings:
    """Return the names of an index for filters."""
    by_kind = {Kind.COMPANY: _by_key(entities.companies), Kind.FIRM: _by_key(entities.firms)}
    return Writings(entities, by_kind, carrying)


def _by_key(listed: Iterable[Firm]) -> Mapping[str, tuple[Firm, ...]]:
    found: dict[str, list[Firm]] = {}
    for firm in listed:
        for key in {*firm.keys, *(alias.key for alias in firm.aliases)}:
            found.setdefault(key, []).append(firm)
    return {key: tuple(firms) for key, firms in found.items()}
