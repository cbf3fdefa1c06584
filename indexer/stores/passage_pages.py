"""A page of hits from one query: each passage with what stands beside it, and the question that it answers.

What is shown beside a hit is its text and who said it, so no more of it is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.stores.passage_queries import PAGE
from indexer.stores.passage_records import HIT_WIDTH, speaker_of_hit, speaker_of_record, stored_passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    beside = {place for row in hits for place in range(row - distance, row + distance + 1)}.difference(hits)
    values = {"rows": json.dumps([*hits, *beside]), "hits": len(hits)}
    records = {record[0]: record for record in database.select(PAGE, values, _itself)}
    missing = next((row for row in hits if row not in records), None)
    if missing is not None:
        raise database.damaged(f"it has no passage in row {missing}")
    shown: dict[int, PassageBeside] = {}
    made = {row: _on_page(row, records, shown, distance) for row in hits}
    return tuple(made[row] for row in rows)


def _itself(record: Sequence[Any]) -> Sequence[Any]:
    return record


def _on_page(
    row: int, records: Mapping[int, Sequence[Any]], shown: dict[int, PassageBeside], distance: int
) -> PassageOnPage:
    record = records[row]
    transcript, *question = record[HIT_WIDTH:]

    def around(rows: range) -> Iterator[PassageBeside]:
        for place in rows:
            other = records.get(place)
            if other is not None and other[HIT_WIDTH] == transcript:
                if place not in shown:
                    shown[place] = PassageBeside(other[1], speaker_of_hit(other), other[2])
                yield shown[place]

    return PassageOnPage(
        stored_passage(record),
        tuple(around(range(row - distance, row))),
        tuple(around(range(row + 1, row + distance + 1))),
        None if question[0] is None else PassageBeside(question[0], speaker_of_record(question[2:]), question[1]),
    )
