"""Responses as JSON objects: what the API answers is what the command line prints with --json.

The objects are made of dicts, lists, strings, numbers and None only; their keys stand in the order in which a
reader wants them, so they should be written without sorting.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

    from indexer.stores.passages import TranscriptInfo
    from search_web.search.explanation import FusionExplained, HitExplained
    from search_web.search.response import (
        ChipView,
        ExchangeView,
        ExpansionView,
        Facet,
        FilterSuggestion,
        Hit,
        HitGroup,
        LegScore,
        Neighbour,
        SearchResponse,
        SpeakerView,
        SuggestionView,
        TranscriptView,
    )
    from search_web.search.unsaid import Unsaid

JsonObject = dict[str, Any]


def response_json(response: SearchResponse) -> JsonObject:
    """Return a whole search response."""
    return {
        "query": response.query,
        "mode": response.mode.value,
        "fusion": response.fusion.value,
        "took_ms": response.took_ms,
        "total": response.total,
        "generation": response.generation,
        "notes": list(response.notes),
        "expansions": [_placed(one) for one in response.expansions],
        "chips": [_placed(one) for one in response.chips],
        "suggestions": [_placed(one) for one in response.suggestions],
        "left_out": [_placed(one) for one in response.left_out],
        "unsaid": [_placed(one) for one in response.unsaid],
        "filter_suggestions": [_filter_suggestion(one) for one in response.filter_suggestions],
        "hits": [hit_json(hit) for hit in response.hits],
        "total_relation": response.total_relation.value,
        "word_total": response.word_total,
        "collapsed": response.collapsed,
        "repeated": response.repeated,
        "next_cursor": response.next_cursor,
        "facets": None if response.facets is None else {facet.field: _facet(facet) for facet in response.facets},
        "facets_more": None if response.facets is None else {facet.field: facet.more for facet in response.facets},
        **({"groups": [_group(group) for group in response.groups]} if response.grouped_by else {}),
        **({"group_total": response.group_total} if response.grouped_by else {}),
        **({"fusion_explained": _fusion(response.fusion_explained)} if response.fusion_explained else {}),
    }


def _fusion(explained: FusionExplained) -> JsonObject:
    return {**asdict(explained), "weights": dict(explained.weights), "why": list(explained.why)}


def _facet(facet: Facet) -> list[JsonObject]:
    return [{"value": one.value, "count": one.count} for one in facet.values]


def _group(group: HitGroup) -> JsonObject:
    return {
        "transcript": _transcript(group.transcript),
        "exchange": _exchange(group.exchange),
        "total": group.total,
        "more": group.more,
        "hits": [hit_json(hit) for hit in group.hits],
    }


def expansion_json(expansion: ExpansionView) -> JsonObject:
    """Return a term that was looked for next to the words of the query."""
    return _placed(expansion)


def chip_json(chip: ChipView) -> JsonObject:
    """Return what a query names as an object."""
    return _placed(chip)


def _placed(view: ExpansionView | ChipView | SuggestionView | Unsaid) -> JsonObject:
    return {**_fields(view), "of": list(view.of)}


def _fields(view: DataclassInstance) -> JsonObject:
    """Return the fields of a view as they are: `asdict` would copy what is in them, which takes ten times as long."""
    return {name: getattr(view, name) for name in view.__dataclass_fields__}


def _filter_suggestion(suggestion: FilterSuggestion) -> JsonObject:
    return {
        **asdict(suggestion),
        "of": list(suggestion.of) if suggestion.of else None,
        "instead": list(suggestion.instead),
        "queries": list(suggestion.queries),
    }


def hit_json(hit: Hit) -> JsonObject:
    """Return one hit. Spans are [start, end] in code points of `text`, times seconds from the start."""
    return {
        "id": hit.id,
        "score": hit.score,
        **_passage(hit),
        "duplicates": hit.duplicates,
        "duplicate_ids": list(hit.duplicate_ids),
        "same_call": hit.same_call,
        **({"explain": _explained(hit.explained)} if hit.explained else {}),
    }


def _explained(explained: HitExplained) -> JsonObject:
    return {
        "terms": [{**asdict(term), "fields": [asdict(field) for field in term.fields]} for term in explained.terms],
        "spaces": [asdict(space) for space in explained.spaces],
        "parts": [asdict(part) for part in explained.parts],
    }


def passage_json(hit: Hit) -> JsonObject:
    """Return a passage that was asked for by its id: a hit without a score, since no search ranked it."""
    return {"id": hit.id, **_passage(hit)}


def transcripts_json(transcripts: Sequence[TranscriptInfo]) -> JsonObject:
    """Return the list of transcripts, with the number of passages, speakers and exchanges of each."""
    return {"total": len(transcripts), "transcripts": [_transcript_info(info) for info in transcripts]}


def _passage(hit: Hit) -> JsonObject:
    return {
        "legs": {"keyword": _leg(hit.legs.keyword), "vector": _leg(hit.legs.vector)},
        "text": hit.text,
        "highlights": [list(span) for span in hit.highlights],
        "best_sentence": None if hit.best_sentence is None else list(hit.best_sentence),
        "speaker": _speaker(hit.speaker),
        "transcript": _transcript(hit.transcript),
        "section": hit.section.value,
        "heading": hit.heading,
        "delivery": hit.delivery.value,
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


def _leg(leg: LegScore | None) -> JsonObject | None:
    return None if leg is None else {"rank": leg.rank, "score": leg.score}


def _speaker(speaker: SpeakerView) -> JsonObject:
    return {
        "name": speaker.name,
        "title": speaker.title,
        "affiliation": speaker.affiliation,
        "role": speaker.role.value,
        "other_names": list(speaker.other_names),
    }


def _transcript(transcript: TranscriptView) -> JsonObject:
    return {
        "id": transcript.id,
        "title": transcript.title,
        "company": transcript.company,
        "period": transcript.period,
        "date": transcript.date,
        "ticker": transcript.ticker,
        "language": transcript.language,
        "kind": transcript.kind.value,
    }


def _exchange(exchange: ExchangeView | None) -> JsonObject | None:
    return None if exchange is None else {"id": exchange.id, "question": _neighbour(exchange.question)}


def _neighbour(neighbour: Neighbour) -> JsonObject:
    return {"id": neighbour.id, "speaker": _speaker(neighbour.speaker), "text": neighbour.text}


def neighbour_json(neighbour: Neighbour) -> JsonObject:
    """Return a passage as it stands beside another."""
    return _neighbour(neighbour)


def _transcript_info(info: TranscriptInfo) -> JsonObject:
    return {
        "id": info.id,
        "title": info.title,
        "company": info.company,
        "ticker": info.ticker,
        "period": info.period,
        "date": info.date,
        "language": info.language,
        "passages": info.passages,
        "speakers": info.speakers,
        "exchanges": info.exchanges,
        "url": f"/transcripts/{quote(info.id)}",
        "kind": info.kind.value,
    }
