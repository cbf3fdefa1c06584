"""How much a text read in one encoding looks like text: what tells the right encoding from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from indexer.sources.common_han import COMMON_HAN

WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""The encodings that give an ASCII character more than one byte, so that a wrong one spoils these as well."""

_EVERYDAY = {"gb18030": ("gb2312", 0xD7), "big5hkscs": ("big5", 0xC6)}  # The last lead byte of the everyday plane.
_FIRST_EVERYDAY = 0xA4
_EVERYDAY_WEIGHT = 0.3
_JAPANESE = frozenset({"cp932", "euc_jp"})
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_FEWEST_KANA = 0.15  # Japanese is hardly ever written with less, Chinese has none.
_SIGN = re.compile("[\u2010-\u2027\u2030-\u203b\u3000-\u301f\uff01-\uff5e\uffe5\u00b7\u20ac]")
_LATIN = re.compile("[ -~\t\n\r\f\u00a0-\u017f\u2010-\u2027\u20ac\u2122]")
_WESTERN_RUN = re.compile("[^\x00-\x7f]+")
_TYPOGRAPHIC = re.compile("[\u00a0\u2010-\u203a\u20ac\u2122«»©®°·]+")
_TOGETHER_WEIGHT = 0.5
_LONGEST_RUN = 3  # "«É", "—“É": in Western text hardly more than that stands together.
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
_BREAKS = frozenset("\t\n\r\f\v\x1a\x1b\x85")
_MOST_BAD = 0.02


def plausibility(text: str, encoding: str) -> float:
    """Return how likely `text`, read in `encoding` with U+FFFD for what did not fit, is what was written: 0 to 1.

    It is the share of common characters among those that are not ASCII, of which Chinese has two thirds or more,
    Western text nearly all, and a text read in a wrong encoding hardly any.
    """
    counted = Counter(text)
    bad = sum(count for character, count in counted.items() if _is_bad(character))
    judged = {c: count for c, count in counted.items() if encoding in WIDE or not c.isascii()}
    total = sum(judged.values())
    if not total or bad > 1 + _MOST_BAD * total or bad == total:
        return 0.0
    if encoding == "cp1252":
        return _western(text) / total
    kana = sum(count for character, count in judged.items() if _KANA.match(character))
    if encoding in _JAPANESE and kana < _FEWEST_KANA * total:
        return 0.0
    score = sum(count * _weight(character, encoding) for character, count in judged.items())
    return min(1.0, (score + (kana if encoding in _JAPANESE else 0)) / total)


def _is_bad(character: str) -> bool:
    if character == "\ufffd":
        return True
    return character not in _BREAKS and unicodedata.category(character) in _NO_TEXT


def _western(text: str) -> float:
    """Return how many characters stand as accents and typographic signs do: few together, among ASCII.

    Two accented letters together are rarer than Chinese words of one or two characters in English text.
    """
    score = 0.0
    for run in _WESTERN_RUN.findall(text):
        if len(run) == 1 or _TYPOGRAPHIC.fullmatch(run):
            score += len(run)
        elif len(run) <= _LONGEST_RUN:
            score += len(run) * (1.0 if any(map(_TYPOGRAPHIC.match, run)) else _TOGETHER_WEIGHT)
    return score


@lru_cache(maxsize=65536)
def _weight(character: str, encoding: str) -> float:
    if character in COMMON_HAN or _SIGN.match(character) or (encoding in WIDE and _LATIN.match(character)):
        return 1.0
    codec, last = _EVERYDAY.get(encoding, ("gb2312", 0xD7))
    try:
        coded = character.encode(codec)
    except UnicodeEncodeError:
        return 0.0
    return _EVERYDAY_WEIGHT if _FIRST_EVERYDAY <= coded[0] <= last and character >= "\u4e00" else 0.0
