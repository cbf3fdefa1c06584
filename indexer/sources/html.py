"""Saved web pages: bytes to lines, the content of the page apart from what stands around it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import EmptySourceError
from indexer.model import Content, Line, NonSpeechKind, Page
from indexer.sources.decode import decoded
from indexer.sources.html_content import content_blocks
from indexer.sources.html_extractor import main_text
from indexer.sources.html_tree import parse_page
from indexer.sources.tables import find_columns, goes_on, table_lines
from indexer.sources.tables_questions import question_lines
from indexer.text.language import dominant_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.sources.html_tree import Tree

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_HEAD_BYTES = 8192
_MOSTLY = 0.5
_TO_TELL_LANGUAGE = 20_000
_FLATTENED = "the page is nested too deep for its structure to be read; menus may stand in its text"
_LARGEST_RECORD = 1_000_000


def read_html(data: bytes, where: str, *, charset: str | None = None) -> Content:
    """Return the content of a saved web page.

    What the page is about comes as lines of text, with `continues` as its paragraphs say; all else that it shows
    (menus, advertisements, footers) comes as lines of the kind NAVIGATION, in the order of the page, so that
    nothing visible is lost. Lines are counted from 1 as they are set. Where a page breaks its lines by <br> or in
    <pre>, they tell no paragraphs, and `continues` is left open. `fields` has its title and language. `charset` is what
    a header says beside the page.

    Raises UndecodableTextError, and EmptySourceError when it shows no text.
    """
    declared = charset or _declared(data)
    text = decoded(data, where, declared=declared)
    tree = parse_page(text.text)
    if not any(block.text.strip() for block in tree.blocks):
        raise EmptySourceError(
            "the page shows no text", where=where, mend="Open it in a browser and save it again once it shows its text."
        )
    content = content_blocks(tree, "" if tree.flattened else main_text(text.text))
    lines = tuple(replace(line, number=number) for number, line in enumerate(_lines(tree, content), 1))
    warnings = (*text.warnings, *((_FLATTENED,) if tree.flattened else ()))
    return Content((Page(None, lines),), _fields(tree, lines), warnings=warnings)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD_BYTES])
    return match[1].decode("ascii") if match else None


def _lines(tree: Tree, content: frozenset[int]) -> Iterator[Line]:
    """Yield the lines of the page; an empty one stands where line breaks leave a gap."""
    blocks = tree.blocks
    inside = sum(len(blocks[at].text) for at in content)
    set_by_breaks = sum(len(blocks[at].text) for at in content if blocks[at].broken) > _MOSTLY * inside
    at = 0
    while at < len(blocks):
        if at not in content:
            yield Line(0, blocks[at].text, NonSpeechKind.NAVIGATION, continues=None if set_by_breaks else False)
            at += 1
            continue
        table = _table_end(tree, content, at)
        if table > at + 1:
            found = table_lines(_rows(tree, at, table))
            yield from (replace(line, continues=None) if set_by_breaks and not line.person else line for line in found)
            at = table
            continue
        block = blocks[at]
        if set_by_breaks and at and (block.gap or not block.broken):
            yield Line(0, "")
        broken = block.broken and not block.gap and at - 1 in content
        continues = None if set_by_breaks else broken and goes_on(blocks[at - 1].text, block.text)
        yield Line(0, block.text, continues=continues, bold=block.bold, heading=block.heading)
        at += 1


def _table_end(tree: Tree, content: frozenset[int], at: int) -> int:
    """Return the place behind the blocks from `at` on that stand in cells of one table, row by row."""
    cell = tree.blocks[at].cell
    if cell is None:
        return at
    end = at
    while end < len(tree.blocks) and end in content:
        other = tree.blocks[end].cell
        if other is None or tree.cells[other].table != tree.cells[cell].table:
            break
        end += 1
    rows = _rows(tree, at, end)
    columns = find_columns(rows) or question_lines(rows)
    is_data = all(len(text) == 1 for row in rows for text in row if text) and max(map(len, rows), default=0) > 1
    return end if columns or is_data else at


def _rows(tree: Tree, first: int, end: int) -> list[list[tuple[str, ...]]]:
    """Return the cells of the rows that these blocks stand in, empty cells among them."""
    texts: dict[int, list[str]] = {}
    for block in tree.blocks[first:end]:
        if block.cell is not None:
            texts.setdefault(block.cell, []).append(block.text)
    numbers = range(min(texts, default=0), max(texts, default=-1) + 1)
    row_numbers = {tree.cells[number].row for number in texts}
    rows: dict[int, list[tuple[str, ...]]] = {}
    for number in _cells_of(tree, row_numbers, numbers):
        rows.setdefault(tree.cells[number].row, []).append(tuple(texts.get(number, ())))
    return list(rows.values())


def _cells_of(tree: Tree, rows: set[int], near: range) -> Iterator[int]:
    """Yield the cells of these rows, those before and behind the ones with text too."""
    first, last = near.start, near.stop
    while first > 0 and tree.cells[first - 1].row in rows:
        first -= 1
    while last < len(tree.cells) and tree.cells[last].row in rows:
        last += 1
    yield from (number for number in range(first, last) if tree.cells[number].row in rows)


def _fields(tree: Tree, lines: Sequence[Line]) -> dict[str, str]:
    fields: dict[str, str] = {}
    headline = next(filter(None, map(_headline, tree.records)), None)
    if title := headline or next(iter(tree.titles), None):
        fields["title"] = title
    said = "\n".join(line.text for line in lines if line.kind is None)[:_TO_TELL_LANGUAGE]
    if tree.language and tree.language[:2].lower() == dominant_language(said):
        fields["language"] = tree.language  # Templates say "en" above Chinese text.
    return fields


def _headline(record: str) -> str | None:
    """Return the headline of an article that a JSON-LD record describes, or None."""
    if len(record) > _LARGEST_RECORD:
        return None
    try:
        waiting = [json.loads(record, strict=False)]
    except (ValueError, RecursionError):
        return None
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if isinstance(headline := value.get("headline"), str) and headline.strip():
                return " ".join(headline.split())
            waiting.append(value.get("@graph"))
    return None
