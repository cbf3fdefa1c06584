"""Characters that a format cannot hold: a visible sign stands in for each, and a note says which they were."""

from __future__ import annotations

import re

from search_web.quotes.exports import wording

NO_NUL = re.compile("\x00")
"""HTML and CommonMark know no U+0000."""

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML 1.0 document may hold (section 2.2)."""

NO_LATEX = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""Controls that LaTeX cannot read, and the carriage return, which readers of text files take for a line break."""

_CONTROL_PICTURES = 0x2400
_MAX_NAMED = 10


def with_stand_ins(text: str, cannot: re.Pattern[str]) -> str:
    """Return the text, of the same length, with ␀, ␁ … for controls and U+FFFD for the rest that it `cannot` hold."""
    return cannot.sub(_stand_in, text)


def stand_in_note(text: str, cannot: re.Pattern[str], language: str) -> str:
    """Return a sentence that names what `with_stand_ins` put something else for, "" where it changed nothing."""
    found = list(cannot.finditer(text))
    if not found:
        return ""
    at = wording.CHARACTER_AT.in_language(language)
    named = [at.format(name=f"U+{ord(match[0]):04X}", position=match.start() + 1) for match in found[:_MAX_NAMED]]
    if len(found) > _MAX_NAMED:
        named.append("…")
    separator = "；" if language == "zh" else "; "
    return wording.SUBSTITUTED.in_language(language).format(characters=separator.join(named))


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"  # noqa: PLR2004
