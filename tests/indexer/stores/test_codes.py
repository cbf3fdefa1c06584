"""Short codes propose the same vectors whether one thread goes through them or two, and only those that are allowed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.stores.codes import Allowed, Codes, make_codes

_DIMENSION = 32


def _vectors(count: int) -> np.ndarray:
    vectors = np.random.default_rng(7).standard_normal((count, _DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("shorter", [False, True])
@pytest.mark.parametrize("count", [33, 64, 1000, 1025])
def test_two_halves_propose_what_the_whole_does(count: int, *, shorter: bool) -> None:
    vectors = _vectors(count)
    whole = Codes(make_codes(count, _DIMENSION, vectors.__getitem__, shorter=shorter))
    halves = Codes(make_codes(count, _DIMENSION, vectors.__getitem__, shorter=shorter), halved=1)
    for number in (0, count // 2, count - 1):
        query = vectors[number]
        assert sorted(halves.nearest(query, count + 5)[0]) == list(range(count))
        # Codes are coarse, so that some tie, and which of those comes last differs.
        assert set(whole.nearest(query, 10)[0]) <= set(halves.nearest(query, 20)[0])
        assert number in halves.nearest(query, 10)[0]


_COUNT = 1025


@pytest.fixture(scope="module", params=[(False, _COUNT + 1), (True, 1)], ids=["whole", "shorter, in halves"])
def codes(request: pytest.FixtureRequest) -> Codes:
    shorter, halved = request.param
    return Codes(make_codes(_COUNT, _DIMENSION, _vectors(_COUNT).__getitem__, shorter=shorter), halved=halved)


@settings(deadline=None)
@given(
    allowed=st.sets(st.integers(0, _COUNT - 1), min_size=1),
    limit=st.integers(1, _COUNT + 5),
    asked=st.integers(0, _COUNT - 1),
)
def test_what_is_not_allowed_takes_no_place_of_what_is(codes: Codes, allowed: set[int], limit: int, asked: int) -> None:
    """The scores of the best of some are the best of their scores, which are those of a search of all."""
    query = _vectors(_COUNT)[asked]
    scores = np.empty(_COUNT)
    numbers, told = codes.nearest(query, _COUNT)
    scores[numbers] = told
    among = np.array(sorted(allowed))
    selection = Allowed(among, _COUNT)
    found, falling = codes.nearest(query, limit, selection)
    assert set(found.tolist()) <= allowed
    assert len(set(found.tolist())) == len(found) == min(limit, len(allowed))
    np.testing.assert_array_equal(scores[found], falling)
    np.testing.assert_array_equal(np.sort(scores[among])[::-1][: len(found)], falling)
    between = float(falling[-1]) - 1e-4
    reached, told = codes.reaching(query, between, selection)
    np.testing.assert_allclose(scores[reached], told, atol=1e-6)
    assert sorted(reached) == sorted(among[scores[among] > between])


def test_decoded_vectors_tell_what_codes_do(codes: Codes) -> None:
    some = np.array([0, 3, 500, 512, 513, 1024])
    for query in _vectors(5):
        numbers, told = codes.nearest(query, _COUNT)
        scores = dict(zip(numbers.tolist(), told.tolist(), strict=True))
        told_of_some = codes.told(query, codes.decoded(some))
        np.testing.assert_allclose(told_of_some, [scores[number] for number in some.tolist()], atol=0.02)
