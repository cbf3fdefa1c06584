"""What of a ranking is shown: its order, near-duplicates made one hit, groups, and the page that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.cursor import cursor_at
from search_web.search.grouping import date_order, grouped
from search_web.search.near_duplicates import representatives
from search_web.search.repeats import DEPTH
from search_web.search.request import Sort
from search_web.search.response import HitGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.stores.index import Generation
    from indexer.stores.passages import PassageStore
    from search_web.search.assemble import Finding
    from search_web.search.repeats import Repeats
    from search_web.search.request import SearchRequest
    from search_web.search.response import Hit

COLLAPSE_DEPTH = 100
"""How many of the first hits are compared for near-duplicates; what ranks lower is shown one by one."""

DATED_DEPTH = 100
"""How many of the most relevant passages are put in order by date where meaning takes part."""

DATED_NOTE = f"Sorted by date: the {DATED_DEPTH} most relevant passages. With mode keyword, all that match."

SHOWN_DUPLICATES = 5


def reach(request: SearchRequest) -> int | None:
    """Return how deep a ranking must go to show what is asked for; None means to its end."""
    if request.sort is not Sort.RELEVANCE or request.group is not None:
        return None
    return request.offset + request.limit + (COLLAPSE_DEPTH if request.collapse else 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """The page that was asked for.

    `groups` holds the findings to show, group by group (one group, if nothing is grouped), and `group_totals` how many
    hits each has in all. `duplicates` gives, by row, the rows that a hit stands for. `size` counts what can be paged
    through: hits, or groups. `repeated` are those of the duplicates that another file of the same call gives.
    """

    groups: tuple[tuple[Finding, ...], ...]
    group_totals: tuple[int, ...]
    duplicates: Mapping[int, tuple[int, ...]]
    collapsed: int
    size: int
    next_cursor: str | None
    repeated: frozenset[int] = frozenset()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything to show, in order."""
        return tuple(finding for group in self.groups for finding in group)


def in_order(ranked: Sequence[Finding], passages: PassageStore, sort: Sort) -> tuple[Finding, ...]:
    """Return findings, which come by relevance, in the order that is asked for."""
    if sort is Sort.RELEVANCE:
        return tuple(ranked)
    rows = np.array([finding.row for finding in ranked], dtype=np.int64)
    return tuple(ranked[place] for place in date_order(rows, passages.columns, sort).tolist())


def shown(
    generation: Generation, request: SearchRequest, ordered: Sequence[Finding], total: int, repeats: Repeats
) -> Shown:
    """Return the page of the findings, which stand in order; `total` counts also those that were not fetched."""
    passages = generation.passages
    again = repeats.among(generation, [finding.row for finding in ordered[:DEPTH]]) if request.collapse else {}
    once = [finding for finding in ordered if finding.row not in again] if again else ordered
    duplicates = with_repeats(near_duplicates(passages, once), again) if request.collapse else {}
    folded_in = {row for rows in duplicates.values() for row in rows}
    kept = [finding for finding in ordered if finding.row not in folded_in]
    groups: tuple[tuple[Finding, ...], ...]
    totals: tuple[int, ...]
    first, last = request.offset, request.offset + request.limit
    if request.group is None:
        size = total - len(folded_in)
        groups = (tuple(kept[first:last]),)
        totals = (size,)
    else:
        by_row = {finding.row: finding for finding in kept}
        everything = grouped(tuple(by_row), passages.columns, request.group)
        size = len(everything)
        page = everything[first:last]
        groups = tuple(tuple(by_row[row] for row in rows[: request.group_size]) for rows in page)
        totals = tuple(len(rows) for rows in page)
    return Shown(
        groups=groups,
        group_totals=totals,
        duplicates=duplicates,
        collapsed=len(folded_in),
        size=size,
        next_cursor=cursor_at(request, generation.name, last) if last < size else None,
        repeated=frozenset(again),
    )


def with_repeats(duplicates: dict[int, tuple[int, ...]], again: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the duplicates with the rows that say `again` what another says, each under the row that is shown."""
    stands_for = {row: first for first, rows in duplicates.items() for row in rows}
    for row, other in again.items():
        first = stands_for.get(other, other)
        duplicates[first] = (*duplicates.get(first, ()), row)
    return duplicates


def near_duplicates(passages: PassageStore, ordered: Sequence[Finding]) -> dict[int, tuple[int, ...]]:
    """Return, by the row of the first, the rows further down that say the same, among the first COLLAPSE_DEPTH."""
    rows = [finding.row for finding in ordered[:COLLAPSE_DEPTH]]
    found: dict[int, list[int]] = {}
    for place, first in enumerate(near_representatives(passages, rows)):
        if first != place:
            found.setdefault(rows[first], []).append(rows[place])
    return {row: tuple(others) for row, others in found.items()}


def near_representatives(passages: PassageStore, rows: Sequence[int]) -> tuple[int, ...]:
    """Return for each row the place of the first one before it that says the same, or else its own."""

    def texts_of(places: Sequence[int]) -> dict[int, str]:
        texts = passages.texts_of([rows[place] for place in places])
        return {place: texts[rows[place]] for place in places}

    return representatives(passages.signatures[rows], texts_of)


def with_duplicates(passages: PassageStore, page: Shown, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits, which are those of `page.findings`, with the duplicates that they stand for."""
    first = {finding.row: page.duplicates.get(finding.row, ())[:SHOWN_DUPLICATES] for finding in page.findings}
    rows = [row for others in first.values() for row in others]
    if not rows:
        return tuple(hits)
    ids = passages.ids_of(rows)
    told = []
    for finding, hit in zip(page.findings, hits, strict=True):
        others = page.duplicates.get(finding.row, ())
        same_call = len(page.repeated.intersection(others))
        shown = tuple(ids[row] for row in first[finding.row])
        told.append(replace(hit, duplicates=len(others), duplicate_ids=shown, same_call=same_call) if others else hit)
    return tuple(told)


def hit_groups(page: Shown, hits: Sequence[Hit], *, by_exchange: bool) -> tuple[HitGroup, ...]:
    """Return the hits, which are those of `page.findings`, in their groups."""
    groups = []
    rest = list(hits)
    for findings, total in zip(page.groups, page.group_totals, strict=True):
        members, rest = tuple(rest[: len(findings)]), rest[len(findings) :]
        best = members[0]
        groups.append(HitGroup(best.transcript, best.exchange if by_exchange else None, total, members))
    return tuple(groups)
