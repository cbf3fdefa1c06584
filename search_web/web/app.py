"""The application factory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask, Response

from indexer.overview import first_words
from indexer.settings import notebook_file
from indexer.stores.opening import open_reader
from indexer.text.language import dominant_language
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore
from search_web.saved.store import SavedSearches
from search_web.search.searcher import Searcher
from search_web.web.answering import answering
from search_web.web.api import api
from search_web.web.collect_target import collect_target
from search_web.web.collecting import collecting
from search_web.web.collection_page import collection_page
from search_web.web.collections_api import collections_api
from search_web.web.collections_pages import collections_pages
from search_web.web.comparing import comparing
from search_web.web.compression import packed
from search_web.web.current import keep_quotes, keep_saved, keep_searcher
from search_web.web.engine_words import said
from search_web.web.errors import register_error_handlers
from search_web.web.health import health
from search_web.web.insight_links import speaker_url, trend_url
from search_web.web.labels import filter_label, label, names_section, recognised_words
from search_web.web.marking import marked_segments
from search_web.web.navigation import ask_url, call_url, search_url
from search_web.web.quoting import quoting
from search_web.web.reading_words import warning_said
from search_web.web.saving import saved_api, saving
from search_web.web.speaking import speaking
from search_web.web.transcript_pages import pages
from search_web.web.translating import translate_pages
from search_web.web.trending import trending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flask.json.provider import DefaultJSONProvider

    from indexer.stores.milvus_address import MilvusAddress

# Everything that a page needs comes from this server; there are no inline scripts or styles.
_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(
    index: Path,
    glossaries: Sequence[Path] = (),
    notebook: Path | None = None,
    *,
    address: MilvusAddress | None = None,
) -> Flask:
    """Return the application that searches the index in this folder, with `glossaries` of the user's own.

    With an `address` the index is in that Milvus, and the folder is where this machine keeps what it fetches of it.

    `notebook` is the file of collected quotes; without it, that beside the index.

    The index is opened by the first request and kept; when a newer generation is published, the next request
    is answered from that. While there is no index that can be read, the answer is an error of status 503.
    """
    app = Flask(__name__)
    provider = cast("DefaultJSONProvider", app.json)
    provider.ensure_ascii = False
    provider.sort_keys = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["language"] = dominant_language
    app.jinja_env.filters["first_words"] = first_words
    app.jinja_env.globals.update(
        filter_label=filter_label,
        label=label,
        said=said,
        warning_said=warning_said,
        names_section=names_section,
        recognised_words=recognised_words,
        marked_segments=marked_segments,
        search_url=search_url,
        call_url=call_url,
        ask_url=ask_url,
        collect_target=collect_target,
        speaker_url=speaker_url,
        trend_url=trend_url,
    )
    translate_pages(app)
    keep_searcher(app, Searcher(open_reader(index, address), glossaries))
    kept = Notebook(notebook or notebook_file(index))
    keep_quotes(app, QuoteStore(kept))
    keep_saved(app, SavedSearches(kept))
    app.register_blueprint(pages)
    app.register_blueprint(answering)
    app.register_blueprint(api)
    app.register_blueprint(health)
    app.register_blueprint(collections_api)
    app.register_blueprint(collections_pages)
    app.register_blueprint(collection_page)
    app.register_blueprint(collecting)
    app.register_blueprint(quoting)
    app.register_blueprint(saving)
    app.register_blueprint(saved_api)
    app.register_blueprint(trending)
    app.register_blueprint(speaking)
    app.register_blueprint(comparing)
    register_error_handlers(app)
    app.after_request(_secure)
    app.after_request(packed)
    return app


def _secure(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
