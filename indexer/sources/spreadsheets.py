"""Tables (xlsx, csv, tsv): rows under a header that names a column of speakers and one of texts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from indexer.errors import EmptySourceError, MalformedRecordsError
from indexer.model import Content, Line, NonSpeechKind, Page
from indexer.sources import records_keys as keys
from indexer.sources.decode import decode
from indexer.sources.records_fields import common_fields, fields_of
from indexer.sources.records_find import Found, count_transcripts, speaker_key
from indexer.sources.records_lines import content_of
from indexer.sources.records_utterances import utterances_of
from indexer.sources.spreadsheets_xlsx import read_sheets
from indexer.sources.tables_questions import question_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEADER_ROWS = 10
_DELIMITERS = {"csv": ",;\t|", "tsv": "\t,;|"}
_STARTS = frozenset({"start", "starttime", "startms", "begin", "开始时间"})
_LONGEST_CELL = 4_000_000
_MOST_NAMED = 12

Row = tuple[int, "Sequence[Any]"]
"""The number of a row in its file or sheet, from 1, and its cells."""


def read_csv(data: bytes, where: str) -> Content:
    """Return the content of a table with commas, or semicolons, tabs or bars: see `_read`."""
    return _read_delimited(data, where, _DELIMITERS["csv"])


def read_tsv(data: bytes, where: str) -> Content:
    """Return the content of a table with tabs: see `_read`."""
    return _read_delimited(data, where, _DELIMITERS["tsv"])


def read_xlsx(data: bytes, where: str) -> Content:
    """Return the content of the first sheet of a workbook that has the columns: see `_read`.

    Formulas are not evaluated: the values that the workbook keeps for them are read. Raises also
    DamagedSourceError, ProtectedSourceError and OversizedSourceError.
    """
    sheets = read_sheets(data, where)
    readable = [name for name, rows in sheets.items() if _header(rows) is not None]
    rows = sheets[readable[0]] if readable else [row for rows in sheets.values() for row in rows[:_HEADER_ROWS]]
    others = ", ".join(readable[1:])
    warnings = (f"only the sheet {readable[0]} was read, and not {others}",) if others else ()
    return _read(rows, where, warnings)


def _read_delimited(data: bytes, where: str, delimiters: str) -> Content:
    """Read the table with the first delimiter under which it has a header."""
    text = decode(data, where)
    if not text.strip():
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    for delimiter in delimiters:
        rows = _parted(text, delimiter)
        if _header(rows) is not None or _asked(rows):
            return _read(rows, where)
    return _read(_parted(text, delimiters[0]), where)


def _parted(text: str, delimiter: str) -> list[Row]:
    """Return the rows of a delimited text. Where quotes do not come in pairs they are taken for signs like others."""
    csv.field_size_limit(_LONGEST_CELL)
    for quoted in (True, False):
        rows: list[Row] = []
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=quoted)
        try:
            first = 1
            for cells in reader:
                rows.append((first, cells))
                first = reader.line_num + 1
        except csv.Error:
            continue
        return rows
    return []


def _header(rows: Iterable[Row]) -> int | None:
    """Return the index of the first row that names a column of speakers, or of starts and ends, and one of texts."""
    return next((index for index, (_, cells) in enumerate(islice(rows, _HEADER_ROWS)) if _names_columns(cells)), None)


def _names_columns(cells: Sequence[Any]) -> bool:
    record = dict.fromkeys(_columns(cells), "")
    speaker = speaker_key(record)
    has_text = any(key in record for key in keys.TEXT if key != speaker)
    timed = bool(_STARTS & record.keys()) and keys.key_of(record, keys.END) is not None
    return has_text and (speaker is not None or timed)


def _columns(cells: Sequence[Any]) -> list[str]:
    return [keys.plain(cell) if isinstance(cell, str) else "" for cell in cells]


def _read(rows: Sequence[Row], where: str, warnings: tuple[str, ...] = ()) -> Content:
    """Return the content of rows: what stands above the header is front matter, every row below it an utterance.

    Raises EmptySourceError, and MalformedRecordsError naming the columns that were found.
    """
    filled = [(number, cells) for number, cells in rows if any(_shown(cell) for cell in cells)]
    if not filled:
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    at = _header(filled)
    if at is None and (asked := _asked(filled)):
        return Content((Page(None, asked),), warnings=warnings)
    if at is None:
        named = [_shown(cell) for cell in filled[0][1] if _shown(cell)]
        shown = ", ".join(name[:40] for name in named[:_MOST_NAMED])
        raise MalformedRecordsError(
            "no row among the first ten names a column for the speaker (speaker, name, 发言人, 姓名, …) and one for "
            f"the text (text, content, 内容, …); the first row is {shown}",
            where=where,
            mend="Name the two columns in the first row.",
        )
    columns = _columns(filled[at][1])
    numbered = [(number, _record(columns, cells)) for number, cells in filled[at + 1 :]]
    found = [Found((), record) for _, record in numbered]
    utterances = utterances_of(found, {}, [number for number, _ in numbered])
    if not utterances:
        raise EmptySourceError("no row below the header has a text", where=where, mend="Leave it out.")
    if (calls := count_transcripts([], found)) > 1:
        raise MalformedRecordsError(
            f"it holds {calls} transcripts, and a file here is one",
            where=where,
            mend="Split it into a file for each of them.",
        )
    records = [record for _, record in numbered]
    fields = common_fields(records, several_speakers=len({each.speaker for each in utterances}) > 1)
    above = [
        Line(number, "\t".join(filter(None, map(_shown, cells))), NonSpeechKind.FRONT_MATTER)
        for number, cells in filled[: at + 1]
    ]
    return content_of(utterances, {**fields, **_told(filled[:at])}, (), warnings, above)


def _asked(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Return the lines of a table with a column of questions and one of answers; none of any other."""
    cells = [tuple((text,) if (text := _shown(cell)) else () for cell in row) for _, row in rows]
    found = (question_lines(cells[at:]) for at in range(min(_HEADER_ROWS, len(cells))))
    at, lines = next(((at, lines) for at, lines in enumerate(found) if lines), (0, ()))
    above = [
        Line(0, "\t".join(text for cell in row for text in cell), continues=False) for row in cells[:at] if any(row)
    ]
    return tuple(replace(line, number=number) for number, line in enumerate((*above, *lines), 1)) if lines else ()


def _record(columns: Sequence[str], cells: Sequence[Any]) -> keys.Record:
    """Return a row as a record; of two columns with one name the first that holds something counts."""
    record: keys.Record = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and not _shown(record.get(column)):
            record[column] = _shown(cell) if column in keys.TEXT else cell
    return record


def _told(rows: Sequence[Row]) -> dict[str, str]:
    """Return the metadata that rows above the header give, a name and a value each."""
    pairs: keys.Record = {}
    for _, cells in rows:
        shown = [cell for cell in cells if _shown(cell)]
        if len(shown) == 2 and isinstance(shown[0], str):  # noqa: PLR2004 - a name and a value
            pairs.setdefault(keys.plain(shown[0].rstrip(":：")), shown[1])
    return fields_of(pairs)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
