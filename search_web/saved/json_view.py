"""Saved searches and what is new in them, as JSON: what the API answers and `yuanhua searches … --json` prints.

::

SEARCH = {"id": "…", "name": "buybacks", "query": "回购", "arguments": [["q", "回购"], ["role", "analyst"]],
"created_at": TIME, "seen_at": TIME, "version": 1,
"owner": "…"}                                   the id of an account, null for the team
NEWS   = {"search": SEARCH, "total": 3,                    passages that are new
"arrivals": [{"at": TIME, "hit": HIT}]}          the first of them; HIT as in a search
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.json_view import passage_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.saved import shapes
    from search_web.saved.model import News, SavedSearch


def search_json(search: SavedSearch) -> shapes.SavedSearch:
    """Return a saved search."""
    return {
        "id": search.id,
        "name": search.name,
        "query": search.query,
        "arguments": [list(pair) for pair in search.arguments],
        "created_at": search.created_at.isoformat(),
        "seen_at": search.seen_at.isoformat(),
        "version": search.version,
        "owner": search.owner,
    }


def searches_json(searches: Sequence[SavedSearch]) -> shapes.SavedSearchList:
    """Return a list of saved searches."""
    return {"total": len(searches), "searches": [search_json(search) for search in searches]}


def news_json(news: News) -> shapes.News:
    """Return what is new in a saved search."""
    return {
        "search": search_json(news.search),
        "total": news.total,
        "arrivals": [{"at": one.at.isoformat(), "hit": passage_json(one.hit)} for one in news.arrivals],
    }
