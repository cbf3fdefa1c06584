"""Answers as JSON objects: what /api/v1/ask answers is what `yuanhua ask --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.json_view import chip_json, hit_json, neighbour_json

if TYPE_CHECKING:
    from search_web.search import answer_shapes as shapes
    from search_web.search.answer_values import Answer, AnswerResponse
    from search_web.search.confidence import Evidence


def answers_json(response: AnswerResponse) -> shapes.AnswerList:
    """Return what answers a question. Spans are [start, end] in code points of `text`, times seconds from the start."""
    return {
        "query": response.query,
        "scope": response.scope,
        "took_ms": response.took_ms,
        "generation": response.generation,
        "answered": response.answered,
        "confidence": response.confidence,
        "threshold": response.threshold,
        "notes": list(response.notes),
        "chips": [chip_json(chip) for chip in response.chips],
        "answers": [_answer(answer) for answer in response.answers],
    }


def _answer(answer: Answer) -> shapes.Answer:
    hit = hit_json(answer.hit)
    return {
        "id": answer.id,
        "confidence": answer.confidence,
        "passage_id": answer.hit.id,
        "sentences": [list(span) for span in answer.sentences],
        "asks": answer.hit.asks,
        "text": hit["text"],
        "highlights": hit["highlights"],
        "speaker": hit["speaker"],
        "transcript": hit["transcript"],
        "section": hit["section"],
        "heading": hit["heading"],
        "language": hit["language"],
        "page": hit["page"],
        "time": hit["time"],
        "delivery": hit["delivery"],
        "position": hit["position"],
        "url": hit["url"],
        "exchange": _exchange(answer),
        "evidence": _evidence(answer.evidence),
    }


def _exchange(answer: Answer) -> shapes.AnsweredExchange | None:
    if answer.exchange is None:
        return None
    question = neighbour_json(answer.exchange.question)
    return {
        "id": answer.exchange.id,
        "asker": question["speaker"],
        "question": question,
        "answers": list(answer.exchange.answers),
    }


def _evidence(evidence: Evidence) -> shapes.Evidence:
    return {
        "sentence": evidence.sentence,
        "passage": evidence.passage,
        "lead": evidence.lead,
        "share": evidence.share,
        "foreign": evidence.foreign,
        "kinds": evidence.kinds,
        "sentence_deviations": evidence.sentence_deviations,
        "passage_deviations": evidence.passage_deviations,
        "without_figure": evidence.without_figure,
        "opposed": evidence.opposed,
        "elsewhere": evidence.elsewhere,
        "untold": evidence.untold,
    }
