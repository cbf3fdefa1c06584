"""What the text layer of a PDF calls a character, and what a writer would have typed.

A text layer names glyphs, and some of its names were typed by nobody: the ligature that the layout program put for
two letters, the radical block of Unicode that some programs write for a Han character of the same look, the code of a
bullet in a symbol font. These are folded or left out; everything else stays as the layer says it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

HYPHEN = "-"
SOFT_HYPHEN = "\u00ad"
_PDFIUM_HYPHEN = 0x02
"""PDFium gives this in the place of a hyphen at the end of a line."""

_PRESENTATIONAL = (
    (0xFB00, 0xFB06),  # Latin ligatures: ﬁ, ﬂ, ﬀ.
    (0x2F00, 0x2FDF),  # Kangxi radicals, each the twin of a Han character.
    (0xF900, 0xFAFF),  # Compatibility ideographs, canonically equal to Han characters.
)
_PRIVATE_USE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))
_LEFT_OUT = frozenset({"Cc", "Cf", "Cn", "Cs", "Co"})
_JOINERS = frozenset(f"{SOFT_HYPHEN}\u200c\u200d")  # The last two are part of the spelling in some scripts.
_LAST_CODE = 0x10FFFF
UNREADABLE = "\ufffd"
"""Stands for a character that is drawn and that the file does not name."""

# The radicals supplement has no decompositions in Unicode but for two; these are the ones that fonts map to.
_RADICALS = dict(
    zip(
        "⺅⺌⺗⺝⺠⺩⺬⺶⺼⻁⻄⻅⻆⻈⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⺟",
        "亻小心月民王示羊肉虎西见角讠贝车长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟母",
        strict=True,
    )
)


@lru_cache(maxsize=8192)
def readable(code: int) -> str:
    """Return the text of a character code of a text layer: "" when it draws nothing, or a symbol such as a bullet.

    Blanks of every kind are one blank. Ligatures (ﬁ), Kangxi radicals and compatibility ideographs are folded to what
    they stand for. Control characters, surrogates and non-characters are no text. A private-use code, which says
    nothing to a reader, is UNREADABLE, and so is a glyph without a code.
    """
    if code == _PDFIUM_HYPHEN:
        return HYPHEN
    character = chr(code) if 0 < code <= _LAST_CODE else ""
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    if code == 0 or character == UNREADABLE or _within(code, _PRIVATE_USE):
        return UNREADABLE if is_unreadable(code) else ""
    if not character or unicodedata.category(character) in _LEFT_OUT:
        return ""
    character = _RADICALS.get(character, character)
    return unicodedata.normalize("NFKC", character) if _within(code, _PRESENTATIONAL) else character


@lru_cache(maxsize=8192)
def is_unreadable(code: int) -> bool:
    """Whether a code stands for a drawn character of which the file does not say which one it is.

    Codes of symbol fonts (U+F020 to U+F0FF: bullets, arrows, boxes) are drawn and mean nothing to a reader.
    """
    if 0xF020 <= code <= 0xF0FF:  # noqa: PLR2004 - where symbol fonts are mapped to
        return False
    control = code < ord(" ") and code != _PDFIUM_HYPHEN and not chr(code).isspace()
    return control or code == ord(UNREADABLE) or _within(code, _PRIVATE_USE)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
