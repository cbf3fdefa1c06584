"""How Chinese and Latin text stand on a line: width, sentence ends, and what a line break hid."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from indexer.text.language import HAN

_HAN_GAP = re.compile(f"(?<=[{HAN}])[ \\t\\u00a0\\u3000]+(?=[{HAN}])")
_SENTENCE_ENDS = frozenset("。！？!?；;…：:.")
_ABBREVIATED = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Jr|Sr|L\.P|S\.A|N\.V|B\.V|Bros|Cos)\.$")
_BEHIND_SENTENCES = "”’\"'」』）)]】*_"
_FEWEST_LETTERS = 8
_CLOSING = "，。！？；：、）】》」』”’,.!?;:)]}%‰"
_DASHES = "-\u2010\u2011\u2013\u2014"
_NO_BLANK_AFTER = "([{/‘“" + _DASHES  # Latin text takes no blank after these at a line break.
_LATIN_WORD = re.compile(r"[^\s\u2e80-\U0003ffff“”‘’—…]+")
_AMBIGUOUS_IN_CHINESE = "“”‘’—…·"
_WIDE = "WF"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_SURELY_WIDE = re.compile(
    "[\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]+"
)  # Nearly all that is; others are asked one by one.


@cache
def is_cjk(character: str) -> bool:
    """Whether text is set without blanks beside this character: Han, kana, full-width punctuation."""
    return _is_wide(character) or character in _AMBIGUOUS_IN_CHINESE


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Return the columns that `text` fills without the blanks at its ends: two for a wide character."""
    text = text.strip()
    if text.isascii():
        return len(text)
    beyond = "".join(_BEYOND_ASCII.findall(text))
    others = _SURELY_WIDE.sub("", beyond)
    return len(text) + len(beyond) - len(others) + sum(map(is_cjk, others))


def first_unit_width(text: str) -> int:
    """Return the columns of the least that a line break carries over: one Latin word, or one Han character.

    Closing punctuation stays with what it closes.
    """
    text = text.strip()
    word = _LATIN_WORD.match(text)
    end = word.end() if word else 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return width(text[:end])


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or clause of its own does, closing quotes and brackets aside."""
    return text.rstrip().rstrip(_BEHIND_SENTENCES)[-1:] in _SENTENCE_ENDS


def ends_in_firm(text: str) -> bool:
    """Whether the full stop at the end belongs to the name of a firm or a person: Inc., Corp., Jr."""
    return _ABBREVIATED.search(text) is not None


def joint(before: str, after: str) -> str:
    """Return what stood at the line break between two pieces of one paragraph: a blank or nothing.

    Between Latin words it was a blank; beside a Han character, a hyphen, a dash or an opening bracket nothing
    is put back. A hyphen at the end of a line stays, since it may belong to the word: no character is lost.
    """
    last, first = before.rstrip('”’"')[-1:], after.lstrip('“‘"')[:1]
    if not last or not first or _is_wide(last) or _is_wide(first):
        return ""
    if before[-1] in _DASHES and before[-2:-1] in {" ", before[-1]}:
        return " "
    return "" if before[-1] in _NO_BLANK_AFTER or after[0] in _CLOSING else " "


def unspaced(text: str) -> str:
    """Return a heading whose letters are set apart, "P R E S E N T A T I O N", without these blanks."""
    letters = text.split()
    return "".join(letters) if len(letters) >= _FEWEST_LETTERS and all(map(_is_letter, letters)) else text


def _is_letter(piece: str) -> bool:
    return len(piece) == 1 and (piece.isupper() or piece == "&")


def close_han_gaps(text: str) -> str:
    """Drop the blanks between Han characters, which text extraction puts there and no writer does."""
    return _HAN_GAP.sub("", text)
