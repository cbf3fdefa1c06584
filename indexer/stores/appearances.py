"""Who speaks in which transcript, under what title and how much: a row for each speaker of each transcript."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.model import Role
from indexer.stores.column_reading import first_rows
from indexer.stores.columns import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.published_database import PublishedDatabase
    from indexer.stores.row_columns import RowColumns

_TRANSCRIPTS = "SELECT passages, kind != 'document' FROM transcripts ORDER BY number"
_SPEAKERS = "SELECT name, other_names, title, affiliation, role FROM speakers ORDER BY number"
ROWS_SQL = """
SELECT p.row FROM json_each(?) j JOIN transcripts t ON t.number = json_extract(j.value, '$[0]')
JOIN passages p ON p.row BETWEEN t.first_row AND t.first_row + t.passages - 1
    AND p.speaker = json_extract(j.value, '$[1]')
WHERE p.searchable ORDER BY p.row
"""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker in one transcript.

    `transcript` counts the transcripts of the index from 0 in the order of `PassageStore.transcripts`, `speaker` its
    speakers. `passages` counts the searchable ones: `asks` of them belong to questions, `answers` to answers.
    """

    transcript: int
    speaker: int
    name: str
    other_names: tuple[str, ...]
    title: str | None
    affiliation: str | None
    role: Role
    passages: int
    asks: int
    answers: int
    first_row: int


def read_appearances(database: PublishedDatabase, rows: RowColumns) -> tuple[Appearance, ...]:
    """Return who speaks in which transcript, in the order of their first words. Raises IndexDamagedError."""
    with database.reading() as connection:
        calls = connection.execute(_TRANSCRIPTS).fetchall()
        voices = connection.execute(_SPEAKERS).fetchall()
        passages = [count for count, _ in calls]
        heard = np.flatnonzero(rows.searchable & np.repeat(np.array([said for _, said in calls], dtype=bool), passages))
        transcripts = np.repeat(np.arange(len(calls)), passages)
        speakers, asks = rows.speaker[heard], rows.asks[heard]
        answers = (rows.exchange[heard] != NOTHING) & ~asks
        counts = [np.bincount(some, minlength=len(voices)) for some in (speakers, speakers[asks], speakers[answers])]
        firsts = first_rows(speakers, heard, len(voices))
        order = np.argsort(firsts, kind="stable")[: np.count_nonzero(counts[0])]
        told = zip(transcripts[firsts[order]].tolist(), order.tolist(), strict=True)
        counted = zip(*(column[order].tolist() for column in (*counts, firsts)), strict=True)
        return tuple(
            _appearance(transcript, speaker, voices[speaker], numbers)
            for (transcript, speaker), numbers in zip(told, counted, strict=True)
        )


def _appearance(transcript: int, speaker: int, voice: Sequence[Any], counted: tuple[int, ...]) -> Appearance:
    name, others, title, affiliation, role = voice
    passages, asks, answers, first_row = counted
    return Appearance(
        transcript=transcript,
        speaker=speaker,
        name=name,
        other_names=tuple(json.loads(others)) if others != "[]" else (),
        title=title,
        affiliation=affiliation,
        role=Role(role),
        passages=passages,
        asks=asks,
        answers=answers,
        first_row=first_row,
    )
