"""What the legs of one search put forward, before a page of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Ranking
    from search_web.search.assemble import Finding
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan


@dataclass(frozen=True, slots=True)
class Candidates:
    """The findings of a search with what they were found by.

    `ranking` is None where no words were looked for, `vectors` empty where no meaning was. `with_rows` ranks rows that
    no leg put forward together with those that they did. `within` are the ids of the transcripts in which to look, None
    for all.
    """

    generation: Generation
    plan: QueryPlan
    ranking: Ranking | None
    vectors: tuple[VectorFindings, ...]
    with_rows: Callable[[Sequence[int]], tuple[Finding, ...]]
    within: frozenset[str] | None = None

    def allowed(self) -> NDArray[np.int64] | None:
        """Return the rows that filters and binding operators leave, rising; None when those are all."""
        if self.plan.constraint is not None:
            return self.generation.keyword.rows(self.plan.constraint, filters=self.plan.filters)
        return self.generation.passages.rows(self.plan.filters)

    @property
    def ordered(self) -> tuple[Finding, ...]:
        """The findings, best first."""
        return self.with_rows(())
