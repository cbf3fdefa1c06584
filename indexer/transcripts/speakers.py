"""Speaker lines to speakers: one value for each person, under however many names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.model import Role, Section, Speaker
from indexer.transcripts.handovers import called_analysts, called_names
from indexer.transcripts.turns import SpokenTurn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.transcripts.cues import Cue
    from indexer.transcripts.turns import CuedTurn, Speech

UNKNOWN_SPEAKER = {"zh": "未署名", "en": "Unknown speaker"}
"""The name of whoever said what no speaker line attributes, by the language of the transcript."""


@dataclass(slots=True)
class _Person:
    """What is known so far of one person."""

    names: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    def absorb(self, cue: Cue, *, spoken: bool) -> None:
        self.names[cue.name] += spoken
        for name in cue.other_names:
            self.names[name] += 0
        self.titles += [cue.title] if cue.title else []
        self.affiliations += [cue.affiliation] if cue.affiliation else []
        self.roles += [cue.role] if cue.role else []


def attribute(turns: Sequence[CuedTurn], people: Iterable[Cue], language: str) -> tuple[SpokenTurn, ...]:
    """Return the turns with their speakers, joined where the same person goes on.

    People are one when a speaker line or a list of participants gives both names, or when a hand-over does;
    never because names look alike. Speakers are numbered s1, s2, … as they first speak.
    """
    people = tuple(people)
    key_of = _identities(turns, people)
    persons = _persons(turns, people, key_of)
    has_analysts = any(Role.ANALYST in person.roles for person in persons.values())
    speakers: dict[str | None, Speaker] = {}
    spoken: list[SpokenTurn] = []
    for turn in turns:
        key = key_of[_fold(turn.cue.name)] if turn.cue else None
        if key not in speakers:
            speaker_id = f"s{len(speakers) + 1}"
            speakers[key] = (
                Speaker(speaker_id, UNKNOWN_SPEAKER[language])
                if key is None
                else _speaker(speaker_id, persons[key], has_analysts=has_analysts)
            )
        _append(spoken, speakers[key], turn.opens, turn.speeches)
    return tuple(spoken)


def _append(
    spoken: list[SpokenTurn], speaker: Speaker, opens: Section | None, speeches: tuple[Speech, ...]
) -> None:
    if spoken and spoken[-1].speaker == speaker and opens is None:
        spoken[-1] = SpokenTurn(speaker, spoken[-1].opens, spoken[-1].speeches + speeches)
    else:
        spoken.append(SpokenTurn(speaker, opens, speeches))


def _identities(turns: Sequence[CuedTurn], people: Sequence[Cue]) -> dict[str, str]:
    """Map each folded name to the first folded name of the same person."""
    same: dict[str, str] = {}
    cues = [turn.cue for turn in turns if turn.cue]
    ties = [(cue.name, *cue.other_names) for cue in (*cues, *people)]
    ties += [(known, called) for called, known in called_names(turns).items()]
    for names in ties:
        keys = {same.get(_fold(name), _fold(name)) for name in names}
        root = min(keys, key=lambda key: (key not in same, list(same).index(key) if key in same else 0))
        for name in names:
            same.setdefault(_fold(name), root)
        for name, key in same.items():
            if key in keys:
                same[name] = root
    return same


def _persons(turns: Sequence[CuedTurn], people: Sequence[Cue], key_of: dict[str, str]) -> dict[str, _Person]:
    persons: dict[str, _Person] = {key: _Person() for key in key_of.values()}
    for turn in turns:
        if turn.cue:
            persons[key_of[_fold(turn.cue.name)]].absorb(turn.cue, spoken=True)
    for person in people:
        persons[key_of[_fold(person.name)]].absorb(person, spoken=False)
    for called, known in called_names(turns).items():
        persons[key_of[_fold(known)]].names[called] += 0
    for name, called_analyst in called_analysts(turns).items():
        person = persons[key_of[_fold(name)]]
        if not person.roles:
            person.roles.append(Role.ANALYST)
        if called_analyst.firm and Role.ANALYST in person.roles:
            person.affiliations.append(called_analyst.firm)
    return persons


def _speaker(speaker_id: str, person: _Person, *, has_analysts: bool) -> Speaker:
    name = max(person.names, key=lambda each: person.names[each])
    role = person.roles[0] if person.roles else (Role.MANAGEMENT if has_analysts else Role.OTHER)
    return Speaker(
        id=speaker_id,
        name=name,
        other_names=tuple(other for other in person.names if _fold(other) != _fold(name)),
        title=person.titles[0] if person.titles else None,
        affiliation=person.affiliations[0] if person.affiliations else None,
        role=role,
    )


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
