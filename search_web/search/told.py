"""What the words at a place of the query tell together."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_web.search.query_tree import Span
    from search_web.search.sought import Sought


class Told:
    """What is looked for by where it stands, so that many places of a long query can be asked after."""

    def __init__(self, sought: Iterable[Sought]) -> None:
        placed = sorted((one.span, place, one.information) for place, one in enumerate(sought))
        self._starts = [start for (start, _), _, _ in placed]
        self._placed = placed

    def at(self, span: Span) -> float:
        """Return what that which stands wholly at a place of the query tells, in nats."""
        first, last = (bisect_left(self._starts, place) for place in span)
        inside = sorted((place, told) for (_, end), place, told in self._placed[first:last] if end <= span[1])
        return sum(told for _, told in inside)
