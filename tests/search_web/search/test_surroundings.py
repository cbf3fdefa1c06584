"""A passage in the midst of what was looked for ranks above a chance match, and says so."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher
from search_web.search.surroundings import lent


def test_a_neighbour_of_the_same_call_lends_and_another_call_does_not() -> None:
    signal, rows = np.array([4.0, 2.0, 1.0, 8.0]), np.array([3, 4, 5, 9])
    calls = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], dtype=np.int32)
    assert lent(signal, rows, calls).tolist() == [2.0, 4.0, 0.0, 0.0]


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(-9, 9)), unique_by=lambda one: one[0], min_size=1))
def test_it_is_the_mean_of_the_neighbours_that_are_candidates(found: list[tuple[int, float]]) -> None:
    found.sort()
    signal = dict(found)
    calls = np.repeat(np.arange(6, dtype=np.int32), 7)
    expected = []
    for row, _ in found:
        beside = [signal[other] for other in (row - 1, row + 1) if other in signal and calls[other] == calls[row]]
        expected.append(np.mean(beside) if beside else 0.0)
    rows = np.array([row for row, _ in found])
    np.testing.assert_allclose(lent(np.array([one for _, one in found]), rows, calls), expected)


def test_rows_that_follow_each_other_are_neighbours_in_reading_order(searcher: Searcher) -> None:
    passages = searcher.reader.current().passages
    stored = passages.get(range(passages.count))
    for one, following in pairwise(stored):
        if one.transcript.id == following.transcript.id:
            assert following.passage.position == one.passage.position + 1


def test_what_comes_from_beside_a_hit_is_told(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("菜鸟 EBITA", explain=True))
    parts = [part for hit in response.hits if hit.explained for part in hit.explained.parts]
    assert any(part.around for part in parts)
    assert all(part.lent == part.weight * part.around for part in parts)
