"""What people read by a link, without an account: one collection, as page and file, or the feed of one saved search.

The secret in the address is the permission. Whatever is wrong with a link, the answer is the same.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from flask import Blueprint, Response, render_template, request, url_for

from indexer.errors import IndexStoreError, UnknownLinkError
from search_web.quotes.citation import FIELDS, STYLES, citation_style
from search_web.quotes.exporting import ExportFormat, export, export_name
from search_web.quotes.outside import outlined, outside
from search_web.quotes.verify import verify
from search_web.web.atom import MEDIA_TYPE, atom_feed
from search_web.web.attachments import attachment
from search_web.web.collection_view import OWN, QUOTES_ON_A_PAGE, chosen, on_page, shown, tags_of, view_of
from search_web.web.current import current_feeds, current_links, current_searcher
from search_web.web.export_params import format_wanted, language_wanted
from search_web.web.findings import outlined_findings
from search_web.web.preconditions import hashed
from search_web.web.saved_news import news_since_saved
from search_web.web.taking_turns import BY_LINK, a_turn

if TYPE_CHECKING:
    from search_web.quotes.model import Verified

shared = Blueprint("shared", __name__, url_prefix="/shared/<secret>")


def collection_address(secret: str) -> str:
    """Return the address by which whoever has it reads a collection."""
    return urljoin(request.url_root, url_for("shared.collection", secret=secret))


def feed_address(secret: str) -> str:
    """Return the address by which whoever has it follows a saved search."""
    return urljoin(request.url_root, url_for("shared.feed", secret=secret))


@shared.get("")
def collection(secret: str) -> str:
    """Show the collection that a link leads to, to read."""
    found, view = outside(current_links().opened(secret)), view_of(request.args)
    quotes = chosen(found, view)
    pages = range(1, -(-len(quotes) // QUOTES_ON_A_PAGE) + 1)
    view = replace(view, page=min(view.page, max(1, len(pages))))
    here = on_page(quotes, view)
    verified: tuple[Verified, ...] | None = None
    with suppress(IndexStoreError):
        verified = outlined(verify([quote for _, quote in here], current_searcher().reader.current().passages))
    findings = outlined_findings(verified or ())
    style, trouble = view.style()
    return render_template(
        "shared_collection.html",
        collection=found,
        secret=secret,
        view=view,
        quotes=shown(quotes, view, style, request.url_root, findings),
        verified=verified is not None,
        unsound=sum(not one.sound for one in findings.values()),
        total=len(quotes),
        pages=pages,
        tags=tags_of(found),
        styles=(*STYLES, OWN),
        template_fields=FIELDS,
        trouble=trouble,
        formats=tuple(ExportFormat),
        own=OWN,
    )


@shared.get("/export")
def export_collection(secret: str) -> Response:
    """Answer the collection that a link leads to as a file, as the API exports one."""
    found = outside(current_links().opened(secret))
    fmt = format_wanted(request.args)
    style = citation_style(request.args.get("citation"), language=language_wanted(request.args))
    with a_turn(len(found.quotes), BY_LINK):
        verified = outlined(verify(found.quotes, current_searcher().reader.current().passages))
        data = export(found, {one.quote.id: one for one in verified}, fmt, citation=style, base_url=request.url_root)
    response = Response(data, content_type=fmt.media_type)
    response.headers["Content-Disposition"] = attachment(f"quotes{fmt.suffix}", export_name(found, fmt))
    return response


@shared.get("/feed.atom")
def feed(secret: str) -> Response:
    """Answer the feed that a link leads to: what came in since the search was saved."""
    search = current_feeds().opened(secret)
    page, address = url_for("saving.fresh", search_id=search.id), url_for(".feed", secret=secret)
    written = atom_feed(news_since_saved(search), base_url=request.url_root, page=page, feed=address)
    return hashed(Response(written, content_type=MEDIA_TYPE))


@shared.errorhandler(UnknownLinkError)
def nowhere(_error: UnknownLinkError) -> tuple[str, int]:
    """Answer what every link that leads nowhere answers, whether it once did or never."""
    return render_template("shared_nowhere.html"), HTTPStatus.NOT_FOUND


@shared.after_request
def kept_apart(response: Response) -> Response:
    """Let no search engine list the page, no cache keep it, and no page that it leads to learn its address."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-cache" if "ETag" in response.headers else "private, no-store"
    return response
