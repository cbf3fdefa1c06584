"""What an index holds that a query may name: people, firms, companies with their tickers, periods and dates.

It is read from the passage store once a generation. Names are filed under keys: folded words and Han characters with
one blank between them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.stores.filters import facet_term
from indexer.text.normalise import fold
from search_web.search.names import firm_forms, is_somebody, key_of, person_forms, surname

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indexer.stores.passage_entities import Call, Person
    from indexer.stores.passages import PassageStore
    from search_web.search.aliases import Alias

QUARTERS = 4


class Kind(StrEnum):
    """What a name stands for."""

    SPEAKER = "speaker"
    COMPANY = "company"
    FIRM = "firm"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name of a query stands for in the index.

    `value` is its name as the index writes it, `facets` are the facet terms of which its passages have one. A `short`
    name is a part of the name, or a single word; it takes more than itself to be sure. `exactly` is how it must be
    written, capitals and all.
    """

    kind: Kind
    value: str
    facets: tuple[str, ...]
    short: bool = False
    exactly: str | None = None
    is_ticker: bool = False


@dataclass(frozen=True, slots=True)
class Entities:
    """What the index holds, by the keys of its names; `longest` has for the first unit the most units of a name.

    `surnames` has people by the surname that is written before an honorific. `newest` has the newest call of a company
    by facet term, `newest_call` that of the index. `without_period` are the calls that name none, but a day.
    """

    names: Mapping[str, tuple[Named, ...]]
    longest: Mapping[str, int]
    surnames: Mapping[str, Named]
    periods: tuple[str, ...]
    newest: Mapping[str, Call]
    newest_call: Call | None
    calls: tuple[Call, ...]
    without_period: tuple[Call, ...]


def read_entities(passages: PassageStore, aliases: Mapping[str, tuple[Alias, ...]]) -> Entities:
    """Return what an index holds.

    `aliases` has for the key of a name the others that the glossary knows it by.
    """
    calls, people = passages.calls(), passages.people()
    found: dict[str, dict[tuple[Kind, str], Named]] = defaultdict(dict)
    surnames = _file_people(people, found)
    companies = dict.fromkeys(call.company for call in calls if call.company)
    firms = dict.fromkeys(person.firm for person in people if person.firm and person.role is not Role.MANAGEMENT)
    _file_firms(Kind.COMPANY, companies, found)
    _file_firms(Kind.FIRM, firms, found)
    _file_tickers(calls, found)
    _file_aliases(aliases, found)
    names = {key: tuple(named.values()) for key, named in found.items()}
    longest: dict[str, int] = {}
    for key in names:
        first = key.partition(" ")[0]
        longest[first] = max(longest.get(first, 0), key.count(" ") + 1)
    newest_of = {(call.company, call.ticker): call for call in sorted(calls, key=age)}
    newest = {facet: call for call in newest_of.values() for facet in _company_facets(call)}
    return Entities(
        names=names,
        longest=longest,
        surnames=surnames,
        periods=tuple(sorted({call.period for call in calls if call.period})),
        newest=newest,
        newest_call=max(calls, key=age, default=None),
        calls=calls,
        without_period=tuple(call for call in calls if call.date and not call.period),
    )


def span_of(period: str) -> tuple[int, int]:
    """Return the first and the last quarter of a period, counted from the year 0."""
    year = int(period[:4]) * QUARTERS
    part, number = period[4:5], int(period[5:] or 0)
    if part == "Q":
        return year + number - 1, year + number - 1
    return (year + 2 * number - 2, year + 2 * number - 1) if part == "H" else (year, year + QUARTERS - 1)


def age(call: Call) -> tuple[str, int]:
    """Return what orders calls from old to new: by date, and by period where they have none."""
    last = span_of(call.period)[1] if call.period else 0
    year, quarter = divmod(last + 1, QUARTERS)
    # A call is held after its period; without a date it counts as held on the first day that it can have been.
    return call.date or (f"{year:04}-{quarter * 3 + 1:02}-01" if call.period else ""), last


def _company_facets(call: Call) -> Iterator[str]:
    if call.company:
        yield from (facet_term("company", form.written) for form in firm_forms(call.company))
    if call.ticker:
        yield facet_term("company", call.ticker)


