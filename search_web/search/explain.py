"""Works out why the hits of a search stand where they stand.

Nothing here changes a ranking: the scores of single terms are asked of the keyword engine again, one by one, within
the transcripts of the hits only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.explain_terms import ScoredTerms
from search_web.search.explanation import NAMES, HitExplained, Part, SpaceExplained
from search_web.search.fusion import bonus_share, shares
from search_web.search.legs import space_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.index import Generation
    from indexer.stores.passages import StoredPassage
    from search_web.search.fusion import Leg
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.request import Fusion


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a search knows when its ranking is done: the rows that were compared, and what each leg said of them.

    `bonus`, shape (n,), is what the names and periods of the query favour, None when it names none.
    """

    candidates: NDArray[np.int64]
    legs: Mapping[str, Leg]
    vectors: Sequence[VectorFindings]
    fusion: Fusion
    bonus: NDArray[np.float64] | None = None


def explain_hits(
    stored: Sequence[StoredPassage], plan: QueryPlan, evidence: Evidence, generation: Generation
) -> tuple[HitExplained, ...]:
    """Return the reasons for each of these hits, in their order."""
    if not stored:
        return ()
    rows = np.array([item.row for item in stored], dtype=np.int64)
    at = np.searchsorted(evidence.candidates, rows)
    spaces = _spaces(evidence, rows, at, generation.passages.columns.extent[evidence.candidates])
    words = evidence.legs.get("keyword")
    ranked = frozenset(words.ranking) if words else frozenset()
    terms = ScoredTerms(stored, plan, generation, alone=len(evidence.legs) == 1) if words else None
    parts = _parts(evidence)
    return tuple(
        HitExplained(
            terms=tuple(terms.of(item, ranked=item.row in ranked)) if terms else (),
            spaces=spaces[number],
            parts=tuple(parts(item.row, int(at[number]))),
        )
        for number, item in enumerate(stored)
    )


def _parts(evidence: Evidence) -> _Parts:
    legs = tuple(evidence.legs.values())
    places = {name: {row: rank for rank, row in enumerate(leg.ranking, start=1)} for name, leg in evidence.legs.items()}
    adds = shares(evidence.candidates, legs, evidence.fusion)
    scores = np.sum(adds, axis=0) if legs else np.zeros(len(evidence.candidates))
    favoured = bonus_share(evidence.bonus, scores)
    return _Parts(evidence.legs, places, adds, evidence.bonus, favoured)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What each leg, and what the query names, adds to the score of a candidate."""

    legs: Mapping[str, Leg]
    places: Mapping[str, Mapping[int, int]]
    adds: Sequence[NDArray[np.float64]]
    bonus: NDArray[np.float64] | None
    favoured: NDArray[np.float64]

    def __call__(self, row: int, at: int) -> Iterator[Part]:
        for (name, leg), adds in zip(self.legs.items(), self.adds, strict=True):
            yield Part(
                leg=name,
                rank=self.places[name].get(row),
                score=float(leg.scores[at]),
                signal=float(leg.signal[at]),
                weight=leg.weight,
                adds=float(adds[at]),
                around=float(leg.around[at]) if leg.around is not None else 0.0,
            )
        if self.bonus is not None and self.bonus[at]:
            named, favoured = float(self.bonus[at]), float(self.favoured[at])
            yield Part(NAMES, rank=None, score=named, signal=named, weight=favoured / named, adds=favoured)


def _spaces(
    evidence: Evidence, rows: NDArray[np.int64], at: NDArray[np.int64], extents: NDArray[np.uint8]
) -> tuple[tuple[SpaceExplained, ...], ...]:
    """Return, for each row, what each vector space finds."""
    found: list[list[SpaceExplained]] = [[] for _ in rows]
    for finding in evidence.vectors:
        space = finding.space
        passages = space.scores(finding.query, rows)
        sentences, _ = space.sentence_scores(finding.query, rows)
        standardised = space_scores(finding, evidence.candidates, extents)[at]
        for number, explained in enumerate(found):
            explained.append(
                SpaceExplained(
                    embedder=space.info.embedder,
                    passage=float(passages[number]),
                    sentence=float(sentences[number]) if space.info.sentences else None,
                    standardised=float(standardised[number]),
                )
            )
    return tuple(map(tuple, found))
