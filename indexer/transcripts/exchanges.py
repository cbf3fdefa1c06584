"""Questions and their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.model import Role, Section, Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.turns import SpokenTurn

_CLOSES = re.compile(
    r"到此结束|到此結束|结束今天|(?:会议|電話會議|电话会议?)(?:就)?(?:到这里|结束)|下一位|下一个问题"
    r"|下一個問題|next question"
    r"|(?:concludes?|end of) (?:the|our|today|this)|closing remarks|thank you (?:all |everyone )?for "
    r"(?:joining|participating|attending)",
    re.IGNORECASE,
)
_LONGEST_HANDOVER = 300


@dataclass(slots=True)
class _Open:
    asker: Speaker
    turns: list[int] = field(default_factory=list)
    answered: bool = False


def exchanges_of(turns: Sequence[SpokenTurn], sections: Sequence[Section]) -> tuple[tuple[int, ...], ...]:
    """Return the exchanges, each as the positions of its turns: question, answers and follow-ups.

    A question begins with an analyst who is not the asker of the exchange that is open. Turns of the operator
    belong to none and, after an answer, end the exchange; so does a short turn of the host that hands over or
    closes the call. The host is the first speaker of the call who is no operator.
    """
    host = next((turn.speaker for turn in turns if turn.speaker.role is not Role.OPERATOR), None)
    found: list[_Open] = []
    current: _Open | None = None
    for index, (turn, section) in enumerate(zip(turns, sections, strict=True)):
        if section is not Section.QA:
            continue
        role = turn.speaker.role
        if role is Role.ANALYST:
            if current is None or current.asker != turn.speaker:
                current = _Open(turn.speaker)
                found.append(current)
            current.turns.append(index)
        elif role is Role.OPERATOR or (turn.speaker == host and _hands_over(turns, index)):
            current = None if current and current.answered else current
        elif current is not None:
            current.turns.append(index)
            current.answered = current.answered or role is Role.MANAGEMENT
    return tuple(tuple(exchange.turns) for exchange in found)


def _hands_over(turns: Sequence[SpokenTurn], index: int) -> bool:
    text = turns[index].text
    if len(text) > _LONGEST_HANDOVER:
        return False
    last = index == len(turns) - 1
    return bool(_CLOSES.search(text)) and (last or turns[index + 1].speaker.role is not Role.MANAGEMENT)
