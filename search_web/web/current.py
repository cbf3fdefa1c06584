"""What the request at hand works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app

from search_web.web.identity import current_person

if TYPE_CHECKING:
    from search_web.access.doors import Doors
    from search_web.quotes.links_store import CollectionLinks
    from search_web.quotes.store import QuoteStore
    from search_web.saved.feed_links import FeedLinks
    from search_web.saved.store import SavedSearches
    from search_web.search.searcher import Searcher
    from search_web.uploads.store import Uploads

_KEY = "yuanhua"
_QUOTES = "yuanhua.quotes"
_SAVED = "yuanhua.saved"
_UPLOADS = "yuanhua.uploads"
_DOORS = "yuanhua.doors"
_LINKS = "yuanhua.links"
_FEEDS = "yuanhua.feeds"


def keep_searcher(app: Flask, searcher: Searcher) -> None:
    """Let every request to this application use this searcher; it serves any number of threads."""
    app.extensions[_KEY] = searcher


def current_searcher() -> Searcher:
    """Return the searcher of the application that answers the request at hand."""
    searcher: Searcher = current_app.extensions[_KEY]
    return searcher


def keep_quotes(app: Flask, store: QuoteStore) -> None:
    """Let every request to this application use these collections; they serve any number of threads."""
    app.extensions[_QUOTES] = store


def current_quotes() -> QuoteStore:
    """Return the collections of quotes as they are for whoever makes the request at hand."""
    store: QuoteStore = current_app.extensions[_QUOTES]
    return store.as_seen_by(current_person())


def keep_saved(app: Flask, store: SavedSearches) -> None:
    """Let every request to this application use these saved searches; they serve any number of threads."""
    app.extensions[_SAVED] = store


def current_saved() -> SavedSearches:
    """Return the saved searches as they are for whoever makes the request at hand."""
    store: SavedSearches = current_app.extensions[_SAVED]
    return store.as_seen_by(current_person())


def keep_links(app: Flask, to_collections: CollectionLinks, to_feeds: FeedLinks) -> None:
    """Let every request to this application use these links; they serve any number of threads."""
    app.extensions[_LINKS] = to_collections
    app.extensions[_FEEDS] = to_feeds


def current_links() -> CollectionLinks:
    """Return the links to collections, for whoever makes the request at hand."""
    links: CollectionLinks = current_app.extensions[_LINKS]
    return links.as_seen_by(current_person())


def current_feeds() -> FeedLinks:
    """Return the links to feeds of saved searches, for whoever makes the request at hand."""
    links: FeedLinks = current_app.extensions[_FEEDS]
    return links.as_seen_by(current_person())


def keep_uploads(app: Flask, uploads: Uploads) -> None:
    """Let every request to this application use these uploads; they serve any number of threads."""
    app.extensions[_UPLOADS] = uploads


def current_uploads() -> Uploads:
    """Return the uploads of the application that answers the request at hand."""
    uploads: Uploads = current_app.extensions[_UPLOADS]
    return uploads


def keep_doors(app: Flask, doors: Doors) -> None:
    """Let every request to this application come in through these; they serve any number of threads."""
    app.extensions[_DOORS] = doors


def current_doors() -> Doors:
    """Return accounts, sessions, tokens and the audit log of the application that answers the request at hand."""
    doors: Doors = current_app.extensions[_DOORS]
    return doors
