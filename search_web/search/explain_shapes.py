"""The shapes of why hits stand where they stand, as JSON; explain_json.py makes them."""

from __future__ import annotations

from typing_extensions import TypedDict


class FieldMatch(TypedDict):
    """A field that has a term, and what a match there weighs against one in the text."""

    field: str
    weight: float


class TermExplained(TypedDict):
    """Something that was looked for by words and that the hit has."""

    term: str
    source: str
    of: str | None
    """The part of the query that called up an added term, null for the user's own."""
    weight: float
    idf: float
    passages: int | None
    times: int
    fields: list[FieldMatch]
    score: float
    counts: bool


class SpaceExplained(TypedDict):
    """What one embedder finds: the cosine of the whole passage and of its best sentence."""

    embedder: str
    passage: float
    sentence: float | None
    standardised: float


class ScorePart(TypedDict):
    """What one leg, or what the query names, adds to the score of a hit."""

    leg: str
    rank: int | None
    score: float
    signal: float
    weight: float
    adds: float
    around: float


class HitExplained(TypedDict):
    """Why a hit stands where it stands: the parts add up to its score."""

    terms: list[TermExplained]
    spaces: list[SpaceExplained]
    parts: list[ScorePart]


class FusionExplained(TypedDict):
    """How the legs of a search became one ranking; `why` says it in sentences."""

    fusion: str | None
    candidates: int
    information: float
    best_share: float
    shape: float
    coverage: float
    weights: dict[str, float]
    why: list[str]
