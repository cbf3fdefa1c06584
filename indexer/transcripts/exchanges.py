"""Questions and their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from indexer.model import Role, Section, Speaker
from indexer.transcripts import acts, question_acts
from indexer.transcripts.course import Course
from indexer.transcripts.roles import interprets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.turns import Speech, SpokenTurn

_LONGEST_HANDOVER = 300
_LABEL = re.compile(r"问|問|q\d*|question|提问|提問|投资者提问|投資者提問|投资者|投資者|投資人", re.IGNORECASE)
_NAMELESS = re.compile(
    r"提问者|提問者|提问人|提問人|分析师|分析師|网友|網友|股东|股東|记者|記者|(?:unidentified|unknown)\b.*|analyst"
    r"|caller",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """A paragraph: the position of its turn, and its place in the turn."""

    turn: int
    speech: int


@dataclass(frozen=True, slots=True)
class FoundExchange:
    """A question and what was answered by whom, as places in the order they were spoken."""

    asker: Speaker
    question: tuple[Place, ...]
    answers: tuple[tuple[Speaker, tuple[Place, ...]], ...]


@dataclass(slots=True)
class _Open:
    """An exchange while it is being gathered. `asks` tells that something was really asked."""

    asker: Speaker
    question: list[Place] = field(default_factory=list)
    answers: dict[Speaker, list[Place]] = field(default_factory=dict)
    asks: bool = False


def exchanges_of(turns: Sequence[SpokenTurn], sections: Sequence[Section]) -> tuple[FoundExchange, ...]:
    """Return the exchanges of a call in their order.

    A question begins with somebody who is not the asker of the exchange that is open, or whom the operator has called
    anew. Everything that others say up to the next hand-over answers it. To no exchange belong: operators, hosts who
    hand over, what ends the call. An interpreter's words go where the words went that they render.
    """
    gathering = _Gathering(Course(turns, sections))
    for index, section in enumerate(sections):
        if section is Section.QA:
            gathering.take(index)
    return tuple(
        FoundExchange(
            found.asker,
            tuple(found.question),
            tuple((speaker, tuple(places)) for speaker, places in found.answers.items()),
        )
        for found in gathering.found
        if found.answers or found.asks
    )


class _Gathering:
    """Walks through the questions of a call, turn after turn.

    `current` is the exchange that is open, if one is; `called` tells that somebody was asked to put the next question
    since; `target` is where the turn before went, for the interpreter.
    """

    def __init__(self, call: Course) -> None:
        self.call = call
        self.found: list[_Open] = []
        self.current: _Open | None = None
        self.called = True
        self.target: list[Place] | None = None
        self.askers: set[Speaker] = set()

    def take(self, index: int) -> None:
        """Give the turn to an exchange, or to none."""
        turn = self.call.turns[index]
        if interprets(turn.speaker) and turn.asks is None:
            self._interpret(index)
        elif self._is_asker(turn):
            self._ask(index)
        elif turn.speaker in self.call.hosts and turn.asks is None:
            self._lead(index)
        else:
            self._answer(index)

    def _is_asker(self, turn: SpokenTurn) -> bool:
        speaker, call = turn.speaker, self.call
        if turn.asks is not None:
            return turn.asks
        if speaker.role is Role.ANALYST:
            return speaker not in call.hosts or not call.hands_over(turn.text)
        if speaker in self.askers:
            return True
        is_new = speaker.role is Role.OTHER and turn.attributed and speaker not in call.known | call.hosts
        return is_new and call.is_call and self.called and self.current is None and question_acts.asks(turn.text)

    def _ask(self, index: int) -> None:
        """Take in words of an asker: a new question, or more of one that is open or was just closed."""
        turn = self.call.turns[index]
        polite = self.call.is_polite(turn.text)
        last = self.found[-1] if self.found else None
        if last is not None and self.current is last and not last.answers and not last.asks:
            last.asker = turn.speaker  # So far there were only words of another to introduce him.
        elif last is None or not self._goes_on(turn.speaker, last, polite=polite):
            last = _Open(turn.speaker)
            self.found.append(last)
        self.current = last
        self.askers.add(turn.speaker)
        last.asks = last.asks or not (polite or question_acts.is_answered_already(turn.text))
        self._add(last.question, index, turn.speeches)
        self.called = False

    def _goes_on(self, asker: Speaker, last: _Open, *, polite: bool) -> bool:
        """Whether the asker goes on with the newest exchange."""
        if asker != last.asker:
            return False
        if not last.answers:
            return self.current is last or not self.called
        if polite:
            return True
        if _LABEL.fullmatch(asker.name) or (_NAMELESS.fullmatch(asker.name) and not self.call.is_led):
            return False
        return self.current is last or not self.called

    def _lead(self, index: int) -> None:
        """Take in what a host says: a question read out, a hand-over that belongs to no exchange, or an answer."""
        turn = self.call.turns[index]
        text = turn.text
        is_operator = turn.speaker.role is Role.OPERATOR
        is_free = self.current is None or bool(self.current.answers)
        leaves = len(text) <= _LONGEST_HANDOVER and is_free and (acts.hands_over(text) or acts.closes(text))
        in_turn = self.current is None or turn.speaker == self.current.asker
        if self.call.reads_question(index, in_turn=in_turn):
            self.current = _Open(turn.speaker, asks=True)
            self.found.append(self.current)
            self._add(self.current.question, index, turn.speeches)
            self.called = False
        elif is_operator or leaves or self.call.hands_over(text):
            self.target = None
            if not (is_operator and self._is_interruption(index)):
                self._leave(text)
        elif self.target is not None and question_acts.translates(text):
            self._add(self.target, index, turn.speeches)
        elif self.call.routes(index):
            self.target = None
        else:
            self._answer(index)

    def _is_interruption(self, index: int) -> bool:
        """Whether an operator ends nothing: the next to speak takes part in the exchange that is open."""
        following, text = self.call.next(index), self.call.turns[index].text
        if self.current is None or following is None or acts.closes(text) or acts.moves_on(text):
            return False
        speaker = following.speaker
        return speaker == self.current.asker or (speaker in self.current.answers and not acts.hands_over(text))

    def _leave(self, text: str) -> None:
        """Close the exchange if it has been answered, or if the call ends."""
        closes = acts.closes(text)
        self.called = closes or acts.hands_over(text)
        if self.current is not None and (self.current.answers or closes):
            self.current = None

    def _answer(self, index: int) -> None:
        """Take in an answer, up to where it turns into a hand-over or a farewell."""
        turn = self.call.turns[index]
        self.target = None
        if self.current is None:
            return
        said, rest = self.call.without_end(index)
        bystands = not self.current.answers and turn.speaker.role is Role.OTHER and turn.asks is None
        if said and bystands and self.call.is_answered_next(index):
            self._add(self.current.question, index, said)
        elif said:
            self._add(self.current.answers.setdefault(turn.speaker, []), index, said)
        if acts.closes(rest):
            self.target = None
            self._leave(rest)

    def _interpret(self, index: int) -> None:
        """Give an interpreter's words to what they render; where nobody else answers, they are the answer."""
        turn, following = self.call.turns[index], self.call.next(index)
        current, target = self.current, self.target
        if current is None or target is None:
            return
        unanswered = target is current.question and not current.answers
        if unanswered and (following is None or following.speaker in self.call.hosts or self.call.is_asking(following)):
            target = current.answers.setdefault(turn.speaker, [])
        self._add(target, index, turn.speeches)

    def _add(self, target: list[Place], index: int, speeches: Sequence[Speech]) -> None:
        target.extend(Place(index, at) for at in range(len(speeches)))
        self.target = target
