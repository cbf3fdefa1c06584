"""A collection as CommonMark 0.31: a heading, a block quote and a list of details for each quote.

The quote is escaped so that a reader of CommonMark gives it back to the code point. Line breaks are hard breaks; white
space that CommonMark would drop at the edges of a line, and carriage returns, are character references.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search_web.quotes.exports import wording
from search_web.quotes.exports.entry import details, document_language
from search_web.quotes.exports.stand_ins import NO_NUL, stand_in_note, with_stand_ins

if TYPE_CHECKING:
    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$#^={}]|-(?=-)|\.(?=\.)|:(?=[\w+-]*[A-Za-z][\w+-]*:)")
_AT_LINE_START = re.compile(r"^(?:[-+:]|[0-9]{1,9}(?=[.)]))")
_LINE_BREAK = "&#10;"
_GUARD = "<i></i>"


def to_markdown(collection: Collection, entries: tuple[Entry, ...], citation: CitationStyle) -> bytes:
    """Return the collection as Markdown in UTF-8."""
    blocks = [f"# {inline(collection.name)}"]
    if collection.description:
        blocks.append(_block(collection.description))
    for entry in entries:
        blocks += _entry(entry)
    if not entries:
        language = document_language(collection, citation)
        blocks.append(f"{wording.QUOTES.in_language(language)}{wording.COLON.in_language(language)}0")
    return ("\n\n".join(blocks) + "\n").encode()


def inline(text: str) -> str:
    """Return Markdown on one line that reads as the text, line breaks too."""
    return _LINE_BREAK.join(_line(line) for line in with_stand_ins(text, NO_NUL).split("\n"))


def _entry(entry: Entry) -> list[str]:
    quote, language = entry.quote, entry.language
    label = wording.LINK.in_language(language)
    link = f" [{label}](<{_address(entry.link)}>)" if entry.link else ""
    colon = wording.COLON.in_language(language)
    items = [f"- {inline(name)}{colon if text else ''}{inline(text)}" for name, text in details(entry)]
    if note := stand_in_note(quote.text, NO_NUL, language):
        items.append(f"- {inline(note)}")
    quoted = _block(quote.text, "> ")
    return [f"## {entry.number}", f"{quoted}\n>\n> — {inline(entry.citation)}{link}", "\n".join(items)]


def _block(text: str, prefix: str = "") -> str:
    """Return a paragraph that reads as the text, each line of it after the prefix."""
    lines = [_line(line) for line in with_stand_ins(text, NO_NUL).split("\n")]
    written = prefix + lines[0]
    for line in lines[1:]:
        written += f"\\\n{prefix}{line}" if line else _LINE_BREAK
    return written if text else prefix + _GUARD


def _line(line: str) -> str:
    """Return Markdown that reads as a line of text wherever it stands."""
    core = line.strip()
    before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :] if core else ""
    core = _AT_LINE_START.sub(_escaped_start, _MARKUP.sub(r"\\\g<0>", core))
    return _spaces(before) + core.replace("\r", "&#13;") + _spaces(after)


def _escaped_start(match: re.Match[str]) -> str:
    return match[0] + "\\" if match[0][0].isdigit() else "\\" + match[0]


def _spaces(spaces: str) -> str:
    """Return white space that CommonMark keeps: references to it, or between elements where HTML has none."""
    written = "".join(char if _has_no_reference(char) else f"&#{ord(char)};" for char in spaces)
    return _GUARD + written + _GUARD if any(map(_has_no_reference, spaces)) else written


def _has_no_reference(char: str) -> bool:
    """Tell whether HTML reads the reference to a control as another character, or not at all."""
    return char not in "\t\r\f" and (ord(char) < 0x20 or 0x7F <= ord(char) <= 0x9F)  # noqa: PLR2004 - C0 and C1.


def _address(url: str) -> str:
    return url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("&", "&amp;")
