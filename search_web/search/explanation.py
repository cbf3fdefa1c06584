"""Why a hit stands where it stands: the values that `explain` fills and that page, API and terminal show.

They add up: the terms that count give the score of the leg of the words, and the parts give the score of the hit.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMES = "names"
"""The `leg` of a part that is no leg: what the names and periods of the query favour."""


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field that has a term, and what a match there weighs against one in the text."""

    field: str
    weight: float


@dataclass(frozen=True, slots=True)
class TermExplained:
    """Something that was looked for by words and that the hit has.

    `source` is word, phrase, prefix, near, glossary, dictionary, "binding" for what every hit must match, or "names"
    for whom or what the query names, which a search by words alone counts among the words. `of` is
    the part of the query that called up an added term, None for the user's own. `weight` is what the term weighs
    against the user's own word, `idf` what finding it tells, in nats, `passages` how many have it, None where that
    was not counted. `times` is how often it stands in the text, `fields` where it stands. `score` is its BM25 score;
    it `counts` unless another writing of the same words scores more, or the leg did not rank the hit.
    """

    term: str
    source: str
    of: str | None
    weight: float
    idf: float
    passages: int | None
    times: int
    fields: tuple[FieldMatch, ...]
    score: float
    counts: bool


@dataclass(frozen=True, slots=True)
class SpaceExplained:
    """What one embedder finds: the cosine of the whole passage and of its best sentence, None without sentences.

    `standardised` is both in standard deviations over the candidates.
    """

    embedder: str
    passage: float
    sentence: float | None
    standardised: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one leg, or what the query names (NAMES), adds to the score of a hit.

    `score` is the leg's own, `rank` its place there, None when the leg did not put the hit forward. `adds` is what
    the fusion makes of it; with the adaptive fusion that is `weight` times `signal`,
    of which `around` comes from the passages beside it.
    """

    leg: str
    rank: int | None
    score: float
    signal: float
    weight: float
    adds: float
    around: float = 0.0

    @property
    def lent(self) -> float:
        """How much of what it adds comes from the passages beside the hit, with the adaptive fusion."""
        return self.weight * self.around


@dataclass(frozen=True, slots=True)
class HitExplained:
    """Why one hit stands where it stands."""

    terms: tuple[TermExplained, ...]
    spaces: tuple[SpaceExplained, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FusionExplained:
    """How the legs of one search became one ranking.

    `fusion` is None when only one leg was walked. `information` is what the query tells in nats, `best_share` the
    share of it in the best passage, `shape` how far the words count for that, `coverage` the share of it that the
    index knows as words. `weights` has the weight of each leg, `why` says it all in sentences.
    """

    fusion: str | None
    candidates: int
    information: float
    best_share: float
    shape: float
    coverage: float
    weights: tuple[tuple[str, float], ...]
    why: tuple[str, ...]
