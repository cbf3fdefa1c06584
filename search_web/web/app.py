"""The application factory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.overview import first_words
from indexer.stores.opening import open_reader
from indexer.text.language import dominant_language
from search_web.access.doors import Doors
from search_web.access.settings import AccessSettings
from search_web.notebook.database import Notebook
from search_web.quotes.links_store import CollectionLinks
from search_web.quotes.store import QuoteStore
from search_web.saved.feed_links import FeedLinks
from search_web.saved.store import SavedSearches
from search_web.search.searcher import Searcher
from search_web.settings import library_folder, notebook_file
from search_web.uploads.library import Library
from search_web.uploads.store import Uploads
from search_web.web.account_page import account_page
from search_web.web.agent_words import agent_said
from search_web.web.answering import answering
from search_web.web.api_docs import api_docs
from search_web.web.audit_pages import audit_api, audit_pages
from search_web.web.audit_words import action_said, object_links
from search_web.web.auditing import name_what_was_made, witness
from search_web.web.collect_target import collect_target
from search_web.web.collecting import collecting
from search_web.web.collection_history import collection_history
from search_web.web.collection_page import collection_page
from search_web.web.collections_api import collections_api
from search_web.web.collections_pages import collections_pages
from search_web.web.comparing import comparing
from search_web.web.compression import packed
from search_web.web.current import keep_doors, keep_links, keep_quotes, keep_saved, keep_searcher
from search_web.web.engine_words import said
from search_web.web.errors import register_error_handlers
from search_web.web.generation import keep_one_generation
from search_web.web.generation_tag import keep_glossaries
from search_web.web.guarding import guard_requests
from search_web.web.health import health
from search_web.web.hosts import trust_hosts
from search_web.web.insight_links import speaker_url, trend_url
from search_web.web.labels import call_name, filter_label, label, names_section, part_of_call, recognised_words
from search_web.web.links_api import links_api
from search_web.web.marking import marked_segments
from search_web.web.navigation import ask_url, call_url, search_url
from search_web.web.people_api import people_api
from search_web.web.people_pages import people_pages
from search_web.web.quotes_api import quotes_api
from search_web.web.quoting import quoting
from search_web.web.reading_words import warning_said
from search_web.web.saved_api import saved_api
from search_web.web.saving import saving
from search_web.web.security_headers import secure
from search_web.web.shared import shared
from search_web.web.sharing_pages import feed_url, sharing_pages
from search_web.web.signing import signing
from search_web.web.speaking import speaking
from search_web.web.tokens_api import tokens_api
from search_web.web.transcript_pages import pages
from search_web.web.transcripts_api import api
from search_web.web.translating import translate_pages
from search_web.web.trending import trending
from search_web.web.unknown_parameters import refuse_unknown_parameters
from search_web.web.upload_words import size_said, stage_said, trouble_said
from search_web.web.uploading import take_uploads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flask.json.provider import DefaultJSONProvider

    from indexer.stores.milvus_address import MilvusAddress

_BLUEPRINTS = (
    pages,
    answering,
    api,
    api_docs,
    health,
    collections_api,
    quotes_api,
    collections_pages,
    collection_page,
    collection_history,
    sharing_pages,
    links_api,
    shared,
    collecting,
    quoting,
    saving,
    saved_api,
    trending,
    speaking,
    comparing,
    signing,
    account_page,
    tokens_api,
    audit_pages,
    audit_api,
    people_pages,
    people_api,
)


def create_app(
    index: Path,
    glossaries: Sequence[Path] = (),
    notebook: Path | None = None,
    access: AccessSettings | None = None,
    library: Path | None = None,
    *,
    address: MilvusAddress | None = None,
) -> Flask:
    """Return the application that searches the index in this folder, with `glossaries` of the user's own.

    With an `address` the index is in that Milvus, and the folder is where this machine keeps what it fetches of it.

    `notebook` is the file of collected quotes and accounts; without it, that beside the index. `access` says how people
    are let in; without it, everybody is as long as there are no accounts. Raises SettingsError for a rate limit that
    cannot be read. `library` is the folder of uploads; without it, that beside the index, and "none" takes none.

    The index is opened by the first request and kept; when a newer generation is published, the next request
    is answered from that. While there is no index that can be read, the answer is an error of status 503.
    """
    access = access or AccessSettings()
    app = Flask(__name__)
    trust_hosts(app, access.trusted_hosts)
    if access.forwarded:
        hops = access.forwarded
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
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
        trouble_said=trouble_said,
        stage_said=stage_said,
        size_said=size_said,
        names_section=names_section,
        part_of_call=part_of_call,
        call_name=call_name,
        agent_said=agent_said,
        action_said=action_said,
        object_links=object_links,
        recognised_words=recognised_words,
        marked_segments=marked_segments,
        search_url=search_url,
        call_url=call_url,
        ask_url=ask_url,
        collect_target=collect_target,
        speaker_url=speaker_url,
        trend_url=trend_url,
        feed_url=feed_url,
    )
    translate_pages(app)
    reader = open_reader(index, address)
    keep_searcher(app, Searcher(reader, glossaries))
    keep_one_generation(app, reader)
    file = notebook or notebook_file(index)
    keep_doors(app, Doors(file, access))
    guard_requests(app, access)
    keep_glossaries(app, glossaries)
    kept = Notebook(file, witness)
    keep_quotes(app, QuoteStore(kept))
    keep_saved(app, SavedSearches(kept))
    keep_links(app, CollectionLinks(kept), FeedLinks(kept))
    take_uploads(app, Uploads(kept, Library(library_folder(index, library))))
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_error_handlers(app)
    app.before_request(refuse_unknown_parameters)
    app.after_request(secure)
    app.after_request(name_what_was_made)
    app.after_request(packed)
    return app
