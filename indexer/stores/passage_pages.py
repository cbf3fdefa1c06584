"""A page of hits from one query: each passage with what stands beside it, and the question that it answers.

What is shown beside a hit is its text and who said it, so no more of it is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.stores.passage_queries import BESIDE, PAGE
from indexer.stores.passage_records import HIT_WIDTH, speaker_of_hit, speaker_of_record, stored_passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Speaker
    from indexer.stores.passage_records import StoredPassage
    from indexer.stores.published_database import PublishedDatabase


@dataclass(frozen=True, slots=True)
class PassageBeside:
    """A passage as it is shown beside another."""

    id: str
    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class PassageOnPage:
    """A passage with those before and after it in its transcript, in reading order.

    `question` is the passage that puts the question of its exchange, which may be itself; None outside of exchanges.
    """

    stored: StoredPassage
    before: tuple[PassageBeside, ...]
    after: tuple[PassageBeside, ...]
    question: PassageBeside | None


def read_page(database: PublishedDatabase, rows: Sequence[int], distance: int) -> tuple[PassageOnPage, ...]:
    """Return the passages of these rows, in their order, each with up to `distance` others on either side.

    Raises IndexDamagedError for a row that does not exist.
    """
    hits = list(dict.fromkeys(rows))
    records = {record[0]: record for record in database.select(PAGE, (json.dumps(hits),), _itself)}
    missing = next((row for row in hits if row not in records), None)
    if missing is not None:
        raise database.damaged(f"it has no passage in row {missing}")
    places = {place for row in hits for place in range(row - distance, row + distance + 1)}
    others = json.dumps(list(places.difference(hits)))
    beside = dict(database.select(BESIDE, (others,), _numbered)) if distance else {}
    if len(places) < len(hits) * (2 * distance + 1):
        # Hits that stand near each other are beside each other too.
        beside.update((row, (record[HIT_WIDTH], _as_beside(record))) for row, record in records.items())

    def around(transcript: int, rows: range) -> tuple[PassageBeside, ...]:
        return tuple([beside[row][1] for row in rows if row in beside and beside[row][0] == transcript])

    made = {}
    for row, record in records.items():
        transcript, question, text, *asker = record[HIT_WIDTH:]
        made[row] = PassageOnPage(
            stored_passage(record),
            around(transcript, range(row - distance, row)),
            around(transcript, range(row + 1, row + distance + 1)),
            None if question is None else PassageBeside(question, speaker_of_record(asker), text),
        )
    return tuple([made[row] for row in rows])


def _itself(record: Sequence[Any]) -> Sequence[Any]:
    return record


def _as_beside(record: Sequence[Any]) -> PassageBeside:
    """Return a hit as it is shown beside another."""
    return PassageBeside(record[1], speaker_of_hit(record), record[2])


def _numbered(record: Sequence[Any]) -> tuple[int, tuple[int, PassageBeside]]:
    """Return the row of a passage, the number of its transcript, and the passage as it is shown beside another."""
    row, transcript, passage, text, *speaker = record
    return row, (transcript, PassageBeside(passage, speaker_of_record(speaker), text))
