"""How likely it is that a passage answers, from figures that mean the same in every index and with every model.

A logistic regression (Cox 1958). Its weights and the threshold were fitted by
`benchmarks/answer_threshold.py`, on half of the questions of judged sets of which half of the answers had been taken
away; docs/retrieval.md has the table of the other half. Cosines mean something else in every model, so it works on how
far they stand above those of texts taken at random, in standard deviations.
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

    `sentence` and `passage` are cosines with the question, 0 where there are no vectors; `sentence_deviations` and
    `passage_deviations` tell by how many standard deviations these lie above the cosines of two sentences, and of two
    passages, of the index taken at random. `lead` is by how much the score of its unit in the hybrid search, in
    standard deviations of meaning, exceeds that of the fifth unit: a few calls may say the same, but seldom many.
    `share` is how much of what the question tells was found in words in the passage and around it, from 0 to 1.
    `foreign` tells that the passage is in another language than the question. `kinds` is the share of the kinds of
    things asked for (a reason, a figure) that the sentences carry, 1 when none is; `without_figure` tells
    that a number was asked for and no sentence has one. `opposed` tells that the question supposes the opposite of what
    is said: why revenue fell, of a passage in which it only grew. `elsewhere` tells that the question pins down a place
    or a currency and that the passage tells of another, and `untold` that it wants the reason of something that nothing
    in the passage or around it tells.
    """

    sentence: float
    passage: float
    lead: float
    share: float
    foreign: bool
    kinds: float = 1.0
    sentence_deviations: float = 0.0
    passage_deviations: float = 0.0
    without_figure: bool = False
    opposed: bool = False
    elsewhere: bool = False
    untold: bool = False


VECTORS = "vectors"
WORDS = "words"
"""The weights for where there are vectors, and for where there are none."""


ENOUGH = 1.0 / 3.0
"""The share from which on the lead counts in full where there are vectors: of passages that have next to nothing of the
question one may lead for its length, or for a word that frames it."""


def figures(evidence: Evidence, name: str) -> tuple[float, ...]:
    """Return what the regression works on, with a 1 for its constant in front."""
    foreign = float(evidence.foreign)
    lacks = (float(evidence.without_figure), evidence.kinds)
    words = ((1.0 - foreign) * evidence.share, foreign * evidence.share, foreign, *lacks)
    if name == WORDS:
        return (1.0, evidence.lead, *words)
    lead = evidence.lead * min(1.0, evidence.share / ENOUGH)
    return (1.0, evidence.sentence_deviations, evidence.passage_deviations, lead, *words)


WEIGHTS: Mapping[str, Sequence[float]] = {
    VECTORS: (-4.14, 0.15, 0.83, 0.51, 3.27, 3.92, 0.44, -2.18, 0.32),
    WORDS: (-4.13, 0.55, 2.74, 4.15, 0.8, -1.75, 0.69),
}
"""In the order of `figures`; see there."""

BESIDE = 0.3
"""What is left of the confidence when the passage tells the opposite, or of another place or currency: however near it
is otherwise, it does not answer. Of the first three passages for each question of the judged sets 54 tell of another
place, and one of these is right; none of their questions supposes the opposite."""

UNTOLD = 2.0
"""What the total loses when the reason is asked of something that is not told, for it may be told in other words; and
twice as much when no reason is given either."""

THRESHOLD = 0.5
"""More likely right than not, where either was as likely beforehand. F1 is the same within .05 from 0.3 to 0.7."""


def confidence(evidence: Evidence, *, vectors: bool, weights: Mapping[str, Sequence[float]] = WEIGHTS) -> float:
    """Return the probability, from 0 to 1, that a passage answers; `vectors` tells whether the evidence has cosines."""
    name = VECTORS if vectors else WORDS
    total = sum(weight * figure for weight, figure in zip(weights[name], figures(evidence, name), strict=True))
    total -= UNTOLD * (2.0 - evidence.kinds) * evidence.untold
    sure = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
    return sure * BESIDE if evidence.opposed or evidence.elsewhere else sure
