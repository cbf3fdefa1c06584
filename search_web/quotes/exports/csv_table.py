"""A collection as CSV, a row a quote, whole and without loss, and back. docs/quotes.md has the columns.

Spreadsheets take a cell that begins with = + - @ for a formula. Such a cell is written with an apostrophe before it,
and so is one that begins with an apostrophe; whoever reads the file drops the first apostrophe of every cell that has
one. An empty cell is no value, and a lone apostrophe an empty text where both are possible.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from indexer.errors import CollectionFileError
from search_web.quotes.exports import schema
from search_web.quotes.exports.forms import Form, checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection, Quote

DERIVED = ("citation", "link", "verified", "verified_reason", "verified_text")
"""Columns that an export adds for its readers, and an import leaves aside: they are made anew."""

_FORMAT = "yuanhua_quotes"
_COLLECTION = tuple(field.column for field in schema.COLLECTION_FIELDS)
_QUOTE = tuple(field.column for field in schema.QUOTE_FIELDS)
COLUMNS = (*_QUOTE, *DERIVED, *_COLLECTION, _FORMAT)
_GUARD = "'"
_FLAGS = {True: "true", False: "false"}
_FORMULA = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")
_LONGEST_CELL = 2**31 - 1
_ITEM = re.compile(r"((?:[^\\;]|\\.)*)(;[ ]?|\Z)", re.DOTALL)


def to_csv(collection: Collection, entries: tuple[Entry, ...], _: CitationStyle) -> bytes:
    """Return the collection as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel garbles Chinese.

    Each row has the fields of the collection too. A collection without quotes is a row with these alone.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    values = schema.collection_values(collection)
    own = [_cell(values[field.path], field) for field in schema.COLLECTION_FIELDS]
    for entry in entries:
        quoted = schema.quote_values(entry.quote)
        cells = [_cell(quoted[field.path], field) for field in schema.QUOTE_FIELDS]
        table.writerow([*cells, *_derived(entry), *own, str(schema.VERSION)])
    if not entries:
        table.writerow([*[""] * (len(_QUOTE) + len(DERIVED)), *own, str(schema.VERSION)])
    return out.getvalue().encode("utf-8-sig")


def from_csv(data: bytes, where: str, max_quotes: int) -> Collection:
    """Return the collection that `to_csv` wrote; its columns may stand in any order.

    Raises CollectionFileError, which names the line and the column that cannot be read.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(f"byte {error.start + 1} is no UTF-8", where, "Save it as “CSV UTF-8”.") from error
    rows = _rows(text, where)
    header = next(rows, (1, []))[1]
    _check_header(header, where)
    collection: dict[str, Any] | None = None
    quotes: list[Quote] = []
    for line, cells in rows:
        row = _row(header, cells, line, where)
        if row[_FORMAT] != str(schema.VERSION):
            what = f"line {line}, column {_FORMAT}: version {row[_FORMAT]!r} of the format"
            raise _error(what, where, f"This program reads version {schema.VERSION}.")
        own = _values(row, schema.COLLECTION_FIELDS, line, where)
        if collection is not None and own != collection:
            raise _error(f"line {line}: the row is of another collection than the first", where)
        collection = own
        if any(row[column] for column in _QUOTE):
            quotes.append(_quote(row, own["id"], line, where))
        if len(quotes) > max_quotes:
            raise _error(f"line {line}: at most {max_quotes} quotes are read at once", where)
    if collection is None:
        raise _error("there is no row under the names of the columns", where)
    return schema.collection_from(collection, tuple(quotes))


def guarded(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula."""
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made the cell of."""
    return cell.removeprefix(_GUARD)


def _derived(entry: Entry) -> list[str]:
    verified = entry.verified
    found = [verified.state, verified.reason, verified.text or ""] if verified else ["", "", ""]
    return [guarded(text) for text in (entry.citation, entry.link, *found)]


def _cell(value: object, field: schema.Field) -> str:
    if value is None:
        return ""
    if value == "" and (field.optional or field.group):
        return _GUARD
    if field.form is Form.LIST and isinstance(value, tuple):
        return guarded("; ".join(_item(item) for item in value))
    if isinstance(value, bool):
        return _FLAGS[value]
    return guarded(str(schema.plain(value)))


def _item(text: str) -> str:
    r"""Return an item of a list: backslashes before backslash and semicolon; \- is an empty one."""
    return text.replace("\\", "\\\\").replace(";", "\\;") or "\\-"


def _items(cell: str) -> list[str]:
    if not cell:
        return []
    items, at = [], 0
    while True:
        found = _ITEM.match(cell, at)
        if found is None:
            raise ValueError("the list ends in a backslash")
        items.append("" if found[1] == "\\-" else re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL))
        at = found.end()
        if not found[2]:
            return items


def _rows(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the line that it begins on."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _error(f"line {line}: {error}", where) from error


def _check_header(header: Sequence[str], where: str) -> None:
    if _FORMAT not in header:
        raise _error(f"line 1: the file is no CSV of quotes, it has no column {_FORMAT}", where)
    for column in header:
        if column not in COLUMNS:
            mend = f"Delete it; known are {', '.join(COLUMNS)}."
            raise _error(f"line 1: there is no column {column!r}", where, mend)
        if header.count(column) > 1:
            raise _error(f"line 1: the column {column} stands twice", where)
    for column in (*_QUOTE, *_COLLECTION):
        if column not in header:
            raise _error(f"line 1: the column {column} is missing", where)


def _row(header: Sequence[str], cells: Sequence[str], line: int, where: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise _error(f"line {line}: there are {len(cells)} cells under {len(header)} columns", where)
    return dict(zip(header, cells, strict=True))


def _quote(row: dict[str, str], collection_id: str, line: int, where: str) -> Quote:
    values = _values(row, schema.QUOTE_FIELDS, line, where)
    try:
        return schema.quote_from(values, collection_id)
    except ValueError as error:
        raise _error(f"line {line}: {error}", where) from error


def _values(row: dict[str, str], fields: tuple[schema.Field, ...], line: int, where: str) -> dict[str, Any]:
    absent = {
        group for group in schema.GROUPS if not any(row[field.column] for field in fields if field.group == group)
    }
    values: dict[str, Any] = {}
    for field in fields:
        if field.group in absent:
            values[field.path] = None
            continue
        try:
            values[field.path] = checked(field.form, _read(row[field.column], field), optional=field.optional)
        except ValueError as error:
            raise _error(f"line {line}, column {field.column}: {error}", where) from error
    return values


def _read(cell: str, field: schema.Field) -> object:
    """Return the value of JSON that a cell holds."""
    if not cell and (field.optional or (field.group and field.form is Form.TEXT)):
        return None
    text = unguarded(cell)
    match field.form:
        case Form.LIST:
            return _items(text)
        case Form.FLAG:
            return {word: flag for flag, word in _FLAGS.items()}.get(text, text)
        case Form.COUNT:
            return int(text) if re.fullmatch("[0-9]{1,19}", text) else text
        case Form.SECONDS:
            return float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", text) else text
    return text


def _error(what: str, where: str, mend: str = "") -> CollectionFileError:
    mended = mend or "docs/quotes.md has the format."
    return CollectionFileError(what, where=where, mend=f"Nothing was taken in. {mended}")
