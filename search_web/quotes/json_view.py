"""Collections and quotes as JSON objects: what the API answers and the command line prints with --json.

A quote has the fields that it has in an exported file, and beside them the collection that it belongs to. `names` are
those of accounts by their ids, where the caller knows them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.quotes import shapes
    from search_web.quotes.history import Change
    from search_web.quotes.model import Collection, Occasion, Place, Quote, SaidElsewhere, Verified, Voice
    from search_web.quotes.store import Summary


_UNKNOWN: Mapping[str, str] = MappingProxyType({})


def summaries_json(summaries: Sequence[Summary], names: Mapping[str, str] = _UNKNOWN) -> shapes.CollectionList:
    """Return the list of collections, without their quotes."""
    return {"total": len(summaries), "collections": [_summary(summary, names) for summary in summaries]}


def collection_json(collection: Collection, names: Mapping[str, str] = _UNKNOWN) -> shapes.Collection:
    """Return a collection with its quotes in their order."""
    return {
        **_head(collection, len(collection.quotes), names),
        "quotes": [quote_json(quote) for quote in collection.quotes],
    }


def quote_json(quote: Quote) -> shapes.Quote:
    """Return a quote. Its place counts code points, its times are seconds from the start of the recording."""
    question = quote.question
    return {
        "id": quote.id,
        "collection_id": quote.collection_id,
        "text": quote.text,
        "language": quote.language,
        "delivery": quote.delivery,
        "speaker": _voice(quote.voice),
        "occasion": _occasion(quote.occasion),
        "question": None if question is None else {"speaker": _voice(question[0]), "text": question[1]},
        "note": quote.note,
        "tags": list(quote.tags),
        "url": quote.url,
        "collected_at": quote.collected_at.isoformat(),
        "place": _place(quote.place),
        "version": quote.version,
    }


def quotes_json(quotes: Sequence[Quote]) -> shapes.QuoteList:
    """Return a list of quotes."""
    return {"total": len(quotes), "quotes": [quote_json(quote) for quote in quotes]}


def verification_json(verified: Sequence[Verified]) -> shapes.Verification:
    """Return what became of quotes in the index; `sound` counts those that may be used as they are."""
    return {
        "total": len(verified),
        "sound": sum(one.sound for one in verified),
        "quotes": [
            {
                "quote": quote_json(one.quote),
                "state": one.state,
                "sound": one.sound,
                "reason": one.reason,
                "text": one.text,
                "place": None if one.place is None else _place(one.place),
                "edits": [{"kind": edit.kind, "text": edit.text} for edit in one.edits],
                "differences": [
                    {"field": other.field, "kept": other.kept, "now": other.now} for other in one.differences
                ],
                "elsewhere": None if one.elsewhere is None else _elsewhere(one.elsewhere),
            }
            for one in verified
        ],
    }


def _elsewhere(found: SaidElsewhere) -> shapes.SaidElsewhere:
    return {"place": _place(found.place), "speaker": found.speaker, "title": found.title}


def history_json(changes: Sequence[Change], names: Mapping[str, str] = _UNKNOWN) -> shapes.History:
    """Return changes, the latest first."""
    return {
        "total": len(changes),
        "changes": [
            {
                "number": change.number,
                "at": change.at.isoformat(),
                "action": change.action,
                "collection_id": change.collection_id,
                "quote_id": change.quote_id,
                "fields": [
                    {"field": field.field, "before": field.before, "after": field.after} for field in change.fields
                ],
                "sentence": change.sentence,
                "by": change.by,
                "by_name": names.get(change.by or ""),
            }
            for change in changes
        ],
    }


def _summary(summary: Summary, names: Mapping[str, str]) -> shapes.CollectionSummary:
    answer: shapes.CollectionSummary = {
        **_head(summary.collection, summary.count, names),  # type: ignore[typeddict-item] # It has no `removed_at`.
    }
    if summary.removed_at is not None:
        answer["removed_at"] = summary.removed_at.isoformat()
    return answer


def _head(collection: Collection, quote_count: int, names: Mapping[str, str]) -> shapes.CollectionHead:
    return {
        "id": collection.id,
        "name": collection.name,
        "description": collection.description,
        "created_at": collection.created_at.isoformat(),
        "updated_at": collection.updated_at.isoformat(),
        "version": collection.version,
        "quote_count": quote_count,
        "owner": collection.owner,
        "owner_name": names.get(collection.owner or ""),
        "visibility": collection.visibility,
    }


def _voice(voice: Voice) -> shapes.Voice:
    return {
        "name": voice.name,
        "other_names": list(voice.other_names),
        "title": voice.title,
        "affiliation": voice.affiliation,
        "role": voice.role,
    }


def _occasion(occasion: Occasion) -> shapes.Occasion:
    time = occasion.time
    return {
        "title": occasion.title,
        "kind": occasion.kind,
        "company": occasion.company,
        "ticker": occasion.ticker,
        "period": occasion.period,
        "date": occasion.date,
        "section": occasion.section,
        "heading": occasion.heading,
        "page": occasion.page,
        "time": None if time is None else {"start": time.start, "end": time.end},
        "fiscal": occasion.fiscal,
    }


def _place(place: Place) -> shapes.Place:
    before, after = place.context
    return {
        "transcript_id": place.transcript_id,
        "passage_id": place.passage_id,
        "start": place.start,
        "end": place.end,
        "source_digest": place.source_digest,
        "source_path": place.source_path,
        "context_before": before,
        "context_after": after,
    }
