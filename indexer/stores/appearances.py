"""Who speaks in which transcript, under what title and how much: a row for each speaker of each transcript."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

APPEARANCES_SQL = """
SELECT p.transcript, p.speaker, s.name, s.other_names, s.title, s.affiliation, s.role, count(*), sum(p.asks),
    sum(p.exchange IS NOT NULL AND NOT p.asks), min(p.row)
FROM passages p JOIN speakers s ON s.number = p.speaker JOIN transcripts t ON t.number = p.transcript
WHERE p.searchable AND t.kind != 'document'
GROUP BY p.transcript, p.speaker ORDER BY p.transcript, min(p.row)
"""
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


def appearance(record: Sequence[Any]) -> Appearance:
    """Read a record of APPEARANCES_SQL."""
    transcript, speaker, name, others, title, affiliation, role, passages, asks, answers, first_row = record
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
