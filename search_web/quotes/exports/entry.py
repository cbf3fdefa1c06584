"""A quote as every export shows it: with its citation, its link, and what became of it in the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from indexer.model import Kind, Role, Section
from search_web.quotes.citation import cite
from search_web.quotes.exports import wording
from search_web.quotes.model import State
from search_web.search.assemble import passage_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.model import Collection, Quote, Verified, Voice


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote of an export; `number` counts from 1.

    `language` is the one of the words around the quote. `link` is an absolute http address, or "" where none is known:
    nothing else is made a link. `mark` says that the quote was moved, changed or is gone, "" otherwise; `now` is the
    text that stands there today, where it was changed.
    """

    number: int
    quote: Quote
    language: str
    citation: str
    link: str
    verified: Verified | None
    mark: str
    now: str


def entries(
    collection: Collection,
    verified: Mapping[str, Verified] | None,
    citation: CitationStyle,
    base_url: str,
) -> tuple[Entry, ...]:
    """Return the quotes of a collection as entries, in its order; `verified` has the findings by the ids of quotes."""
    return tuple(
        _entry(number, quote, (verified or {}).get(quote.id), citation, base_url)
        for number, quote in enumerate(collection.quotes, start=1)
    )


def document_language(collection: Collection, citation: CitationStyle) -> str:
    """Return the language of the words around all quotes: the style's, or the one of most quotes."""
    if citation.language:
        return citation.language
    chinese = sum(quote.language == "zh" for quote in collection.quotes)
    return "zh" if chinese * 2 > len(collection.quotes) else "en"


def named(voice: Voice) -> str:
    """Return the name of a speaker with title and firm, which is not said twice."""
    firm = voice.affiliation if voice.affiliation and voice.affiliation not in (voice.title or "") else None
    return ", ".join(part for part in (voice.name, voice.title, firm) if part)


def details(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return what else is to be said of a quote, as (label, text): findings, question, section, note, tags, source."""
    quote, language = entry.quote, entry.language
    said = []
    if entry.mark:
        said.append((entry.mark, _found(entry)))
    if entry.now:
        said.append((wording.NOW_READS.in_language(language), entry.now))
    if quote.question:
        asker, question = quote.question
        said.append((f"{wording.IN_ANSWER_TO.in_language(language)} {named(asker)}".rstrip(), question))
    if quote.occasion.kind is not Kind.DOCUMENT:
        # In an interview or a lecture nobody has prepared remarks of a company to make.
        told = quote.occasion.section is not Section.PREPARED or quote.voice.role is not Role.OTHER
        section = wording.SECTIONS[quote.occasion.section].in_language(language) if told else ""
        if stands_in := " · ".join(filter(None, (section, quote.occasion.heading))):
            said.append((wording.SECTION.in_language(language), stands_in))
    if quote.note:
        said.append((wording.NOTE.in_language(language), quote.note))
    if quote.tags:
        said.append((wording.TAGS.in_language(language), ("、" if language == "zh" else ", ").join(quote.tags)))
    place = quote.place
    span = f"{place.passage_id} [{place.start}, {place.end})"
    said.append((wording.SOURCE.in_language(language), f"{place.source_file} · {span} · sha256 {place.source_digest}"))
    said.append((wording.COLLECTED.in_language(language), quote.collected_at.isoformat(timespec="minutes")))
    return tuple(said)


def _entry(number: int, quote: Quote, verified: Verified | None, citation: CitationStyle, base_url: str) -> Entry:
    language = citation.speaks(quote)
    path = _now(verified) or quote.url
    url = urljoin(base_url, path) if base_url else path
    state = verified.state if verified else State.UNCHANGED
    return Entry(
        number=number,
        quote=quote,
        language=language,
        citation=cite(quote, citation, url=url),
        link=url if _is_web_address(url) else "",
        verified=verified,
        mark=_mark(verified, language),
        now=(verified.text or "") if verified and state is State.CHANGED else "",
    )


def _mark(verified: Verified | None, language: str) -> str:
    """Return what readers must know of a quote before they use it; nothing for one that is as it was."""
    if verified is None:
        return ""
    marks = [wording.MARKS[verified.state]] if verified.state in wording.MARKS else []
    marks += [wording.ANOTHER_VOICE] if verified.differences else []
    return ("；" if language == "zh" else "; ").join(mark.in_language(language) for mark in marks)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and url.isprintable() and " " not in url


def _found(entry: Entry) -> str:
    """Return what was found, in the language of the entry: the reason is English, what differs is of any language."""
    if entry.verified is None or entry.language == "en":
        return entry.verified.reason if entry.verified else ""
    return "；".join(f"{one.kept or '—'} → {one.now or '—'}" for one in entry.verified.differences)


def _now(verified: Verified | None) -> str:
    """Return the address of where a quote that was moved stands now; "" for any other, which keeps its own."""
    if verified is None or verified.state is not State.MOVED or verified.place is None:
        return ""
    return passage_url(verified.place.transcript_id, verified.place.passage_id)
