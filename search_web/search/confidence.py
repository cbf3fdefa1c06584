"""How likely it is that a passage answers a question, from figures that mean the same in every index.

A logistic regression (Cox 1958). Its weights and the threshold were fitted by
`benchmarks/answer_threshold.py`, on half of the questions of judged sets of which half of the answers had been taken
away; docs/retrieval.md has the table of the other half. Cosines mean something else in every model, so those of a
model that was not calibrated are left out, and words alone decide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    `sentence` and `passage` are cosines with the question, 0 where there are no vectors. `lead` is by how much
    the score of its unit in the hybrid search, in standard deviations of meaning, exceeds that of the fifth unit: a few
    calls may say the same, but seldom many. `share` is how much of what the question
    tells was found in words, from 0 to 1. `foreign` tells that the passage is in another language than the question.
    `kinds` is the share of the kinds of things asked for (a reason, a figure) that the sentences carry; 1 when none is.
    """

    sentence: float
    passage: float
    lead: float
    share: float
    foreign: bool
    kinds: float = 1.0


WORDS = "words"
"""The weights for where no calibrated vectors are."""


def figures(evidence: Evidence, name: str) -> tuple[float, ...]:
    """Return what the regression works on, with a 1 for its constant in front."""
    words = 0.0 if evidence.foreign else evidence.share
    other = evidence.share if evidence.foreign else 0.0
    if name == WORDS:
        return (1.0, words, other, float(evidence.foreign), evidence.kinds)
    cosines = (evidence.sentence, evidence.passage, evidence.lead)
    return (1.0, *cosines, words, other, float(evidence.foreign), evidence.kinds)


WEIGHTS: Mapping[str, Sequence[float]] = {
    "bundled": (-7.14, 2.17, 5.83, 0.65, 1.94, 5.82, 1.16, 0.94),
    WORDS: (-2.55, 5.36, 9.95, -0.13, 0.76),
}
"""In the order of `figures`; see there."""

THRESHOLD = 0.5
"""More likely right than not, where either was as likely beforehand. F1 changes little from 0.35 to 0.7."""


def confidence(evidence: Evidence, embedder: str | None, weights: Mapping[str, Sequence[float]] = WEIGHTS) -> float:
    """Return the probability, from 0 to 1, that a passage answers; `embedder` is whose cosines the evidence has."""
    name = embedder if embedder is not None and embedder in weights else WORDS
    total = sum(weight * figure for weight, figure in zip(weights[name], figures(evidence, name), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
