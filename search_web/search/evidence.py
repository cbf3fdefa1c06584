"""Whether what looks like a name in a query is meant as one: honorifics, capitals, and the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from indexer.text.stopwords import is_stopword
from search_web.search.intents import Intent

if TYPE_CHECKING:
    from collections.abc import Callable

_TITLE_BEFORE = re.compile(r"(?:\b(?:mr|mrs|ms|miss|dr|prof|sir|professor)\b\.?\s*)$", re.IGNORECASE)
HAN_TITLE = re.compile(
    r"(?:总(?![部体数量额共计结是的之裁监]|收入|成本|资产)|总裁|总监|董事长|先生|女士|小姐|博士|老师|教授)"
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_LATIN_WORD = re.compile(rf"[^\W\d_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_SYMBOL_BEFORE = re.compile(r"(?:[$＄(（]|\b(?:NYSE|NASDAQ|HKEX|HK|SEHK|LSE|SSE|SZSE)\s?[:：]\s?)$", re.IGNORECASE)
_SURE_SYMBOL = 3
_PAIR = 2
_NAME_BEHIND = re.compile(r" ([A-Z][a-z]{2,})\b(?!['’])")
_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]{2,}) $")


def has_title(query: str, start: int, end: int) -> bool:
    """Tell whether a name is written with an honorific: Mr. Zhang, 张总."""
    return bool(_TITLE_BEFORE.search(query[:start]) or HAN_TITLE.match(query, end))


def is_symbol(query: str, start: int, end: int, exactly: str, is_word: Callable[[str], bool]) -> bool:
    """Tell whether a ticker is meant: in its capitals, and where it is short or a word, marked as one ($T, NYSE:T)."""
    if query[start:end] != exactly:
        return False
    if _SYMBOL_BEFORE.search(query[:start]):
        return True
    letters = exactly.isalpha()
    return not letters or (len(exactly) >= _SURE_SYMBOL and not _shouted(query) and not is_word(exactly.lower()))


def is_meant(query: str, start: int, end: int, intent: Intent, is_word: Callable[[str], bool], *, whole: bool) -> bool:
    """Tell whether a single word is meant as a name.

    A capital is evidence unless everything has capitals. For a word of the dictionary (Rich, Apple, Will) it is none
    at the beginning of a query, and for a part of a name none at all: that takes an honorific, a possessive, or words
    that say what the person asked or said. `whole` tells that it is the whole name.
    """
    if has_title(query, start, end):
        return True
    text = query[start:end]
    if not _LATIN_WORD.match(text):
        return intent is not Intent.NAMED or not is_word(text)
    if not text[:1].isupper() or _shouted(query):
        return whole and not is_word(text.lower()) and not is_stopword(text.lower())
    if not is_word(text.lower()) or intent is not Intent.NAMED or _POSSESSIVE.match(query, end):
        return True
    return whole and _within_a_sentence(query, start, end)


def is_letter(query: str, start: int, end: int) -> bool:
    """Tell whether a name is a single letter or Han character without an honorific.

    Transcripts call people so whom they give no name: A and B, 问 and 答. A query that has it has a word with it.
    """
    return end - start == 1 and not has_title(query, start, end)


def cuts_a_word(query: str, start: int, end: int, is_word: Callable[[str], bool]) -> bool:
    """Tell whether a Han name begins or ends inside a word of two characters: 林是哪 in 雨林是哪种."""
    pairs = (query[start - 1 : start + 1] if start else "", query[end - 1 : end + 1])
    return any(len(pair) == _PAIR and not any(map(is_stopword, pair)) and is_word(fold(pair)) for pair in pairs)


def has_other_name(query: str, start: int, end: int, is_word: Callable[[str], bool]) -> bool:
    """Tell whether a first name or surname stands beside one that makes it the name of somebody else: Daniel Smith.

    Behind it a capital tells, unless there are more words and all have one; before it the word must be no other.
    """
    if (before := _NAME_BEFORE.search(query[:start])) and not is_word(before[1].lower()):
        return True
    behind = _NAME_BEHIND.match(query, end)
    if behind is None:
        return False
    rest = _LATIN_WORD.findall(f"{query[:start]} {query[behind.end() :]}")
    return not is_word(behind[1].lower()) or not rest or any(word.islower() for word in rest)


def _within_a_sentence(query: str, start: int, end: int) -> bool:
    """Tell whether a capital is no matter of where the word stands: after another word, where others have none."""
    if _HAN.search(query):
        return True
    others = [match.group() for match in _LATIN_WORD.finditer(query) if not start <= match.start() < end]
    return bool(_LATIN_WORD.search(query[:start])) and sum(word.islower() for word in others) * 2 > len(others)


def _shouted(query: str) -> bool:
    words = [word for word in _LATIN_WORD.findall(query) if word.isascii()]
    return len(words) > 1 and all(word.isupper() for word in words)
