"""What a citation can name of a quote, each field with the words that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.model import Delivery, Kind, Role
from search_web.quotes.exports import wording

if TYPE_CHECKING:
    from search_web.quotes.model import Quote

FIELDS = {
    "speaker": "who said it; empty for a document, which nobody spoke",
    "other_names": "further names of the speaker",
    "title": "the speaker's title, as the transcript gives it",
    "affiliation": "the firm, or the part of the company, that the speaker speaks for",
    "firm": "the affiliation, or for management the company of the call; left out where the title beside it says it",
    "role": "management, analyst, operator or other",
    "company": "the company of the call",
    "host": "the company of the call, where neither its title nor the firm of the speaker names it",
    "ticker": "its ticker",
    "period": "the period that the call reports on",
    "occasion": "the title of the call or document",
    "date": "the day of the call, as 2023-08-10",
    "year": "the year of that day",
    "section": "the part of the call",
    "heading": "the heading that it stands under",
    "page": "the page of the source",
    "time": "when in the recording it was said, as 0:12:05",
    "language": "the language of the quote, zh or en",
    "translated": "“translated” (译) where the words are an interpreter's",
    "url": "the permanent link",
    "accessed": "the day on which it was collected",
    "source": "the file that it was read from",
}


def field_values(quote: Quote, language: str, url: str, *, titled: bool = False) -> dict[str, str]:
    """Return the value of each of FIELDS, "" where the quote has none.

    Values are a single line: runs of white space become one space. Where the citation gives the title too (`titled`), a
    firm that stands in it is not said again.
    """
    voice, occasion = quote.voice, quote.occasion
    spoken = occasion.kind is not Kind.DOCUMENT
    firm = voice.affiliation or (occasion.company if voice.role is Role.MANAGEMENT else None)
    named = " ".join(filter(None, (occasion.title, firm, voice.title))).casefold()
    host = occasion.company if occasion.company and occasion.company.casefold() not in named else None
    if titled and firm and firm in (voice.title or ""):
        firm = None
    separator = "、" if language == "zh" else ", "
    values = {
        "speaker": voice.name if spoken else "",
        "other_names": separator.join(voice.other_names) if spoken else "",
        "title": voice.title,
        "affiliation": voice.affiliation,
        "firm": firm,
        "role": wording.ROLES[voice.role].in_language(language) if spoken else "",
        "company": occasion.company,
        "host": host,
        "ticker": occasion.ticker,
        "period": occasion.period,
        "occasion": occasion.title,
        "date": occasion.date,
        "year": (occasion.date or "")[:4],
        "section": wording.SECTIONS[occasion.section].in_language(language) if spoken else "",
        "heading": occasion.heading,
        "page": "" if occasion.page is None else str(occasion.page),
        "time": occasion.time.clock if occasion.time else "",
        "language": quote.language,
        "translated": wording.TRANSLATED.in_language(language) if quote.delivery is Delivery.TRANSLATED else "",
        "url": url,
        "accessed": quote.collected_at.date().isoformat(),
        "source": quote.place.source_file,
    }
    return {name: " ".join((value or "").split()) for name, value in values.items()}
