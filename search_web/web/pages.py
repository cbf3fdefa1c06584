"""The pages: search, the list of transcripts, and a transcript to read."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from indexer.errors import QuerySyntaxError
from indexer.overview import overview
from indexer.stores.filters import Filters
from search_web.search.request import TotalRelation
from search_web.web.current import current_searcher
from search_web.web.facet_lists import counted_facets, facet_lists
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, page_links, search_url, term_switches
from search_web.web.params import search_arguments, search_request
from search_web.web.reader import reading_parts, speaker_entries
from search_web.web.relaxing import relaxations
from search_web.web.syntax import SYNTAX, marked_query
from search_web.web.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.stores.passages import TranscriptInfo
    from search_web.search.request import SearchRequest, SearchResponse

pages = Blueprint("pages", __name__)

EXAMPLES = ("菜鸟 EBITA", "AI monetization")

# Filters that stand in fields of the form; a new search carries everything else that was chosen before.
_FIELDS = ("company", "speaker", "firm", "period", "date_from", "date_to")

# More would weigh more than the rest of the page.
_MOST_COMPLETED = 60


@pages.get("/")
def search() -> str | tuple[str, int]:
    """Show the search box and, for a query, what was found, or where it breaks the rules of the query language."""
    # The page leads on by page numbers.
    wanted = replace(search_request(request.args), cursor=None, facets=False)
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
            syntax=SYNTAX,
        )
    try:
        response = current_searcher().search(replace(wanted, facets=True))
    except QuerySyntaxError as error:
        page = render_template(
            "syntax_error.html",
            wanted=wanted,
            error=error,
            marked=marked_query(wanted.query, error),
            carried=search_arguments(wanted),
            syntax=SYNTAX,
        )
        return page, HTTPStatus.BAD_REQUEST
    searcher = current_searcher()
    facets = counted_facets(searcher, wanted, response.facets or ())
    return render_template(
        "results.html",
        wanted=wanted,
        response=response,
        about=response.total_relation is TotalRelation.APPROXIMATE,
        filters=active_filters(wanted),
        titles=titles,
        carried=carried(wanted),
        pages=page_links(wanted, _countable(response)),
        without_filters=search_url(wanted, filters=Filters(), offset=0),
        facets=facet_lists(wanted, facets),
        timeline=timeline(searcher, wanted),
        relaxations=() if response.total else relaxations(searcher, wanted),
        known=known_values(transcripts),
        switches=term_switches(wanted, response.expansions),
        syntax=SYNTAX,
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


@pages.get("/transcripts/<transcript_id>/reading")
def reading(transcript_id: str) -> str:
    """Show what was understood of the file of a transcript, for a person to check."""
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return render_template("reading.html", transcript=found, seen=overview(found))


def _newest_first(transcripts: Iterable[TranscriptInfo]) -> list[TranscriptInfo]:
    return sorted(transcripts, key=lambda transcript: transcript.date or "", reverse=True)


def _countable(response: SearchResponse) -> int:
    """Return how many hits, or groups of hits, can be paged through."""
    return response.total - response.collapsed if response.group_total is None else response.group_total


def carried(wanted: SearchRequest) -> list[tuple[str, str]]:
    """Return what a new search keeps although no field of the form shows it; reasons are asked for each time."""
    left = {"q", "page", "offset", "explain", *_FIELDS}
    return [pair for pair in search_arguments(wanted) if pair[0] not in left]


def known_values(transcripts: Iterable[TranscriptInfo]) -> dict[str, list[str]]:
    """Return, for the fields of filters that can be completed, what the index has; nothing where it has too much."""
    listed = tuple(transcripts)
    known = {
        "company": sorted({transcript.company for transcript in listed if transcript.company}),
        "period": sorted({transcript.period for transcript in listed if transcript.period}, reverse=True),
    }
    return {name: values for name, values in known.items() if len(values) <= _MOST_COMPLETED}
