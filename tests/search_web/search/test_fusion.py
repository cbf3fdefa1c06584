"""Two legs become one ranking."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_web.search.adaptive import BASE, KNOWN, word_signal, word_weight
from search_web.search.fusion import Leg, fuse, meaning_leg, word_leg
from search_web.search.request import Fusion
from search_web.search.rrf import reciprocal_ranks
from search_web.search.zsum import standardise

scores = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30).map(np.array)


def leg(values: list[float], ranking: tuple[int, ...]) -> Leg:
    return meaning_leg(np.array(values), ranking)


def words(values: list[float], ranking: tuple[int, ...], *, information: float = 10.0, coverage: float = 1.0) -> Leg:
    return word_leg(np.array(values), ranking, information=information, coverage=coverage)


@pytest.mark.parametrize("fusion", [Fusion.ZSUM, Fusion.ADAPTIVE])
def test_the_passage_that_both_legs_like_comes_first(fusion: Fusion) -> None:
    rows = np.array([3, 5, 8])
    both = words([2.0, 1.9, 0.0], (3, 5)), leg([0.1, 0.8, 0.9], (8, 5, 3))
    assert next(row for row, _ in fuse(rows, both, fusion)) == 5


def test_words_of_which_next_to_nothing_was_found_do_not_drown_the_meaning() -> None:
    rows = np.arange(100)
    chance = [5.0, *[0.0] * 99]
    meaning = leg([0.2, *np.linspace(0.3, 0.9, 99)], tuple(range(99, -1, -1)))
    foreign = words(chance, (0,), information=200.0, coverage=0.02)
    assert fuse(rows, (foreign, meaning), Fusion.ADAPTIVE)[0][0] == 99
    assert fuse(rows, (foreign, meaning), Fusion.ZSUM)[0][0] == 0, "a plain sum takes the chance match for a find"


def test_a_rare_name_is_not_buried_by_the_meaning() -> None:
    rows = np.arange(100)
    meaning = leg([0.2, *np.linspace(0.3, 0.9, 99)], tuple(range(99, -1, -1)))
    name = words([6.0, *[0.0] * 99], (0,), information=7.0, coverage=1.0)
    assert fuse(rows, (name, meaning), Fusion.ADAPTIVE)[0][0] == 0


@given(scores.map(np.abs), st.floats(0.0, 1e3), st.floats(0.0, 1.0))
def test_the_weight_of_the_words_has_bounds_and_grows_with_what_is_known(
    values: np.ndarray, information: float, coverage: float
) -> None:
    weight = word_weight(values, information, coverage)
    assert 0.0 <= weight <= BASE * (1.0 + KNOWN)
    assert word_weight(values, information, coverage / 2) <= weight
    assert word_signal(values).max() in {0.0, 1.0}


def test_equal_scores_are_ordered_by_row() -> None:
    rows = np.array([2, 4, 9])
    for fusion in Fusion:
        assert [row for row, _ in fuse(rows, (leg([1.0, 1.0, 1.0], (2, 4, 9)),), fusion)] == [2, 4, 9]


def test_reciprocal_rank_fusion_adds_one_over_sixty_plus_rank() -> None:
    fused = reciprocal_ranks([(7, 3), (3,)])
    assert fused == {7: pytest.approx(1 / 61), 3: pytest.approx(1 / 62 + 1 / 61)}


def test_reciprocal_rank_fusion_looks_at_ranks_only() -> None:
    rows = np.array([3, 7])
    legs = words([1000.0, 0.0], (3,)), leg([0.1, 0.2], (7, 3))
    order = [row for row, _ in fuse(rows, legs, Fusion.RRF)]
    assert order == [3, 7]


def test_the_place_in_a_leg_is_rank_and_score_of_what_that_leg_found() -> None:
    places = leg([5.0, 0.0, 7.0], (30, 10)).places(np.array([10, 20, 30]), frozenset({10, 20, 30}))
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


def test_no_candidates_give_no_scores() -> None:
    assert standardise(np.array([])).size == 0
