"""A transcript as it is read: parts, turns, and marks where a page or a delivery begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from indexer.model import Delivery, Exchange, Passage, Section, Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.model import Transcript


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """A passage, with the page or the delivery that begins with it, if one does."""

    passage: Passage
    page: int | None
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class ReaderTurn:
    """One speaker speaking; `asks` is set when the turn opens or follows up a question."""

    speaker: Speaker
    asks: bool
    passages: tuple[ReaderPassage, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the call under one heading or within one exchange.

    `new_section` and `new_heading` are set where the stretch before had another; `exchange_number` counts
    from 1.
    """

    id: str
    section: Section
    new_section: bool
    heading: str | None
    new_heading: bool
    exchange: Exchange | None
    exchange_number: int | None
    turns: tuple[ReaderTurn, ...]


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker with the number of passages and the id of the first."""

    speaker: Speaker
    passages: int
    first: str


def reading_parts(transcript: Transcript) -> tuple[Part, ...]:
    """Return the passages of a transcript as parts, in reading order, each passage once."""
    exchanges = {exchange.id: (number, exchange) for number, exchange in enumerate(transcript.exchanges, 1)}
    asking = {passage for exchange in transcript.exchanges for passage in exchange.question_ids}
    marked = iter(_marked(transcript.passages))
    parts: list[Part] = []
    section, heading = None, None
    for key, passages in groupby(
        transcript.passages, key=lambda passage: (passage.section, passage.heading, passage.exchange_id)
    ):
        number, exchange = exchanges.get(key[2] or "", (None, None))
        run = [next(marked) for _ in passages]
        new_section = key[0] != section
        parts.append(
            Part(
                id=f"part-{len(parts) + 1}",
                section=key[0],
                new_section=new_section,
                heading=key[1],
                new_heading=key[1] is not None and (new_section or key[1] != heading),
                exchange=exchange,
                exchange_number=number,
                turns=_turns(run, asking),
            )
        )
        section, heading = key[:2]
    return tuple(parts)


def speaker_entries(transcript: Transcript) -> tuple[SpeakerEntry, ...]:
    """Return everybody who speaks, in the order of their first words."""
    counts = Counter(passage.speaker.id for passage in transcript.passages)
    firsts = {passage.speaker.id: passage for passage in reversed(transcript.passages)}
    return tuple(
        SpeakerEntry(first.speaker, counts[first.speaker.id], first.id)
        for first in sorted(firsts.values(), key=lambda passage: passage.position)
    )


def _marked(passages: Sequence[Passage]) -> Iterable[ReaderPassage]:
    before: Passage | None = None
    for passage in passages:
        new_page = before is None or before.page != passage.page
        new_delivery = before is None or (before.turn, before.delivery) != (passage.turn, passage.delivery)
        stated = passage.delivery is not Delivery.UNKNOWN
        yield ReaderPassage(
            passage,
            page=passage.page if new_page else None,
            delivery=passage.delivery if new_delivery and stated else None,
        )
        before = passage


def _turns(run: Iterable[ReaderPassage], asking: set[str]) -> tuple[ReaderTurn, ...]:
    turns = []
    for _, grouped in groupby(run, key=lambda item: item.passage.turn):
        items = tuple(grouped)
        first = items[0].passage
        turns.append(ReaderTurn(first.speaker, first.id in asking, items))
    return tuple(turns)
