"""What a request to each endpoint needs: the one table of who may do what.

An endpoint that does not stand here is refused to everybody, and a test finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search_web.access.model import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN: Final = None
"""Whoever asks: no account is needed."""

_SEARCHING = (
    "pages.search",
    "pages.transcripts",
    "pages.transcript",
    "pages.markdown",
    "pages.plain_text",
    "pages.reading",
    "answering.ask",
    "quoting.quote",
    "saving.table",
    "speaking.speakers",
    "speaking.speaker",
    "speaking.table",
    "speaking.calls",
    "speaking.terms",
    "trending.trends",
    "trending.table",
    "trending.plot",
    "comparing.compare",
    "comparing.table",
    "api_docs.page",
    "api_docs.attempt",
    "api.search",
    "api.ask",
    "api.passage",
    "api.similar",
    "api.trend",
    "api.transcripts",
    "api.transcript",
    "api.inside",
    "api.reading",
    "api.citation",
    "speaking.listed",
    "speaking.figures",
    "trending.figures",
    "comparing.figures",
)
_READING = (
    "collections_pages.collections",
    "collection_page.collection",
    "collection_page.history",
    "collections_api.collections",
    "collections_api.collection",
    "collections_api.export_collection",
    "collections_api.history",
    "collections_api.quotes",
    "collections_api.quote",
    "collections_api.verification",
    "collections_api.citation",
    "saving.searches",
    "saving.fresh",
    "saving.feed",
    "saved_api.all_searches",
    "saved_api.one",
    "saved_api.what_is_new",
)
_WRITING = (
    "collecting.form",
    "collecting.keep",
    "collecting.collected",
    "collecting.undo",
    "collections_pages.create",
    "collections_pages.remove",
    "collections_pages.restore",
    "collections_pages.take_in",
    "collection_page.edit",
    "collection_page.edit_quote",
    "collection_page.move_quote",
    "collection_page.remove_quote",
    "collection_page.restore_quote",
    "collections_api.create",
    "collections_api.edit",
    "collections_api.remove",
    "collections_api.restore",
    "collections_api.add",
    "collections_api.take_in",
    "collections_api.edit_quote",
    "collections_api.remove_quote",
    "collections_api.restore_quote",
    "collections_api.move_quote",
    "saving.save",
    "saving.remove",
    "saving.rename",
    "saving.restore",
    "saving.seen",
    "saved_api.create",
    "saved_api.change",
    "saved_api.bin_search",
    "saved_api.take_back",
    "saved_api.take_for_seen",
)
_ANYBODY = ("api_docs.document", "static", "health.alive", "health.ready", "metrics")

NEEDS: Mapping[str, Scope | None] = {
    **dict.fromkeys(_SEARCHING, Scope.SEARCH),
    **dict.fromkeys(_READING, Scope.QUOTES_READ),
    **dict.fromkeys(_WRITING, Scope.QUOTES_WRITE),
    **dict.fromkeys(_ANYBODY, OPEN),
}
