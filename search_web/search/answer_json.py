"""Answers as JSON objects: what /api/v1/ask answers is what `yuanhua ask --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from search_web.search.json_view import chip_json, hit_json, neighbour_json

if TYPE_CHECKING:
    from search_web.search.answer_values import Answer, AnswerResponse
    from search_web.search.json_view import JsonObject

# What an answer shows of its passage, under the names that a hit has for it.
_OF_THE_HIT = (
    "text", "highlights", "speaker", "transcript", "section", "heading", "language", "page", "time", "delivery",
    "position", "url",
)  # fmt: skip


def answers_json(response: AnswerResponse) -> JsonObject:
    """Return what answers a question. Spans are [start, end] in code points of `text`, times seconds from the start."""
    return {
        "query": response.query,
        "scope": response.scope.value,
        "took_ms": response.took_ms,
        "generation": response.generation,
        "answered": response.answered,
        "confidence": response.confidence,
        "threshold": response.threshold,
        "notes": list(response.notes),
        "chips": [chip_json(chip) for chip in response.chips],
        "answers": [_answer(answer) for answer in response.answers],
    }


def _answer(answer: Answer) -> JsonObject:
    hit = hit_json(answer.hit)
    return {
        "id": answer.id,
        "confidence": answer.confidence,
        "passage_id": answer.hit.id,
        "sentences": [list(span) for span in answer.sentences],
        "asks": answer.hit.asks,
        **{name: hit[name] for name in _OF_THE_HIT},
        "exchange": _exchange(answer),
        "evidence": asdict(answer.evidence),
    }


def _exchange(answer: Answer) -> JsonObject | None:
    if answer.exchange is None:
        return None
    question = neighbour_json(answer.exchange.question)
    return {
        "id": answer.exchange.id,
        "asker": question["speaker"],
        "question": question,
        "answers": list(answer.exchange.answers),
    }
