"""A file is read whole or not at all, and what cannot be read is named with its place."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from quote_samples import collection_of, plain_quote

from indexer.errors import CollectionFileError
from search_web.quotes import importing
from search_web.quotes.citation import citation_style
from search_web.quotes.exporting import ExportFormat, export
from search_web.quotes.importing import read_collection
from search_web.quotes.model import State, Verified

COLLECTION = collection_of(plain_quote(), plain_quote("We grew.", language="en", question=None))


def exported(fmt: ExportFormat) -> bytes:
    found = {quote.id: Verified(quote, State.GONE, None, None, "=gone") for quote in COLLECTION.quotes}
    return export(COLLECTION, found, fmt, citation=citation_style(), base_url="https://quotes.example")


def refused(data: bytes | str) -> str:
    with pytest.raises(CollectionFileError) as caught:
        read_collection(data.encode() if isinstance(data, str) else data, "my quotes")
    assert str(caught.value).startswith("my quotes: ")
    return str(caught.value)


def changed_json(path: str, value: object) -> str:
    """Return the export with one value replaced; ... takes the field away."""
    document = json.loads(exported(ExportFormat.JSON))
    *parents, name = path.split(".")
    inner = document
    for parent in parents:
        inner = inner[int(parent) if parent.isdigit() else parent]
    key = int(name) if name.isdigit() else name
    if value is ...:
        del inner[key]
    else:
        inner[key] = value
    return json.dumps(document)


def changed_csv(column: str, cell: str, row: int = 0) -> str:
    rows = list(csv.DictReader(io.StringIO(exported(ExportFormat.CSV).decode("utf-8-sig"), newline="")))
    rows[row][column] = cell
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("fmt", [ExportFormat.JSON, ExportFormat.CSV])
def test_findings_and_citations_are_left_aside(fmt: ExportFormat) -> None:
    assert read_collection(exported(fmt), "my quotes") == COLLECTION


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("version", 2, "version 2 of the format"),
        ("collection.name", ..., "collection: the field name is missing"),
        ("quotes", {}, "quotes: there is no list"),
        ("quotes.1", 7, "quotes, record 2: there is no object"),
        ("quotes.1.text", ..., "quotes, record 2: the field text is missing"),
        ("quotes.1.text", None, "quotes, record 2, field text: there is no value"),
        ("quotes.1.text", "We grew", "quotes, record 2: the text has 7 characters and its place 8"),
        ("quotes.0.text", "毛利率达到\ud800 45.3%", "field text: it holds half a character"),
        ("quotes.0.place.start", "4", "quotes, record 1, field place.start: '4' is no whole number"),
        ("quotes.0.place.start", -1, "field place.start: -1 is no whole number"),
        ("quotes.0.place", None, "field place: there is no object"),
        ("quotes.0.speaker.role", "boss", "field speaker.role: 'boss' is none of management, analyst, operator, other"),
        ("quotes.0.collected_at", "2024-05-02T09:30:15", "field collected_at: '2024-05-02T09:30:15' has no time zone"),
        ("quotes.0.occasion.date", "1.5.2024", "field occasion.date: '1.5.2024' is no day"),
        ("quotes.0.occasion.time.start", "soon", "field occasion.time.start: 'soon' is no number of seconds"),
        ("quotes.0.question.text", None, "field question.text: there is no value"),
        ("quotes.0.tags", "a", "field tags: 'a' is no list of texts"),
        ("quotes.0.nota", "x", "quotes, record 1: there is no field 'nota'"),
        ("quotes.0.language", ["zh"], "field language: ['zh'] is no text"),
        ("quotes.1.id", "q1", "quote 2 has the id of an earlier one, 'q1'"),
    ],
)
def test_bad_json_is_named_by_record_and_field(path: str, value: object, message: str) -> None:
    assert message in refused(changed_json(path, value))


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("text", "毛利率", "line 2: the text has 3 characters and its place 12"),
        ("start", "four", "line 2, column start: 'four' is no whole number"),
        ("role", "", "line 2, column role: '' is none of"),
        ("date", "2024/5/1", "line 2, column date: '2024/5/1' is no day such as 2026-01-31"),
        ("time_start", "1:15", "line 2, column time_start: '1:15' is no number of seconds"),
        ("asked_by_role", "", "line 2, column asked_by_role: '' is none of"),
        ("question", "", "line 2, column question: there is no value"),
        ("tags", "a\\", "line 2, column tags: the list ends in a backslash"),
        ("collection", "另一", "line 3: the row is of another collection than the first"),
        ("yuanhua_quotes", "9", "line 2, column yuanhua_quotes: version '9'"),
    ],
)
def test_bad_csv_is_named_by_line_and_column(column: str, cell: str, message: str) -> None:
    assert message in refused(changed_csv(column, cell))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = changed_csv("note", "one\ntwo\nthree").splitlines(keepends=True)
    assert "line 5: there are 1 cells" in refused("".join([*rows[:4], "alone\r\n", *rows[4:]]))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "the file is empty"),
        ("{", "line 1, column 2"),
        ('{"format": "other"}', '"format" is not "yuanhua-quotes"'),
        ('{"format": "x", "format": "y"}', "an object has the field 'format' twice"),
        ("[" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "byte 8 is no UTF-8"),
        (b"id,text\r\n\xff\r\n", "byte 10 is no UTF-8"),
        ("id,text\r\n1,2\r\n", "line 1: the file is no CSV of quotes"),
        ("yuanhua_quotes,mine\r\n", "line 1: there is no column 'mine'"),
        ("yuanhua_quotes,id,id\r\n", "line 1: the column id stands twice"),
        ("yuanhua_quotes,id\r\n", "line 1: the column text is missing"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes | str, message: str) -> None:
    assert message in refused(data)


def test_columns_may_stand_in_any_order() -> None:
    rows = list(csv.reader(io.StringIO(exported(ExportFormat.CSV).decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(row[::-1] for row in rows)
    assert read_collection(out.getvalue().encode(), "my quotes") == COLLECTION


@pytest.mark.parametrize("fmt", [ExportFormat.JSON, ExportFormat.CSV])
def test_there_are_limits(fmt: ExportFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_QUOTES", 1)
    assert "at most 1 " in refused(exported(fmt))
    monkeypatch.setattr(importing, "MAX_BYTES", 100)
    assert "at most 100 are read" in refused(exported(fmt))


@given(st.sampled_from([ExportFormat.JSON, ExportFormat.CSV]), st.data())
def test_a_file_cut_or_altered_anywhere_is_read_whole_or_refused(fmt: ExportFormat, data: st.DataObject) -> None:
    whole = exported(fmt)
    cut = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.binary(max_size=2))
    try:
        read = read_collection(whole[:cut] + byte + whole[cut + data.draw(st.integers(0, 40)) :], "my quotes")
    except CollectionFileError:
        return
    assert all(len(quote.text) == quote.place.end - quote.place.start for quote in read.quotes)
