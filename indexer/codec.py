"""Transcripts to JSON and back. This module owns pydantic's part in the indexer."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from indexer.model import Transcript


@cache
def _adapter() -> TypeAdapter[Transcript]:
    return TypeAdapter(Transcript)


def transcript_to_json(transcript: Transcript, *, indent: int | None = None) -> bytes:
    """Return the whole transcript as UTF-8 JSON; `transcript_from_json` gives back an equal value."""
    return _adapter().dump_json(transcript, indent=indent)


def transcript_from_json(data: bytes | str) -> Transcript:
    """Return the transcript that `transcript_to_json` wrote.

    Raises pydantic.ValidationError when the data is not such a transcript; stores turn that into their own error.
    """
    return _adapter().validate_json(data)
