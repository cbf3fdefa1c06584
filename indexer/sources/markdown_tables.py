"""Tables of Markdown whose rows are turns of speech, or questions with their answers, to lines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Line, NonSpeechKind
from indexer.sources.tables import find_columns, table_lines
from indexer.sources.tables_questions import question_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")


def read_tables(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, those of tables that hold turns by what their rows say; the bars between cells are syntax.

    Any other table stays as it is.
    """
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        rows = [_cells(line.text) for line in lines[at:end] if not _RULE.fullmatch(line.text)]
        if end > at and _holds_turns(rows):
            yield from _numbered(lines[at:end])
        else:
            end = max(end, at + 1)
            yield from lines[at:end]
        at = end


def _holds_turns(rows: Sequence[Sequence[tuple[str, ...]]]) -> bool:
    """Whether the head of the table says that its rows are questions and answers, or somebody and then the words."""
    if question_lines(rows):
        return True
    columns = find_columns(rows)
    return columns is not None and columns.has_head and columns.speaker < columns.words


def _end(lines: Sequence[Line], at: int) -> int:
    """Return the place behind the table that begins with the head at `at`; `at` itself when there is none."""
    if at + 1 >= len(lines) or not _BAR.search(lines[at].text) or not _RULE.fullmatch(lines[at + 1].text):
        return at
    end = at + 2
    while end < len(lines) and _BAR.search(lines[end].text):
        end += 1
    return end


def _numbered(table: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of each row under its own number, and its bars."""
    head = table[0]
    for line in table:
        if line is head or _RULE.fullmatch(line.text):
            yield replace(line, kind=NonSpeechKind.HEADING if line is head else NonSpeechKind.SYNTAX)
            continue
        pair = [_cells(head.text), _cells(line.text)]
        found = question_lines(pair) or table_lines(pair)
        yield from _with_bars(line, found[1:])


def _with_bars(row: Line, pieces: Iterable[Line]) -> Iterator[Line]:
    """Yield the pieces of a row, which come in the order of its text, with what stands between them as syntax."""
    at, text = 0, row.text
    for piece in pieces:
        start = text.find(piece.text, at) if piece.text else at
        if piece.text and start > at and text[at:start].strip():
            yield Line(row.number, text[at:start].strip(), NonSpeechKind.SYNTAX)
        yield replace(piece, number=row.number, continues=None)
        at = start + len(piece.text)
    if text[at:].strip():
        yield Line(row.number, text[at:].strip(), NonSpeechKind.SYNTAX)


def _cells(text: str) -> list[tuple[str, ...]]:
    cells = [cell.strip() for cell in _BAR.split(text.strip().removeprefix("|").removesuffix("|"))]
    return [(cell,) if cell else () for cell in cells]
