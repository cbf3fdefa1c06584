"""The page of a search; transcript_pages.py has those of transcripts."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request

from indexer.errors import QuerySyntaxError
from search_web.web.current import current_searcher
from search_web.web.params import search_request
from search_web.web.search_page import home_page, refusal_page, results_page

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
