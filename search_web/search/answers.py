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
from search_web.search.assemble import Finding, assemble_hits, neighbour
from search_web.search.confidence import THRESHOLD, WEIGHTS, Evidence, confidence
from search_web.search.highlight import matches
from search_web.search.patterns import merged
from search_web.search.query_language import parse_query
from search_web.search.request import MAX_LIMIT, Fusion, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.search.answer_units import Unit
    from search_web.search.candidates import Candidates
    from search_web.search.highlight import Match
    from search_web.search.legs import VectorFindings
    from search_web.search.request import Hit, SearchRequest
    from search_web.search.searcher import Searcher

NO_VECTORS = (
    "This index has no vectors: answers are found by words only. Add them with: yuanhua embed --embedder bundled"
)

RIVAL = 5
"""The place of the unit, counted from 1, over which an answer has its lead."""

MOST_LEAD = 6.0
USUAL_LEAD = 2.0
"""What counts as the lead of the only unit that there is."""

CONTEXT_SHARE = 0.5
"""What a word of the question counts that only the analyst's question of the exchange has."""

ASKED_WORTH = 0.8
"""What the cosine of the analyst's question counts beside that of a sentence of the answer."""

_QUESTION_ENDS = ("?", "？", "?”", "？”", '?"')


def answer_question(
    searcher: Searcher, request: SearchRequest, scope: Scope = Scope.ANSWERS, *, threshold: float = THRESHOLD
) -> AnswerResponse:
    """Return what answers a question, best first, at most `request.limit` answers and none below the threshold.

    The question is taken as mere words unless it uses operators (quotation marks, fields, AND, NEAR); offset,
    context and fusion are not used. Raises InvalidRequestError as the search does.
    """
    started = perf_counter()
    if not 1 <= request.limit <= MAX_LIMIT:
        raise InvalidRequestError(f"{request.limit} is not a number from 1 to {MAX_LIMIT}", where="limit")
    plain = request.plain or not uses_operators(request.query)
    found = searcher.candidates(replace(request, plain=plain, fusion=Fusion.ADAPTIVE))
    units = ranked_units(found, scope)
    answers = _answers(found, units[: request.limit], units[:RIVAL][-1].score if len(units) > 1 else None)
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
        answers=tuple(answer for answer in answers if answer.confidence >= threshold) if best >= threshold else (),
    )


def uses_operators(question: str) -> bool:
    """Tell whether a question is written in the query language; a stray mark in a sentence does not make it so."""
    try:
        parsed = parse_query(question)
    except QuerySyntaxError:
        return False
    return not parsed.is_plain


def _answers(found: Candidates, units: Sequence[Unit], rival: float | None) -> tuple[Answer, ...]:
    """Return the units as answers in their order; `rival` is the score over which they have their lead."""
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
        asked = {one.row: matches(plan, one.passage.text, analyser) for one in unit.asked}
        picked = pick_sentences(hit.text, listed, mark, plan)
        lead = USUAL_LEAD if rival is None else min(MOST_LEAD, max(0.0, unit.score - rival))
        evidence = replace(
            meaning.evidence(unit, listed),
            lead=round(lead, 4),
            share=_share(found, mark, [match for each in asked.values() for match in each]),
            kinds=kinds_met(plan.parsed.text, hit.text, picked),
        )
        answers.append(
            Answer(
                id=_unit_id(unit),
                confidence=round(confidence(evidence, meaning.embedder), 4),
                hit=hit,
                sentences=picked,
                exchange=_exchange(unit, hit, found, asked),
                evidence=evidence,
            )
        )
    return tuple(answers)


def _unit_id(unit: Unit) -> str:
    passage = unit.best.passage
    return f"{unit.best.transcript.id}.{passage.exchange_id}" if passage.exchange_id else passage.id


def _share(found: Candidates, said: Sequence[Match], asked: Sequence[Match]) -> float:
    own = {match.label for match in said}
    alone = share(found.plan, own)
    return alone + CONTEXT_SHARE * (share(found.plan, own | {match.label for match in asked}) - alone)


def _exchange(unit: Unit, hit: Hit, found: Candidates, asked: Mapping[int, Sequence[Match]]) -> AnsweredExchange | None:
    """Return the exchange with the passage of the question that has most in common with what is asked now."""
    if hit.exchange is None:
        return None
    told = {row: share(found.plan, {match.label for match in found_in}) for row, found_in in asked.items()}
    nearest = max(unit.asked, key=lambda one: (told[one.row], -one.row), default=None)
    question = neighbour(nearest) if nearest else hit.exchange.question
    answers = tuple(one.passage.id for one in unit.exchange if not one.asks)
    return AnsweredExchange(hit.exchange.id, question, answers)


class _Meaning:
    """The cosines of one question with the sentences and passages of an index, where it has any."""

    def __init__(self, found: Candidates) -> None:
        self._language = dominant_language(found.plan.parsed.text)
        self._searched = _searched(found.vectors)
        self.embedder = self._searched.space.info.embedder if self._searched else None

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

    def evidence(self, unit: Unit, sentences: Sequence[Sentence]) -> Evidence:
        """Return what speaks for a unit by its meaning and its language."""
        foreign = unit.best.passage.language != self._language
        if self._searched is None:
            return Evidence(0.0, 0.0, 0.0, 0.0, foreign)
        own = max((sentence.cosine for sentence in sentences if sentence.fit), default=0.0)
        asked = [one.row for one in unit.asked if one.row != unit.best.row]
        cosines, _ = self._searched.space.sentence_scores(self._searched.query, np.array(asked, dtype=np.int64))
        best = max(own, ASKED_WORTH * float(cosines.max(initial=0.0)))
        (whole,) = self._searched.space.scores(self._searched.query, np.array([unit.best.row], dtype=np.int64))
        return Evidence(best, float(whole), 0.0, 0.0, foreign)

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
