"""The page of a search; transcript_pages.py has those of transcripts."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from indexer.errors import QuerySyntaxError
from indexer.stores.filters import Filters
from search_web.web.current import current_searcher
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, page_links, search_url, term_switches, unknown_values
from search_web.web.params import search_arguments, search_request
from search_web.web.syntax import SYNTAX, marked_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.stores.passages import TranscriptInfo

pages = Blueprint("pages", __name__)

EXAMPLES = ("菜鸟 EBITA", "AI monetization")

# What a new search keeps although no control of the results page shows it.
_CARRIED = frozenset(
    {
        *("mode", "fusion", "limit", "context", "embedder", "transcript", "plain", "expand", "without", "recognised"),
        *("collapse", "sort"),
    }
)


@pages.get("/")
def search() -> str | tuple[str, int]:
    """Show the search box and, for a query, what was found, or where it breaks the rules of the query language."""
    # The page shows hits one by one and leads on by page numbers.
    wanted = replace(search_request(request.args), group=None, cursor=None)
    transcripts = newest_first(current_searcher().reader.current().passages.transcripts())
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
        response = current_searcher().search(replace(wanted, explain=True))
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
    return render_template(
        "results.html",
        wanted=wanted,
        response=response,
        filters=active_filters(wanted),
        titles=titles,
        carried=[pair for pair in search_arguments(wanted) if pair[0] in _CARRIED],
        pages=page_links(wanted, response.total - response.collapsed),
        without_filters=search_url(wanted, filters=Filters(), offset=0),
        known=known_values(transcripts),
        switches=term_switches(wanted, response.expansions),
        unknown=unknown_values(wanted, response.filter_suggestions),
        syntax=SYNTAX,
        choices=choices,
        examples=EXAMPLES,
    )


def newest_first(transcripts: Iterable[TranscriptInfo]) -> list[TranscriptInfo]:
    """Return transcripts by falling date."""
    return sorted(transcripts, key=lambda transcript: transcript.date or "", reverse=True)


def known_values(transcripts: Iterable[TranscriptInfo]) -> dict[str, list[str]]:
    """Return, for the fields of filters that can be completed, what the index has."""
    listed = tuple(transcripts)
    return {
        "company": sorted({transcript.company for transcript in listed if transcript.company}),
        "period": sorted({transcript.period for transcript in listed if transcript.period}, reverse=True),
    }
