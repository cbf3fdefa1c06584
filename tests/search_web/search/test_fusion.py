"""Two legs become one ranking."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_web.search.fusion import Leg, fuse
from search_web.search.request import Fusion
from search_web.search.rrf import reciprocal_ranks
from search_web.search.zsum import standardise, weighted_sum

scores = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30).map(np.array)


def leg(values: list[float], ranking: tuple[int, ...], weight: float = 1.0) -> Leg:
    return Leg(np.array(values), ranking, weight)


def test_the_passage_that_both_legs_like_comes_first() -> None:
    rows = np.array([3, 5, 8])
    words = leg([2.0, 1.9, 0.0], (3, 5))
    meaning = leg([0.1, 0.8, 0.9], (8, 5, 3))
    assert next(row for row, _ in fuse(rows, (words, meaning), Fusion.ZSUM)) == 5


def test_a_leg_without_weight_does_not_change_the_order() -> None:
    rows = np.array([0, 1, 2])
    meaning = leg([0.3, 0.9, 0.6], (1, 2, 0))
    noise = leg([9.0, 0.0, 0.0], (0,), weight=0.0)
    assert [row for row, _ in fuse(rows, (noise, meaning), Fusion.ZSUM)] == [1, 2, 0]


def test_equal_scores_are_ordered_by_row() -> None:
    rows = np.array([2, 4, 9])
    assert [row for row, _ in fuse(rows, (leg([1.0, 1.0, 1.0], (2, 4, 9)),), Fusion.ZSUM)] == [2, 4, 9]


def test_reciprocal_rank_fusion_adds_one_over_sixty_plus_rank() -> None:
    fused = reciprocal_ranks([(7, 3), (3,)])
    assert fused == {7: pytest.approx(1 / 61), 3: pytest.approx(1 / 62 + 1 / 61)}


def test_reciprocal_rank_fusion_looks_at_ranks_only() -> None:
    rows = np.array([3, 7])
    words = leg([1000.0, 0.0], (3,))
    meaning = leg([0.1, 0.2], (7, 3))
    order = [row for row, _ in fuse(rows, (words, meaning), Fusion.RRF)]
    assert order == [3, 7]


def test_the_place_in_a_leg_is_rank_and_score_of_what_that_leg_found() -> None:
    places = leg([5.0, 0.0, 7.0], (30, 10)).places(np.array([10, 20, 30]))
    assert {row: (place.rank, place.score) for row, place in places.items()} == {30: (1, 7.0), 10: (2, 5.0)}


@given(scores)
def test_standardised_scores_have_mean_zero_and_keep_their_order(values: np.ndarray) -> None:
    standard = standardise(values)
    assert standard.shape == values.shape
    assert abs(float(standard.mean())) < 1e-6
    assert np.array_equal(np.argsort(values, kind="stable"), np.argsort(standard, kind="stable")) or np.allclose(
        np.sort(standard), standard[np.argsort(values, kind="stable")]
    )


def test_scores_that_do_not_differ_say_nothing() -> None:
    assert standardise(np.array([349525.44309673] * 3)).tolist() == [0.0, 0.0, 0.0]
    assert standardise(np.array([4.0, 4.0])).tolist() == [0.0, 0.0]
    assert weighted_sum([np.array([4.0, 4.0]), np.array([0.0, 1.0])], [100.0, 1.0]).tolist() == [-1.0, 1.0]


def test_no_candidates_give_no_scores() -> None:
    assert standardise(np.array([])).size == 0
