"""What a request to each endpoint needs: the one table of who may do what.

An endpoint that does not stand here is refused to everybody, and a test finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from search_web.access.model import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

OPEN: Final = None
"""Whoever asks: no account is needed."""

SIGNED_IN: Final = "signed in"
"""Whoever has an account, whatever it may do."""

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
    "saving.fresh",
    "saving.feed",
    "saved_api.what_is_new",
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
# What is new in a saved search is found by searching; whose the search is, its store asks.
_READING = (
    "collections_pages.collections",
    "collection_page.collection",
    "collection_history.history",
    "collections_api.collections",
    "collections_api.collection",
    "collections_api.export_collection",
    "collections_api.history",
    "quotes_api.quotes",
    "quotes_api.quote",
    "collections_api.verification",
    "quotes_api.citation",
    "saving.searches",
    "saved_api.all_searches",
    "saved_api.one",
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
    "quotes_api.add",
    "collections_api.take_in",
    "quotes_api.edit_quote",
    "quotes_api.remove_quote",
    "quotes_api.restore_quote",
    "quotes_api.move_quote",
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
    "sharing_pages.sharing",
    "sharing_pages.link",
    "sharing_pages.unlink",
    "sharing_pages.set_visibility",
    "sharing_pages.hand_over",
    "sharing_pages.feeds",
    "sharing_pages.link_feed",
    "sharing_pages.unlink_feed",
    "links_api.collection_links",
    "links_api.link_collection",
    "links_api.unlink_collection",
    "links_api.feed_links",
    "links_api.link_feed",
    "links_api.unlink_feed",
)
_INDEXING = (
    "uploading.uploads",
    "uploading.receive",
    "uploading.upload",
    "uploading.state",
    "uploading.read_again",
    "uploading.confirm",
    "uploading.confirm_all",
    "uploading.discard_all",
    "uploading.retry",
    "uploading.remove",
    "uploads_api.uploads",
    "uploads_api.receive",
    "uploads_api.upload",
    "uploads_api.state",
    "uploads_api.confirm",
    "uploads_api.retry",
    "uploads_api.remove",
)
_ADMINISTERING = (
    "audit_pages.log",
    "audit_api.entries",
    "people_pages.people",
    "people_pages.add",
    "people_pages.person",
    "people_pages.role",
    "people_pages.password",
    "people_pages.disable",
    "people_pages.enable",
    "people_pages.sign_out",
    "people_pages.revoke",
    "people_pages.remove",
    "people_api.people",
    "people_api.add",
    "people_api.person",
    "people_api.change",
    "people_api.password",
    "people_api.remove",
    "people_api.sessions",
    "people_api.sign_out",
    "people_api.tokens",
    "people_api.revoke",
)
_OWN = (
    "signing.leave",
    "account_page.account",
    "account_page.leave_everywhere",
    "account_page.change_password",
    "account_page.make_token",
    "account_page.revoke_token",
    "tokens_api.whoami",
    "tokens_api.tokens",
    "tokens_api.make",
    "tokens_api.revoke",
)
_ANYBODY = ("api_docs.document", "static", "health.alive", "health.ready", "metrics", "signing.form", "signing.enter")
_BY_LINK = ("shared.collection", "shared.export_collection", "shared.feed")
"""Open as well: the secret in the address is what they need."""

NEEDS: Mapping[str, Scope | Literal["signed in"] | None] = {
    **dict.fromkeys(_SEARCHING, Scope.SEARCH),
    **dict.fromkeys(_READING, Scope.QUOTES_READ),
    **dict.fromkeys(_WRITING, Scope.QUOTES_WRITE),
    **dict.fromkeys(_INDEXING, Scope.INDEX),
    **dict.fromkeys(_ADMINISTERING, Scope.ADMIN),
    **dict.fromkeys(_OWN, SIGNED_IN),
    **dict.fromkeys(_ANYBODY, OPEN),
    **dict.fromkeys(_BY_LINK, OPEN),
}
