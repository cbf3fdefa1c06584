"""The pages: search, the list of transcripts, and a transcript to read."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, render_template, request

from indexer.errors import QuerySyntaxError
from indexer.overview import overview
from search_web.web.current import current_searcher
from search_web.web.navigation import search_url
from search_web.web.params import search_request
from search_web.web.reader import reading_parts, speaker_entries
from search_web.web.search_page import home_page, newest_first, refusal_page, results_page

pages = Blueprint("pages", __name__)


@pages.get("/")
def search() -> str | tuple[str, int]:
    """Show the search box and, for a query, what was found, or where it breaks the rules of the query language."""
    # The page leads on by page numbers.
    wanted = replace(search_request(request.args), cursor=None, facets=False)
    if not wanted.query.strip():
        return home_page(current_searcher(), wanted)
    try:
        return results_page(current_searcher(), wanted)
    except QuerySyntaxError as error:
        return refusal_page(wanted, error), HTTPStatus.BAD_REQUEST


@pages.get("/transcripts")
def transcripts() -> str:
    """Show the list of transcripts, newest first."""
    found = current_searcher().reader.current().passages.transcripts()
    return render_template("transcripts.html", transcripts=newest_first(found))


@pages.get("/transcripts/<transcript_id>")
def transcript(transcript_id: str) -> str:
    """Show a transcript; the arguments of a search lead back to it."""
    wanted = search_request(request.args)
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return render_template(
        "transcript.html",
        transcript=found,
        parts=reading_parts(found),
        speakers=speaker_entries(found),
        wanted=wanted,
        back=search_url(wanted) if wanted.query else None,
    )


@pages.get("/transcripts/<transcript_id>/reading")
def reading(transcript_id: str) -> str:
    """Show what was understood of the file of a transcript, for a person to check."""
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return render_template("reading.html", transcript=found, seen=overview(found))
