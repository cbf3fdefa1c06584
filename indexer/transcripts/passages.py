"""Turns to passages and exchanges, with their ids: the last step before the Transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Answer, Exchange, Passage, Speaker, Turn
from indexer.text.language import dominant_language
from indexer.transcripts.courtesy import is_searchable, name_parts
from indexer.transcripts.exchanges import FoundExchange, Place, exchanges_of
from indexer.transcripts.ids import PassageIds
from indexer.transcripts.line_starts import lines_of, page_of, time_of
from indexer.transcripts.roles import with_roles
from indexer.transcripts.sections import sections_of
from indexer.transcripts.splitting import passage_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.transcripts.turns import SpokenTurn


_OPENING = 120  # Characters of the first turn, which often says what the call is.


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: the part of a Transcript that is not about the file."""

    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    passages: tuple[Passage, ...]
    exchanges: tuple[Exchange, ...]


def assemble(transcript: str, spoken: Sequence[SpokenTurn], about: str = "") -> Said:
    """Return speakers, turns, passages and exchanges, numbered and tied to each other by their ids.

    `about` is the title of the call and what else stands above its record.
    """
    opening = spoken[0].text[:_OPENING] if spoken else ""
    spoken = with_roles(spoken, f"{about}\n{opening}")
    sections = sections_of(spoken)
    found = exchanges_of(spoken, sections)
    exchange_of = {
        place: f"q{number}"
        for number, exchange in enumerate(found, 1)
        for place in (*exchange.question, *_answered(exchange))
    }
    answering = {place for exchange in found for place in _answered(exchange)}
    speakers = tuple(dict.fromkeys(turn.speaker for turn in spoken))
    names = name_parts(frozenset(name for speaker in speakers for name in (speaker.name, *speaker.other_names)))
    ids = PassageIds(transcript)
    passages: list[Passage] = []
    turns: list[Turn] = []
    ids_at: dict[Place, tuple[str, ...]] = {}
    for position, (turn, section) in enumerate(zip(spoken, sections, strict=True)):
        first = len(passages)
        for at, speech in enumerate(turn.speeches):
            place = Place(position, at)
            begun = len(passages)
            for begin, end in passage_spans(speech.text, speech.starts):
                text = speech.text[begin:end]
                passages.append(
                    Passage(
                        id=ids.of(text),
                        text=text,
                        speaker=turn.speaker,
                        section=section,
                        heading=speech.heading,
                        delivery=speech.delivery,
                        language=dominant_language(text),
                        page=page_of(speech.starts, begin, speech.page),
                        lines=lines_of(speech.starts, begin, end, speech.lines),
                        position=len(passages),
                        turn=position,
                        exchange_id=exchange_of.get(place),
                        time=time_of(speech.starts, begin, end, speech.time),
                        searchable=is_searchable(text, turn.speaker.role, answers=place in answering, names=names),
                    )
                )
            ids_at[place] = tuple(passage.id for passage in passages[begun:])
        turns.append(Turn(position, turn.speaker, tuple(passage.id for passage in passages[first:])))
    exchanges = tuple(_exchange(f"q{number}", exchange, ids_at) for number, exchange in enumerate(found, 1))
    return Said(speakers, tuple(turns), tuple(passages), exchanges)


def _answered(exchange: FoundExchange) -> Iterable[Place]:
    return (place for _, places in exchange.answers for place in places)


def _exchange(exchange_id: str, found: FoundExchange, ids_at: dict[Place, tuple[str, ...]]) -> Exchange:
    return Exchange(
        exchange_id,
        found.asker,
        tuple(passage_id for place in found.question for passage_id in ids_at[place]),
        tuple(
            Answer(speaker, tuple(passage_id for place in places for passage_id in ids_at[place]))
            for speaker, places in found.answers
        ),
    )
