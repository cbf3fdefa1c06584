"""Lists of transcripts, and what a search inside one found, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.passages import TranscriptInfo
    from search_web.search import transcript_shapes as shapes
    from search_web.search.inside import Inside


def transcripts_json(transcripts: Sequence[TranscriptInfo]) -> shapes.TranscriptList:
    """Return the list of transcripts, with the number of passages, speakers and exchanges of each."""
    return {"total": len(transcripts), "transcripts": [transcript_entry_json(info) for info in transcripts]}


def transcript_entry_json(info: TranscriptInfo) -> shapes.TranscriptEntry:
    """Return a transcript as a list has it."""
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
        "kind": info.kind,
    }


def inside_json(inside: Inside, transcript_id: str, generation: str) -> shapes.InsideAnswer:
    """Return what a search inside a transcript found."""
    return {
        "query": inside.query,
        "transcript": transcript_id,
        "generation": generation,
        "notes": list(inside.notes),
        "total": len(inside.places),
        "any_total": inside.any_total,
        "all_total": inside.all_total,
        "also": list(inside.also),
        "places": [
            {"passage_id": place.passage_id, "highlights": [list(span) for span in place.highlights]}
            for place in inside.places
        ],
    }
