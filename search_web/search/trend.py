"""How often something is said, period by period, and by which company, role or speaker.

What is counted are searchable passages in whose text the query matches by words, with what the glossary adds unless
that is switched off. Of several plain words a passage must have all, wherever they stand; quotes ask for them side by
side. Operators and fields bind as in a search, and all filters hold. A call that two files give counts once. Every
count is exact. As JSON::

    {"query": "buyback", "by": "company", "generation": "000001-ab12cd", "took_ms": 1.2, "notes": [], "expansions": [],
     "total": POINT,                        everything together, without period and group
     "periods": ["2024Q2", null],           in order of time; null: the call does not say
     "groups": [{"value": "Fenwick Harbor", POINT without period and group}],
     "groups_left_out": 0,                  groups beyond the first MOST_GROUPS, by passages
     "points": [POINT]}                     for each period, each group that spoke in it at all

    POINT = {"period": "2024Q2", "group": "Fenwick Harbor",
             "passages": 3,                 passages that match
             "calls": 1,                    calls that they stand in
             "mentions": 5,                 places that would be highlighted in them; null when more than MOST_READ
                                            passages match, because each has to be read for it, or
                                            when nobody asked for it
             "of_passages": 120,            passages of that period and group that the filters keep
             "of_calls": 1,                 the calls that they stand in
             "per_thousand": 25.0}          1000 · passages / of_passages

By period, `groups` is empty and `group` is null in every point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.keyword import spoken
from search_web.search.highlight import Marker
from search_web.search.json_view import expansion_json
from search_web.search.matching import counted_words
from search_web.search.patterns import merged
from search_web.search.request import By

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.columns import Column
    from indexer.stores.index import Generation
    from search_web.search import insight_shapes as shapes
    from search_web.search.plan import QueryPlan
    from search_web.search.query_views import ExpansionView

MOST_READ = 1000
MOST_GROUPS = 12

REPEATED = "Calls that stand in the index twice, from two files, count once."

MIXED_YEARS = "Periods are those that each call names: some count in the fiscal year of the company, some do not."


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was said in some passages, `of_passages` of `of_calls`."""

    passages: int
    calls: int
    mentions: int | None
    of_passages: int
    of_calls: int

    @property
    def per_thousand(self) -> float:
        """Passages that match of a thousand; 0 of none."""
        return round(1000.0 * self.passages / self.of_passages, 3) if self.of_passages else 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """The count of one period and one group; None where the calls do not say, or where nothing is grouped."""

    period: str | None
    group: str | None
    count: Count


@dataclass(frozen=True, slots=True)
class TrendGroup:
    """The count of one group over all periods; its `value` is None where the calls do not say."""

    value: str | None
    count: Count


