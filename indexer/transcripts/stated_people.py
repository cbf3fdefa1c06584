"""Speakers as a sidecar states them: whatever the file calls a person, who it is stands fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.transcripts.cues import Cue, cue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Person, Source
    from indexer.transcripts.turns import CuedTurn

_SILENT = "the sidecar names {name}, and nobody of that name speaks in the file"


def people_of(source: Source) -> tuple[Person, ...]:
    """Return the people that the user states."""
    return tuple(person for stated in source.stated for person in stated.people)


def mend_speakers(turns: Sequence[CuedTurn], people: Sequence[Person]) -> tuple[CuedTurn, ...]:
    """Return the turns with every speaker line that bears a name of one of the people turned into that person.

    What is not stated of the person stays as the line gives it.
    """
    known = {_fold(name): person for person in people for name in (person.name, *person.other_names)}
    return tuple(
        replace(turn, cue=_mended(turn.cue, known[_fold(turn.cue.name)]))
        if turn.cue and _fold(turn.cue.name) in known
        else turn
        for turn in turns
    )


def silent(turns: Sequence[CuedTurn], people: Sequence[Person]) -> tuple[str, ...]:
    """Return a warning for each of the people who does not speak in these turns, which are mended."""
    speaking = {turn.cue.name for turn in turns if turn.cue}
    return tuple(_SILENT.format(name=person.name) for person in people if person.name not in speaking)


def _mended(cue: Cue, person: Person) -> Cue:
    stated = cue_of(person)
    others = dict.fromkeys((*person.other_names, *cue.other_names, cue.name))
    return replace(
        cue,
        name=person.name,
        other_names=tuple(name for name in others if _fold(name) != _fold(person.name)),
        title=stated.title or cue.title,
        affiliation=stated.affiliation or cue.affiliation,
        role=stated.role or cue.role,
        strong=True,
    )


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
