"""What a saved search finds that is new: in transcripts that came after it was last looked at.

A passage is found when it has every word of the query, in the user's words or in those that the glossary adds, and all
that binds holds. A search by meaning puts something forward however far it is, which would be news every day. Whether
something is new is told by the transcript it stands in, not by its place in the ranking, which changes with every call
that is added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from search_web.saved.model import Arrival, News

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from indexer.stores.passages import PassageStore
    from search_web.saved.model import SavedSearch
    from search_web.saved.store import SavedSearches
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher

MOST_NEWS = 100
"""How many passages are shown of what is new."""


def met(passages: PassageStore) -> tuple[tuple[str, str], ...]:
    """Return the id and the digest of every transcript of an index."""
    return tuple((info.id, info.source.sha256) for info in passages.transcripts())


def arrived(store: SavedSearches, searcher: Searcher) -> Mapping[str, datetime]:
    """Return when each transcript of the index was first met; one look serves any number of searches."""
    known = store.arrivals(met(searcher.reader.current().passages))
    return {transcript: at for (transcript, _), at in known.items()}


def news(
    searcher: Searcher,
    search: SavedSearch,
    request: SearchRequest,
    arrivals: Mapping[str, datetime],
    *,
    since: datetime | None = None,
    limit: int = MOST_NEWS,
) -> News:
    """Return what the `request` of a saved search finds in the transcripts that were first met after it was last seen.

    `arrivals` tells when each was met, `since` another time than that of the last look. Raises what a search raises.
    """
    after = since or search.seen_at
    wanted = request.filters.transcript
    fresh = {one: at for one, at in arrivals.items() if at > after and (not wanted or one in wanted)}
    if not fresh:
        return News(search, 0, ())
    narrowed = replace(request, filters=replace(request.filters, transcript=tuple(fresh)), limit=limit, offset=0)
    total, hits = searcher.said(narrowed)
    newest_first = sorted(hits, key=lambda hit: fresh[hit.transcript.id], reverse=True)
    return News(search, total, tuple(Arrival(hit, fresh[hit.transcript.id]) for hit in newest_first))
