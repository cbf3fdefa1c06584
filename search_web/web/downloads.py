"""Transcripts as files to take away."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from flask import Response

from indexer.codec import transcript_to_json
from indexer.errors import InvalidRequestError
from indexer.transcript_markdown import transcript_markdown, transcript_text
from search_web.quotes.file_names import file_name
from search_web.web.attachments import attachment

if TYPE_CHECKING:
    from indexer.model import Transcript


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
        name = file_name(transcript.title.strip() or transcript.id, f".{form}")
        response.headers["Content-Disposition"] = attachment(f"{transcript.id}.{form}", name)
    return response
