"""Speaker lines to speakers: one value for each person, under however many names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indexer.model import Role, Speaker
from indexer.transcripts.cues import Cue, with_title
from indexer.transcripts.handovers import called_analysts, called_names
from indexer.transcripts.identities import fold, identities
from indexer.transcripts.introductions import introduced_title, names_in_brackets
from indexer.transcripts.names import LATIN_ADDRESS, family_of_address, is_full_latin_name, is_latin_name
from indexer.transcripts.role_labels import role_of_label
from indexer.transcripts.turns import SpokenTurn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.transcripts.turns import CuedTurn

UNKNOWN_SPEAKER = {"zh": "未署名", "en": "Unknown speaker"}
"""The name of whoever said what no speaker line attributes, by the language of the transcript."""

DOCUMENT = {"zh": "文件", "en": "Document"}
"""What stands for a speaker in a document, by its language."""

_TURNS_OF_THE_OPENING = 4
_HOSTS = frozenset({"主持人", "主持", "moderator"})  # Without analysts it is a talk, and they talk along.


@dataclass(slots=True)
class _Person:
    """What is known so far of one person."""

    names: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    affiliations: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    nameless: bool = False

    def absorb(self, cue: Cue, *, spoken: bool) -> None:
        self.nameless = cue.unnamed
        self.names[cue.name] += spoken
        for name in cue.other_names:
            self.names[name] += 0
        self.titles += [cue.title] if cue.title else []
        self.affiliations += [cue.affiliation] if cue.affiliation else []
        self.roles += [cue.role] if cue.role else []


def attribute(
    turns: Sequence[CuedTurn], people: Iterable[Cue], language: str, lead: str = ""
) -> tuple[SpokenTurn, ...]:
    """Return the turns with their speakers, joined where the same person goes on.

    People are one when a speaker line or a list of participants gives both names, or when a hand-over does;
    never because names look alike. Speakers are numbered s1, s2, … as they first speak. `lead` is what the file
    says of the call above its record.
    """
    people = tuple(people)
    prose = "\n".join((lead, *(turn.text for turn in turns)))
    ties = _ties(turns, people, prose)
    key_of, handed = identities(turns, people, ties)
    opening = "\n".join((lead, *(turn.text for turn in turns[:_TURNS_OF_THE_OPENING])))
    persons = _persons(turns, people, key_of, [*ties, *handed], opening)
    has_analysts = any(Role.ANALYST in person.roles for person in persons.values())
    speakers: dict[str | None, Speaker] = {}
    spoken: list[SpokenTurn] = []
    for turn in turns:
        key = key_of[fold(turn.cue.name)] if turn.cue else None
        if key not in speakers:
            speaker_id = f"s{len(speakers) + 1}"
            speakers[key] = (
                Speaker(speaker_id, UNKNOWN_SPEAKER[language])
                if key is None
                else _speaker(speaker_id, persons[key], has_analysts=has_analysts)
            )
        _append(spoken, SpokenTurn(speakers[key], turn.opens, turn.speeches, key is not None, turn.asks, turn.told))
    return tuple(spoken)


def placed(turns: Sequence[CuedTurn], language: str) -> tuple[SpokenTurn, ...]:
    """Return the text of a document as turns of a placeholder, which is no speaker."""
    placeholder = Speaker("s0", DOCUMENT[language])
    spoken: list[SpokenTurn] = []
    for turn in turns:
        _append(spoken, SpokenTurn(placeholder, None, turn.speeches, attributed=False))
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


def _ties(turns: Sequence[CuedTurn], people: Sequence[Cue], prose: str) -> list[tuple[str, str]]:
    """Return pairs of names that the words of the call tie together: in brackets, and by hand-overs."""
    names = {
        name for cue in (*(turn.cue for turn in turns if turn.cue), *people) for name in (cue.name, *cue.other_names)
    }
    called = [(known, name) for name, known in called_names(turns).items()]
    return [*names_in_brackets(prose, names), *called]


def _persons(
    turns: Sequence[CuedTurn],
    people: Sequence[Cue],
    key_of: dict[str, str],
    ties: Sequence[tuple[str, str]],
    opening: str,
) -> dict[str, _Person]:
    persons: dict[str, _Person] = {key: _Person() for key in key_of.values()}
    for turn in turns:
        if turn.cue:
            persons[key_of[fold(turn.cue.name)]].absorb(turn.cue, spoken=True)
    for listed in people:
        persons[key_of[fold(listed.name)]].absorb(listed, spoken=False)
    for name in (name for pair in ties for name in pair):
        key = key_of.get(fold(name))
        if key and fold(name) not in map(fold, persons[key].names):
            persons[key].names[name] += 0
    for person in persons.values():
        _introduce(person, opening)
    for name, called_analyst in called_analysts(turns).items():
        asker = persons[key_of[fold(name)]]
        if not asker.roles:
            asker.roles.append(Role.ANALYST)
        if called_analyst.firm and Role.ANALYST in asker.roles:
            asker.affiliations.append(called_analyst.firm)
    return persons


def _introduce(person: _Person, opening: str) -> None:
    """Add the title with which the opening of the call introduces a person who has none."""
    if person.titles or person.nameless:
        return
    spellings = [spelling for name in person.names for spelling in _spellings(name)]
    title = next((title for spelling in spellings if (title := introduced_title(spelling, opening))), None)
    if title:
        person.absorb(with_title(Cue(next(iter(person.names))), title), spoken=False)


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as it is, and one in capitals as running text writes it."""
    return (name, name.title()) if name.isupper() and name.isascii() else (name,)


def _speaker(speaker_id: str, person: _Person, *, has_analysts: bool) -> Speaker:
    name = max(person.names, key=lambda each: (_is_full(each), not each.isupper(), person.names[each]))
    role = person.roles[0] if person.roles else (Role.MANAGEMENT if has_analysts else Role.OTHER)
    if role is Role.OPERATOR and not has_analysts and fold(name) in _HOSTS:
        role = Role.OTHER
    return Speaker(
        id=speaker_id,
        name=name,
        other_names=tuple(other for other in person.names if fold(other) != fold(name)),
        title=person.titles[0] if person.titles else None,
        affiliation=person.affiliations[0] if person.affiliations else None,
        role=role,
    )


def _is_full(name: str) -> bool:
    """Whether a name is more than a way to address somebody: 张总, Mr. Okafor, Ana, CEO."""
    if family_of_address(name) or role_of_label(name):
        return False
    return not is_latin_name(name) or is_full_latin_name(LATIN_ADDRESS.sub("", name))
