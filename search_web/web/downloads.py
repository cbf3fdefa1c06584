"""Transcripts as files to take away."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response

from indexer.codec import transcript_to_json
from indexer.errors import InvalidRequestError
from indexer.transcript_markdown import transcript_markdown, transcript_text

if TYPE_CHECKING:
    from indexer.model import Transcript

_LONGEST_NAME = 80
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


class Format(StrEnum):
    """What a transcript can be taken away as."""

    JSON = "json"
    MARKDOWN = "md"
    TEXT = "txt"


_TYPES = {
    Format.JSON: "application/json",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
}


def format_named(name: str) -> Format:
    """Return the format of this name, JSON for an empty one. Raises InvalidRequestError."""
    try:
        return Format(name.strip() or Format.JSON)
    except ValueError:
        raise InvalidRequestError(
            f"{name!r} is not a value of format", where="format", mend="Use json, md or txt"
        ) from None


def download(transcript: Transcript, form: Format, *, attached: bool = True) -> Response:
    """Return a response with the transcript in a form; a browser saves what is `attached` under the title."""
    content: bytes | str
    match form:
        case Format.JSON:
            content = transcript_to_json(transcript)
        case Format.MARKDOWN:
            content = transcript_markdown(transcript)
        case Format.TEXT:
            content = transcript_text(transcript)
    response = Response(content, content_type=_TYPES[form])
    if attached:
        name = _NOT_IN_A_NAME.sub(" ", transcript.title)[:_LONGEST_NAME].strip(" .") or transcript.id
        response.headers["Content-Disposition"] = (
            f"attachment; filename=\"{transcript.id}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}', safe='')}"
        )
    return response