@dataclass(frozen=True, slots=True)
class Trend:
    """How often something is said over the periods; see the beginning of this module."""

    query: str
    by: By
    generation: str
    took_ms: float
    notes: tuple[str, ...]
    expansions: tuple[ExpansionView, ...]
    total: Count
    periods: tuple[str | None, ...]
    groups: tuple[TrendGroup, ...]
    groups_left_out: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts among the rows that match, `found`, and those that the filters keep, `kept`."""

    found: NDArray[np.int64]
    kept: NDArray[np.int64]
    mentions: NDArray[np.int64] | None
    calls: NDArray[np.int32]

    def count(self, inside: NDArray[np.bool_] | None = None) -> Count:
        """Return the count of the rows of a mask, which has one place for each row of the index."""
        found, kept = np.ones(len(self.found), np.bool_), np.ones(len(self.kept), np.bool_)
        if inside is not None:
            found, kept = inside[self.found], inside[self.kept]
        return Count(
            passages=int(found.sum()),
            calls=len(np.unique(self.calls[self.found[found]])),
            mentions=None if self.mentions is None else int(self.mentions[found].sum()),
            of_passages=int(kept.sum()),
            of_calls=len(np.unique(self.calls[self.kept[kept]])),
        )


def make_trend(
    generation: Generation,
    plan: QueryPlan,
    query: str,
    by: By,
    *,
    expansions: tuple[ExpansionView, ...],
    mentions: bool = True,
) -> Trend:
    """Return how often what the plan looks for is said; without `mentions` no passage is read."""
    columns = generation.passages.columns
    found = generation.keyword.rows(spoken(counted_words(plan)), filters=plan.filters)
    kept = generation.passages.rows(plan.filters)
    if kept is None:
        kept = np.arange(generation.passages.count, dtype=np.int64)
    repeated = bool(columns.repeated[kept].any())
    found, kept = found[~columns.repeated[found]], kept[~columns.repeated[kept]]
    counter = _Counter(found, kept, _mentions(generation, plan, found) if mentions else None, columns.transcript.codes)
    periods = sorted(
        np.unique(columns.period.codes[kept]).tolist(), key=lambda code: period_order(_value(columns.period, code))
    )
    chosen: list[int] = []
    left_out = 0
    column: Column | None = None
    if by is not By.PERIOD:
        column = getattr(columns, by.value)
        codes, counts = np.unique(column.codes[found], return_counts=True)
        ranked = sorted(zip(codes.tolist(), counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
        chosen = [code for code, _ in ranked[:MOST_GROUPS]]
        left_out = max(len(ranked) - MOST_GROUPS, 0)
    points = []
    for period in periods:
        within = columns.period.codes == period
        for code in chosen if column else [None]:
            inside = within if column is None or code is None else within & (column.codes == code)
            count = counter.count(inside)
            if count.of_passages:
                group = None if column is None or code is None else _value(column, code)
                points.append(Point(_value(columns.period, period), group, count))
    fiscal = columns.fiscal[kept]
    notes = (
        *plan.notes,
        *((MIXED_YEARS,) if fiscal.any() and not fiscal.all() else ()),
        *((REPEATED,) if repeated else ()),
    )
    return Trend(
        query=query,
        by=by,
        generation=generation.name,
        took_ms=0.0,
        notes=notes,
        expansions=expansions,
        total=counter.count(),
        periods=tuple(_value(columns.period, period) for period in periods),
        groups=tuple(TrendGroup(_value(column, code), counter.count(column.codes == code)) for code in chosen)
        if column
        else (),
        groups_left_out=left_out,
        points=tuple(points),
    )


def _mentions(generation: Generation, plan: QueryPlan, rows: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return how often each row has what is looked for, or None when there are too many to read."""
    if len(rows) > MOST_READ:
        return None
    texts = generation.passages.texts_of(rows)
    marker = Marker(plan, generation.analyser())
    counted = [len(merged([match.span for match in marker.matches(texts[int(row)])])) for row in rows]
    return np.array(counted, dtype=np.int64)


def _value(column: Column, code: int) -> str | None:
    return column.values[code] if code >= 0 else None


# When a period ends, in months: a half stands after its quarters, a year after its halves.
_ENDS = {"Q1": 3.0, "Q2": 6.0, "H1": 6.5, "Q3": 9.0, "Q4": 12.0, "H2": 12.5, "": 13.0}


def period_order(period: str | None) -> tuple[bool, str, float, str]:
    """Return what periods are put in order by; no period comes last."""
    if period is None:
        return True, "", 0.0, ""
    return False, period[:4], _ENDS.get(period[4:], 13.5), period


def trend_json(trend: Trend) -> shapes.Trend:
    """Return the JSON object that stands at the beginning of this module."""
    return {
        "query": trend.query,
        "by": trend.by,
        "generation": trend.generation,
        "took_ms": trend.took_ms,
        "notes": list(trend.notes),
        "expansions": [expansion_json(one) for one in trend.expansions],
        "total": _count(trend.total),
        "periods": list(trend.periods),
        "groups": [{"value": group.value, **_count(group.count)} for group in trend.groups],
        "groups_left_out": trend.groups_left_out,
        "points": _points(trend.points),
    }


def _points(points: Sequence[Point]) -> list[shapes.TrendPoint]:
    return [{"period": point.period, "group": point.group, **_count(point.count)} for point in points]


def _count(count: Count) -> shapes.TrendCount:
    return {
        "passages": count.passages,
        "calls": count.calls,
        "mentions": count.mentions,
        "of_passages": count.of_passages,
        "of_calls": count.of_calls,
        "per_thousand": count.per_thousand,
    }
