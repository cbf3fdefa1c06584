"""The companies and firms of an index, filed under all names that the transcripts, tickers and the glossary give them.

One that is written in several ways (Microsoft and 微软, or by a ticker that only some of its calls have) is one: every
name of it stands for the passages under all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.stores.filters import facet_term
from indexer.text.normalise import fold
from search_web.search.named import Kind, Named
from search_web.search.names import firm_forms, key_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from indexer.stores.passage_entities import Call
    from search_web.search.aliases import Alias
    from search_web.search.named import Found


@dataclass(frozen=True, slots=True)
class Firm:
    """A company or firm of the index.

    `written` are the ways in which it is written there, tickers among them, `names` the same folded. `keys` are those
    of its names, `aliases` those of others that the glossary knows it by.
    """

    written: tuple[str, ...]
    names: tuple[str, ...]
    keys: frozenset[str]
    aliases: tuple[Alias, ...]

    @property
    def shown(self) -> str:
        """What it is called where one name must do."""
        return self.written[0]


def companies(calls: Iterable[Call], aliases: Mapping[str, tuple[Alias, ...]]) -> tuple[Firm, ...]:
    """Return the companies whose calls the index has."""
    named = dict.fromkeys((call.company, call.ticker) for call in calls if call.company or call.ticker)
    return _joined([_firm(company or "", ticker, aliases) for company, ticker in named])


def firms(names: Iterable[str], aliases: Mapping[str, tuple[Alias, ...]]) -> tuple[Firm, ...]:
    """Return the firms that somebody speaks for."""
    return _joined([_firm(name, None, aliases) for name in dict.fromkeys(names)])


def file_firms(
    kind: Kind, listed: Sequence[Firm], written: Iterable[str], found: Found, places: Container[str]
) -> None:
    """File firms under their names; of the words that begin a name a single one only where it begins no other.

    `written` are the names as the index writes them, of which each belongs to one of the firms `listed`. What is one of
    the `places` begins a name and is none.
    """
    whole_of = {name: firm for firm in listed for name in firm.names}
    parts: dict[str, dict[str, Named]] = defaultdict(dict)
    for name in written:
        firm = whole_of[_folded(name)]
        everything = tuple(facet_term(kind, other) for other in firm.names)
        forms = tuple(firm_forms(name))
        for form in forms:
            facets = tuple(dict.fromkeys((facet_term(kind, form.written), *everything)))
            named = Named(kind, name, facets, short=form.short)
            if not form.short:
                found[form.key].setdefault((kind, form.key), named)
            elif form.key not in places:
                second = min(
                    (other.key for other in forms if other.key.startswith(f"{form.key} ")), key=len, default=""
                )
                parts[form.key].setdefault(second, named)
        for alias in firm.aliases:
            other = Named(kind, name, everything, alias.exactly is not None, alias.exactly)
            found[alias.key].setdefault((kind, alias.key), other)
    for key, by_second in parts.items():
        if len(by_second) == 1 and not any(other == kind for other, _ in found[key]):
            found[key][kind, key] = next(iter(by_second.values()))


def file_tickers(calls: Iterable[Call], listed: Sequence[Firm], found: Found) -> None:
    """File companies under their tickers; of an exchange and a symbol (NYSE:EPAM) the symbol does."""
    whole_of = {name: firm for firm in listed for name in firm.names}
    for call in {(call.company, call.ticker): call for call in calls}.values():
        if not call.ticker:
            continue
        facets = tuple(facet_term(Kind.COMPANY, name) for name in whole_of[_folded(call.ticker)].names)
        value = call.company or call.ticker
        key = key_of(_folded(call.ticker))
        if key and not any(kind is Kind.COMPANY and not one.exactly for (kind, _), one in found[key].items()):
            named = Named(Kind.COMPANY, value, facets, exactly=call.ticker, is_ticker=True)
            found[key][Kind.COMPANY, key] = named
            symbol = call.ticker.rpartition(":")[2].strip()
            found[key_of(_folded(symbol))].setdefault((Kind.COMPANY, key), replace(named, short=True, exactly=symbol))


def _firm(name: str, ticker: str | None, aliases: Mapping[str, tuple[Alias, ...]]) -> Firm:
    names = {_folded(one): one for one in (ticker, name) if one}
    keys = {form.key for form in firm_forms(name) if not form.short} if name else set()
    if ticker:
        keys |= {key_of(_folded(ticker)), key_of(_folded(ticker.rpartition(":")[2]))}
    known = dict.fromkeys(alias for key in sorted(keys) for alias in aliases.get(key, ()) if alias.key not in keys)
    ordered = dict(reversed(names.items()))
    return Firm(tuple(ordered.values()), tuple(ordered), frozenset(keys) - {""}, tuple(known))


def _joined(listed: Sequence[Firm]) -> tuple[Firm, ...]:
    """Join those that share a name of their own, a ticker, or a name that the glossary gives to both."""
    owner: dict[str, int] = {}
    joined: dict[int, Firm] = {}
    for place, firm in enumerate(listed):
        shared = {owner[key] for key in _telling(firm) if key in owner}
        merged = _merged([*(joined.pop(number) for number in sorted(shared)), firm])
        joined[place] = merged
        owner.update(dict.fromkeys(_telling(merged), place))
    return tuple(joined.values())


def _telling(firm: Firm) -> Iterator[str]:
    yield from firm.keys
    yield from (alias.key for alias in firm.aliases)


def _merged(listed: Sequence[Firm]) -> Firm:
    names: dict[str, str] = {}
    for firm in listed:
        for folded, written in zip(firm.names, firm.written, strict=True):
            names.setdefault(folded, written)
    keys = frozenset(key for firm in listed for key in firm.keys)
    known = dict.fromkeys(alias for firm in listed for alias in firm.aliases)
    return Firm(tuple(names.values()), tuple(names), keys, tuple(alias for alias in known if alias.key not in keys))


def _folded(name: str) -> str:
    return " ".join(fold(name).split())
