"""How near in meaning the sentences and passages of an index are to one question.

Cosines lie on a scale of their own in every model: with one, all texts are .8 alike, with another .1. So what counts is
how many standard deviations a cosine lies above that of two texts of the index taken at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.text.sentences import sentence_spans
from indexer.transcripts.courtesy import Weight, name_parts, weight_of
from search_web.search.answer_sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.passages import StoredPassage
    from search_web.search.legs import VectorFindings

SAMPLE = 300
"""How many sentences and how many passages tell what is usual, evenly spread over the index."""

LEAST_SPREAD = 0.03
"""A standard deviation below that is that of a handful of texts, and tells nothing."""

ASKED_WORTH = 0.8
"""What the likeness of the analyst's question counts beside that of a sentence of the answer."""

_QUESTION_ENDS = ("?", "？", "?”", "？”", '?"')


@dataclass(frozen=True, slots=True)
class Usual:
    """What cosines of two texts of an index are like."""

    mean: float
    spread: float

    def deviations(self, cosine: float) -> float:
        """Return by how many standard deviations a cosine lies above the mean."""
        return (cosine - self.mean) / self.spread


NOTHING = Usual(0.0, 0.1)
"""What is taken for usual where there are no two texts to compare."""


class Meaning:
    """The likeness of one question to the texts of an index; all is 0 where the index has no vectors."""

    def __init__(self, vectors: Sequence[VectorFindings]) -> None:
        self._searched = _searched(vectors)
        self._sentences = self._passages = NOTHING
        if self._searched is not None:
            space = self._searched.space
            self._passages = _usual(space.sample(SAMPLE))
            sentences = space.sentence_sample(SAMPLE)
            self._sentences = _usual(sentences) if sentences is not None else self._passages

    def __bool__(self) -> bool:
        return self._searched is not None

    @property
    def has_sentences(self) -> bool:
        """Whether sentences have vectors of their own."""
        return self._searched is not None and bool(self._searched.space.info.sentences)

    def sentences(self, one: StoredPassage, others: Sequence[StoredPassage]) -> tuple[Sentence, ...]:
        """Return the sentences of a passage in reading order; `others` are of its exchange."""
        passage = one.passage
        names = name_parts(frozenset(each.passage.speaker.name for each in (one, *others)))
        cosines = self._cosines(one.row)
        return tuple(
            Sentence(
                (start, end),
                self._sentences.deviations(cosines[start, end]) if (start, end) in cosines else 0.0,
                fit=weight_of(passage.text[start:end], names) is not Weight.COURTESY
                and (one.asks or not passage.text[start:end].endswith(_QUESTION_ENDS)),
            )
            for start, end in sentence_spans(passage.text)
        )

    def of_passage(self, row: int) -> tuple[float, float]:
        """Return the cosine of a passage as a whole, and by how many deviations it is above the usual."""
        if self._searched is None:
            return 0.0, 0.0
        (cosine,) = self._searched.space.scores(self._searched.query, np.array([row], dtype=np.int64))
        return float(cosine), self._passages.deviations(float(cosine))

    def of_question(self, asked: Sequence[StoredPassage]) -> float:
        """Return by how many deviations the best sentence of an analyst's question is above the usual."""
        if self._searched is None or not asked:
            return 0.0
        rows = np.array([one.row for one in asked], dtype=np.int64)
        if not self._searched.space.info.sentences:
            cosines = self._searched.space.scores(self._searched.query, rows)
        else:
            cosines, _ = self._searched.space.sentence_scores(self._searched.query, rows)
        return self._sentences.deviations(float(cosines.max(initial=0.0)))

    def cosine(self, deviations: float) -> float:
        """Return the cosine of a sentence with so many deviations; 0 without vectors."""
        return self._sentences.mean + deviations * self._sentences.spread if self._searched else 0.0

    def _cosines(self, row: int) -> dict[tuple[int, int], float]:
        if self._searched is None:
            return {}
        vectors, spans = self._searched.space.sentences_of(row)
        cosines = np.einsum("ij,j->i", vectors, self._searched.query)
        return {(start, end): cosine for (start, end), cosine in zip(spans.tolist(), cosines.tolist(), strict=True)}


def _usual(sample: NDArray[np.float32]) -> Usual:
    if len(sample) < 2:  # noqa: PLR2004 - a pair.
        return NOTHING
    pairs = np.einsum("ik,jk->ij", sample, sample, optimize=True)[np.triu_indices(len(sample), 1)]
    return Usual(float(pairs.mean()), max(LEAST_SPREAD, float(pairs.std())))


def _searched(vectors: Sequence[VectorFindings]) -> VectorFindings | None:
    """Return the space to take cosines from: the first with sentences, else the first."""
    with_sentences = [one for one in vectors if one.space.info.sentences]
    return next(iter((*with_sentences, *vectors)), None)
