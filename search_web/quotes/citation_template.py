"""Templates with named fields that read well when fields are missing.

A template is cut into pieces at its separators (commas, semicolons, full stops and colons that follow a field). A piece
whose fields are all missing is dropped with the separator before it, so in "{speaker}, {date}, p. {page}" the "p." goes
with the page. Brackets around fields, （） and 《》 too, are pieces of their own, and go when nothing is left in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from indexer.errors import CitationTemplateError
from search_web.quotes.citation_fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEMPLATE_LENGTH = 1000
_CLOSING = dict(zip("([（［【〔《「“", ")]）］】〕》」”", strict=True))
_SEPARATOR = re.compile(r"\s*[,;，；、。·|—–]+\s*")
_SEPARATOR_AFTER_FIELD = re.compile(r"\s*[.:](?=\s|$)\s*|\s*：\s*|\s+[-/](?=\s)\s*")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Group:
    opening: str
    pieces: tuple[_Piece, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class _Piece:
    separator: str
    parts: tuple[str | _Field | _Group, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read; `text` is how it was written."""

    text: str
    pieces: tuple[_Piece, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that it asks for."""
        return frozenset(_names(self.pieces))

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text with the values of its fields, of which "" is missing."""
        return _filled(self.pieces, values) or ""


def parse_template(text: str) -> Template:
    """Return the template that a text writes.

    Raises CitationTemplateError when it names no field or one that is not in FIELDS, or when its braces do not pair.
    """
    if len(text) > MAX_TEMPLATE_LENGTH:
        raise CitationTemplateError(
            f"The template has {len(text)} characters",
            where="citation",
            mend=f"At most {MAX_TEMPLATE_LENGTH} are read.",
        )
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise CitationTemplateError(
            f"The braces of the template do not pair ({error})",
            where="citation",
            mend="Write a field as {speaker}, and a brace itself as {{ or }}.",
        ) from error
    tokens: list[str | _Field] = []
    for literal, name, form, conversion in parsed:
        tokens += literal
        if name is None:
            continue
        if name not in FIELDS or form or conversion:
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            raise CitationTemplateError(
                f"A citation has no field {{{written}}}",
                where="citation",
                mend="Known are " + ", ".join(f"{{{known}}}" for known in FIELDS) + ".",
            )
        tokens.append(_Field(name))
    if not any(isinstance(token, _Field) for token in tokens):
        raise CitationTemplateError(
            "The template names no field", where="citation", mend="For example: {speaker}, {occasion}, {date}"
        )
    pieces, _ = _pieces(tokens, 0, None)
    return Template(text, tuple(pieces))


def _pieces(tokens: list[str | _Field], at: int, closing: str | None) -> tuple[list[_Piece], int]:
    """Return the pieces from `at` to the bracket that closes, and where it stands."""
    pieces: list[_Piece] = []
    separator, parts = "", list[str | _Field | _Group]()
    while at < len(tokens) and tokens[at] != closing:
        token = tokens[at]
        if isinstance(token, _Field):
            parts.append(token)
            at += 1
            continue
        if token in _CLOSING and (end := _closed_at(tokens, at)) is not None:
            inner, _ = _pieces(tokens[:end], at + 1, None)
            parts.append(_Group(token, tuple(inner), _CLOSING[token]))
            at = end + 1
            continue
        if parts and (found := _separator(tokens, at, after_literal=isinstance(parts[-1], str))):
            pieces.append(_Piece(separator, tuple(parts)))
            separator, parts = found, []
            at += len(found)
            continue
        if parts and isinstance(parts[-1], str):
            parts[-1] += token
        else:
            parts.append(token)
        at += 1
    pieces.append(_Piece(separator, tuple(parts)))
    return pieces, at


def _closed_at(tokens: list[str | _Field], at: int) -> int | None:
    """Return where the bracket that opens at `at` is closed, None where it is not."""
    opening, depth = tokens[at], 0
    for place in range(at, len(tokens)):
        if tokens[place] == opening:
            depth += 1
        elif tokens[place] == _CLOSING[str(opening)]:
            depth -= 1
            if not depth:
                return place
    return None


def _separator(tokens: list[str | _Field], at: int, *, after_literal: bool) -> str:
    """Return the separator that begins at `at`, or ""."""
    end = at
    while end < len(tokens) and isinstance(tokens[end], str):
        end += 1
    literal = "".join(str(token) for token in tokens[at:end])
    found = _SEPARATOR.match(literal)
    if not found and not after_literal:
        found = _SEPARATOR_AFTER_FIELD.match(literal)
    return found[0] if found else ""


def _names(pieces: tuple[_Piece, ...]) -> list[str]:
    names = []
    for piece in pieces:
        for part in piece.parts:
            if isinstance(part, _Field):
                names.append(part.name)
            elif isinstance(part, _Group):
                names += _names(part.pieces)
    return names


def _filled(pieces: tuple[_Piece, ...], values: Mapping[str, str]) -> str | None:
    """Return the text of pieces, None when they have fields and all of these are missing."""
    names = _names(pieces)
    if names and not any(values[name] for name in names):
        return None
    text = ""
    for piece in pieces:
        own = _names((piece,))
        if own and not any(values[name] for name in own):
            continue
        separator = piece.separator if text else ""
        if separator.startswith(".") and text.endswith("."):
            separator = separator[1:]
        text += separator + _filled_piece(piece, values)
    return text.rstrip() if not pieces[-1].parts else text


def _filled_piece(piece: _Piece, values: Mapping[str, str]) -> str:
    text, gap = "", False
    for part in piece.parts:
        if isinstance(part, str):
            text += part.lstrip() if gap and (not text or text[-1].isspace()) else part
            gap = False
            continue
        if isinstance(part, _Field):
            value = values[part.name]
        else:
            inner = _filled(part.pieces, values)
            value = "" if inner is None else part.opening + inner + part.closing
        text += value
        gap = not value
    return text.rstrip() if gap else text
