"""Scores on one scale, so that legs can be added.

Each signal is brought to mean 0 and standard deviation 1 over the candidates before it is weighed and added
(z-score normalisation; Renda and Straccia, "Web metasearch: rank vs. score based rank aggregation methods", 2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Scores that differ by less than this share of the largest differ by rounding only.
_ROUNDING = 1e-9


def standardise(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores, shape (n,), with mean 0 and standard deviation 1; all zeros when they do not differ."""
    if scores.size == 0:
        return scores
    deviation = float(scores.std())
    if deviation <= _ROUNDING * float(np.abs(scores).max()):
        return np.zeros_like(scores)
    standard: NDArray[np.float64] = (scores - scores.mean()) / deviation
    return standard
