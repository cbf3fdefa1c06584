"""Turns to passages and exchanges, with their ids: the last step before the Transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Answer, Exchange, Passage, Role, Speaker, Turn
from indexer.text.language import dominant_language
from indexer.transcripts.exchanges import exchanges_of
from indexer.transcripts.ids import PassageIds
from indexer.transcripts.sections import sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.turns import SpokenTurn


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: the part of a Transcript that is not about the file."""

    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    passages: tuple[Passage, ...]
    exchanges: tuple[Exchange, ...]


def assemble(transcript: str, spoken: Sequence[SpokenTurn]) -> Said:
    """Return speakers, turns, passages and exchanges, numbered and tied to each other by their ids."""
    sections = sections_of(spoken)
    grouped = exchanges_of(spoken, sections)
    exchange_of = {position: f"q{number}" for number, group in enumerate(grouped, 1) for position in group}
    ids = PassageIds(transcript)
    passages: list[Passage] = []
    turns: list[Turn] = []
    for position, (turn, section) in enumerate(zip(spoken, sections, strict=True)):
        first = len(passages)
        for speech in turn.speeches:
            passages.append(
                Passage(
                    id=ids.of(turn.speaker.name, speech.text),
                    text=speech.text,
                    speaker=turn.speaker,
                    section=section,
                    heading=speech.heading,
                    delivery=speech.delivery,
                    language=dominant_language(speech.text),
                    page=speech.page,
                    lines=speech.lines,
                    position=len(passages),
                    turn=position,
                    exchange_id=exchange_of.get(position),
                    time=speech.time,
                )
            )
        turns.append(Turn(position, turn.speaker, tuple(passage.id for passage in passages[first:])))
    exchanges = tuple(_exchange(f"q{number}", [turns[i] for i in group]) for number, group in enumerate(grouped, 1))
    return Said(tuple(dict.fromkeys(turn.speaker for turn in spoken)), tuple(turns), tuple(passages), exchanges)


def _exchange(exchange_id: str, turns: Sequence[Turn]) -> Exchange:
    """Tie the turns of one exchange: all of the asker's are the question, the others answer.

    What an interpreter or a bystander says before anybody answers belongs to the question.
    """
    asker = turns[0].speaker
    questions: list[str] = []
    answers: dict[Speaker, list[str]] = {}
    for turn in turns:
        if turn.speaker == asker or (turn.speaker.role is Role.OTHER and not answers):
            questions += turn.passage_ids
        else:
            answers.setdefault(turn.speaker, []).extend(turn.passage_ids)
    tied = tuple(Answer(speaker, tuple(ids)) for speaker, ids in answers.items())
    return Exchange(exchange_id, asker, tuple(questions), tied)
