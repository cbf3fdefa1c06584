"""Responses as JSON objects: what the API answers is what the command line prints with --json.

shapes.py says what they are made of. Their keys stand in the order in which a reader wants them, so they should be
written without sorting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.explain_json import fusion_explained_json, hit_explained_json

if TYPE_CHECKING:
    from indexer.model import Speaker
    from indexer.stores.passage_pages import Neighbour, TranscriptOnPage
    from search_web.search import shapes
    from search_web.search.query_views import ChipView, ExpansionView, FilterSuggestion, SuggestionView
    from search_web.search.response import (
        ExchangeView,
        Facet,
        Hit,
        HitGroup,
        LegScore,
        SearchResponse,
    )


def response_json(response: SearchResponse) -> shapes.SearchAnswer:
    """Return a whole search response."""
    answer: shapes.SearchAnswer = {
        "query": response.query,
        "mode": response.mode,
        "fusion": response.fusion,
        "took_ms": response.took_ms,
        "total": response.total,
        "generation": response.generation,
        "notes": list(response.notes),
        "expansions": [expansion_json(one) for one in response.expansions],
        "chips": [chip_json(one) for one in response.chips],
        "suggestions": [_suggestion(one) for one in response.suggestions],
        "left_out": [expansion_json(one) for one in response.left_out],
        "unsaid": [{"text": one.text, "of": list(one.of)} for one in response.unsaid],
        "filter_suggestions": [_filter_suggestion(one) for one in response.filter_suggestions],
        "hits": [hit_json(hit) for hit in response.hits],
        "total_relation": response.total_relation,
        "word_total": response.word_total,
        "collapsed": response.collapsed,
        "repeated": response.repeated,
        "next_cursor": response.next_cursor,
        "facets": None if response.facets is None else {facet.field: _facet(facet) for facet in response.facets},
        "facets_more": None if response.facets is None else {facet.field: facet.more for facet in response.facets},
    }
    if response.grouped_by:
        answer["groups"] = [_group(group) for group in response.groups]
        answer["group_total"] = response.group_total
    if response.fusion_explained:
        answer["fusion_explained"] = fusion_explained_json(response.fusion_explained)
    return answer


def _facet(facet: Facet) -> list[shapes.FacetValue]:
    return [{"value": one.value, "count": one.count} for one in facet.values]


def _group(group: HitGroup) -> shapes.Group:
    return {
        "transcript": _transcript(group.transcript),
        "exchange": _exchange(group.exchange),
        "total": group.total,
        "more": group.more,
        "hits": [hit_json(hit) for hit in group.hits],
    }


def expansion_json(expansion: ExpansionView) -> shapes.Expansion:
    """Return a term that was looked for next to the words of the query."""
    return {
        "term": expansion.term,
        "of": list(expansion.of),
        "language": expansion.language,
        "relation": expansion.relation,
        "source": expansion.source,
        "weight": expansion.weight,
        "passages": expansion.passages,
        "active": expansion.active,
    }


def chip_json(chip: ChipView) -> shapes.Chip:
    """Return what a query names as an object."""
    return {
        "id": chip.id,
        "kind": chip.kind,
        "value": chip.value,
        "text": chip.text,
        "of": list(chip.of),
        "effect": chip.effect,
        "active": chip.active,
        "how": chip.how,
    }


def _suggestion(one: SuggestionView) -> shapes.Suggestion:
    return {"term": one.term, "of": list(one.of), "instead": one.instead, "query": one.query}


def _filter_suggestion(suggestion: FilterSuggestion) -> shapes.FilterSuggestion:
    return {
        "field": suggestion.field,
        "value": suggestion.value,
        "of": list(suggestion.of) if suggestion.of else None,
        "instead": list(suggestion.instead),
        "queries": list(suggestion.queries),
    }


def hit_json(hit: Hit) -> shapes.Hit:
    """Return one hit. Spans are [start, end] in code points of `text`, times seconds from the start."""
    answer: shapes.Hit = {
        "id": hit.id,
        "score": hit.score,
        **_passage(hit),  # type: ignore[typeddict-item] # mypy cannot tell that it has no `explain`.
        "duplicates": hit.duplicates,
        "duplicate_ids": list(hit.duplicate_ids),
        "same_call": hit.same_call,
    }
    if hit.explained:
        answer["explain"] = hit_explained_json(hit.explained)
    return answer


def passage_json(hit: Hit) -> shapes.Passage:
    """Return a passage that was asked for by its id: a hit without a score, since no search ranked it."""
    return {"id": hit.id, **_passage(hit)}


def _passage(hit: Hit) -> shapes.PassageBody:
    return {
        "legs": {"keyword": _leg(hit.legs.keyword), "vector": _leg(hit.legs.vector)},
        "text": hit.text,
        "highlights": [list(span) for span in hit.highlights],
        "best_sentence": None if hit.best_sentence is None else list(hit.best_sentence),
        "speaker": _speaker(hit.speaker),
        "transcript": _transcript(hit.transcript),
        "section": hit.section,
        "heading": hit.heading,
        "delivery": hit.delivery,
        "language": hit.language,
        "page": hit.page,
        "time": None if hit.time is None else {"start": hit.time.start, "end": hit.time.end},
        "position": hit.position,
        "exchange": _exchange(hit.exchange),
        "context": {
            "before": [_neighbour(neighbour) for neighbour in hit.context.before],
            "after": [_neighbour(neighbour) for neighbour in hit.context.after],
        },
        "url": hit.url,
    }


def _leg(leg: LegScore | None) -> shapes.LegScore | None:
    return None if leg is None else {"rank": leg.rank, "score": leg.score}


def _speaker(speaker: Speaker) -> shapes.Speaker:
    return {
        "name": speaker.name,
        "title": speaker.title,
        "affiliation": speaker.affiliation,
        "role": speaker.role,
        "other_names": list(speaker.other_names),
    }


def _transcript(transcript: TranscriptOnPage) -> shapes.Call:
    return {
        "id": transcript.id,
        "title": transcript.title,
        "company": transcript.company,
        "period": transcript.period,
        "date": transcript.date,
        "ticker": transcript.ticker,
        "language": transcript.language,
        "kind": transcript.kind,
    }


def _exchange(exchange: ExchangeView | None) -> shapes.Exchange | None:
    return None if exchange is None else {"id": exchange.id, "question": _neighbour(exchange.question)}


def _neighbour(neighbour: Neighbour) -> shapes.Neighbour:
    return {"id": neighbour.id, "speaker": _speaker(neighbour.speaker), "text": neighbour.text}


def neighbour_json(neighbour: Neighbour) -> shapes.Neighbour:
    """Return a passage as it stands beside another."""
    return _neighbour(neighbour)
