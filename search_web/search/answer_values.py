"""What is asked of the answers and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.stores.passage_pages import Neighbour
    from search_web.search.confidence import Evidence
    from search_web.search.query_views import ChipView
    from search_web.search.response import Hit


class Scope(StrEnum):
    """What is searched: what was answered (or said unasked), the questions of analysts, or both."""

    ANSWERS = "answers"
    QUESTIONS = "questions"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class AnsweredExchange:
    """The exchange that an answer stands in.

    `question` is the passage that asks what is answered: of a follow-up where one was put before the answer. `answers`
    are the ids of all passages of the exchange that do not ask.
    """

    id: str
    question: Neighbour
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage with the sentences that answer.

    `id` is that of the passage, or of its transcript and its exchange where it stands in one. `sentences` are spans
    (start, end) in code points: hit.text[start:end] is a sentence that answers, verbatim; they are in reading order
    and do not overlap. `confidence`, from 0 to 1, is how likely it is that this answers; `evidence` is what it was
    worked out from.
    """

    id: str
    confidence: float
    hit: Hit
    sentences: tuple[tuple[int, int], ...]
    exchange: AnsweredExchange | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AnswerResponse:
    """What answers a question: nothing, when the confidence of the best is below the threshold.

    `confidence` is that of the best, shown or not. `notes` say what could not be honoured as asked.
    `chips` are what the question names and the index holds: the answers are bound to it.
    """

    query: str
    scope: Scope
    took_ms: float
    generation: str
    confidence: float
    threshold: float
    notes: tuple[str, ...]
    answers: tuple[Answer, ...]
    chips: tuple[ChipView, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything answers."""
        return bool(self.answers)
