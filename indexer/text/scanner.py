"""Find the words, figures and runs of Han characters in folded text.

Latin words and figures are taken whole first, so that a Chinese segmenter only ever sees Han characters
and can cut nothing inside EBITA, 88VIP, To-B or 1+6+N.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from indexer.text.language import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(StrEnum):
    """What a piece of text is."""

    FIGURE = "figure"
    WORD = "word"
    HAN = "han"


class Piece(NamedTuple):
    """One figure, word or run of Han characters: text[start:end].

    A figure that a unit such as 亿元 follows has in `unit_end` where the unit ends; else that equals
    `end`. The unit is also part of the run of Han characters after the figure.
    """

    kind: Kind
    start: int
    end: int
    unit_end: int


_LETTER = rf"[^\W\d_{HAN}]"
_LETTER_OR_DIGIT = rf"[^\W_{HAN}]"
_NUMBER = r"(?>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
_PERCENT = r"\s?(?:%|‰|per\s?cent\b)"
_MINUS = "-\u2010\u2011\u2012\u2013\u2212"
_UNIT = "(?:[十百千万]?亿|万亿|[十百千]?万|千)(?:人民币|[美港欧日]?元|英镑)?"

# A number, its sign and its percent sign; not the beginning of a word such as 88VIP, 20-F, 1+6+N or 3.5x.
_FIGURE = (
    rf"(?:(?<![0-9a-z%.)])[{_MINUS}])?{_NUMBER}"
    rf"(?:{_PERCENT}|(?!{_LETTER_OR_DIGIT}|[+&]{_LETTER_OR_DIGIT}|[-\u2010]{_LETTER}|[.,][0-9]))"
    rf"(?=\s?(?P<unit>{_UNIT})|)"
)
# Letters and digits; apostrophes, stops and decimal points only inside.
# Most letters are of the first kind, which is looked up at once.
_LETTERS_OR_DIGITS = rf"[a-z0-9]++|{_LETTER_OR_DIGIT}"
_ATOM = rf"(?:{_NUMBER}|{_LETTER_OR_DIGIT})(?:{_LETTERS_OR_DIGITS}|\.(?<=[0-9]\.)(?=[0-9])|['’](?={_LETTER}))*"
_WORD = rf"{_ATOM}(?:(?:[-\u2010&+]|\.(?<={_LETTER}\.)(?={_LETTER})){_ATOM})*"

_KINDS: Mapping[str | None, Kind] = {kind.value: kind for kind in Kind}
_PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<figure>{_FIGURE})|(?P<word>{_WORD})")
_ATOMS = re.compile(_ATOM)
_SIGNED_FIGURE = re.compile(rf"([{_MINUS}]?)({_NUMBER})({_PERCENT})?")
_SUFFIX = re.compile("'(?:s|re|ve|ll|d|m)$")


def scan(text: str) -> Iterator[Piece]:
    """Yield the pieces of folded text from left to right; nothing between them carries meaning."""
    for match in _PIECE.finditer(text):
        start, end = match.span()
        unit_end = max(end, match.end("unit")) if match.lastgroup == "figure" else end
        yield Piece(_KINDS[match.lastgroup], start, end, unit_end)


def words_and_figures(text: str) -> Iterator[tuple[str, int, Piece | None]]:
    """Yield the words and figures of folded text with their places, without its runs of Han characters.

    A figure comes with what `scan` makes of it, a word, of which a text has many, without.
    """
    for match in _PIECE.finditer(text):
        if match.lastgroup == "word":
            yield match[0], match.start(), None
        elif match.lastgroup == "figure":
            start, end = match.span()
            yield match[0], start, Piece(Kind.FIGURE, start, end, max(end, match.end("unit")))


def runs(text: str) -> list[tuple[str, str, str, str]]:
    """Return the pieces of folded text as `scan` does, without their places.

    Each has its text as a run of Han characters, as a figure with its unit behind it, or as a word: the others are "".
    """
    return _PIECE.findall(text)


def atoms(word: str) -> list[tuple[int, int]]:
    """Return where the parts of a word stand that hyphens, &, + and stops join."""
    return [match.span() for match in _ATOMS.finditer(word)]


def plain_atom(atom: str) -> str:
    """Return the atom without thousands separators, possessive or contracted ending."""
    return _SUFFIX.sub("", atom.replace("’", "'")).replace(",", "")


def split_figure(figure: str) -> tuple[str, str, str]:
    """Return the sign ("-" or ""), the number without thousands separators, and "%", "‰" or ""."""
    match = _SIGNED_FIGURE.fullmatch(figure)
    if match is None:
        raise ValueError(figure)
    sign, number, percent = match.groups(default="")
    return "-" if sign else "", number.replace(",", ""), "‰" if "‰" in percent else "%" if percent else ""
