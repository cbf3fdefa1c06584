"""Divide Chinese, English and mixed text into sentences."""

from __future__ import annotations

import re

from indexer.text.language import HAN

_CLOSERS = "”’」』）】》〉\"')\\]"
# Where a sentence may end: Chinese marks, which need no blank after them; runs of ! ? and …; an English full
# stop, which needs a blank, a Han character or the end after it, or at least a word that may begin a sentence where a
# careless copy has lost the blank; and a blank line.
_BREAK = re.compile(
    rf"(?P<sure>[。！？；｡]+[。！？；｡!?…]*[{_CLOSERS}]*)"
    rf"|(?P<loose>[!?…]+[。！？；｡!?…]*[{_CLOSERS}]*)"
    rf"|(?P<stop>\.+[{_CLOSERS}]*)(?=\s|$|[{HAN}])"
    r"|(?P<tight>(?<=[a-z0-9%)])\.(?=[A-Z][a-z]*(?:['’][a-z]+)?[\s,]))"
    r"|(?P<blank_line>\n[^\S\n]*\n)"
)
_LAST_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*$")
_SMALL_WORD = re.compile(r"(?<![^\s(\"'“‘])[a-z]{3,}[)%]?$")
_NEXT_WORD = re.compile(r"[\s\"'“‘(\[]*([^\W_][\w'’]*)?")
_WINDOW = 40  # Characters before a full stop that are looked at; no abbreviation is longer.


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence: a name, a figure or an example follows.
_OPENING = _words(
    """mr mrs ms messrs dr prof rev hon gen sen rep gov capt st mt ft
    e.g i.e eg ie cf vs viz approx ca incl excl"""
)
# The end of a sentence unless a figure follows, as in No. 5.
_BEFORE_FIGURES = _words(
    """no nos fig figs vol pp sec ch art para
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# The end of a sentence only if a word follows that commonly begins one.
_CLOSING = _words(
    """inc ltd co corp plc llc lp bros jr sr esq dept est al etc
    u.s u.k u.s.a u.n e.u d.c a.m p.m ph.d q1 q2 q3 q4 h1 h2"""
)
_BEGINNERS = _words(
    """the a an this that these those it its it's that's there he she we you they i i'm i'll i'd i've
    we're we've we'll our my your their his her and but so or in on at for from with to as of by if when
    while although since because after before during what how why where who which can could would should
    will do does did is are was were has have had let let's thank thanks please now then also however
    moreover finally first second third next again well okay yes no operator question good hi hello looking
    going turning regarding overall"""
)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) code points of each sentence, in order.

    The spans hold every non-blank character once; neither begins nor ends with a blank. Closing quotes and
    brackets stay with the sentence that they close. Abbreviations, initials, decimals and numbered points
    do not end a sentence.
    """
    spans = []
    start = 0
    for match in _BREAK.finditer(text):
        if _ends_sentence(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return tuple(trimmed for span in spans if (trimmed := _trimmed(text, *span)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without the blanks at its ends, None when there is nothing else."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    first = start + piece.index(stripped)
    return first, first + len(stripped)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match["sure"] or match["blank_line"]:
        return True
    following = _NEXT_WORD.match(text, match.end())
    next_word = (following[1] or "") if following else ""
    if next_word.isascii() and next_word[:1].islower():
        return False
    if match["tight"]:
        before = text[max(start, match.start() - _WINDOW) : match.start()]
        return next_word.lower().replace("’", "'") in _BEGINNERS or bool(_SMALL_WORD.search(before))
    if match["loose"] or match["stop"] != "." or not next_word:
        return True
    last = _LAST_WORD.search(text, max(start, match.start() - _WINDOW), match.start())
    if last is None:
        return True
    alone = not text[start : last.start()].strip()
    return not (alone and last[0].isdecimal()) and _ends_at_stop(last[0], next_word)


def _ends_at_stop(word: str, next_word: str) -> bool:
    """Tell whether a full stop between the two words ends a sentence."""
    lower = word.lower()
    if lower in _OPENING:
        return False
    if lower in _BEFORE_FIGURES:
        return not next_word[0].isdecimal()
    if lower in _CLOSING or _is_initial(word):
        return next_word.lower().replace("’", "'") in _BEGINNERS
    return True


def _is_initial(word: str) -> bool:
    """Tell whether the word is one capital letter, or capitals with stops between them as in J.P."""
    return all(len(part) == 1 and part.isupper() and part.isascii() for part in word.split("."))
