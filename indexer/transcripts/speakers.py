"""Speaker lines to speakers: one value for each person, under however many names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indexer.model import Role, Speaker
from indexer.transcripts.cues import Cue, with_title
from indexer.transcripts.handovers import called_analysts, called_names, introduced_title
from indexer.transcripts.turns import SpokenTurn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.transcripts.turns import CuedTurn

UNKNOWN_SPEAKER = {"zh": "未署名", "en": "Unknown speaker"}
"""The name of whoever said what no speaker line attributes, by the language of the transcript."""

_HOSTS = frozenset({"主持人", "主持", "moderator"})  # Without analysts it is a talk, and they talk along.


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
        _append(spoken, SpokenTurn(speakers[key], turn.opens, turn.speeches, key is not None, turn.asks, turn.told))
    return tuple(spoken)


def _append(spoken: list[SpokenTurn], turn: SpokenTurn) -> None:
    """Append the turn, or lengthen the last one when the same person goes on in the same section."""
    if (
        spoken
        and spoken[-1].speaker == turn.speaker
        and spoken[-1].asks == turn.asks
        and spoken[-1].told == turn.told
        and turn.opens in {None, spoken[-1].opens}
    ):
        spoken[-1] = replace(spoken[-1], speeches=spoken[-1].speeches + turn.speeches)
    else:
        spoken.append(turn)


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
    for listed in people:
        persons[key_of[_fold(listed.name)]].absorb(listed, spoken=False)
    for called, known in called_names(turns).items():
        persons[key_of[_fold(known)]].names[called] += 0
    opening = "".join(turn.text for turn in turns[:2])
    for known_person in persons.values():
        name = next(iter(known_person.names), "")
        if name and not known_person.titles and (title := introduced_title(name, opening)):
            known_person.absorb(with_title(Cue(name), title), spoken=False)
    for name, called_analyst in called_analysts(turns).items():
        asker = persons[key_of[_fold(name)]]
        if not asker.roles:
            asker.roles.append(Role.ANALYST)
        if called_analyst.firm and Role.ANALYST in asker.roles:
            asker.affiliations.append(called_analyst.firm)
    return persons


def _speaker(speaker_id: str, person: _Person, *, has_analysts: bool) -> Speaker:
    name = max(person.names, key=lambda each: person.names[each])
    role = person.roles[0] if person.roles else (Role.MANAGEMENT if has_analysts else Role.OTHER)
    if role is Role.OPERATOR and not has_analysts and _fold(name) in _HOSTS:
        role = Role.OTHER
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
