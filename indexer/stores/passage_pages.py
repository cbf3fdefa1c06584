"""A page of hits from one query: each passage with what stands beside it, and the question that it answers.

No more is read than what is shown of a hit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Kind, TimeSpan
from indexer.stores.passage_queries import PAGE
from indexer.stores.passage_records import delivery_of, kind_of, section_of, speaker_of_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Delivery, Section, Speaker
    from indexer.stores.published_database import PublishedDatabase

# Where in a record of PAGE what a page has of all passages ends, and the parts of what it has of the hits.
_SPEAKER, _OWN, _TRANSCRIPT, _QUESTION = slice(5, 11), slice(11, 21), slice(21, 29), slice(29, 37)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage as it is shown beside another."""

    id: str
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class TranscriptOnPage:
    """The call in which a passage was said, or the document in which it stands."""

    id: str
    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    language: str
    kind: Kind = Kind.SPOKEN


@dataclass(frozen=True, slots=True)
class PassageOnPage:
    """A passage with those before and after it in its transcript, in reading order.

    `question` is the passage that puts the question of its exchange, which may be itself; None outside of exchanges.
    `asks` tells that it belongs to that question, and not to an answer.
    """

    row: int
    id: str
    text: str
    speaker: Speaker
    transcript: TranscriptOnPage
    section: Section
    heading: str | None
    delivery: Delivery
    language: str
    page: int | None
    position: int
    time: TimeSpan | None
    exchange_id: str | None
    asks: bool
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    question: Neighbour | None


def read_page(database: PublishedDatabase, rows: Sequence[int], distance: int) -> tuple[PassageOnPage, ...]:
    """Return the passages of these rows, in their order, each with up to `distance` others on either side.

    Raises IndexDamagedError for a row that does not exist.
    """
    wanted = {"rows": json.dumps(list(dict.fromkeys(rows))), "distance": distance}
    around: dict[int, dict[int, Sequence[Any]]] = {row: {} for row in rows}
    with database.reading() as connection:
        for record in connection.execute(PAGE, wanted):
            around[record[0]][record[1]] = record
        made = {row: _on_page(row, records, distance) for row, records in around.items() if row in records}
    missing = next((row for row in rows if row not in made), None)
    if missing is not None:
        raise database.damaged(f"it has no passage in row {missing}")
    return tuple([made[row] for row in rows])


def _on_page(row: int, records: Mapping[int, Sequence[Any]], distance: int) -> PassageOnPage:
    """Make a passage of the page from its record and those of the rows around it."""
    record = records[row]
    section, heading, delivery, language, page, position, start, end, exchange, asks = record[_OWN]
    transcript_id, title, company, ticker, period, date, written_in, kind = record[_TRANSCRIPT]
    question, question_text, *asker = record[_QUESTION]

    def beside(others: range) -> tuple[Neighbour, ...]:
        near = [records[other] for other in others if other in records]
        return tuple([_neighbour(one) for one in near if one[2] == record[2]])

    return PassageOnPage(
        row=row,
        id=record[3],
        text=record[4],
        speaker=speaker_of_record(record[_SPEAKER]),
        transcript=TranscriptOnPage(transcript_id, title, company, ticker, period, date, written_in, kind_of(kind)),
        section=section_of(section),
        heading=heading,
        delivery=delivery_of(delivery),
        language=language,
        page=page,
        position=position,
        time=None if start is None else TimeSpan(start, end),
        exchange_id=exchange,
        asks=bool(asks),
        before=beside(range(row - distance, row)),
        after=beside(range(row + 1, row + distance + 1)),
        question=None if question is None else Neighbour(question, speaker_of_record(asker), question_text),
    )


def _neighbour(record: Sequence[Any]) -> Neighbour:
    return Neighbour(record[3], speaker_of_record(record[_SPEAKER]), record[4])
