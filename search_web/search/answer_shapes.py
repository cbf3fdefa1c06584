"""The shapes of answers to a question, as JSON; answer_json.py makes them."""

from __future__ import annotations

from typing_extensions import TypedDict

from indexer.model import Delivery, Section  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.answer_values import Scope  # noqa: TC001 - as above.
from search_web.search.shapes import Call, Chip, Neighbour, Span, Speaker, Time  # noqa: TC001 - as above.


class AnsweredExchange(TypedDict):
    """The exchange that an answer stands in; `answers` are the ids of its passages that do not ask."""

    id: str
    asker: Speaker
    question: Neighbour
    answers: list[str]


class Evidence(TypedDict):
    """What the confidence of an answer was worked out from."""

    sentence: float
    passage: float
    lead: float
    share: float
    foreign: bool
    kinds: float
    sentence_deviations: float
    passage_deviations: float
    without_figure: bool
    opposed: bool
    elsewhere: bool
    untold: bool


class Answer(TypedDict):
    """A passage with the sentences of it that answer."""

    id: str
    confidence: float
    """From 0 to 1, how likely it is that this answers."""
    passage_id: str
    sentences: list[Span]
    """The sentences that answer, in reading order."""
    asks: bool
    """Whether the passage belongs to the question of its exchange."""
    text: str
    highlights: list[Span]
    speaker: Speaker
    transcript: Call
    section: Section
    heading: str | None
    language: str
    page: int | None
    time: Time | None
    delivery: Delivery
    position: int
    url: str
    exchange: AnsweredExchange | None
    evidence: Evidence


class AnswerList(TypedDict):
    """What answers a question: nothing, when the confidence of the best is below the threshold."""

    query: str
    scope: Scope
    took_ms: float
    generation: str
    answered: bool
    confidence: float
    """That of the best, shown or not."""
    threshold: float
    notes: list[str]
    chips: list[Chip]
    answers: list[Answer]
