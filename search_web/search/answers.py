"""From a question to the sentences that answer it, verbatim, with who said them and to which question."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError, QuerySyntaxError
from indexer.text.language import dominant_language
from indexer.text.sentences import sentence_spans
from indexer.transcripts.courtesy import Weight, name_parts, weight_of
from search_web.search.answer_sentences import Sentence, kinds_met, pick_sentences, share
from search_web.search.answer_units import ranked_units
from search_web.search.answer_values import Answer, AnsweredExchange, AnswerResponse, Scope
from search_web.search.assemble import Finding, assemble_hits
from search_web.search.confidence import THRESHOLD, WEIGHTS, Evidence, confidence
from search_web.search.highlight import matches
from search_web.search.patterns import merged
from search_web.search.query_language import parse_query
from search_web.search.request import MAX_LIMIT, Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.answer_units import Unit
    from search_web.search.candidates import Candidates
    from search_web.search.highlight import Match
    from search_web.search.legs import VectorFindings
    from search_web.search.request import Hit, SearchRequest
    from search_web.search.searcher import Searcher

NO_VECTORS = (
    "This index has no vectors: answers are found by words only. Add them with: yuanhua embed --embedder bundled"
)

SAMPLED = 256
"""How many passages, spread over the index, tell what cosine a question has with what does not answer it."""

CONTEXT_SHARE = 0.5
"""What a word of the question counts that only the analyst's question of the exchange has."""

_QUESTION_ENDS = ("?", "？", "?”", "？”", '?"')


def answer_question(
    searcher: Searcher, request: SearchRequest, scope: Scope = Scope.ANSWERS, *, threshold: float = THRESHOLD
) -> AnswerResponse:
    """Return what answers a question, best first, at most `request.limit` answers and none below the threshold.

    The question is taken as mere words unless it uses operators (quotation marks, fields, AND, NEAR); offset and
    context are not used. Raises InvalidRequestError as the search does.
    """
    started = perf_counter()
    if not 1 <= request.limit <= MAX_LIMIT:
        raise InvalidRequestError(f"{request.limit} is not a number from 1 to {MAX_LIMIT}", where="limit")
    found = searcher.candidates(replace(request, plain=request.plain or not uses_operators(request.query)))
    answers = _answers(found, ranked_units(found, scope)[: request.limit])
    best = answers[0].confidence if answers else 0.0
    without_vectors = request.mode is Mode.HYBRID and not found.generation.spaces
    return AnswerResponse(
        query=request.query,
        scope=scope,
        took_ms=round((perf_counter() - started) * 1000.0, 2),
        generation=found.generation.name,
        confidence=best,
        threshold=threshold,
        notes=(*found.plan.notes, *((NO_VECTORS,) if without_vectors else ())),
        answers=tuple(answer for answer in answers if answer.confidence >= threshold),
    )


def uses_operators(question: str) -> bool:
    """Tell whether a question is written in the query language; a stray mark in a sentence does not make it so."""
    try:
        parsed = parse_query(question)
    except QuerySyntaxError:
        return False
    return not parsed.is_plain


def _answers(found: Candidates, units: Sequence[Unit]) -> tuple[Answer, ...]:
    """Return the units as answers, the surest first, equal ones in the order of the units."""
    analyser, plan = found.generation.analyser(), found.plan
    marks = [matches(plan, unit.best.passage.text, analyser) for unit in units]
    meaning = _Meaning(found)
    sentences = [meaning.sentences(unit) for unit in units]
    hits = assemble_hits(
        found.generation.passages,
        [Finding(unit.best.row, unit.score) for unit in units],
        context=0,
        highlights={
            unit.best.row: merged([match.span for match in mark]) for unit, mark in zip(units, marks, strict=True)
        },
        stored=[unit.best for unit in units],
    )
    answers = []
    for unit, mark, listed, hit in zip(units, marks, sentences, hits, strict=True):
        asked = [match for one in unit.asked for match in matches(plan, one.passage.text, analyser)]
        picked = pick_sentences(hit.text, listed, mark, plan)
        evidence = replace(
            meaning.evidence(unit, listed, _share(found, mark, asked)),
            kinds=kinds_met(plan.parsed.text, hit.text, picked),
        )
        answers.append(
            Answer(
                id=_unit_id(unit),
                confidence=round(confidence(evidence, meaning.embedder), 4),
                hit=hit,
                sentences=picked,
                exchange=_exchange(unit, hit),
                evidence=evidence,
            )
        )
    return tuple(sorted(answers, key=lambda answer: -answer.confidence))


