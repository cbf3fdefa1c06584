"""Workbooks to rows. This module owns openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import Any

from indexer.errors import DamagedSourceError, OversizedSourceError
from indexer.sources.archives import checked_archive

_MOST_ROWS = 200_000
_MOST_COLUMNS = 256
_MOST_SHEETS = 100


def read_sheets(data: bytes, where: str) -> dict[str, list[tuple[int, tuple[Any, ...]]]]:
    """Return the rows of each sheet of a workbook, each with its number from 1, those without values left out.

    Clock times and durations come back as "hh:mm:ss", other values as they are. Raises DamagedSourceError,
    ProtectedSourceError and OversizedSourceError.
    """
    import openpyxl  # noqa: PLC0415 - it takes long to load, and only workbooks need it.

    checked_archive(data, where).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # They speak of styles and the like.
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return {sheet.title: _rows(sheet, where) for sheet in book.worksheets[:_MOST_SHEETS]}
            finally:
                book.close()
    except OversizedSourceError:
        raise
    except Exception as error:  # Whatever its parsers raise on a broken part, openpyxl lets through.
        raise DamagedSourceError(
            f"it cannot be read as a workbook ({type(error).__name__}: {error})",
            where=where,
            mend="Open it in a spreadsheet program and save it again as xlsx.",
        ) from error


def _rows(sheet: Any, where: str) -> list[tuple[int, tuple[Any, ...]]]:  # noqa: ANN401 - openpyxl has no types.
    sheet.reset_dimensions()  # What a sheet says of its size may be wrong, and then rows are lost or made up.
    rows: list[tuple[int, tuple[Any, ...]]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
        if number > _MOST_ROWS:
            what = f"the sheet {sheet.title} has more than {_MOST_ROWS} rows"
            raise OversizedSourceError(what, where=where, mend="No transcript is as long; delete the empty rows.")
        if any(cell is not None for cell in cells):
            rows.append((number, tuple(map(_value, cells))))
    return rows


def _value(cell: Any) -> Any:  # noqa: ANN401 - as above.
    if isinstance(cell, dt.timedelta):
        seconds = cell.total_seconds()
        return f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{seconds % 60:06.3f}"
    if isinstance(cell, dt.time):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell.replace("\0", "\ufffd")
    return cell
