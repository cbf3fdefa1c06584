"""What an index holds that a query may name: people, firms, companies with their tickers, periods and dates.

It is read from the passage store once a generation. Names are filed under keys: folded words and Han characters with
one blank between them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.stores.filters import facet_term
from indexer.text.normalise import fold
from search_web.search.named import Kind
from search_web.search.named_firms import companies, file_firms, file_tickers, firms
from search_web.search.named_people import file_people

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from indexer.stores.passage_entities import Call
    from indexer.stores.passages import PassageStore
    from search_web.search.aliases import Alias
    from search_web.search.named import Found, Named
    from search_web.search.named_firms import Firm
    from search_web.search.named_people import People

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Entities:
    """What the index holds, by the keys of its names.

    `longest` has for what a name begins with, its first unit or its first two, how many units the longest such has.
    `newest` has the newest call of a company, by facet term, `newest_call` that of the index, both of those that name
    their period. `without_period` are the calls that name none, but a day.
    """

    names: Mapping[str, tuple[Named, ...]]
    longest: Mapping[str, int]
    people: People
    companies: tuple[Firm, ...]
    firms: tuple[Firm, ...]
    periods: tuple[str, ...]
    newest: Mapping[str, Call]
    newest_call: Call | None
    calls: tuple[Call, ...]
    without_period: tuple[Call, ...]


def read_entities(
    passages: PassageStore, aliases: Mapping[str, tuple[Alias, ...]], places: Container[str] = ()
) -> Entities:
    """Return what an index holds.

    `aliases` has for the key of a name the others that the glossary knows it by; `places` are folded names of places,
    which alone name no company: not China, of China International Capital Corporation.
    """
    calls, speakers = passages.speakers.calls(), passages.speakers.people()
    found: Found = defaultdict(dict)
    people = file_people(speakers, found)
    about = companies(calls, aliases)
    spoken_for = firms((person.firm for person in speakers if person.firm), aliases)
    asking = dict.fromkeys(person.firm for person in speakers if person.firm and person.role is not Role.MANAGEMENT)
    file_firms(Kind.COMPANY, about, dict.fromkeys(call.company for call in calls if call.company), found, places)
    file_firms(Kind.FIRM, spoken_for, asking, found, places)
    file_tickers(calls, about, found)
    names = {key: tuple(named.values()) for key, named in found.items()}
    longest: dict[str, int] = {}
    for key in names:
        keys = key.split(" ")
        for begun in (keys[0], " ".join(keys[:2])):
            longest[begun] = max(longest.get(begun, 0), len(keys))
    with_period = [call for call in sorted(calls, key=age) if call.period]
    firm_of = {name: firm for firm in about for name in firm.names}
    newest = {
        facet_term(Kind.COMPANY, name): call
        for call in with_period
        for written in (call.company, call.ticker)
        if written
        for name in firm_of[" ".join(fold(written).split())].names
    }
    return Entities(
        names=names,
        longest=longest,
        people=people,
        companies=about,
        firms=spoken_for,
        periods=tuple(sorted({call.period for call in calls if call.period})),
        newest=newest,
        newest_call=with_period[-1] if with_period else None,
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
