"""The calls of the client for links: who has one reads a collection or follows a saved search, without an account."""

from __future__ import annotations

from search_web.client.connection import Connection
from search_web.quotes.links_shapes import LinkList, NewLink


class LinkCalls(Connection):
    """What a program does with links. The address of one is told when it is made, and never again."""

    def collection_links(self, collection_id: str) -> LinkList:
        """Return the links to a collection that work."""
        return self._get(LinkList, "collections", collection_id, "links")

    def link_collection(self, collection_id: str, *, days: int | None = None) -> NewLink:
        """Make a link to a collection that works for so many days, or until it is revoked."""
        return self._send(NewLink, "POST", "collections", collection_id, "links", body={"days": days})

    def unlink_collection(self, collection_id: str, link_id: str) -> None:
        """Let a link to a collection work no more."""
        self._ask("DELETE", ("collections", collection_id, "links", link_id), {})

    def feed_links(self, search_id: str) -> LinkList:
        """Return the links to the feed of a saved search that work."""
        return self._get(LinkList, "searches", search_id, "links")

    def link_feed(self, search_id: str, *, days: int | None = None) -> NewLink:
        """Make a link to the feed of a saved search, for a feed reader."""
        return self._send(NewLink, "POST", "searches", search_id, "links", body={"days": days})

    def unlink_feed(self, search_id: str, link_id: str) -> None:
        """Let a link to the feed of a saved search work no more."""
        self._ask("DELETE", ("searches", search_id, "links", link_id), {})
