"""What passages are counted, grouped and dated by: one small number a passage and field, held in memory.

A column has a code for each row and a value for each code, so that counting the passages of a thousand candidates by
company is one `bincount`. Made from SQLite once for each generation that is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.stores.filters import facet_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

COLUMNS_SQL = """
SELECT t.company, t.period, CASE WHEN t.kind != 'document' THEN s.name END, s.role, p.section, p.language, t.id,
    CASE WHEN p.exchange IS NULL THEN NULL ELSE t.number || ' ' || p.exchange END, t.date, t.fiscal,
    t.duplicate_of IS NOT NULL, t.duplicate_of, p.delivery, CASE WHEN t.kind != 'document' THEN s.affiliation END
FROM passages p JOIN speakers s ON s.number = p.speaker JOIN transcripts t ON t.number = p.transcript ORDER BY p.row
"""

NOTHING = -1
"""The code of a row that has no value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all passages: `codes` is int32 of shape (passages,), NOTHING where there is no value.

    `values` gives the value of each code, in the order in which they first appear.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def counts(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many of the rows have each value, shape (values,)."""
        codes = self.codes[rows]
        counted: NDArray[np.int64] = np.bincount(codes[codes >= 0], minlength=len(self.values))
        return counted


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one generation.

    Names that only differ in width, case or script variant are one value, written as where they come first; nobody
    speaks a document. `exchange` tells the exchanges of the whole index apart; its values are no ids. `day` is the date
    of the call as a number that sorts alike (20230810), 0 where there is none; `fiscal` tells whose periods count in
    the company's own year, `repeated` which calls another file gives more fully, and `fuller` the code of that
    transcript, NOTHING elsewhere.
    """

    company: Column
    period: Column
    speaker: Column
    role: Column
    section: Column
    language: Column
    transcript: Column
    exchange: Column
    day: NDArray[np.int32]
    fiscal: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    fuller: NDArray[np.int32]
    delivery: Column
    firm: Column


def columns_of(records: Sequence[Sequence[Any]]) -> Columns:
    """Return the columns of the records of COLUMNS_SQL, one for each row."""
    width = 14
    fields = list(zip(*records, strict=True)) or [()] * width
    company, period, speaker, role, section, language, transcript, exchange, date, fiscal, repeated, *rest = fields
    fuller, delivery, firm = rest
    transcripts = _column(transcript)
    codes = {value: code for code, value in enumerate(transcripts.values)}
    days = {day: int(day.replace("-", "")) if day else 0 for day in set(date)}
    return Columns(
        company=_column(company, field="company"),
        period=_column(period),
        speaker=_column(speaker, field="speaker"),
        role=_column(role),
        section=_column(section),
        language=_column(language),
        transcript=transcripts,
        exchange=_column(exchange),
        day=np.array([days[day] for day in date], dtype=np.int32),
        fiscal=np.array(fiscal, dtype=np.bool_),
        repeated=np.array(repeated, dtype=np.bool_),
        fuller=np.array([codes.get(one, NOTHING) for one in fuller], dtype=np.int32),
        delivery=_column(delivery),
        firm=_column(firm, field="firm"),
    )


def _column(values: Iterable[str | None], *, field: str = "") -> Column:
    """Return a column; with the name of a `field`, values that its filter does not tell apart are one."""
    codes: dict[str | None, int] = {None: NOTHING, "": NOTHING}
    keys: dict[str, int] = {}
    shown: list[str] = []
    found = []
    for value in values:
        if value not in codes:
            key = facet_term(field, str(value)) if field else str(value)
            if key not in keys:
                keys[key] = len(shown)
                shown.append(str(value))
            codes[value] = keys[key]
        found.append(codes[value])
    return Column(np.array(found, dtype=np.int32), tuple(shown))
