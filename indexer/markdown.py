"""Markdown that shows a text exactly as it is: escaping, and the way back (CommonMark 0.31, section 2.4 and 6.7).

What GitHub and others add to CommonMark is escaped too: tables, strikethrough, formulas and emoji codes.
"""

from __future__ import annotations

import html
import re

_ANYWHERE = re.compile(r"[\\`*_\[\]<>~|$]|&(?=#?\w+;)|:(?=[\w+-]+:)")
_AT_START = re.compile(r"[#+=>-]|(?<=[0-9])[.)]")
_NUMBERED = re.compile(r"[0-9]{1,9}(?=[.)])")
_BLANKS_AROUND = re.compile(r"\A\s+|\s+\Z")
_WRITTEN = re.compile(r"\\([!-/:-@\[-`{-~])|(&#?\w+;)")
HARD_BREAK = "\\\n"


def escaped(text: str) -> str:
    """Return Markdown, a paragraph without blank lines, that is shown as `text` and as nothing else.

    A line break becomes a hard one. Blanks that begin or end a line, which Markdown drops, become references.
    """
    lines = text.rstrip("\n")
    return HARD_BREAK.join(map(_escaped_line, lines.split("\n"))) + "&#10;" * (len(text) - len(lines))


def unescaped(markdown: str) -> str:
    """Return the text that `escaped` was given."""
    return _WRITTEN.sub(lambda found: found[1] or html.unescape(found[2]), markdown.replace(HARD_BREAK, "\n"))


def _escaped_line(line: str) -> str:
    escaped_signs = _ANYWHERE.sub(r"\\\g<0>", line)
    number = _NUMBERED.match(escaped_signs)
    place = number.end() if number else 0
    if _AT_START.match(escaped_signs, place):
        escaped_signs = f"{escaped_signs[:place]}\\{escaped_signs[place:]}"
    return _BLANKS_AROUND.sub(_references, escaped_signs)


def _references(blanks: re.Match[str]) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks[0])
