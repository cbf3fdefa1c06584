"""What the search page shows: where a search begins, what it found, or why it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import render_template

from indexer.stores.filters import Filters
from search_web.search.response import TotalRelation
from search_web.web.examples import examples_said
from search_web.web.facet_lists import counted_facets, facet_lists
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, page_links, search_url, term_switches, unknown_values
from search_web.web.params import search_arguments
from search_web.web.relaxing import relaxations
from search_web.web.syntax import SYNTAX, marked_query
from search_web.web.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer.errors import QuerySyntaxError
    from indexer.stores.passages import PassageStore, TranscriptInfo
    from search_web.search.request import SearchRequest
    from search_web.search.response import SearchResponse
    from search_web.search.searcher import Searcher

# Filters that stand in fields of the form; a new search carries everything else that was chosen before.
_FIELDS = ("company", "speaker", "firm", "period", "date_from", "date_to")

# More would weigh more than the rest of the page.
_MOST_COMPLETED = 60


def home_page(searcher: Searcher, wanted: SearchRequest) -> str:
    """Return the page on which a search begins; filters that hold already stand below the box."""
    passages = searcher.reader.current().passages
    transcripts = newest_first(passages.transcripts())
    return render_template(
        "home.html",
        filters=active_filters(wanted),
        titles={transcript.id: transcript.title for transcript in transcripts},
        carried=search_arguments(wanted),
        transcripts=transcripts,
        passages=sum(transcript.passages for transcript in transcripts),
        examples=examples_said(searcher),
        syntax=SYNTAX,
    )


def results_page(searcher: Searcher, wanted: SearchRequest) -> str:
    """Return the page of what a request finds. Raises QuerySyntaxError and InvalidRequestError as a search does."""
    response = searcher.search(replace(wanted, facets=True))
    passages = searcher.reader.current().passages
    return render_template(
        "results.html",
        wanted=wanted,
        response=response,
        about=response.total_relation is TotalRelation.APPROXIMATE,
        filters=active_filters(wanted),
        titles=filtered_titles(passages, wanted),
        carried=carried(wanted),
        pages=page_links(wanted, _countable(response)),
        without_filters=search_url(wanted, filters=Filters(), offset=0),
        facets=facet_lists(wanted, counted_facets(searcher, wanted, response.facets or ())),
        timeline=timeline(searcher, wanted),
        relaxations=() if response.total else relaxations(searcher, wanted),
        known=known_values(passages),
        switches=term_switches(wanted, response.expansions),
        unknown=unknown_values(wanted, response.filter_suggestions),
        syntax=SYNTAX,
        choices=choices,
        examples=[] if response.total else examples_said(searcher),
    )


def refusal_page(wanted: SearchRequest, error: QuerySyntaxError) -> str:
    """Return the page that shows where a query breaks the rules of the query language."""
    return render_template(
        "syntax_error.html",
        wanted=wanted,
        error=error,
        marked=marked_query(wanted.query, error),
        carried=search_arguments(wanted),
        syntax=SYNTAX,
    )


def newest_first(transcripts: Iterable[TranscriptInfo]) -> list[TranscriptInfo]:
    """Return transcripts by their dates, those without one last."""
    return sorted(transcripts, key=lambda transcript: transcript.date or "", reverse=True)


def carried(wanted: SearchRequest) -> list[tuple[str, str]]:
    """Return what a new search keeps although no field of the form shows it; reasons are asked for each time."""
    left = {"q", "page", "offset", "explain", *_FIELDS}
    return [pair for pair in search_arguments(wanted) if pair[0] not in left]


def known_values(passages: PassageStore) -> dict[str, list[str]]:
    """Return, for the fields of filters that can be completed, what the index has; nothing where it has too much."""
    known = {name: sorted(getattr(passages.columns, name).values) for name in ("company", "period")}
    return {name: values for name, values in known.items() if len(values) <= _MOST_COMPLETED}


def filtered_titles(passages: PassageStore, wanted: SearchRequest) -> dict[str, str]:
    """Return the title of each call, by its id, where calls are filtered by."""
    if not wanted.filters.transcript:
        return {}
    return {transcript.id: transcript.title for transcript in passages.transcripts()}


def _countable(response: SearchResponse) -> int:
    """Return how many hits, or groups of hits, can be paged through."""
    return response.total - response.collapsed if response.group_total is None else response.group_total
