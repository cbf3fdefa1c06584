"""What passages are counted, grouped and dated by: one small number a passage and field, held in memory.

A column has a code for each row and a value for each code, so that counting the passages of a thousand candidates by
company is one `bincount`. Made from SQLite once for each generation that is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.stores.filters import facet_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

TRANSCRIPTS_SQL = """
SELECT id, company, period, date, fiscal, duplicate_of IS NOT NULL, duplicate_of, kind, number, passages
FROM transcripts WHERE passages ORDER BY first_row
"""
SPEAKERS_SQL = "SELECT number, name, role, affiliation FROM speakers"
PASSAGES_SQL = "SELECT speaker, section, language, delivery, exchange FROM passages ORDER BY row"

NOTHING = -1
"""The code of a row that has no value."""

BATCH = 20_000
"""How many passages are read at a time."""


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


def columns_of(
    transcripts: Sequence[Sequence[Any]], speakers: Sequence[Sequence[Any]], passages: Iterable[Sequence[Any]]
) -> Columns:
    """Return the columns of the records of TRANSCRIPTS_SQL, SPEAKERS_SQL and PASSAGES_SQL.

    The passages are read BATCH at a time: held all at once, the records of a million would take most of a gigabyte.
    """
    width = 10
    fields = list(zip(*transcripts, strict=True)) or [()] * width
    ids, company, period, date, fiscal, repeated, duplicate_of, kinds, numbers, lengths = fields
    rows_of = np.repeat(np.arange(len(ids)), lengths)
    said, (section, language, delivery, exchange) = _spread(passages, numbers, rows_of)
    days = [int(day.replace("-", "")) if day else 0 for day in date]
    codes = {value: code for code, value in enumerate(ids)}
    fuller = [codes.get(one, NOTHING) for one in duplicate_of]
    known = {number: names for number, *names in speakers}
    # Nobody speaks a document: its voices are apart from those of calls.
    documents = np.array([kind == "document" for kind in kinds], dtype=np.int64)[rows_of]
    firsts, voices = _in_order(said * 2 + documents)
    spoken = [(known[voice >> 1], bool(voice & 1)) for voice in firsts]

    def of_transcript(values: Sequence[str | None], field: str = "") -> Column:
        return _taken(_column(values, field=field), rows_of)

    return Columns(
        company=of_transcript(company, "company"),
        period=of_transcript(period),
        speaker=_taken(_column((None if mute else name for (name, _, _), mute in spoken), field="speaker"), voices),
        role=_taken(_column(role for (_, role, _), _ in spoken), voices),
        section=section,
        language=language,
        transcript=of_transcript(ids),
        exchange=exchange,
        day=np.array(days, dtype=np.int32)[rows_of],
        fiscal=np.array(fiscal, dtype=np.bool_)[rows_of],
        repeated=np.array(repeated, dtype=np.bool_)[rows_of],
        fuller=np.array(fuller, dtype=np.int32)[rows_of],
        delivery=delivery,
        firm=_taken(_column((None if mute else firm for (_, _, firm), mute in spoken), field="firm"), voices),
    )


def _spread(
    passages: Iterable[Sequence[Any]], numbers: Sequence[int], rows_of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], tuple[Column, Column, Column, Column]]:
    """Return who speaks each passage, by number, and the columns of what the passages themselves say.

    `numbers` has the number of each transcript, `rows_of` the place of the transcript of each row.
    """
    said = np.empty(len(rows_of), dtype=np.int64)
    spread = [_Codes() for _ in range(4)]
    rest = iter(passages)
    row = 0
    while batch := list(islice(rest, BATCH)):
        speaker, section, language, delivery, exchange = zip(*batch, strict=True)
        said[row : row + len(batch)] = speaker
        places = rows_of[row : row + len(batch)].tolist()
        keys = [one and f"{numbers[place]} {one}" for place, one in zip(places, exchange, strict=True)]
        for codes, values in zip(spread, (section, language, delivery, keys), strict=True):
            codes.extend(values)
        row += len(batch)
    sections, languages, deliveries, exchanges = spread
    return said, (sections.column(), languages.column(), deliveries.column(), exchanges.column())


def _in_order(keys: NDArray[np.int64]) -> tuple[list[int], NDArray[np.int64]]:
    """Return the keys in the order in which they first appear, and for each row its place among these."""
    unique, firsts, places = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return unique[order].tolist(), ranks[places]


def _taken(column: Column, places: NDArray[np.int64]) -> Column:
    """Return a column of rows from one of what the rows belong to."""
    return Column(column.codes[places], column.values)


class _Codes:
    """The codes of values that come in batches.

    With the name of a `field`, values that its filter does not tell apart are one.
    """

    def __init__(self, field: str = "") -> None:
        self._field = field
        self._codes: dict[str | None, int] = {None: NOTHING, "": NOTHING}
        self._keys: dict[str, int] = {}
        self._shown: list[str] = []
        self._batches: list[NDArray[np.int32]] = []

    def extend(self, values: Sequence[str | None]) -> None:
        """Take in the values of the next rows."""
        for value in dict.fromkeys(values):
            if value not in self._codes:
                key = facet_term(self._field, str(value)) if self._field else str(value)
                if key not in self._keys:
                    self._keys[key] = len(self._shown)
                    self._shown.append(str(value))
                self._codes[value] = self._keys[key]
        self._batches.append(np.fromiter(map(self._codes.__getitem__, values), dtype=np.int32, count=len(values)))

    def column(self) -> Column:
        """Return the column of all rows."""
        codes = np.concatenate([np.empty(0, dtype=np.int32), *self._batches])
        return Column(codes, tuple(self._shown))


def _column(values: Iterable[str | None], *, field: str = "") -> Column:
    """Return a column; with the name of a `field`, values that its filter does not tell apart are one."""
    codes = _Codes(field)
    codes.extend(tuple(values))
    return codes.column()
