"""Reads the columns of a generation: what its transcripts and speakers say once, and the passages block by block.

A passage names its transcript and its speaker by number. So what belongs to these is looked up for each of them and not
for each passage, and no more than a block of records is held at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.columns import NOTHING, Column, Columns, column_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from indexer.stores.published_database import PublishedDatabase

_TRANSCRIPTS = "SELECT number, id, company, period, date, fiscal, duplicate_of, kind != 'document' FROM transcripts"
_SPEAKERS = "SELECT number, name, role, affiliation FROM speakers"
_PASSAGES = "SELECT transcript, speaker, section, language, delivery, exchange FROM passages ORDER BY row"
_BLOCK = 10_000


def read_columns(database: PublishedDatabase, block: int = _BLOCK) -> Columns:
    """Return the columns of all passages by row, of which so many are read at once. Raises IndexDamagedError."""
    calls = {number: told for number, *told in database.select(_TRANSCRIPTS, (), tuple)}
    voices = {number: told for number, *told in database.select(_SPEAKERS, (), tuple)}
    section, language, delivery, exchange = (_Growing() for _ in range(4))
    numbers: list[NDArray[np.int32]] = [np.empty((0, 2), dtype=np.int32)]
    with database.reading() as connection:
        records = connection.execute(_PASSAGES)
        while several := records.fetchmany(block):
            transcripts, speakers, *told, exchanges = zip(*several, strict=True)
            numbers.append(np.array([transcripts, speakers], dtype=np.int32).T)
            for column, values in zip((section, language, delivery), told, strict=True):
                column.add(values)
            exchange.add(
                None if one is None else f"{call} {one}" for call, one in zip(transcripts, exchanges, strict=True)
            )
    call, voice = _Key(np.concatenate(numbers)[:, 0]), _Key(np.concatenate(numbers)[:, 1])
    # Nobody speaks a document. A speaker belongs to one transcript.
    spoken = {speaker: calls[int(call.of_rows[row])][6] for speaker, row in voice.firsts()}
    transcript = call.column(lambda number: calls[number][0])
    codes = {value: code for code, value in enumerate(transcript.values)}
    return Columns(
        company=call.column(lambda number: calls[number][1], field="company"),
        period=call.column(lambda number: calls[number][2]),
        speaker=voice.column(lambda number: voices[number][0] if spoken[number] else None, field="speaker"),
        role=voice.column(lambda number: voices[number][1]),
        section=section.column(),
        language=language.column(),
        transcript=transcript,
        exchange=exchange.column(),
        day=call.numbers(lambda number: int((calls[number][3] or "0").replace("-", ""))).astype(np.int32),
        fiscal=call.numbers(lambda number: calls[number][4]).astype(np.bool_),
        repeated=call.numbers(lambda number: calls[number][5] is not None).astype(np.bool_),
        fuller=call.numbers(lambda number: codes.get(calls[number][5], NOTHING)).astype(np.int32),
        delivery=delivery.column(),
        firm=voice.column(lambda number: voices[number][2] if spoken[number] else None, field="firm"),
    )


class _Key:
    """The number of a transcript or a speaker for each row, and what is known by such numbers, spread over the rows."""

    def __init__(self, of_rows: NDArray[np.int32]) -> None:
        self.of_rows = of_rows
        known, first, self._places = np.unique(of_rows, return_index=True, return_inverse=True)
        self._known, self._first = known.tolist(), first
        self._order = np.argsort(first)

    def firsts(self) -> Iterable[tuple[int, int]]:
        """Return each number with the first row that has it."""
        return zip(self._known, self._first.tolist(), strict=True)

    def column(self, value: Callable[[int], str | None], *, field: str = "") -> Column:
        """Return the column of a value that is known by number."""
        made = column_of((value(self._known[place]) for place in self._order), field=field)
        codes = np.empty(len(self._known), dtype=np.int32)
        codes[self._order] = made.codes
        return Column(codes[self._places], made.values)

    def numbers(self, value: Callable[[int], int]) -> NDArray[np.int64]:
        """Return a number that is known by number for each row."""
        return np.array([value(number) for number in self._known], dtype=np.int64)[self._places]


class _Growing:
    """A column that is made block by block."""

    def __init__(self) -> None:
        self._codes: dict[str | None, int] = {None: NOTHING, "": NOTHING}
        self._blocks: list[NDArray[np.int32]] = [np.empty(0, dtype=np.int32)]

    def add(self, values: Iterable[str | None]) -> None:
        """Add the values of the next rows."""
        codes = self._codes
        found = [codes.setdefault(value, len(codes) - 2) for value in values]
        self._blocks.append(np.array(found, dtype=np.int32))

    def column(self) -> Column:
        """Return the column."""
        return Column(
            np.concatenate(self._blocks), tuple(str(value) for value, code in self._codes.items() if code >= 0)
        )
