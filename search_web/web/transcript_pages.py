"""The pages of transcripts: their list, one to read, what was understood of it, and files of it to take away."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, render_template, request

from indexer.errors import QuerySyntaxError
from indexer.model import Kind
from indexer.overview import overview
from indexer.text.normalise import fold
from search_web.search.inside import find_inside
from search_web.web.current import current_searcher
from search_web.web.downloads import Format, download
from search_web.web.navigation import search_url
from search_web.web.pages import pages
from search_web.web.reader import reading_parts, speaker_entries
from search_web.web.reader_state import View, reader_state
from search_web.web.syntax import marked_query
from search_web.web.transcript_list import list_request, transcript_list

if TYPE_CHECKING:
    from search_web.search.inside import Inside

__all__ = ["pages"]


@pages.get("/transcripts")
def transcripts() -> str:
    """Show the list of transcripts."""
    found = current_searcher().reader.current().passages.transcripts()
    return render_template("transcripts.html", listed=transcript_list(found, list_request(request.args)))


@pages.get("/transcripts/<transcript_id>")
def transcript(transcript_id: str) -> str | tuple[str, int]:
    """Show a transcript; the arguments of a search lead back to it, and mark what it looked for."""
    state = reader_state(transcript_id, request.args)
    searcher = current_searcher()
    generation = searcher.reader.current()
    found = generation.passages.transcript(transcript_id)
    inside: Inside | None = None
    error: QuerySyntaxError | None = None
    if state.sought:
        try:
            inside = find_inside(searcher, generation, found, state.request, every_word=state.every_word)
        except QuerySyntaxError as broken:
            error = broken
    speakers = speaker_entries(found)
    focus = next((entry.speaker for entry in speakers if entry.speaker.id == state.focus), None)
    page = render_template(
        "transcript.html",
        transcript=found,
        is_document=found.kind is Kind.DOCUMENT,
        parts=reading_parts(
            found,
            found={place.passage_id: place.highlights for place in inside.places} if inside else None,
            focus=focus.id if focus else None,
        ),
        speakers=speakers,
        focus=focus,
        inside=inside,
        error=error,
        marked=marked_query(state.sought, error) if error else None,
        state=state,
        View=View,
        fold=fold,
        wanted=state.search,
        back=search_url(state.search) if state.search.query else None,
    )
    return (page, HTTPStatus.BAD_REQUEST) if error else page


@pages.get("/transcripts/<transcript_id>/reading")
def reading(transcript_id: str) -> str:
    """Show what was understood of the file of a transcript, for a person to check."""
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return render_template("reading.html", transcript=found, seen=overview(found))


@pages.get("/transcripts/<transcript_id>.md")
def markdown(transcript_id: str) -> Response:
    """Hand out a transcript as Markdown."""
    return download(current_searcher().reader.current().passages.transcript(transcript_id), Format.MARKDOWN)


@pages.get("/transcripts/<transcript_id>.txt")
def plain_text(transcript_id: str) -> Response:
    """Hand out a transcript as plain text."""
    return download(current_searcher().reader.current().passages.transcript(transcript_id), Format.TEXT)
