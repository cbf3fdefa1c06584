"""Plain text and Markdown: bytes to lines."""

from __future__ import annotations

from dataclasses import replace

from indexer.errors import EmptySourceError
from indexer.model import Content, Line, Page
from indexer.sources.decode import decoded
from indexer.sources.line_ends import LINE_END
from indexer.sources.markdown_emphasis import without_emphasis, without_quote
from indexer.sources.markdown_own import is_own_markdown, read_own_markdown
from indexer.sources.markdown_tables import read_tables
from indexer.sources.subtitles import read_copied

_PAGE_BREAK = "\f"


def read_text(data: bytes, where: str) -> Content:
    """Return the content of a text file: one page without a number, or as many as its form feeds part.

    Only carriage return and line feed end a line, so that line numbers are those of any editor. A form feed
    opens a page and is dropped; within a line it stands for the line break that it causes.
    Markdown is read as the text that it is, unless this program wrote it: its signs stay but for those of quotes and of
    emphasis amid the words, and tables of turns are parted. `warnings` of
    the Content name the lines in which bytes were no text. Raises UndecodableTextError and EmptySourceError, which name
    `where`.
    """
    found = decoded(data, where)
    text = found.text
    if not text.strip():
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    if is_own_markdown(text):
        return read_own_markdown(text)
    if copied := read_copied(LINE_END.split(text)):
        return replace(copied, warnings=found.warnings)
    if _PAGE_BREAK not in text:
        is_markdown = where.lower().endswith((".md", ".markdown"))
        bare = map(without_emphasis, map(without_quote, LINE_END.split(text))) if is_markdown else LINE_END.split(text)
        lines = tuple(Line(number, line) for number, line in enumerate(bare, 1))
        return Content((Page(None, tuple(read_tables(lines))),), warnings=found.warnings)
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(LINE_END.split(text), 1):
        first, *others = line.split(_PAGE_BREAK)
        pages[-1].append(Line(number, first))
        pages.extend([Line(number, piece)] for piece in others)
    numbered = tuple(Page(number, tuple(lines)) for number, lines in enumerate(pages, 1))
    return Content(numbered, warnings=found.warnings)
