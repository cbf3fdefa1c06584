"""The pages: search, the list of transcripts, and a transcript to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from indexer.stores.filters import Filters
from search_web.web.current import current_searcher
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, page_links, search_url
from search_web.web.params import search_arguments, search_request
from search_web.web.reader import reading_parts, speaker_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.stores.passages import TranscriptInfo

pages = Blueprint("pages", __name__)

EXAMPLES = ("菜鸟 EBITA", "AI monetization")

# What a new search keeps although no control of the results page shows it.
_CARRIED = frozenset(
    {
        "mode",
        "fusion",
        "limit",
        "context",
        "embedder",
        "transcript",
        "firm",
        "period",
        "plain",
        "expand",
        "without",
        "recognised",
    }
)


@pages.get("/")
def search() -> str:
    """Show the search box and, for a query, what was found."""
    wanted = search_request(request.args)
    transcripts = _newest_first(current_searcher().reader.current().passages.transcripts())
    titles = {transcript.id: transcript.title for transcript in transcripts}
    if not wanted.query.strip():
        return render_template(
            "home.html",
            filters=active_filters(wanted),
            titles=titles,
            carried=search_arguments(wanted),
            transcripts=transcripts,
            passages=sum(transcript.passages for transcript in transcripts),
            examples=EXAMPLES,
        )
    response = current_searcher().search(wanted)
    return render_template(
        "results.html",
        wanted=wanted,
        response=response,
        filters=active_filters(wanted),
        titles=titles,
        carried=[pair for pair in search_arguments(wanted) if pair[0] in _CARRIED],
        pages=page_links(wanted, response.total),
        without_filters=search_url(wanted, filters=Filters(), offset=0),
        companies=sorted({transcript.company for transcript in transcripts if transcript.company}),
        choices=choices,
        examples=EXAMPLES,
    )


@pages.get("/transcripts")
def transcripts() -> str:
    """Show the list of transcripts, newest first."""
    found = current_searcher().reader.current().passages.transcripts()
    return render_template("transcripts.html", transcripts=_newest_first(found))


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


def _newest_first(transcripts: Iterable[TranscriptInfo]) -> list[TranscriptInfo]:
    return sorted(transcripts, key=lambda transcript: transcript.date or "", reverse=True)
