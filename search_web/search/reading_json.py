"""What was understood of the file of a transcript, as JSON: what its page of reading shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.model import Evidence, Speaker, Transcript
    from indexer.overview import ExchangeFacts, Overview
    from search_web.search import reading_shapes as shapes
    from search_web.search.shapes import Speaker as SpeakerShape


def reading_json(transcript: Transcript, seen: Overview) -> shapes.Reading:
    """Return what was understood of a file; `seen` is the overview of its transcript."""
    return {
        "transcript": transcript.id,
        "title": transcript.title,
        "kind": transcript.kind,
        "format": transcript.source.format,
        "language": transcript.language,
        "sha256": transcript.source.sha256,
        "passages": len(transcript.passages),
        "warnings": list(transcript.warnings),
        "fields": [
            {
                "name": field.name,
                "value": field.value,
                "evidence": [_evidence(one) for one in field.evidence],
                "others": [_evidence(one) for one in field.others],
            }
            for field in seen.fields
        ],
        "missing": list(seen.missing),
        "speakers": [
            {
                "speaker": _speaker(facts.speaker),
                "passages": facts.passages,
                "first_line": facts.first.lines.first if facts.first else None,
            }
            for facts in seen.speakers
        ],
        "sections": [
            {
                "section": facts.section,
                "heading": facts.heading,
                "passages": facts.passages,
                "first_line": facts.first.lines.first,
                "first_passage_id": facts.first.id,
            }
            for facts in seen.sections
        ],
        "exchanges": [_exchange(facts) for facts in seen.exchanges],
        "dropped": [
            {
                "kind": facts.kind,
                "characters": facts.characters,
                "pieces": [{"line": piece.lines.first, "text": piece.text} for piece in facts.pieces],
            }
            for facts in seen.dropped
        ],
        "short_turns": [{"text": text, "times": times} for text, times in seen.folded],
    }


def _evidence(one: Evidence) -> shapes.ReadEvidence:
    return {"value": one.value, "origin": one.origin, "line": one.line, "text": one.text}


def _exchange(facts: ExchangeFacts) -> shapes.ReadExchange:
    return {
        "number": facts.number,
        "asker": _speaker(facts.exchange.asker),
        "question": facts.question.text,
        "question_id": facts.question.id,
        "first_line": facts.question.lines.first,
        "answered_by": [{"name": speaker.name, "passages": passages} for speaker, passages in facts.answerers],
    }


def _speaker(speaker: Speaker) -> SpeakerShape:
    return {
        "name": speaker.name,
        "title": speaker.title,
        "affiliation": speaker.affiliation,
        "role": speaker.role,
        "other_names": list(speaker.other_names),
    }
