"""Signs within the text of Markdown that are none of the words: of emphasis, of quotes, and around times."""

from __future__ import annotations

import re

_SPAN = re.compile(r"(?<!\d)\*\*(?=\S)(?P<star>[^*]+?)(?<=\S)\*\*(?!\d)|(?<!\w)__(?=\S)(?P<line>[^_]+?)(?<=\S)__(?!\w)")
_HEAD = re.compile(r"\s*(?:(?:[-*+•>]|#{1,6}|\d{1,3}[.)、])\s+)*")
_ASKED = re.compile(r"(?:Q|A|问|問|答|问题|問題|提问|提問|Question|Answer)\s?\d{0,3}\s*[:：.]\s*\S", re.IGNORECASE)
_LABELS = re.compile(r"\s*(?:[:：]|$|--|[-–—|(（\[]|\d)")
_TIME = re.compile(r"`([\[(]?\d{1,3}:\d{2}(?::\d{2})?[\])]?)`")
_QUOTE = re.compile(r" {0,3}(?:> ?)+(?=\S)(?!\d)")


def without_quote(line: str) -> str:
    """Return the line of a quote without the sign before it; before a figure it may mean "more than"."""
    return line[found.end() :] if ">" in line[:4] and (found := _QUOTE.match(line)) else line


def without_emphasis(line: str) -> str:
    """Return the line without the signs around words in bold.

    A span at its beginning stays as it is where it may be a label: with a colon, a dash, a bracket, a time or nothing
    behind it. Who speaks is told by that. A question that is bold from its sign to its end is no label.
    """
    if "`" in line:
        line = _TIME.sub(r"\1", line)
    if "**" not in line and "__" not in line:
        return line
    head = _HEAD.match(line)
    start = head.end() if head else 0
    first = _SPAN.match(line, start)
    if first and _ASKED.match(first[0][2:]) and not line[first.end() :].strip():
        return line[:start] + first[0][2:-2]
    if first and (_LABELS.match(line, first.end()) or first[0][2:-2].rstrip().endswith((":", "："))):
        start = first.end()
    return line[:start] + _SPAN.sub(lambda span: span["star"] or span["line"], line[start:])
