"""Roles that no speaker line gives, told from the course of the call: who hands over, and who asks when called.

Some records have names only, or only Speaker 1 and Speaker 2. A role that the source does give is never changed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts import acts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Speaker
    from indexer.transcripts.turns import SpokenTurn

_INTERPRETER = re.compile(r"\b(?:interpreter|translator)\b|翻译|翻譯|译员|譯員|口译|口譯|传译|傳譯", re.IGNORECASE)
_NAMELESS = re.compile(r"\b(?:unidentified|unknown|unnamed)\b|未署名|未知", re.IGNORECASE)
_FEWEST_CALLS = 2
_MOST = 0.5


def with_roles(turns: Sequence[SpokenTurn]) -> tuple[SpokenTurn, ...]:
    """Return the turns with the roles that the course of the call proves.

    Who calls people to ask, at least twice and with most of what he says, is an operator. Who asks right after being
    called, and has not spoken before, is an analyst. Where there are analysts, the others speak for the company.
    """
    operators = {turn.speaker for turn in turns if turn.speaker.role is Role.OPERATOR}
    if not operators:
        said = Counter(turn.speaker for turn in turns)
        calls = _calls(turns, said)
        often = {who for who, count in calls.items() if count >= max(_FEWEST_CALLS, said[who] * _MOST)}
        # Recognised speech numbers people anew from time to time: one call and nothing else may be all there is.
        operators = often | ({who for who, count in calls.items() if count == said[who]} if often else set())
    askers = _called(turns, operators)
    if not askers:
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
        replace(turn, speaker=replace(turn.speaker, role=roles.get(turn.speaker, turn.speaker.role))) for turn in turns
    )


def _calls(turns: Sequence[SpokenTurn], said: Mapping[Speaker, int]) -> Counter[Speaker]:
    """Count the turns of each speaker that call somebody to ask.

    `said` has all turns of each. Nobody's are looked at any more once too many of them call nobody.
    """
    calls: Counter[Speaker] = Counter()
    others: Counter[Speaker] = Counter()
    for turn in turns:
        who = turn.speaker
        if others[who] and said[who] - others[who] < max(_FEWEST_CALLS, said[who] * _MOST):
            continue
        if _is_open(turn) and acts.calls_an_asker(turn.text):
            calls[who] += 1
        else:
            others[who] += 1
    return calls


def interprets(speaker: Speaker) -> bool:
    """Whether the person speaks the words of others in another language."""
    return bool(_INTERPRETER.search(speaker.name) or (speaker.title and _INTERPRETER.search(speaker.title)))


def _called(turns: Sequence[SpokenTurn], operators: set[Speaker]) -> set[Speaker]:
    """Return who asks right after an operator has called somebody to, and has neither role nor earlier words."""
    found: set[Speaker] = set()
    heard: set[Speaker] = set()
    before: SpokenTurn | None = None
    for turn in turns:
        is_new = turn.speaker not in heard and turn.speaker not in operators
        if (
            before is not None
            and before.speaker in operators
            and is_new
            and _is_open(turn)
            and acts.calls_an_asker(before.text)
            and acts.asks(turn.text)
        ):
            found.add(turn.speaker)
        heard.add(turn.speaker)
        before = turn
    return found


def _is_open(turn: SpokenTurn) -> bool:
    """Whether the source leaves it open what the speaker is to the call."""
    speaker = turn.speaker
    undecided = speaker.role in {Role.OTHER, Role.MANAGEMENT} and speaker.title is None and speaker.affiliation is None
    return undecided and turn.attributed and turn.asks is None and not interprets(speaker)
