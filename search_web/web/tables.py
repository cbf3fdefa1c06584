"""Tables as CSV (RFC 4180), for a spreadsheet to open."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from flask import Response

from search_web.quotes.exports.csv_table import guarded
from search_web.quotes.file_names import file_name
from search_web.web.attachments import attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def csv_answer(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, about: str = ""
) -> Response:  # fmt: skip
    """Return a table as a file to save, in UTF-8 with the mark by which spreadsheets know that.

    It is saved as `name`, or under the words that it is `about`.

    A text that a spreadsheet would take for a formula is written with an apostrophe in front, and so is one that begins
    with an apostrophe: whoever reads the file drops the first of each cell, as of the quotes that are saved.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    answer = Response(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = attachment(name, file_name(about, ".csv") if about else name)
    return answer


def _safe(cell: object) -> object:
    return guarded(cell) if isinstance(cell, str) else cell
