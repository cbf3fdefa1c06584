"""Rankings against judgements. Owns ir_measures.

nDCG takes the grade itself as gain and log2 of the rank plus 1 as discount (Järvelin and Kekäläinen,
"Cumulated gain-based evaluation of IR techniques", 2002), as trec_eval does; the ideal ranking has all judged
passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ir_measures
from ir_measures import RR, R, nDCG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NDCG, _MRR, _RECALL = nDCG @ 10, RR @ 10, R @ 100


@dataclass(frozen=True, slots=True)
class Score:
    """How one query fared: nDCG@10, reciprocal rank within the first 10, recall within the first 100."""

    ndcg_10: float
    rr_10: float
    recall_100: float


def score_rankings(qrels: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]) -> dict[str, Score]:
    """Return the score of every ranking, by query id. A query that nothing answers scores 0.

    `qrels` has query id → passage id → grade, `rankings` query id → passage ids, the best first.
    """
    judged = [
        ir_measures.Qrel(query, passage, grade) for query in rankings for passage, grade in qrels.get(query, {}).items()
    ]
    ranked = [
        ir_measures.ScoredDoc(query, passage, float(-rank))
        for query, passages in rankings.items()
        for rank, passage in enumerate(passages)
    ]
    values = {
        (metric.query_id, metric.measure): metric.value
        for metric in ir_measures.iter_calc([_NDCG, _MRR, _RECALL], judged, ranked)
    }
    return {
        query: Score(*(float(values.get((query, measure), 0.0)) for measure in (_NDCG, _MRR, _RECALL)))
        for query in rankings
    }
