"""Roles that no speaker line gives, told from the course of the call: who hands over, and who asks when called.

Some records have names only, or only Speaker 1 and Speaker 2. A role that the source does give is never changed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts import acts, question_acts
from indexer.transcripts.introductions import introduced_house
from indexer.transcripts.role_labels import role_of_label
from indexer.transcripts.unled import is_with_investors, uncalled_askers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Speaker
    from indexer.transcripts.turns import SpokenTurn

_INTERPRETER = re.compile(r"\b(?:interpreter|translator)\b|翻译|翻譯|译员|譯員|口译|口譯|传译|傳譯", re.IGNORECASE)
_NAMELESS = re.compile(r"\b(?:unidentified|unknown|unnamed)\b|未署名|未知", re.IGNORECASE)
_THANKS = re.compile(r"\bthank(?:s| you)\b|谢谢|謝謝|感谢|感謝", re.IGNORECASE)
_FEWEST_ANALYSTS = 3
_ENDING = 80
_SOON = 3
_LONGEST_ASIDE = 50
_FEWEST_CALLS = 2
_MOST = 0.5


def with_roles(turns: Sequence[SpokenTurn], about: str = "") -> tuple[SpokenTurn, ...]:
    """Return the turns with the roles that the course of the call proves. `about` is what its title and head say.

    Who calls people to ask, at least twice and with most of what he says, is an operator. Who asks right after being
    called, and has not spoken before, is an analyst; where nobody is called, so is who only asks, if the call is one
    with investors. Where there are analysts, the others speak for the company.
    """
    operators = {turn.speaker for turn in turns if turn.speaker.role is Role.OPERATOR}
    if not operators:
        said = _said(turns)
        calls = _calls(turns, said)
        often = {who for who, count in calls.items() if count >= max(_FEWEST_CALLS, said[who] * _MOST)}
        # Recognised speech numbers people anew from time to time: one call and nothing else may be all there is.
        operators = often | ({who for who, count in calls.items() if count == said[who]} if often else set())
    hosts = {turn.speaker for turn in turns if role_of_label(turn.speaker.name) is Role.OPERATOR}
    askers = _called(turns, operators or hosts)
    operators = operators or (hosts if askers else set())
    analysts = {turn.speaker for turn in turns if turn.speaker.role is Role.ANALYST}
    askers |= _asking_like(turns, analysts) if len(analysts) >= _FEWEST_ANALYSTS else set()
    houses = _houses(turns)
    if not askers | analysts and (houses or is_with_investors(about)):
        askers |= uncalled_askers(turns)
    askers |= houses.keys()
    if not askers and not (operators and analysts):
        return tuple(turns)
    roles: dict[Speaker, Role] = {}
    for turn in turns:
        if turn.speaker in askers:
            roles[turn.speaker] = Role.ANALYST
        elif turn.speaker in operators:
            roles[turn.speaker] = Role.OPERATOR
        elif _is_open(turn) and turn.speaker.role is Role.OTHER and not _NAMELESS.search(turn.speaker.name):
            roles[turn.speaker] = Role.MANAGEMENT
    return tuple(
        replace(
            turn,
            speaker=replace(
                turn.speaker,
                role=roles.get(turn.speaker, turn.speaker.role),
                affiliation=turn.speaker.affiliation or houses.get(turn.speaker),
            ),
        )
        for turn in turns
    )


def _houses(turns: Sequence[SpokenTurn]) -> dict[Speaker, str]:
    """Return who asks in the name of a bank, a broker or a fund, by what they say of themselves: of one house, always.

    Recognised speech may take several people for one, who then name several houses.
    """
    found: dict[Speaker, set[str]] = defaultdict(set)
    for turn in turns:
        if _is_open(turn) and question_acts.asks(turn.text) and (house := introduced_house(turn.text)):
            found[turn.speaker].add(house)
    return {speaker: next(iter(houses)) for speaker, houses in found.items() if len(houses) == 1}


def _said(turns: Sequence[SpokenTurn]) -> Counter[Speaker]:
    """Count the turns of each speaker, but for asides ("Yes.") that call nobody."""
    return Counter(turn.speaker for turn in turns if len(turn.text) > _LONGEST_ASIDE or acts.calls_an_asker(turn.text))


def _calls(turns: Sequence[SpokenTurn], said: Mapping[Speaker, int]) -> Counter[Speaker]:
    """Count the turns of each speaker that call somebody to ask.

    `said` has all turns of each but asides. Nobody's are looked at any more once too many of them call nobody.
    """
    calls: Counter[Speaker] = Counter()
    others: Counter[Speaker] = Counter()
    for turn in turns:
        who = turn.speaker
        if others[who] and said[who] - others[who] < max(_FEWEST_CALLS, said[who] * _MOST):
            continue
        if _is_open(turn) and acts.calls_an_asker(turn.text):
            calls[who] += 1
        elif len(turn.text) > _LONGEST_ASIDE:
            others[who] += 1
    return calls


def interprets(speaker: Speaker) -> bool:
    """Whether the person speaks the words of others in another language."""
    return bool(_INTERPRETER.search(speaker.name) or (speaker.title and _INTERPRETER.search(speaker.title)))


def _called(turns: Sequence[SpokenTurn], operators: set[Speaker]) -> set[Speaker]:
    """Return who asks soon after an operator has called somebody to, and has neither role nor earlier words.

    Between the two may stand the thanks of somebody else, and before the question a greeting.
    """
    found: set[Speaker] = set()
    heard: set[Speaker] = set()
    calls = [i for i, turn in enumerate(turns) if turn.speaker in operators and acts.calls_an_asker(turn.text)]
    for start, end in pairwise((*calls, len(turns))):
        heard |= {turn.speaker for turn in turns[: start + 1]}
        below = turns[start + 1 : end]
        new = [turn for turn in below[:_SOON] if turn.speaker not in heard | operators and _is_open(turn)]
        if new and any(question_acts.asks(turn.text) for turn in below if turn.speaker == new[0].speaker):
            found.add(new[0].speaker)
    return found


def _asking_like(turns: Sequence[SpokenTurn], analysts: set[Speaker]) -> set[Speaker]:
    """Return who asks amid the questions of known analysts, though no line gives a firm.

    Such a person has not spoken before, comes after somebody of the company or the operator, ends with a question
    or with thanks, and is answered by somebody whose title is known.
    """
    found: set[Speaker] = set()
    first = next((index for index, turn in enumerate(turns) if turn.speaker in analysts), len(turns))
    heard = {turn.speaker for turn in turns[:first]}
    for before, turn, after in zip(turns[first:], turns[first + 1 :], turns[first + 2 :], strict=False):
        heard.add(before.speaker)
        answered = after.speaker.title is not None and after.speaker.role is Role.MANAGEMENT
        if turn.speaker in heard or before.speaker in analysts | found or not answered or not _is_open(turn):
            continue
        ending = turn.text[-_ENDING:]
        if question_acts.asks(turn.text) and (ending.rstrip().endswith(("?", "？")) or _THANKS.search(ending)):
            found.add(turn.speaker)
    return found


def _is_open(turn: SpokenTurn) -> bool:
    """Whether the source leaves it open what the speaker is to the call."""
    speaker = turn.speaker
    undecided = speaker.role in {Role.OTHER, Role.MANAGEMENT} and speaker.title is None and speaker.affiliation is None
    return undecided and turn.attributed and turn.asks is None and not interprets(speaker)
