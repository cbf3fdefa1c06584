"""The weight of the words against the meaning, from what the query and the scores themselves show.

Both legs are brought to a scale on which they can be added: the meaning to standard deviations over the candidates,
the words to shares of their best score, so that a single chance match among many passages without any does not tower
over everything, as it would in standard deviations. What the words then weigh hangs on two things that can be seen:

* the *shape* of their scores: what share of the query's information the best passage has. Where it has next to
  nothing (an English question over Chinese passages, of which only "2015" is found), the words have nothing to say;
* the *coverage*: what share of the query's information the index knows as words at all, in the user's own or in those
  that the glossary adds. Where it knows all of them, words tell more than meaning does.

The four constants were chosen on the judged sets of docs/retrieval.md together; near them the figures hardly change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BASE = 4.0
"""How many standard deviations of meaning the best match of words is worth."""

FULL_SHARE = 0.2
"""The share of the query's information in the best passage from which on the words count in full."""

KNOWN = 2.0
"""How much more the words weigh when the index knows all of them: 1 + KNOWN times."""

STEEPNESS = 4
"""How soon that fades when it does not."""

_NOTHING = 1e-9


def word_signal(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return BM25 scores, shape (n,), as shares of the best one, from 0 to 1."""
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0.0 else np.zeros_like(scores)


def best_share(scores: NDArray[np.float64], information: float) -> float:
    """Return what share of the query's information the best passage has; above 1 where it says things repeatedly."""
    return float(scores.max(initial=0.0)) / information if information > _NOTHING else 0.0


def word_weight(scores: NDArray[np.float64], information: float, coverage: float) -> float:
    """Return what the words weigh against the meaning, from 0 to BASE · (1 + KNOWN).

    `scores` are the BM25 scores of the candidates, `information` what the whole query tells in nats: a passage that
    had every word once would score about that much.
    """
    return BASE * shape(best_share(scores, information)) * known_factor(coverage)


def shape(share: float) -> float:
    """Return how far the words count, from 0 to 1, by the share of the query's information in the best passage."""
    return min(1.0, share / FULL_SHARE)


def known_factor(coverage: float) -> float:
    """Return how many times as much the words weigh for what the index knows of them, from 1 to 1 + KNOWN."""
    return 1.0 + KNOWN * coverage**STEEPNESS
