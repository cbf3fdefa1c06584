"""From a question to the sentences that answer it, verbatim, with who said them and to which question."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError, QuerySyntaxError
from indexer.model import Role
from indexer.text.normalise import fold
from search_web.search.answer_bounds import reach, without_companies
from search_web.search.answer_evidence import weigh
from search_web.search.answer_sentences import share
from search_web.search.answer_units import ranked_units
from search_web.search.answer_values import Answer, AnsweredExchange, AnswerResponse, Scope
from search_web.search.asked_after import asks_after_questions
from search_web.search.assemble import Finding, assemble_hits, neighbour
from search_web.search.confidence import THRESHOLD
from search_web.search.particulars import Particulars
from search_web.search.patterns import merged
from search_web.search.plan_views import chip_view
from search_web.search.query_language import parse_query
from search_web.search.question_kinds import FIGURES, kinds_asked
from search_web.search.request import MAX_LIMIT, Fusion, Mode, Recognised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.answer_evidence import Weighed
    from search_web.search.candidates import Candidates
    from search_web.search.request import SearchRequest
    from search_web.search.response import Hit
    from search_web.search.searcher import Searcher

NO_VECTORS = (
    "This index has no vectors: answers are found by words only. Add them with: yuanhua embed --embedder bundled"
)

MOST_TRANSCRIPTS = 300
"""In up to so many transcripts the search is made again when what is named stands in these alone."""


def answer_question(
    searcher: Searcher, request: SearchRequest, scope: Scope = Scope.ANSWERS, *, threshold: float = THRESHOLD
) -> AnswerResponse:
    """Return what answers a question, the surest first, at most `request.limit` answers and none below the threshold.

    The question is taken as mere words unless it uses operators (quotation marks, fields, AND, NEAR); offset,
    context and fusion are not used. Who asked something, or what somebody asked, is looked for among the questions, not
    the answers, and so is everything where only analysts may speak. What the question names and the index holds binds,
    unless `recognised` is OFF.
    Raises InvalidRequestError as the search does.
    """
    started = perf_counter()
    if not 1 <= request.limit <= MAX_LIMIT:
        raise InvalidRequestError(f"{request.limit} is not a number from 1 to {MAX_LIMIT}", where="limit")
    plain = request.plain or not uses_operators(request.query)
    if scope is Scope.ANSWERS and (request.filters.role == (Role.ANALYST,) or asks_after_questions(request.query)):
        scope = Scope.QUESTIONS
    found, unspoken = _search(searcher, replace(request, plain=plain, fusion=Fusion.ADAPTIVE))
    weighed = () if unspoken else weigh(found, ranked_units(found, scope), _particulars(searcher, found))
    best = weighed[0].confidence if weighed else 0.0
    shown = [one for one in weighed[: request.limit] if one.confidence >= threshold]
    dated = () if request.recognised is Recognised.OFF else _unheld(searcher, found, shown)
    without_vectors = request.mode is Mode.HYBRID and not found.generation.spaces
    return AnswerResponse(
        query=request.query,
        scope=scope,
        took_ms=round((perf_counter() - started) * 1000.0, 2),
        generation=found.generation.name,
        confidence=round(best, 4),
        threshold=threshold,
        notes=(*found.plan.notes, *unspoken, *dated, *((NO_VECTORS,) if without_vectors else ())),
        answers=_answers(found, shown),
        chips=tuple(chip_view(chip, request.query, _effect(request)) for chip in found.plan.chips),
    )


def _effect(request: SearchRequest) -> Recognised:
    return Recognised.OFF if request.recognised is Recognised.OFF else Recognised.HARD


def _search(searcher: Searcher, request: SearchRequest) -> tuple[Candidates, tuple[str, ...]]:
    """Return the findings in the transcripts that speak of what is named, and a note where none does."""
    found = searcher.candidates(request)
    if request.recognised is Recognised.OFF:
        return found, ()
    within = reach(found.generation, found.plan, searcher.names(found))
    if within.transcripts is None:
        return found, ()
    wanted = request.filters.transcript
    kept = tuple(sorted(within.transcripts.intersection(wanted) if wanted else within.transcripts))
    if not kept:
        named = ", ".join(within.unspoken)
        return found, (f"Nothing that is searched speaks of {named or 'all that the question names'}.",)
    if len(kept) > MOST_TRANSCRIPTS:
        return replace(found, within=frozenset(kept)), ()
    filters = replace(request.filters, transcript=kept)
    again = searcher.candidates(replace(request, query=without_companies(found.plan), filters=filters))
    return replace(again, plan=replace(again.plan, chips=found.plan.chips)), ()


def _particulars(searcher: Searcher, found: Candidates) -> Particulars:
    """Return the place and the currency that a question pins down, outside of what it names."""
    question = found.plan.parsed.text
    names = [*(chip.span for chip in found.plan.chips), *(name.span for name in searcher.names(found))]
    places = searcher.planner.lexicon(found.generation).places
    return Particulars(question, places, names, wants_figure=bool(kinds_asked(question) & FIGURES))


def _unheld(searcher: Searcher, found: Candidates, shown: Sequence[Weighed]) -> tuple[str, ...]:
    """Return a note where the question names a period that no call is of, which so binds nothing.

    There is nothing to note where an answer speaks of that period, as of one to come.
    """
    spoken = fold("\n".join(one.member.stored.passage.text for one in shown))
    named = searcher.planner.unheld_periods(found.generation, found.plan.parsed.text)
    words = [word for word in named if fold(word) not in spoken]
    return (f"No call of this index is of “{'”, “'.join(words)}”.",) if words else ()


def uses_operators(question: str) -> bool:
    """Tell whether a question is written in the query language; a stray mark in a sentence does not make it so."""
    try:
        parsed = parse_query(question)
    except QuerySyntaxError:
        return False
    return not parsed.is_plain


def _answers(found: Candidates, weighed: Sequence[Weighed]) -> tuple[Answer, ...]:
    rows = [one.member.stored.row for one in weighed]
    hits = assemble_hits(
        [Finding(one.member.stored.row, one.member.score) for one in weighed],
        found.generation.passages.page(rows, 0),
        {one.member.stored.row: merged([match.span for match in one.found]) for one in weighed},
    )
    return tuple(
        Answer(
            id=_unit_id(one),
            confidence=round(one.confidence, 4),
            hit=hit,
            sentences=one.picked.spans,
            exchange=_exchange(one, hit, found),
            evidence=one.evidence,
        )
        for one, hit in zip(weighed, hits, strict=True)
    )


def _unit_id(one: Weighed) -> str:
    stored = one.member.stored
    return f"{stored.transcript.id}.{stored.passage.exchange_id}" if stored.passage.exchange_id else stored.passage.id


def _exchange(one: Weighed, hit: Hit, found: Candidates) -> AnsweredExchange | None:
    """Return the exchange with the passage of the question that has most in common with what is asked now."""
    if hit.exchange is None:
        return None
    told = {row: share(found.plan, {match.label for match in found_in}) for row, found_in in one.asked.items()}
    nearest = max(one.member.asked, key=lambda asked: (told[asked.row], -asked.row), default=None)
    question = neighbour(nearest) if nearest else hit.exchange.question
    answers = tuple(each.passage.id for each in one.unit.exchange if not each.asks)
    return AnsweredExchange(hit.exchange.id, question, answers)
