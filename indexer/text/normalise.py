"""Fold width, case and script variant for the index, with a way back to the verbatim text.

Folding is Unicode NFKC and casefold (Unicode Standard Annex 15 and chapter 3.13), then traditional →
simplified Chinese. This module owns OpenCC.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import opencc


@dataclass(frozen=True, slots=True)
class Normalised:
    """Folded text and where it came from.

    `offsets` holds, for each character of `text`, the verbatim code points (start, end) of the cluster
    that it was folded from; it is None when every character came from the one at its own place.
    """

    text: str
    offsets: tuple[tuple[int, int], ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the verbatim code points (start, end) behind the folded characters [start:end]."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start][0], self.offsets[end - 1][1]


def fold(text: str) -> str:
    """Return the text with width, case and Chinese script variant folded, for comparing names and terms."""
    return letter_by_letter(text)[0]


def letter_by_letter(text: str) -> tuple[str, bool]:
    """Return the folded text, and whether no two letters or digits of it can have come of one character.

    The second may be False where that is so, in few texts.
    """
    if text.isascii():
        return text.lower(), True
    folded = _folded_one_to_one(text)
    if folded is not None:
        return _simplified(folded), True
    translated = text.translate(_SEVERAL)
    if _MANY not in translated:
        return _simplified(translated), True
    if any(map(_extends, set(text))):
        return _normalise_clusters(text).text, False
    return _simplified("".join(map(_fold_cluster, text))), False


def normalise(text: str) -> Normalised:
    """Fold the text and keep the offsets of the verbatim text.

    A character and the marks that combine with it are folded as one cluster: a span never divides them.
    """
    if text.isascii():
        return Normalised(text.lower())
    folded = _folded_one_to_one(text)
    return _normalise_clusters(text) if folded is None else Normalised(_simplified(folded))


def _normalise_clusters(text: str) -> Normalised:
    pieces = []
    offsets: list[tuple[int, int]] = []
    starts = [place for place, char in enumerate(text) if place == 0 or not _extends(char)]
    for start, end in pairwise([*starts, len(text)]):
        piece = _fold_cluster(text[start:end])
        pieces.append(piece)
        offsets.extend([(start, end)] * len(piece))
    return Normalised(_simplified("".join(pieces)), tuple(offsets))


@lru_cache(maxsize=1 << 16)
def _fold_cluster(cluster: str) -> str:
    """Fold one cluster until folding changes nothing more; casefold may undo what NFKC did."""
    kept = "".join(char for char in cluster if char not in _INVISIBLE)
    while (folded := unicodedata.normalize("NFKC", kept).casefold()) != kept:
        kept = folded
    return kept


# Hyphenation and joining hints that are drawn as nothing: soft hyphen, joiners, word joiner, byte-order mark
# and variation selectors. They fold away with the character before them.
_INVISIBLE = frozenset("\u00ad\u200c\u200d\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10))))


@cache
def _extends(char: str) -> bool:
    """Tell whether the character belongs to the cluster of the one before it."""
    if char in _INVISIBLE:
        return True
    first = unicodedata.normalize("NFKC", char)[0]
    # The second and third letters of a Hangul syllable compose although they are no marks.
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


# Stands for what cannot be folded by itself.
_MANY = "\0\0"


class _OneToOne(dict[int, str]):
    """Folds single characters, as a table for str.translate that fills itself.

    A character that is not folded to exactly one, or belongs to a cluster, becomes two, so that the
    translated text is as long as the text if and only if every character was folded to one on its own.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_cluster(char)
        self[code] = folded = _MANY if len(folded) != 1 or _extends(char) else folded
        return folded


class _OneToSeveral(dict[int, str]):
    """Folds single characters likewise, also to several where these are no letters or digits, as three dots are."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_cluster(char)
        several = len(folded) != 1 and any(map(str.isalnum, folded))
        self[code] = folded = _MANY if several or _extends(char) else folded
        return folded


_ONE_TO_ONE = _OneToOne()
_SEVERAL = _OneToSeveral()

# What most texts are made of alone: ASCII, Han characters and marks that fold to themselves, and marks that fold to one
# of ASCII. For these, methods of str do the same as the table in a tenth of the time.
_WIDE = (
    ("，", ","),
    ("：", ":"),
    ("；", ";"),
    ("？", "?"),
    ("！", "!"),
    ("（", "("),
    ("）", ")"),
    ("％", "%"),
    ("\xa0", " "),
)
_HAN = re.compile("[\u4e00-\u9fff]*")
_COMMON = re.compile(f"[\\0-\x7f\u4e00-\u9fff、。《》「」『』【】“”‘’–—·•€£¥{''.join(wide for wide, _ in _WIDE)}]*")


def _folded_one_to_one(text: str) -> str | None:
    """Return the text with each character folded on its own; None where one does not become exactly one."""
    if _HAN.fullmatch(text):
        return text
    if not _COMMON.fullmatch(text):
        translated = text.translate(_ONE_TO_ONE)
        return translated if len(translated) == len(text) else None
    folded = text.lower()
    for wide, narrow in _WIDE:
        folded = folded.replace(wide, narrow)
    return folded


# Whatever has two script variants stands from the radicals on; curly quotes alone need no converter.
_IDEOGRAPH = re.compile("[\u2e80-\U0010ffff]")

# Texts of at most so many characters, which are words and queries, come again and again.
_SHORT = 64


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    """Convert traditional to simplified Chinese, character for character.

    OpenCC looks at whole words, so that 乾 becomes 干 in 乾燥 and stays in 乾隆. Should a word ever change
    its length, or the text hold a lone surrogate that OpenCC does not take, each character is converted on
    its own.
    """
    if not _IDEOGRAPH.search(text):
        return text
    return _converted_once(text) if len(text) <= _SHORT else _converted(text)


def _converted(text: str) -> str:
    try:
        converted: str = _converter().convert(text)
    except UnicodeEncodeError:
        return "".join(map(_simplified_character, text))
    return converted if len(converted) == len(text) else "".join(map(_simplified_character, text))


_converted_once = lru_cache(maxsize=1 << 14)(_converted)


@cache
def _simplified_character(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return char
    converted: str = _converter().convert(char)
    return converted if len(converted) == 1 else char
