"""The pieces of a query: words, quoted texts, operators, fields. Full-width signs count like their plain mates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.errors import QuerySyntaxError
from indexer.text.normalise import fold
from search_web.search.query_fields import FIELD_OF_NAME, checked_value, date_range, expected_values, is_backwards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.search.query_tree import Span

DEFAULT_DISTANCE = 10
MOST_DISTANCE = 50

_PLAIN = str.maketrans("（）：－＊／＂　", '():-*/" ')
_CLOSERS = {'"': '"', "“": "”“", "”": "”“", "„": "“”", "「": "」", "『": "』"}
_NEAR = re.compile(r"NEAR(?:/(?P<distance>.*))?")
_BETWEEN_WORDS = f" \t\r\n\u00a0\u2028\u2029(){''.join(_CLOSERS)}"
_WORD_END = re.compile(f"[{_BETWEEN_WORDS}]")
_VALUE_END = re.compile(f"[{_BETWEEN_WORDS}，、；;]")
_INCHES = re.compile(r"\d$")
_FEWEST_LETTERS = 2


class Sort(StrEnum):
    """What a piece of a query is."""

    WORD = "a word"
    QUOTED = "a phrase"
    PREFIX = "a word with a star"
    FIELD = "a field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"
    NEAR = "NEAR"


OPERATORS = frozenset({Sort.AND, Sort.OR, Sort.NOT, Sort.MINUS, Sort.NEAR, Sort.FIELD, Sort.PREFIX, Sort.QUOTED})


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query and where it stands. `field` names the field, `distance` belongs to NEAR."""

    sort: Sort
    text: str
    span: Span
    field: str = ""
    distance: int = 0


def pieces(query: str) -> tuple[Piece, ...]:
    """Cut a query into pieces.

    Raises QuerySyntaxError, with the position and what was expected there, for a quotation mark that nothing
    closes, a star that does not end a word, and a field with a value that it cannot have.
    """
    plain = query.translate(_PLAIN)
    return tuple(_pieces(query, plain))


def _pieces(query: str, plain: str) -> Iterator[Piece]:
    at = 0
    while at < len(plain):
        sign = plain[at]
        if sign.isspace():
            at += 1
            continue
        if sign in _CLOSERS:
            piece = _quoted(query, plain, at)
        elif sign in "()":
            piece = Piece(Sort.OPEN if sign == "(" else Sort.CLOSE, sign, (at, at + 1))
        elif sign == "-" and _excludes(plain, at):
            piece = Piece(Sort.MINUS, sign, (at, at + 1))
        else:
            piece = _field(query, plain, at) or _word(query, plain, at)
        at = piece.span[1]
        if piece.text:
            yield piece


def _excludes(plain: str, at: int) -> bool:
    """Whether a minus stands before a word to leave out: not inside a word, before a blank or a number."""
    opens = at == 0 or plain[at - 1].isspace() or plain[at - 1] == "("
    following = plain[at + 1 : at + 2]
    return opens and bool(following) and not following.isspace() and not following.isdigit() and following not in "-)"


def _quoted(query: str, plain: str, at: int) -> Piece:
    closers = _CLOSERS[plain[at]]
    end = next((place for place in range(at + 1, len(plain)) if plain[place] in closers), None)
    if end is None:
        if plain[at] == '"' and _INCHES.search(plain[:at]):  # 12" is a measure.
            return Piece(Sort.WORD, query[at], (at, at + 1))
        what = "the quotation mark is never closed"
        raise QuerySyntaxError(what, position=at, expected=f"{closers[0]} at the end of the phrase")
    text = query[at + 1 : end]
    if not any(map(str.isalnum, text)):
        raise QuerySyntaxError("there is nothing between the quotation marks", position=at, expected="words")
    return Piece(Sort.QUOTED, text, (at, end + 1))


def _field(query: str, plain: str, at: int) -> Piece | None:
    colon = plain.find(":", at, _end(plain, at, _WORD_END))
    name = fold(query[at:colon]) if colon > at else ""
    field = FIELD_OF_NAME.get(name)
    if field is None:
        return None
    start = colon + 1
    if plain[start : start + 1] in _CLOSERS and start < len(plain):
        quoted = _quoted(query, plain, start)
        value, end = quoted.text, quoted.span[1]
    else:
        end = _end(plain, start, _VALUE_END)
        value = query[start:end]
    checked = checked_value(field, value)
    if checked is None:
        what = f"{value!r} is not a value of {name}" if value.strip() else f"{name}: stands without a value"
        raise QuerySyntaxError(what, position=start, expected=expected_values(field))
    if field == "date" and (days := date_range(checked)) and is_backwards(days):
        raise QuerySyntaxError(
            "the range ends before it begins", position=start, expected="the earlier day before the later one"
        )
    return Piece(Sort.FIELD, checked, (at, end), field=field)


def _word(query: str, plain: str, at: int) -> Piece:
    end = _end(plain, at + 1, _WORD_END)
    text, span = query[at:end], (at, end)
    upper = unicodedata.normalize("NFKC", text)
    if upper in {"AND", "OR", "NOT"}:
        return Piece(Sort[upper], text, span)
    if near := _NEAR.fullmatch(upper):
        distance = _distance(near["distance"], at)
        return Piece(Sort.NEAR, text, span, distance=distance)
    star = plain.find("*", at, end)
    if star < 0 or not any(map(str.isalnum, text)):
        return Piece(Sort.WORD, text, span)
    if star < end - 1:
        raise QuerySyntaxError(
            "a star cannot stand inside a word or before it", position=star, expected="a star at the end of a word"
        )
    stem = query[at:star]
    if stem.isascii() and sum(map(str.isalnum, stem)) < _FEWEST_LETTERS:
        raise QuerySyntaxError("one letter and a star find too much", position=at, expected="two letters or more")
    return Piece(Sort.PREFIX, stem, span)


def _distance(text: str | None, at: int) -> int:
    """Return how far apart NEAR lets words stand, by what follows its stroke."""
    if text is None:
        return DEFAULT_DISTANCE
    if not re.fullmatch("[0-9]{1,9}", text):
        what = f"{text!r} is no distance" if text else "the distance is missing"
    elif not 0 < int(text) <= MOST_DISTANCE:
        what = f"{int(text)} is too far or too near"
    else:
        return int(text)
    raise QuerySyntaxError(what, position=at, expected=f"NEAR/1 to NEAR/{MOST_DISTANCE}")


def _end(plain: str, start: int, ends: re.Pattern[str]) -> int:
    found = ends.search(plain, start)
    return found.start() if found else len(plain)
