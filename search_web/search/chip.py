"""What a query names and the index holds, as a search works with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.search.named import Kind
from search_web.search.query_periods import When

if TYPE_CHECKING:
    from search_web.search.query_tree import Span


@dataclass(frozen=True, slots=True)
class Chip:
    """What a query names and the index holds.

    `facets` are the terms of which a passage that is meant has one, `passages` is how many do. `how` is what is wanted
    of it: an Intent for names, a When for periods. `span` is where it stands in the query.
    """

    kind: Kind
    value: str
    how: str
    facets: tuple[str, ...]
    span: Span
    passages: int = 0
    active: bool = True

    @property
    def id(self) -> str:
        """What switches it off: `speaker:张勇`, `period:after 2023Q3`."""
        related = self.kind is Kind.PERIOD and self.how != When.NAMED
        return f"{self.kind}:{self.how} {self.value}" if related else f"{self.kind}:{self.value}"
