"""Says in sentences how the legs of a search became one ranking, and why they weigh what they weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.adaptive import FULL_SHARE, best_share, known_factor, shape
from search_web.search.explanation import FusionExplained
from search_web.search.request import Fusion
from search_web.search.rrf import RANK_CONSTANT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.search.explain import Evidence
    from search_web.search.plan import QueryPlan

_ALONE = {
    "keyword": "Only words were searched: the score of a hit is the sum of the BM25 scores of its terms.",
    "vector": "Only meaning was searched: the score of a hit is its cosine in standard deviations of the candidates.",
}
_TINY = 0.005


def explain_fusion(plan: QueryPlan, evidence: Evidence) -> FusionExplained:
    """Return how the legs were joined."""
    words = evidence.legs.get("keyword")
    share = best_share(words.scores, plan.information) if words else 0.0
    joined = len(evidence.legs) > 1
    adaptive = joined and evidence.fusion is Fusion.ADAPTIVE
    return FusionExplained(
        fusion=evidence.fusion.value if joined else None,
        candidates=len(evidence.candidates),
        information=plan.information,
        best_share=share,
        shape=shape(share),
        coverage=plan.coverage,
        weights=tuple((name, leg.weight if adaptive else 1.0) for name, leg in evidence.legs.items()),
        why=tuple(_why(plan, evidence, share)),
    )


def _why(plan: QueryPlan, evidence: Evidence, share: float) -> Iterator[str]:
    if len(evidence.legs) == 1:
        yield _ALONE[next(iter(evidence.legs))]
    elif evidence.fusion is Fusion.RRF:
        yield f"Only ranks count: each leg adds 1 / ({RANK_CONSTANT} + rank)."
    elif evidence.fusion is Fusion.ZSUM:
        yield (
            f"Words and meaning count alike: each leg adds its score in standard deviations over the "
            f"{len(evidence.candidates)} candidates."
        )
    else:
        yield _shape_told(share)
        if share > 0.0:
            yield _coverage_told(plan.coverage)
        weight = evidence.legs["keyword"].weight
        yield (
            f"So the best match of words adds {weight:.2f}, the others their share of that; meaning adds its standard "
            f"deviations over the {len(evidence.candidates)} candidates, times 1."
        )


def _shape_told(share: float) -> str:
    if share <= 0.0:
        return "The words have no say: no passage has any of them."
    told = "all" if share > 1.0 else _percent(share)
    if share >= FULL_SHARE:
        return f"The words count in full: the best passage has {told} of what the query tells."
    return (
        f"The words count for {_percent(shape(share))} only: the best passage has {told} of what the query tells, "
        f"and they count in full from {FULL_SHARE:.0%} on."
    )


def _coverage_told(coverage: float) -> str:
    known = "all" if coverage >= 1.0 - _TINY else _percent(coverage)
    return (
        f"The index knows {known} of what the query tells as words, the added ones included, which makes them weigh "
        f"{known_factor(coverage):.2f} times as much as if it knew none."
    )


def _percent(share: float) -> str:
    return "less than 1%" if 0.0 < share < _TINY else f"{share:.0%}"
