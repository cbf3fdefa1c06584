"""A collection as its page shows it: which quotes, in which style of citation, and where each may be moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

from indexer.errors import CitationTemplateError
from indexer.text.normalise import fold
from search_web.quotes.citation import STYLES, CitationStyle, citation_style, cite
from search_web.web.engine_words import said
from search_web.web.params import LANGUAGES
from search_web.web.tag_lines import tag_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_web.quotes.model import Collection, Quote
    from search_web.web.engine_words import Said
    from search_web.web.findings import Finding

OWN = "own"
"""The name of the style that is a template of the reader's."""

QUOTES_ON_A_PAGE = 50
_LONGEST = 1000
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class View:
    """How a collection is looked at, as its address says.

    `citation` names a style, or OWN for `template`; `lang` puts all citations in one language. `q` and `tag` choose
    quotes; `page` counts from 1.
    """

    citation: str = "plain"
    template: str = ""
    lang: str = ""
    q: str = ""
    tag: str = ""
    page: int = 1

    @property
    def chooses(self) -> bool:
        """Whether some of the quotes are left out."""
        return bool(self.q or self.tag)

    @property
    def wanted_citation(self) -> str:
        """The style or template, as `citation_style` and the export take it."""
        return self.template or "plain" if self.citation == OWN else self.citation

    def address(self, **changes: str | int) -> str:
        """Return the arguments of the address of this view, or of one that is otherwise in something."""
        view = replace(self, **changes)  # type: ignore[arg-type]
        plain = View()
        pairs = [(name, getattr(view, name)) for name in ("citation", "template", "lang", "q", "tag", "page")]
        return urlencode([(name, value) for name, value in pairs if value != getattr(plain, name)])

    def style(self) -> tuple[CitationStyle, Said | None]:
        """Return the style of citations and None, or the plain one and what is wrong with the template."""
        try:
            return citation_style(self.wanted_citation, language=self.lang or None), None
        except CitationTemplateError as error:
            return citation_style(language=self.lang or None), said(f"{error.what}. {error.mend}")


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote on the page of its collection; `number` is its place in that.

    `citation_language` is the language of its citation. `finding` is None while the index cannot be read. `above` and
    `below` are the ids of the quotes that it may change places with, None at either end.
    """

    number: int
    quote: Quote
    citation: str
    citation_language: str
    finding: Finding | None
    above: str | None
    below: str | None
    tag_line: str


def view_of(arguments: Mapping[str, str]) -> View:
    """Return the view that an address asks for; what it asks for in vain is left at what it is without asking."""

    def said(name: str) -> str:
        return arguments.get(name, "")[:_LONGEST].strip()

    citation, lang, page = said("citation"), said("lang"), said("page")
    return View(
        citation=citation if citation in {*STYLES, OWN} else "plain",
        template=said("template"),
        lang=lang if lang in LANGUAGES else "",
        q=said("q"),
        tag=said("tag"),
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) <= _DIGITS else 1,
    )


def chosen(collection: Collection, view: View) -> list[tuple[int, Quote]]:
    """Return the quotes that a view chooses, with their places in the collection, from 1."""
    return [(number, quote) for number, quote in enumerate(collection.quotes, start=1) if fits(quote, view.q, view.tag)]


def fits(quote: Quote, words: str, tag: str) -> bool:
    """Whether all of some words stand in a quote or beside it, and it has a tag, if one is given."""
    return (not tag or tag in quote.tags) and all(fold(word) in _searched(quote) for word in words.split())


def on_page(quotes: list[tuple[int, Quote]], view: View) -> list[tuple[int, Quote]]:
    """Return those of the chosen quotes that the page of a view shows."""
    return quotes[(view.page - 1) * QUOTES_ON_A_PAGE : view.page * QUOTES_ON_A_PAGE]


def shown(
    quotes: list[tuple[int, Quote]],
    view: View,
    style: CitationStyle,
    base_url: str,
    findings: Mapping[str, Finding],
) -> tuple[ShownQuote, ...]:
    """Return the quotes of the page of a view, each with its citation and with what became of it, by its id."""
    ids: list[str | None] = [None, *(quote.id for _, quote in quotes), None]
    first = (view.page - 1) * QUOTES_ON_A_PAGE
    return tuple(
        ShownQuote(
            number=number,
            quote=quote,
            citation=cite(quote, style, url=urljoin(base_url, quote.url)),
            citation_language=style.speaks(quote),
            finding=findings.get(quote.id),
            above=ids[at],
            below=ids[at + 2],
            tag_line=tag_line(quote.tags),
        )
        for at, (number, quote) in enumerate(on_page(quotes, view), start=first)
    )


def tags_of(collection: Collection) -> tuple[str, ...]:
    """Return the tags of a collection, each once, in alphabetical order."""
    return tuple(sorted({tag for quote in collection.quotes for tag in quote.tags}, key=str.casefold))


def _searched(quote: Quote) -> str:
    said = (quote.text, quote.note, quote.voice.name, *quote.voice.other_names, quote.occasion.title, *quote.tags)
    return fold("\n".join(said))