def _unit_id(unit: Unit) -> str:
    passage = unit.best.passage
    return f"{unit.best.transcript.id}.{passage.exchange_id}" if passage.exchange_id else passage.id


def _share(found: Candidates, said: Sequence[Match], asked: Sequence[Match]) -> float:
    own = {match.label for match in said}
    alone = share(found.plan, own)
    return alone + CONTEXT_SHARE * (share(found.plan, own | {match.label for match in asked}) - alone)


def _exchange(unit: Unit, hit: Hit) -> AnsweredExchange | None:
    if hit.exchange is None:
        return None
    answers = tuple(one.passage.id for one in unit.exchange if not one.asks)
    return AnsweredExchange(hit.exchange.id, hit.exchange.question, answers)


class _Meaning:
    """The cosines of one question with the sentences and passages of an index, where it has any."""

    def __init__(self, found: Candidates) -> None:
        self._language = dominant_language(found.plan.parsed.text)
        self._searched = _searched(found.vectors)
        self.embedder = self._searched.space.info.embedder if self._searched else None
        self._mean, self._spread = 0.0, 1.0
        if self._searched:
            count = found.generation.passages.count
            sample = np.unique(np.linspace(0, count - 1, min(SAMPLED, count)).astype(np.int64))
            cosines, _ = self._searched.space.sentence_scores(self._searched.query, sample)
            cosines = cosines[cosines > -1.0]
            if len(cosines) > 1:
                self._mean, self._spread = float(cosines.mean()), max(float(cosines.std()), 1e-3)

    def sentences(self, unit: Unit) -> tuple[Sentence, ...]:
        """Return the sentences of the passage of a unit in reading order."""
        passage, asks = unit.best.passage, unit.best.asks
        names = name_parts(frozenset(one.passage.speaker.name for one in (unit.best, *unit.exchange)))
        cosines = self._cosines(unit.best.row)
        return tuple(
            Sentence(
                (start, end),
                cosines.get((start, end), 0.0),
                fit=weight_of(passage.text[start:end], names) is not Weight.COURTESY
                and (asks or not passage.text[start:end].endswith(_QUESTION_ENDS)),
            )
            for start, end in sentence_spans(passage.text)
        )

    def evidence(self, unit: Unit, sentences: Sequence[Sentence], told: float) -> Evidence:
        """Return what speaks for a unit; `told` is the share of the question that was found in words."""
        foreign = unit.best.passage.language != self._language
        if self._searched is None:
            return Evidence(0.0, 0.0, 0.0, told, foreign)
        best = max((sentence.cosine for sentence in sentences if sentence.fit), default=0.0)
        (whole,) = self._searched.space.scores(self._searched.query, np.array([unit.best.row], dtype=np.int64))
        return Evidence(best, float(whole), (best - self._mean) / self._spread, told, foreign)

    def _cosines(self, row: int) -> dict[tuple[int, int], float]:
        listed = self._searched.space.sentences() if self._searched else None
        if self._searched is None or listed is None:
            return {}
        first, last = np.searchsorted(listed.rows, [row, row + 1])
        cosines = np.einsum("ij,j->i", listed.vectors[first:last], self._searched.query)
        spans = listed.spans[first:last].tolist()
        return {(start, end): cosine for (start, end), cosine in zip(spans, cosines.tolist(), strict=True)}


def _searched(vectors: Sequence[VectorFindings]) -> VectorFindings | None:
    """Return the space to take cosines from: one whose cosines are calibrated, else the first with sentences."""
    with_sentences = [one for one in vectors if one.space.info.sentences]
    calibrated = [one for one in with_sentences if one.space.info.embedder in WEIGHTS]
    return next(iter((*calibrated, *with_sentences)), None)
