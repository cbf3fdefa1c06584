"""A collection as BibTeX, an @misc a quote, with the quote as its abstract.

Text is UTF-8; what LaTeX would read as markup is escaped, and pairs that its fonts join into one sign (--, '', ``, <<)
are held apart, so that a reader which decodes LaTeX gives the text back. Line feeds stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from indexer.model import Delivery, Kind
from search_web.quotes.exports import wording
from search_web.quotes.exports.stand_ins import NO_LATEX, stand_in_note, with_stand_ins

if TYPE_CHECKING:
    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection, Quote

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {char: "\\" + char for char in "%&#_${}"}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SPECIAL = re.compile(r"[\\{}~^%&#_$]")
_JOINED = re.compile("|".join(f"(?<={char})(?={char})" for char in "-'`<>,") + r"|(?<=[!?])(?=`)|(?<=\n)(?=[ \t]*@)")
_SPACES = re.compile(r"(?<= ) ")
_TWO_NAMES = re.compile(r"[A-Za-zÀ-ɏ.'’-]+(?: [A-Za-zÀ-ɏ.'’-]+)+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"zh": "chinese", "en": "english"}


def to_bibtex(_: Collection, entries: tuple[Entry, ...], __: CitationStyle) -> bytes:
    """Return the quotes as BibTeX in UTF-8; "" when there are none."""
    return "\n".join(_entry(entry) for entry in entries).encode()


def escaped(text: str) -> str:
    """Return LaTeX that reads as the text."""
    escapes = _ESCAPES if _is_balanced(text) else _ESCAPES | _LONE_BRACES  # BibTeX counts braces, escaped ones too.
    pieces = _JOINED.split(with_stand_ins(text, NO_LATEX))
    return _SPACES.sub(r"\\ ", "{}".join(_SPECIAL.sub(lambda match: escapes[match[0]], piece) for piece in pieces))


def _entry(entry: Entry) -> str:
    quote = entry.quote
    occasion, language = quote.occasion, entry.language
    remarks = [wording.TRANSLATED.in_language(language)] if quote.delivery is Delivery.TRANSLATED else []
    remarks += [entry.mark] if entry.mark else []
    own = [quote.note, stand_in_note(quote.text, NO_LATEX, language)]
    fields = {
        "author": _author(quote),
        "title": f"{{{escaped(occasion.title)}}}",
        "howpublished": escaped(occasion.company or ""),
        "date": escaped(occasion.date or ""),
        "year": escaped((occasion.date or "")[:4]),
        "pages": "" if occasion.page is None else str(occasion.page),
        "url": _address(entry.link),
        "urldate": quote.collected_at.date().isoformat(),
        "langid": _LANGUAGES.get(quote.language, ""),
        "note": escaped("; ".join(remarks)),
        "keywords": escaped(", ".join(quote.tags)),
        "abstract": escaped(quote.text),
        "annote": escaped("\n".join(text for text in own if text)),
        "citation": escaped(entry.citation),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if occasion.date:
        lines.insert(4, f"  month = {_MONTHS[int(occasion.date[5:7]) - 1]},")
    return "\n".join([f"@misc{{{_key(entry)},", *lines, "}", ""])


def _author(quote: Quote) -> str:
    """Return the speaker: a Latin name open for BibTeX to part, any other in braces as one."""
    name = " ".join(quote.voice.name.split())
    if quote.occasion.kind is Kind.DOCUMENT or not name:
        return ""
    latin = _TWO_NAMES.fullmatch(name) and "and" not in name.lower().split()
    return escaped(name) if latin else f"{{{escaped(name)}}}"


def _address(url: str) -> str:
    """Return an address that TeX reads as it is: what it would take for something else in percent encoding."""
    for char in "\\{}~'`^$":
        url = url.replace(char, f"%{ord(char):02X}")
    return re.sub("[%&#]", r"\\\g<0>", url.replace("--", "-%2D"))


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _key(entry: Entry) -> str:
    name = unicodedata.normalize("NFKD", entry.quote.voice.name).encode("ascii", "ignore").decode()
    words = re.findall("[a-z]+", name.lower())
    return f"{words[-1] if words else 'quote'}{(entry.quote.occasion.date or '')[:4]}-{entry.number}"
