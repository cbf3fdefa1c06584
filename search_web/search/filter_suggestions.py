"""Values of filters that the index has nothing of, and the nearest that it has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.stores.filters import FACET_FIELDS, facet_term
from indexer.text.normalise import fold
from search_web.search.entities import span_of
from search_web.search.named import Kind
from search_web.search.pinyin import readings
from search_web.search.query_fields import period_value
from search_web.search.query_tree import Both, Either, Fielded, Loose, Not
from search_web.search.query_views import FilterSuggestion
from search_web.search.spelling import likest
from search_web.search.writings import NAMED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.stores.filters import Filters
    from indexer.stores.passages import PassageStore
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Node, ParsedQuery, Span
    from search_web.search.writings import Writings

MOST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A value of a filter, and where the query has it; `span` is None for one that was given beside the query."""

    field: str
    value: str
    span: Span | None = None


def asked_values(filters: Filters, parsed: ParsedQuery) -> tuple[Asked, ...]:
    """Return every value that a filter or a field of the query asks for, those that are excluded left out."""
    beside = [Asked(field, value) for field in FACET_FIELDS for value in getattr(filters, field)]
    nodes = (node for part in parsed.required for node in _fields(part))
    inside = [Asked(node.field, node.value, node.span) for node in nodes if node.field in FACET_FIELDS]
    return (*beside, *inside)


def with_notes(
    plan: QueryPlan, asked: Iterable[Asked], query: str, passages: PassageStore, writings: Writings
) -> QueryPlan:
    """Return the plan with what is to be said of the values that its filters ask for."""
    listed = tuple(dict.fromkeys(asked))
    unknown = suggest_values(query, listed, passages, writings)
    notes = [note for one in listed if (note := writings.note(one.field, one.value))]
    notes += [one.sentence for one in unknown]
    return replace(plan, notes=tuple(dict.fromkeys((*plan.notes, *notes))), unknown=unknown)


def suggest_values(
    query: str, asked: Iterable[Asked], passages: PassageStore, writings: Writings
) -> tuple[FilterSuggestion, ...]:
    """Return each value that the index has nothing of, with the nearest that it has."""
    found = []
    for one in asked:
        terms = [facet_term(one.field, name) for name in writings.all_of(one.field, one.value)]
        if not passages.known_facets(terms):
            instead = _nearest(one, passages, writings)
            found.append(FilterSuggestion(one.field, one.value, one.span, instead, _queries(query, one, instead)))
    return tuple(found)


def _fields(node: Node) -> Iterator[Fielded]:
    match node:
        case Fielded():
            yield node
        case Both(parts) | Either(parts) | Loose(parts):
            for part in parts:
                yield from _fields(part)
        case Not():
            return
        case _:
            return


def _nearest(asked: Asked, passages: PassageStore, writings: Writings) -> tuple[str, ...]:
    """Return the values of the index that are nearest to one, at most MOST; none where nothing is near."""
    if asked.field in NAMED_FIELDS:
        return _nearest_names(Kind(asked.field), asked.value, writings)
    if asked.field == "period":
        return _nearest_periods(asked.value, writings.entities.periods)
    values = [term.partition("=")[2] for term in passages.facets_of(asked.field)]
    if asked.field == "transcript":
        return tuple(likest(fold(asked.value), values)[:MOST])
    return tuple(values)


def _nearest_names(kind: Kind, value: str, writings: Writings) -> tuple[str, ...]:
    folded = " ".join(fold(value).split())
    names = _names(kind, writings)
    same_sound = [name for name in names if _sounds_alike(folded, name)]
    found = dict.fromkeys(names[name] for name in (*same_sound, *likest(folded, list(names))))
    return tuple(found)[:MOST]


def _names(kind: Kind, writings: Writings) -> Mapping[str, str]:
    """Return what a value may be a slip of, folded, with the name of the index that it stands for."""
    if kind is Kind.SPEAKER:
        named = {name: one.value for name, one in writings.entities.people.named.items()}
        keyed = {
            key: one.value
            for key, found in writings.entities.names.items()
            for one in found
            if one.kind is Kind.SPEAKER and not one.short and key.isascii()
        }
        return {**keyed, **named}
    listed = writings.entities.companies if kind is Kind.COMPANY else writings.entities.firms
    names: dict[str, str] = {}
    for firm in listed:
        keys = [key.replace(" ", "") if not key.isascii() else key for key in firm.keys]
        others = [alias.key if alias.key.isascii() else alias.key.replace(" ", "") for alias in firm.aliases]
        names.update(dict.fromkeys((*firm.names, *keys, *others), firm.shown))
    return names


def _sounds_alike(han: str, name: str) -> bool:
    if len(han) != len(name) or han.isascii() or name.isascii() or not han or " " in han:
        return False
    return all(readings(one) & readings(other) for one, other in zip(han, name, strict=True))


def _nearest_periods(value: str, periods: Sequence[str]) -> tuple[str, ...]:
    period = period_value(value)
    if period is None:
        return tuple(sorted(periods, reverse=True)[:MOST])
    first, last = span_of(period)

    def apart(period: str) -> tuple[int, int, str]:
        start, end = span_of(period)
        return max(start - last, first - end, 0), abs((end - start) - (last - first)), period

    return tuple(sorted(periods, key=apart)[:MOST])


def _queries(query: str, asked: Asked, instead: Sequence[str]) -> tuple[str, ...]:
    """Return the query with each of these values instead of the one that it asks for."""
    if asked.span is None:
        return ()
    start, end = asked.span
    name = query[start:end].replace("：", ":").partition(":")[0]
    return tuple(f"{query[:start]}{name}:{_quoted(value)}{query[end:]}" for value in instead)


def _quoted(value: str) -> str:
    return f'"{value}"' if not value.replace("-", "").isalnum() else value
