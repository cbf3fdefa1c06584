"""Many places of one text, asked again and again whether they hold or touch another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search_web.search.query_tree import Span


@dataclass(frozen=True, slots=True)
class Spans:
    """Places by where they begin; `reach` has how far each, or one before it, goes at most."""

    starts: Sequence[int]
    reach: Sequence[int]

    def hold(self, span: Span) -> bool:
        """Tell whether a place lies wholly within one of these."""
        before = bisect_right(self.starts, span[0])
        return before > 0 and span[1] <= self.reach[before - 1]

    def touch(self, span: Span) -> bool:
        """Tell whether a place has a character in common with one of these."""
        before = bisect_left(self.starts, span[1])
        return before > 0 and span[0] < self.reach[before - 1]


def spans_of(places: Iterable[Span]) -> Spans:
    """Return places as they can be asked."""
    ordered = sorted(places)
    return Spans([start for start, _ in ordered], list(accumulate((end for _, end in ordered), max)))
