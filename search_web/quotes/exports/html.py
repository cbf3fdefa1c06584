"""A collection as one HTML file that needs nothing else, for reading and for print. This module owns Jinja here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from search_web.quotes.exports import wording
from search_web.quotes.exports.entry import details, document_language
from search_web.quotes.exports.stand_ins import NO_NUL, stand_in_note, with_stand_ins

if TYPE_CHECKING:
    from jinja2 import Template

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection


def to_html(collection: Collection, entries: tuple[Entry, ...], citation: CitationStyle) -> bytes:
    """Return the collection as HTML in UTF-8. White space is kept as it is: the style shows it."""
    page = _template().render(
        collection=collection,
        entries=entries,
        language=document_language(collection, citation),
        details=details,
        note=_note,
        link_label=wording.LINK,
    )
    return page.encode()


def _verbatim(text: str) -> Markup:
    """Return the text escaped; carriage returns too, which parsers of HTML would turn into line feeds."""
    return Markup(str(escape(with_stand_ins(text, NO_NUL))).replace("\r", "&#13;"))  # noqa: S704 - It is escaped.


def _note(entry: Entry) -> str:
    return stand_in_note(entry.quote.text, NO_NUL, entry.language)


@cache
def _template() -> Template:
    loader = PackageLoader("search_web.quotes", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["verbatim"] = _verbatim
    return environment.get_template("collection.html")