_Found = dict[str, dict[tuple[Kind, str], Named]]


def _file_people(people: Iterable[Person], found: _Found) -> dict[str, Named]:
    """File everybody under all names and, where that means one person only, under parts of them.

    Return who is meant by a surname, where that is one person only.
    """
    parts: dict[str, dict[int, Named]] = defaultdict(dict)
    surnames: dict[str, dict[int, Named]] = defaultdict(dict)
    terms: dict[int, tuple[str, ...]] = {}
    for folded, (written, together) in people_by_name(people).items():
        person = id(together)
        if person not in terms:
            terms[person] = tuple(sorted(facet_term("speaker", name) for name in together))
        named = Named(Kind.SPEAKER, written, terms[person])
        for form in person_forms(folded):
            if not form.short:
                found[form.key][Kind.SPEAKER, written] = named
            elif person not in parts[form.key]:
                parts[form.key][person] = Named(Kind.SPEAKER, written, terms[person], short=True)
        if family := surname(folded):
            surnames[family][person] = named
    for key, persons in parts.items():
        if len(persons) == 1:
            named = next(iter(persons.values()))
            found[key][Kind.SPEAKER, named.value] = named
    return {family: next(iter(persons.values())) for family, persons in surnames.items() if len(persons) == 1}


def people_by_name(people: Iterable[Person]) -> dict[str, tuple[str, set[str]]]:
    """Return, by folded name, how it is written and all names of the person.

    Names that one line of a transcript gives to one person are the same person's everywhere.
    """
    same: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for person in people:
        if person.role is Role.OPERATOR:
            continue
        spelt = ((_folded(name), name) for name in (person.name, *person.other_names))
        names = {folded: name for folded, name in spelt if is_somebody(folded)}
        for folded, name in names.items():
            written.setdefault(folded, name)
        together = set(names).union(*(same.get(folded, ()) for folded in names))
        same.update(dict.fromkeys(together, together))
    return {folded: (written[folded], together) for folded, together in same.items()}


def _file_firms(kind: Kind, firms: Iterable[str], found: _Found) -> None:
    """File firms under their names; of the words that begin a name a single one only where it begins no other."""
    parts: dict[str, dict[str, Named]] = defaultdict(dict)
    for name in firms:
        forms = tuple(firm_forms(name))
        for form in forms:
            named = Named(kind, name, (facet_term(kind, form.written),), short=form.short)
            if not form.short:
                found[form.key].setdefault((kind, form.key), named)
            else:
                second = min(
                    (other.key for other in forms if other.key.startswith(f"{form.key} ")), key=len, default=""
                )
                parts[form.key].setdefault(second, named)
    for key, by_second in parts.items():
        if len(by_second) == 1 and not any(other == kind for other, _ in found[key]):
            found[key][kind, key] = next(iter(by_second.values()))


def _file_tickers(calls: Iterable[Call], found: _Found) -> None:
    for call in {(call.company, call.ticker): call for call in calls}.values():
        if not call.ticker:
            continue
        facets = (facet_term("company", call.ticker),)
        value = call.company or call.ticker
        key = key_of(_folded(call.ticker))
        if key and not any(kind is Kind.COMPANY for kind, _ in found[key]):
            # Of an exchange and a symbol (NYSE:EPAM) the symbol does.
            found[key][Kind.COMPANY, key] = Named(Kind.COMPANY, value, facets, exactly=call.ticker, is_ticker=True)
            symbol = call.ticker.rpartition(":")[2].strip()
            found[key_of(_folded(symbol))].setdefault(
                (Kind.COMPANY, key), Named(Kind.COMPANY, value, facets, short=True, exactly=symbol, is_ticker=True)
            )


def _file_aliases(aliases: Mapping[str, tuple[Alias, ...]], found: _Found) -> None:
    for key in [key for key in found if key in aliases]:
        for named in [
            named
            for named in found[key].values()
            if named.kind is not Kind.SPEAKER and not named.exactly and not named.short
        ]:
            for alias in aliases[key]:
                other = Named(named.kind, named.value, named.facets, alias.exactly is not None, alias.exactly)
                found[alias.key].setdefault((named.kind, named.value), other)


def _folded(name: str) -> str:
    return " ".join(fold(name).split())
