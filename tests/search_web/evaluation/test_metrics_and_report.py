"""The figures are those that the definitions give, counted out by hand."""

from __future__ import annotations

import json
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_web.evaluation.judgements import Query
from search_web.evaluation.metrics import score_rankings
from search_web.evaluation.report import Ranked, make_report
from search_web.search.request import Mode

PASSAGES = [f"p{number}" for number in range(130)]


@given(
    ranking=st.lists(st.sampled_from(PASSAGES), unique=True, max_size=100),
    grades=st.dictionaries(st.sampled_from(PASSAGES), st.integers(1, 3), max_size=20),
)
def test_scores_are_those_of_the_definitions(ranking: list[str], grades: dict[str, int]) -> None:
    score = score_rankings({"q": grades}, {"q": ranking})["q"]
    if not grades:
        assert (score.ndcg_10, score.rr_10, score.recall_100) == (0, 0, 0)
        return
    gained = sum(grades.get(one, 0) / log2(rank + 2) for rank, one in enumerate(ranking[:10]))
    ideal = sum(grade / log2(rank + 2) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    first = next((rank for rank, one in enumerate(ranking[:10], start=1) if one in grades), None)
    assert score.ndcg_10 == pytest.approx(gained / ideal, abs=1e-6)
    assert score.rr_10 == pytest.approx(1 / first if first else 0, abs=1e-6)
    assert score.recall_100 == pytest.approx(len(grades.keys() & ranking) / len(grades), abs=1e-6)


def test_a_report_divides_the_queries_by_language_and_kind() -> None:
    ranked = [
        Ranked(Query("q1", "x", "zh", "keyword"), ("p1", "p2"), 3.0),
        Ranked(Query("q2", "x", "zh", "question"), ("p2", "p1"), 1.0),
        Ranked(Query("q3", "x", "en"), (), 20.0),
    ]
    report = make_report(
        "set", ranked, {"q1": {"p1": 1}, "q2": {"p1": 1}}, mode=Mode.HYBRID, embedders=("bundled", "e5")
    )
    found = json.loads(json.dumps(report.as_json()))
    assert found == {
        "set": "set",
        "mode": "hybrid",
        "embedder": ["bundled", "e5"],
        "queries": 3,
        "ndcg@10": round((1 + 1 / log2(3)) / 3, 4),
        "mrr@10": 0.5,
        "recall@100": 0.6667,
        "median_ms": 3.0,
        "by": {
            "lang": {
                "en": {"queries": 1, "ndcg@10": 0.0, "mrr@10": 0.0, "recall@100": 0.0},
                "zh": {
                    "queries": 2,
                    "ndcg@10": round((1 + 1 / log2(3)) / 2, 4),
                    "mrr@10": 0.75,
                    "recall@100": 1.0,
                },
            },
            "kind": {
                "keyword": {"queries": 1, "ndcg@10": 1.0, "mrr@10": 1.0, "recall@100": 1.0},
                "question": {
                    "queries": 1,
                    "ndcg@10": round(1 / log2(3), 4),
                    "mrr@10": 0.5,
                    "recall@100": 1.0,
                },
            },
        },
    }
