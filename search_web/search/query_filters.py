"""The filters of a search: those of its request with what the query itself says, under all names of their values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indexer.stores.filters import FACET_FIELDS
from search_web.search.query_fields import date_range
from search_web.search.query_tree import Fielded

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.stores.filters import Filters
    from search_web.search.query_tree import Node, ParsedQuery


def widened(filters: Filters, names_of: Callable[[str, str], tuple[str, ...]]) -> Filters:
    """Return filters whose values are met under all their names."""
    changed: dict[str, Any] = {
        field: tuple(dict.fromkeys(name for value in values for name in names_of(field, value)))
        for field in FACET_FIELDS
        if (values := getattr(filters, field))
    }
    return replace(filters, **changed) if changed else filters


def hoisted(parsed: ParsedQuery, filters: Filters) -> tuple[Filters, ParsedQuery]:
    """Move the fields that must hold for the whole query to the filters, where both legs apply them.

    A field that filters already has to hold beside that filter, not instead of it, and stays.
    """
    if not parsed.required:
        return filters, parsed
    before = {name for name in FACET_FIELDS if getattr(filters, name)}
    rest: list[Node] = []
    for node in parsed.required:
        if isinstance(node, Fielded) and node.field in FACET_FIELDS and node.field not in before:
            filters = filters.with_value(node.field, node.value)
        elif isinstance(node, Fielded) and node.field == "date" and (days := date_range(node.value)):
            filters = replace(
                filters,
                date_from=max(filter(None, (filters.date_from, days.first)), default=None),
                date_to=min(filter(None, (filters.date_to, days.last)), default=None),
            )
        else:
            rest.append(node)
    return filters, replace(parsed, required=tuple(rest))
