"""The people of an index, filed under all that they may be called in a query."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from indexer.model import Role
from indexer.stores.filters import facet_term
from search_web.search.named import Kind, Named
from search_web.search.names import folded_name, is_somebody, key_of, person_forms, surname
from search_web.search.pinyin_names import pinyin_names, surname_reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from indexer.stores.passage_entities import Person
    from search_web.search.named import Found
    from search_web.search.pinyin_names import PinyinNames


class People(NamedTuple):
    """Everybody, by folded name and by the surname that is written before an honorific, where that means one only."""

    named: Mapping[str, Named]
    surnames: Mapping[str, Named]
    pinyin: PinyinNames


def file_people(people: Iterable[Person], found: Found) -> People:
    """File everybody under all names and, where that means one person only, under parts of them."""
    persons = people_by_name(people)
    sharing = Counter(
        word for _, together in _distinct(persons) for word in {w for name in together for w in name.split()}
    )
    parts: dict[str, dict[int, Named]] = defaultdict(dict)
    surnames: dict[str, dict[int, Named]] = defaultdict(dict)
    named: dict[str, Named] = {}
    for folded, (written, together) in persons.items():
        person = id(together)
        facets = tuple(sorted(facet_term("speaker", name) for name in _telling(together, sharing)))
        one = named[folded] = Named(Kind.SPEAKER, written, facets)
        short = Named(Kind.SPEAKER, written, facets, short=True)
        for form in person_forms(folded):
            if not form.short:
                found[form.key][Kind.SPEAKER, written] = one
            else:
                parts[form.key].setdefault(person, short)
        for alone in filter(_is_one_latin_word, together):
            parts[key_of(alone)].setdefault(person, short)
        for full in _with_surname(folded, together):
            found[key_of(full)].setdefault((Kind.SPEAKER, written), one)
        if family := surname(folded):
            surnames[family][person] = one
    for key, owners in parts.items():
        if len(owners) == 1:
            owner = next(iter(owners.values()))
            found[key][Kind.SPEAKER, owner.value] = owner
    return People(
        named,
        {family: next(iter(owners.values())) for family, owners in surnames.items() if len(owners) == 1},
        pinyin_names(named.items()),
    )


def person_facets(name: str, other_names: Iterable[str], people: People) -> tuple[str, ...]:
    """Return the facet terms of a person who is given as a transcript writes them."""
    known = (people.named.get(folded_name(one)) for one in (name, *other_names))
    return next((one.facets for one in known if one), (facet_term("speaker", name),))


def people_by_name(people: Iterable[Person]) -> dict[str, tuple[str, set[str]]]:
    """Return, by folded name, how it is written and all names of the person.

    Names that one line of a transcript gives to one person are the same person's everywhere, and so is the name that
    somebody has by an English first name and a Chinese surname: 张勇 (Daniel) is Daniel Zhang. A first name alone makes
    nobody the same: 吕正华 (Kevin) and 陈圣凯 (Kevin) are two.
    """
    same: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    alone: dict[str, dict[str, None]] = defaultdict(dict)
    for person in people:
        if person.role is Role.OPERATOR:
            continue
        spelt = ((folded_name(name), name) for name in (person.name, *person.other_names))
        names = {folded: name for folded, name in spelt if is_somebody(folded)}
        for folded, name in names.items():
            written.setdefault(folded, name)
        fuller = [folded for folded in names if not _is_one_latin_word(folded)]
        _join(same, fuller or names)
        for folded in filter(_is_one_latin_word, names if fuller else ()):
            alone[folded].setdefault(fuller[0])
    shared = _give_first_names(same, alone)
    for folded, together in list(same.items()):
        for full in _with_surname(folded, together):
            if full in same and same[full] is not together:
                _join(same, (folded, full))
    same.update({first: {first} for first in shared})
    return {folded: (written[folded], together) for folded, together in same.items()}


def _give_first_names(same: dict[str, set[str]], alone: Mapping[str, Iterable[str]]) -> list[str]:
    """Add the first names that people are given beside a fuller name, and return those that several have."""
    shared = []
    for first, owners in alone.items():
        persons = {id(same[owner]): same[owner] for owner in owners}
        if len(persons) == 1:
            _join(same, (first, *owners))
        else:
            shared.append(first)
            for together in persons.values():
                together.add(first)
    return shared


def _join(same: dict[str, set[str]], names: Iterable[str]) -> None:
    """Let these names, and all that are the same person's as one of them, be one person's."""
    together = set(names).union(*(same.get(name, ()) for name in names))
    same.update(dict.fromkeys(together, together))


def _is_one_latin_word(folded: str) -> bool:
    return folded.isascii() and folded.isalpha()


def _with_surname(folded: str, together: Collection[str]) -> tuple[str, ...]:
    """Return the names that a Chinese name gives to the English first names of the same person: daniel zhang."""
    reading = surname_reading(folded)
    if reading is None:
        return ()
    firsts = sorted(filter(_is_one_latin_word, together))
    return tuple(f"{first} {reading}" for first in firsts)


def _distinct(persons: Mapping[str, tuple[str, set[str]]]) -> list[tuple[int, set[str]]]:
    return list({id(together): together for _, together in persons.values()}.items())


def _telling(together: Collection[str], sharing: Mapping[str, int]) -> list[str]:
    """Return the names that mean this person; a first name alone only where nobody else has it."""
    telling = [name for name in together if not _is_one_latin_word(name) or sharing[name] == 1]
    return telling or list(together)
