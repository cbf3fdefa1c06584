"""The query language: from what was typed to a ParsedQuery.

Words side by side only rank. What is quoted, starred, tied by AND, OR or NEAR/n or given as a field binds, and NOT or
a minus leaves out. AND binds tighter than OR, and OR than standing side by side. Parentheses group; in a query
without operators they are punctuation. The parser is a recursive descent over the pieces of `query_lexer`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn, TypeVar

from indexer.errors import QuerySyntaxError
from indexer.text.language import HAN
from search_web.search.query_lexer import OPERATORS, Sort, pieces
from search_web.search.query_tree import (
    Both,
    Either,
    Fielded,
    Loose,
    Near,
    Node,
    Not,
    ParsedQuery,
    Prefix,
    Quoted,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from search_web.search.query_lexer import Piece

T = TypeVar("T")

_DEEPEST = 50
# What has none of the signs of the language, nor capitals, in which its operators are written.
_MERE_WORDS = re.compile(f"[{HAN}a-z0-9，。？！、；? ]*")
_ENDS_OPERAND = frozenset({Sort.CLOSE, Sort.AND, Sort.OR, Sort.NEAR})


def parse_query(text: str) -> ParsedQuery:
    """Return what a query says.

    Raises QuerySyntaxError, with the position and what was expected there.
    """
    if _MERE_WORDS.fullmatch(text):
        return plain_query(text)
    found = pieces(text)
    if not any(piece.sort in OPERATORS for piece in found):
        found = tuple(piece for piece in found if piece.sort is Sort.WORD)
    return _sorted_out(text, _Parser(text, found).whole())


def plain_query(text: str) -> ParsedQuery:
    """Return the query as mere words, whatever signs it has: for text that was written for people."""
    words = tuple(Word(match.group(), match.span()) for match in re.finditer(r"\S+", text))
    return ParsedQuery(text, optional=words)


class _Parser:
    """Reads pieces from left to right."""

    def __init__(self, text: str, found: Sequence[Piece]) -> None:
        self._text = text
        self._pieces = found
        self._at = 0
        self._depth = 0

    def whole(self) -> tuple[Node, ...]:
        """Read everything."""
        nodes = self._side_by_side()
        if self._at < len(self._pieces):
            self._refuse("nothing opens this parenthesis", "( before it, or nothing")
        return nodes

    @property
    def _next(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _takes(self, sort: Sort) -> Piece | None:
        piece = self._next
        if piece is None or piece.sort is not sort:
            return None
        self._at += 1
        return piece

    def _side_by_side(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while (piece := self._next) and piece.sort is not Sort.CLOSE:
            nodes.append(self._either())
        return tuple(nodes)

    def _either(self) -> Node:
        parts = [self._both()]
        while self._takes(Sort.OR):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts = [self._signed()]
        while self._takes(Sort.AND):
            parts.append(self._signed())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _signed(self) -> Node:
        sign = self._takes(Sort.NOT) or self._takes(Sort.MINUS)
        if not sign:
            return self._near()
        with_sign = self._deeper(self._signed)
        return Not(with_sign, (sign.span[0], self._pieces[self._at - 1].span[1]))

    def _near(self) -> Node:
        first = self._operand()
        sign = self._takes(Sort.NEAR)
        if not sign:
            return first
        second = self._operand()
        if not isinstance(first, Word | Quoted) or not isinstance(second, Word | Quoted):
            raise QuerySyntaxError(
                "NEAR ties two words or phrases", position=sign.span[0], expected="a word or a phrase on either side"
            )
        if (after := self._next) and after.sort is Sort.NEAR:
            self._refuse("NEAR ties two words, not more", "AND, or nothing")
        return Near(first, second, sign.distance, (first.span[0], second.span[1]))

    def _operand(self) -> Node:
        piece = self._next
        if piece is None or piece.sort in _ENDS_OPERAND:
            self._refuse("something is missing", "a word, a phrase, a field or (")
        if piece.sort is Sort.OPEN:
            return self._group()
        if piece.sort in {Sort.NOT, Sort.MINUS}:
            return self._deeper(self._signed)
        self._at += 1
        match piece.sort:
            case Sort.QUOTED:
                return Quoted(piece.text, piece.span)
            case Sort.PREFIX:
                return Prefix(piece.text, piece.span)
            case Sort.FIELD:
                return Fielded(piece.field, piece.text, piece.span)
            case _:
                return Word(piece.text, piece.span)

    def _group(self) -> Node:
        opened = self._pieces[self._at]
        self._at += 1
        nodes = self._deeper(self._side_by_side)
        if not self._takes(Sort.CLOSE):
            raise QuerySyntaxError("the parenthesis is never closed", position=opened.span[0], expected=") at its end")
        if not nodes:
            raise QuerySyntaxError("there is nothing in the parentheses", position=opened.span[0], expected="words")
        return nodes[0] if len(nodes) == 1 else Loose(nodes)

    def _deeper(self, read: Callable[[], T]) -> T:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("the query is nested too deeply", f"at most {_DEEPEST} levels")
        found = read()
        self._depth -= 1
        return found

    def _refuse(self, what: str, expected: str) -> NoReturn:
        piece = self._next
        position = piece.span[0] if piece else len(self._text.rstrip())
        raise QuerySyntaxError(f"{what} here" if piece else f"{what} at the end", position=position, expected=expected)


def _sorted_out(text: str, nodes: Iterable[Node]) -> ParsedQuery:
    """Part what binds from what only ranks."""
    required: list[Node] = []
    excluded: list[Node] = []
    optional: list[Word] = []
    waiting = list(nodes)
    while waiting:
        node = waiting.pop(0)
        match node:
            case Word():
                optional.append(node)
            case Not(part):
                excluded.append(part)
            case Loose(parts):
                waiting[:0] = parts
            case Both(parts):
                required += [part for part in parts if not isinstance(part, Not)]
                excluded += [part.part for part in parts if isinstance(part, Not)]
            case _:
                required.append(node)
    return ParsedQuery(text, tuple(required), tuple(excluded), tuple(optional))
