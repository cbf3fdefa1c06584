"""The line that says where a quote comes from, in a style of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.errors import CitationTemplateError
from indexer.model import Delivery
from search_web.quotes.citation_fields import FIELDS, field_values
from search_web.quotes.citation_template import parse_template
from search_web.quotes.exports import wording

if TYPE_CHECKING:
    from search_web.quotes.model import Quote

__all__ = ["FIELDS", "STYLES", "CitationStyle", "citation_style", "cite"]

_parsed = lru_cache(maxsize=64)(parse_template)


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """How sources are named: a template for English, one for Chinese.

    `language` is "zh" or "en" where all citations are to be in one language; None takes that of each quote.
    """

    name: str
    en: str
    zh: str
    language: str | None = None

    def speaks(self, quote: Quote) -> str:
        """Return the language in which this style cites a quote."""
        return self.language or quote.language


STYLES = {
    style.name: style
    for style in (
        CitationStyle(
            "plain",
            "{speaker}, {title}, {firm}, {host} {occasion}, {date}, p. {page}",
            "{speaker}（{firm} {title}），{host}《{occasion}》，{date}，第{page}页",
        ),
        CitationStyle("short", "{speaker}, {company} {period}", "{speaker}，{company} {period}"),
        CitationStyle(
            "apa",
            "{speaker}. ({date}). {occasion} [Transcript] (p. {page}) ({translated}). {company}. {url}",
            "{speaker}. ({date}). {occasion} [文字记录] (第{page}页) ({translated}). {company}. {url}",
        ),
        CitationStyle(
            "gbt7714",
            "{speaker}. {occasion} ({translated})[EB/OL]. {company}, {year}: {page}. ({date})[{accessed}]. {url}",
            "{speaker}. {occasion} ({translated})[EB/OL]. {company}, {year}: {page}. ({date})[{accessed}]. {url}",
        ),
    )
}
"""Built in: plain; short; like APA 7 (2020), section 10; like GB/T 7714-2015, section 4.6 (electronic resources)."""


def citation_style(wanted: str | None = None, *, language: str | None = None) -> CitationStyle:
    """Return the style of that name, or one made of a template; None and "" are the plain style.

    `language` ("zh" or "en") puts every citation in that language. Raises CitationTemplateError for an unknown name, an
    unknown field, or braces that do not pair.
    """
    if not wanted:
        wanted = "plain"
    if "{" in wanted or "}" in wanted:
        parse_template(wanted)
        return CitationStyle("template", wanted, wanted, language)
    if wanted not in STYLES:
        raise CitationTemplateError(
            f"There is no citation style {wanted!r}",
            where="citation",
            mend=f"Known are {', '.join(STYLES)}; or write a template, such as {{speaker}}, {{occasion}}, {{date}}.",
        )
    style = STYLES[wanted]
    return CitationStyle(style.name, style.en, style.zh, language)


def cite(quote: Quote, style: CitationStyle, *, url: str | None = None) -> str:
    """Return the citation of a quote, one line; `url` stands in for the quote's own where it is given.

    That the words are an interpreter's is always said: at the end where the template does not name {translated}.
    """
    language = style.speaks(quote)
    template = _parsed(style.zh if language == "zh" else style.en)
    titled = "title" in template.fields
    line = template.filled(field_values(quote, language, quote.url if url is None else url, titled=titled))
    if quote.delivery is Delivery.TRANSLATED and "translated" not in template.fields:
        line += wording.TRANSLATED_MARK.in_language(language)
    return line
