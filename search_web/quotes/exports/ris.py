r"""A collection as RIS, a record a quote, with the quote as its abstract.

A RIS value is one line, and readers trim it. So the quote stands between quotation marks “ ”, and in it a backslash is
written \\, a line feed \n, a carriage return \r, and any other character that some reader takes for the end of a line
\uXXXX. `unescaped` reads that back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Delivery, Kind
from search_web.quotes.exports import wording

if TYPE_CHECKING:
    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection

_ESCAPED = re.compile("[\\\\\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
_SHORT = {"\\": r"\\", "\n": r"\n", "\r": r"\r"}
_LONG = {written: char for char, written in _SHORT.items()}


def to_ris(_: Collection, entries: tuple[Entry, ...], __: CitationStyle) -> bytes:
    """Return the quotes as RIS in UTF-8, with the line ends that its specification asks for."""
    return "".join(_record(entry) for entry in entries).encode()


def escaped(text: str) -> str:
    """Return the text as the value of a tag."""
    return "“" + _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}", text) + "”"


def unescaped(value: str) -> str:
    """Return the text that `escaped` made the value of."""
    return re.sub(r"\\(?:u([0-9a-f]{4})|.)", lambda m: chr(int(m[1], 16)) if m[1] else _LONG[m[0]], value[1:-1])


def _record(entry: Entry) -> str:
    quote, occasion, language = entry.quote, entry.quote.occasion, entry.language
    colon = wording.COLON.in_language(language)
    notes = [entry.citation, entry.mark]
    if quote.delivery is Delivery.TRANSLATED:
        notes.append(wording.TRANSLATED.in_language(language))
    if quote.note:
        notes.append(f"{wording.NOTE.in_language(language)}{colon}{quote.note}")
    date = occasion.date or ""
    tags = [
        ("TY", "RPRT" if occasion.kind is Kind.DOCUMENT else "GEN"),
        ("ID", f"quote-{entry.number}"),
        ("AU", "" if occasion.kind is Kind.DOCUMENT else quote.voice.name),
        ("TI", occasion.title),
        ("PB", occasion.company or ""),
        ("PY", date[:4]),
        ("DA", date.replace("-", "/")),
        ("SP", "" if occasion.page is None else str(occasion.page)),
        ("LA", quote.language),
        ("UR", entry.link.replace(";", "%3B")),
        ("Y2", quote.collected_at.date().isoformat().replace("-", "/")),
        ("AB", escaped(quote.text)),
        *(("KW", tag) for tag in quote.tags),
        *(("N1", note) for note in notes),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value.strip()]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - ", ""])


def _one_line(value: str) -> str:
    r"""Return the value with each run of white space that holds a line end as one space."""
    return re.sub("\\s*[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]\\s*", " ", value)
