"""Collections and quotes as JSON objects: what the API answers and the command line prints with --json.

A quote has the fields that it has in an exported file, and beside them the collection that it belongs to. `names` are
those of accounts by their ids, where the caller knows them.
"""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.quotes.history import Change
    from search_web.quotes.model import Collection, Occasion, Place, Quote, SaidElsewhere, Verified, Voice
    from search_web.quotes.store import Summary

JsonObject = dict[str, Any]

_UNKNOWN: Mapping[str, str] = MappingProxyType({})


def summaries_json(summaries: Sequence[Summary], names: Mapping[str, str] = _UNKNOWN) -> JsonObject:
    """Return the list of collections, without their quotes."""
    return {"total": len(summaries), "collections": [_summary(summary, names) for summary in summaries]}


def collection_json(collection: Collection, names: Mapping[str, str] = _UNKNOWN) -> JsonObject:
    """Return a collection with its quotes in their order. `owner` is the id of an account, null for the team."""
    return {
        **_head(collection, names),
        "quote_count": len(collection.quotes),
        "quotes": [quote_json(quote) for quote in collection.quotes],
    }


def quote_json(quote: Quote) -> JsonObject:
    """Return a quote. Its place counts code points, its times are seconds from the start of the recording."""
    question = quote.question
    return {
        "id": quote.id,
        "collection_id": quote.collection_id,
        "text": quote.text,
        "language": quote.language,
        "delivery": quote.delivery.value,
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


def quotes_json(quotes: Sequence[Quote]) -> JsonObject:
    """Return a list of quotes."""
    return {"total": len(quotes), "quotes": [quote_json(quote) for quote in quotes]}


def verification_json(verified: Sequence[Verified]) -> JsonObject:
    """Return what became of quotes in the index; `sound` counts those that may be used as they are."""
    return {
        "total": len(verified),
        "sound": sum(one.sound for one in verified),
        "quotes": [
            {
                "quote": quote_json(one.quote),
                "state": one.state.value,
                "sound": one.sound,
                "reason": one.reason,
                "text": one.text,
                "place": None if one.place is None else _place(one.place),
                "edits": [{"kind": edit.kind.value, "text": edit.text} for edit in one.edits],
                "differences": [asdict(difference) for difference in one.differences],
                "elsewhere": None if one.elsewhere is None else _elsewhere(one.elsewhere),
            }
            for one in verified
        ],
    }


def _elsewhere(found: SaidElsewhere) -> JsonObject:
    return {"place": _place(found.place), "speaker": found.speaker, "title": found.title}


def history_json(changes: Sequence[Change], names: Mapping[str, str] = _UNKNOWN) -> JsonObject:
    """Return changes, the latest first. `by` is the id of the account that made it, null for the local user."""
    return {
        "total": len(changes),
        "changes": [
            {
                "number": change.number,
                "at": change.at.isoformat(),
                "action": change.action.value,
                "collection_id": change.collection_id,
                "quote_id": change.quote_id,
                "fields": [asdict(field) for field in change.fields],
                "sentence": change.sentence,
                "by": change.by,
                "by_name": names.get(change.by or ""),
            }
            for change in changes
        ],
    }


def _summary(summary: Summary, names: Mapping[str, str]) -> JsonObject:
    removed = {} if summary.removed_at is None else {"removed_at": summary.removed_at.isoformat()}
    return {**_head(summary.collection, names), "quote_count": summary.count, **removed}


def _head(collection: Collection, names: Mapping[str, str]) -> JsonObject:
    return {
        "id": collection.id,
        "name": collection.name,
        "description": collection.description,
        "created_at": collection.created_at.isoformat(),
        "updated_at": collection.updated_at.isoformat(),
        "version": collection.version,
        "owner": collection.owner,
        "owner_name": names.get(collection.owner or ""),
        "visibility": collection.visibility.value,
    }


def _voice(voice: Voice) -> JsonObject:
    return {**asdict(voice), "other_names": list(voice.other_names), "role": voice.role.value}


def _occasion(occasion: Occasion) -> JsonObject:
    return {**asdict(occasion), "kind": occasion.kind.value, "section": occasion.section.value}


def _place(place: Place) -> JsonObject:
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
