"""Transcripts to JSON and back. This module owns pydantic's part in the indexer."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from indexer.errors import MalformedRecordsError
from indexer.model import Transcript

_Schema = TypeVar("_Schema")


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


def validated(schema: type[_Schema], value: object, where: str, mend: str) -> _Schema:
    """Return the value of a dataclass that a JSON value describes.

    Raises MalformedRecordsError, which names the first record and field that do not fit, `where` they are, and how to
    `mend` them.
    """
    try:
        return TypeAdapter(schema).validate_python(value)
    except ValidationError as error:
        first, *others = error.errors(include_url=False, include_input=False)
        more = f" (and {len(others)} more)" if others else ""
        what = f"{_place(first['loc'])}: {first['msg']}{more}"
        raise MalformedRecordsError(what, where=where, mend=mend) from error


def _place(location: tuple[int | str, ...]) -> str:
    """Return the place of an error as people count: ("turns", 3, "speaker") is "turns, record 4, field speaker"."""
    named = [f"record {part + 1}" if isinstance(part, int) else str(part) for part in location]
    if len(named) > 1 and isinstance(location[-1], str):
        named[-1] = f"field {named[-1]}"
    return ", ".join(named) or "the file"
