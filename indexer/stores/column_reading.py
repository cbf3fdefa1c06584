"""Reads the columns of a generation: what its transcripts and speakers say once, and what each passage says.

A passage names its transcript and its speaker by number. So what belongs to these is looked up for each of them and not
for each passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.columns import NOTHING, Column, Columns, column_of
from indexer.stores.row_columns import RowCollector
from indexer.text.extent import extent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from indexer.stores.published_database import PublishedDatabase
    from indexer.stores.row_columns import RowColumns

_TRANSCRIPTS = """
SELECT passages, id, company, period, date, fiscal, duplicate_of, kind != 'document' FROM transcripts ORDER BY number
"""
_SPEAKERS = "SELECT name, role, affiliation FROM speakers ORDER BY number"
_PASSAGES = """
SELECT transcript, speaker, exchange, section, language, delivery, searchable, asks, text FROM passages ORDER BY row
"""
_BLOCK = 10_000


def rows_from_tables(database: PublishedDatabase, block: int = _BLOCK) -> RowColumns:
    """Return what the passages say of themselves, so many at once. Raises IndexDamagedError."""
    collector = RowCollector()
    with database.reading() as connection:
        records = connection.execute(_PASSAGES)
        while several := records.fetchmany(block):
            calls, speakers, exchanges, *told, texts = zip(*several, strict=True)
            own = [None if one is None else (call, one) for call, one in zip(calls, exchanges, strict=True)]
            collector.add(speakers, own, *told, [extent(text) for text in texts])
    return collector.collected()


def read_columns(database: PublishedDatabase, rows: RowColumns) -> Columns:
    """Return the columns of all passages by row. Raises IndexDamagedError."""
    calls = database.select(_TRANSCRIPTS, (), tuple)
    voices = database.select(_SPEAKERS, (), tuple)
    counts = [passages for passages, *_ in calls]
    if sum(counts) != len(rows.speaker):
        raise database.damaged("the transcripts have not as many passages as there are")
    call_of_rows = np.repeat(np.arange(len(calls)), counts)
    # In the order of their first words, as the values of a column stand. A speaker belongs to one transcript.
    firsts = first_rows(rows.speaker, np.arange(len(rows.speaker)), len(voices))
    voice_order = [int(number) for number in np.argsort(firsts, kind="stable") if firsts[number] < len(rows.speaker)]
    spoken = {number: calls[call_of_rows[firsts[number]]][7] for number in voice_order}

    def of_calls(place: int, field: str = "") -> Column:
        said = [call for call in range(len(calls)) if counts[call]]
        return _spread(said, (calls[call][place] for call in said), len(calls), call_of_rows, field)

    def of_voices(place: int, field: str = "", *, documents: bool = False) -> Column:
        values = (voices[number][place] if documents or spoken[number] else None for number in voice_order)
        return _spread(voice_order, values, len(voices), rows.speaker, field)

    def numbers(values: Iterable[int]) -> NDArray[np.int32]:
        return np.repeat(np.array(list(values), dtype=np.int32), counts)

    transcript = of_calls(1)
    codes = {value: code for code, value in enumerate(transcript.values)}
    return Columns(
        company=of_calls(2, "company"),
        period=of_calls(3),
        speaker=of_voices(0, "speaker"),
        role=of_voices(1, documents=True),
        section=rows.section,
        language=rows.language,
        transcript=transcript,
        exchange=Column(rows.exchange, ()),
        day=numbers(int((call[4] or "0").replace("-", "")) for call in calls),
        fiscal=numbers(call[5] for call in calls).astype(np.bool_),
        repeated=numbers(call[6] is not None for call in calls).astype(np.bool_),
        fuller=numbers(codes.get(call[6], NOTHING) for call in calls),
        delivery=rows.delivery,
        firm=of_voices(2, "firm"),
        extent=rows.extent,
    )


def first_rows(numbers: NDArray[np.int32], rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the first of the rows at which each of `count` numbers stands; a greater one than all where it does not.

    `numbers` and `rows` have the same shape (k,).
    """
    firsts = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(firsts, numbers, rows)
    return firsts


def _spread(
    known: list[int], values: Iterable[str | None], count: int, of_rows: NDArray[np.integer], field: str
) -> Column:
    """Return the column of what is known of some of `count` numbers, of which each row has one."""
    made = column_of(values, field=field)
    codes = np.full(count, NOTHING, dtype=np.int32)
    codes[known] = made.codes
    return Column(codes[of_rows], made.values)
