"""Where the terms lead that tell a speaker or a call from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.request import Mode, SearchRequest
from search_web.web.navigation import search_url

if TYPE_CHECKING:
    from indexer.stores.filters import Filters


def term_url(text: str, filters: Filters) -> str:
    """Return the address of the passages that have a term as it was counted: a run as it stands, a word in any form."""
    run = " " in text
    wanted = SearchRequest(f'"{text}"' if run else text, mode=Mode.KEYWORD, filters=filters, expand=run, plain=not run)
    return search_url(wanted)
