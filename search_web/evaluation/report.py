"""What an evaluation found."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

from search_web.evaluation.metrics import score_rankings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.evaluation.judgements import Query
    from search_web.evaluation.metrics import Score
    from search_web.search.request import Mode


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a search gave for one query: passage ids, the best first, and milliseconds taken."""

    query: Query
    passages: tuple[str, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a number of queries."""

    queries: int
    ndcg_10: float
    mrr_10: float
    recall_100: float

    def as_json(self) -> dict[str, object]:
        """Return the figures under their usual names."""
        return {
            "queries": self.queries,
            "ndcg@10": round(self.ndcg_10, 4),
            "mrr@10": round(self.mrr_10, 4),
            "recall@100": round(self.recall_100, 4),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set of judged queries.

    `median_ms` is the median time of a search in milliseconds. `by_lang` and `by_kind` divide the queries by
    what the set says of them; they are empty where it says nothing.
    """

    set: str
    mode: Mode
    embedders: tuple[str, ...]
    overall: Figures
    median_ms: float
    by_lang: Mapping[str, Figures]
    by_kind: Mapping[str, Figures]

    def as_json(self) -> dict[str, object]:
        """Return the report as the command prints it."""
        return {
            "set": self.set,
            "mode": str(self.mode),
            "embedder": list(self.embedders),
            **self.overall.as_json(),
            "median_ms": round(self.median_ms, 2),
            "by": {
                "lang": {value: figures.as_json() for value, figures in self.by_lang.items()},
                "kind": {value: figures.as_json() for value, figures in self.by_kind.items()},
            },
        }


def make_report(
    name: str,
    ranked: Sequence[Ranked],
    qrels: Mapping[str, Mapping[str, int]],
    *,
    mode: Mode,
    embedders: Sequence[str],
) -> Report:
    """Return the figures of at least one ranked query."""
    scores = score_rankings(qrels, {one.query.id: one.passages for one in ranked})
    return Report(
        set=name,
        mode=mode,
        embedders=tuple(embedders),
        overall=_means(list(scores.values())),
        median_ms=median(one.milliseconds for one in ranked),
        by_lang=_divided({one.query.id: one.query.lang for one in ranked}, scores),
        by_kind=_divided({one.query.id: one.query.kind for one in ranked}, scores),
    )


def _means(scores: Sequence[Score]) -> Figures:
    return Figures(
        len(scores),
        fmean(score.ndcg_10 for score in scores),
        fmean(score.rr_10 for score in scores),
        fmean(score.recall_100 for score in scores),
    )


def _divided(labels: Mapping[str, str | None], scores: Mapping[str, Score]) -> dict[str, Figures]:
    values = sorted({label for label in labels.values() if label is not None})
    return {value: _means([scores[query] for query, label in labels.items() if label == value]) for value in values}
