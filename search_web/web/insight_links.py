"""Where the pages of trends and speakers are reached from, and where their terms lead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from indexer.model import Role
from indexer.text.normalise import fold
from search_web.search.names import is_somebody
from search_web.search.request import Mode, SearchRequest
from search_web.web.navigation import search_url
from search_web.web.params import search_arguments

if TYPE_CHECKING:
    from indexer.model import Speaker
    from indexer.stores.filters import Filters


def speaker_url(speaker: Speaker) -> str | None:
    """Return the address of the page of a speaker; None for operators and those whose name the file does not know."""
    if speaker.role is Role.OPERATOR or not is_somebody(" ".join(fold(speaker.name).split())):
        return None
    return f"/speakers/{quote(speaker.name)}"


def trend_url(request: SearchRequest) -> str:
    """Return the address of the trend of a query, with the filters of its search."""
    kept = SearchRequest(request.query, filters=request.filters, expand=request.expand, without=request.without)
    return f"/trends?{urlencode(search_arguments(replace(kept, plain=request.plain)))}"


def term_url(text: str, filters: Filters) -> str:
    """Return the address of the passages that have a term as it was counted: a run as it stands, a word in any form."""
    run = " " in text
    wanted = SearchRequest(f'"{text}"' if run else text, mode=Mode.KEYWORD, filters=filters, expand=run, plain=not run)
    return search_url(wanted)
