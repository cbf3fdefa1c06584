"""Short codes propose the same vectors whether one thread goes through them or two."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.stores.codes import Codes, make_codes

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
        assert sorted(halves.nearest(query, count + 5)) == list(range(count))
        # Codes are coarse, so that some tie, and which of those comes last differs.
        assert set(whole.nearest(query, 10)) <= set(halves.nearest(query, 20))
        assert number in halves.nearest(query, 10)
