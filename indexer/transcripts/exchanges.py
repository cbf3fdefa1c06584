"""Questions and their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from indexer.model import Role, Section, Speaker
from indexer.transcripts import acts
from indexer.transcripts.courtesy import Weight, name_parts, weight_of
from indexer.transcripts.roles import interprets
from indexer.transcripts.sections import hosts_of, leads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.transcripts.turns import SpokenTurn

_LONGEST_HANDOVER = 300
_LONGEST_ROUTING = 160
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
    gathering = _Gathering(turns, sections)
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

    def __init__(self, turns: Sequence[SpokenTurn], sections: Sequence[Section]) -> None:
        self.turns = turns
        self.found: list[_Open] = []
        self.current: _Open | None = None
        self.called = True
        self.target: list[Place] | None = None
        before = [turn for turn, section in zip(turns, sections, strict=True) if section is not Section.QA]
        self.hosts = hosts_of(before) | {turn.speaker for turn in turns if leads(turn.speaker)}
        self.askers: set[Speaker] = set()
        self.is_call = any(turn.speaker.role is Role.ANALYST or turn.asks is not None for turn in turns)
        self.known = {turn.speaker for turn in before}
        self.names = name_parts(
            frozenset(name for turn in turns for name in (turn.speaker.name, *turn.speaker.other_names))
        )
        qa = [turn for turn, section in zip(turns, sections, strict=True) if section is Section.QA]
        self.is_led = any(turn.speaker in self.hosts and acts.hands_over(turn.text) for turn in qa)

    def take(self, index: int) -> None:
        """Give the turn to an exchange, or to none."""
        turn = self.turns[index]
        if interprets(turn.speaker) and turn.asks is None:
            self._interpret(index)
        elif self._is_asker(turn):
            self._ask(index)
        elif turn.speaker.role is Role.OPERATOR:
            self._operate(index)
        elif turn.speaker in self.hosts and turn.asks is None and self._host(index):
            pass
        else:
            self._answer(index)

    def _is_asker(self, turn: SpokenTurn) -> bool:
        if turn.asks is not None:
            return turn.asks
        if turn.speaker.role is Role.ANALYST:
            return turn.speaker not in self.hosts or not acts.only_hands_over(turn.text, self.names)
        if turn.speaker in self.askers:
            return True
        is_new = turn.speaker.role is Role.OTHER and turn.attributed and turn.speaker not in self.known | self.hosts
        return is_new and self.is_call and self.called and self.current is None and acts.asks(turn.text)

    def _ask(self, index: int) -> None:
        """Take in words of an asker: a new question, or more of one that is open or was just closed."""
        turn = self.turns[index]
        last = self.found[-1] if self.found else None
        polite = weight_of(turn.text, self.names) is not Weight.CONTENT
        if last is not None and self._goes_on(turn, last, polite=polite):
            self.current = last
        elif last is not None and self.current is last and not last.answers and not last.asks:
            last.asker = turn.speaker
        else:
            self.current = _Open(turn.speaker)
            self.found.append(self.current)
        self.askers.add(turn.speaker)
        self.current = self.found[-1]
        self.current.asks = self.current.asks or not (polite or acts.is_answered_already(turn.text))
        self._add(self.current.question, _places(index, turn.speeches))
        self.called = False

    def _goes_on(self, turn: SpokenTurn, last: _Open, *, polite: bool) -> bool:
        """Whether the asker goes on with the newest exchange."""
        if turn.speaker != last.asker:
            return False
        if polite and last.answers:
            return True
        if last.answers and (
            _LABEL.fullmatch(turn.speaker.name) or (_NAMELESS.fullmatch(turn.speaker.name) and not self.is_led)
        ):
            return False
        return self.current is last or not self.called

    def _operate(self, index: int) -> None:
        """Take in what an operator says: a question read out, or a hand-over that belongs to no exchange."""
        turn = self.turns[index]
        if self._reads_question(index):
            self._read(index)
            return
        self._leave(turn.text, continues=self._continues(index))

    def _continues(self, index: int) -> bool:
        """Whether the operator only interrupts: the next to speak takes part in the exchange that is open."""
        following, text = self._next(index), self.turns[index].text
        if self.current is None or following is None or acts.closes(text) or acts.moves_on(text):
            return False
        speaker = following.speaker
        return speaker == self.current.asker or (speaker in self.current.answers and not acts.hands_over(text))

    def _host(self, index: int) -> bool:
        """Take in what a host says, unless it is part of an answer."""
        turn = self.turns[index]
        text = turn.text
        following = self._next(index)
        is_free = self.current is None or bool(self.current.answers)
        leaves = len(text) <= _LONGEST_HANDOVER and is_free and (acts.hands_over(text) or acts.closes(text))
        if self._reads_question(index):
            self._read(index)
        elif leaves or acts.only_hands_over(text, self.names):
            self._leave(text, continues=False)
        elif self.current is not None and self.target is not None and acts.translates(text):
            self._add(self.target, _places(index, turn.speeches))
        elif following is not None and not self._is_asking(following) and _routes(text):
            self.target = None
        else:
            return False
        return True

    def _reads_question(self, index: int) -> bool:
        """Whether a host puts a question in the name of somebody who is not on the line."""
        turn = self.turns[index]
        following = self._next(index)
        if following is None or self._is_asking(following) or following.speaker in self.hosts:
            return False
        if not acts.asks(turn.text):
            return False
        if acts.reads_out(turn.text):
            return True
        is_free = self.current is None or turn.speaker == self.current.asker
        is_procedure = acts.only_hands_over(turn.text, self.names) or acts.closes(turn.text) or _routes(turn.text)
        return self.is_call and is_free and not is_procedure

    def _read(self, index: int) -> None:
        turn = self.turns[index]
        self.current = _Open(turn.speaker, asks=True)
        self.found.append(self.current)
        self._add(self.current.question, _places(index, turn.speeches))
        self.called = False

    def _leave(self, text: str, *, continues: bool) -> None:
        """Close the exchange if it has been answered, or if the call ends."""
        self.target = None
        if continues:
            return
        self.called = acts.hands_over(text) or acts.closes(text)
        if self.current is not None and (self.current.answers or acts.closes(text)):
            self.current = None

    def _answer(self, index: int) -> None:
        """Take in an answer, up to where it turns into a hand-over or a farewell."""
        turn = self.turns[index]
        self.target = None
        if self.current is None:
            return
        said, rest = self._without_end(index)
        before_answers = not self.current.answers and turn.speaker.role is Role.OTHER and turn.asks is None
        places = self.current.question if before_answers and self._is_answered_next(index) else None
        if said:
            if places is None:
                places = self.current.answers.setdefault(turn.speaker, [])
            self._add(places, _places(index, said))
        if acts.closes(rest):
            self._leave(rest, continues=False)

    def _without_end(self, index: int) -> tuple[tuple[object, ...], str]:
        """Part the paragraphs of an answer from a hand-over or farewell at its end, given as one text."""
        turn = self.turns[index]
        speeches = turn.speeches
        end = len(speeches)
        while end > 1 and acts.only_hands_over(speeches[end - 1].text, self.names):
            end -= 1
        if end == 1 and acts.only_hands_over(speeches[0].text, self.names) and turn.asks is None:
            end = 0
        if not any(map(self._is_asking, self.turns[index + 1 :])):
            end = next((at for at in range(end) if acts.closes_early(speeches[at].text)), end)
        return speeches[:end], "\n".join(speech.text for speech in speeches[end:])

    def _interpret(self, index: int) -> None:
        """Give an interpreter's words to what they render; where nobody else answers, they are the answer."""
        turn = self.turns[index]
        current, target = self.current, self.target
        if current is None or target is None:
            return
        following = self._next(index)
        answers_himself = target is current.question and not current.answers
        if answers_himself and (following is None or following.speaker in self.hosts or self._is_asking(following)):
            target = current.answers.setdefault(turn.speaker, [])
        self._add(target, _places(index, turn.speeches))

    def _add(self, target: list[Place], places: Iterable[Place]) -> None:
        target.extend(places)
        self.target = target

    def _next(self, index: int) -> SpokenTurn | None:
        """Return the next turn that is no interpreter's."""
        return next((turn for turn in self.turns[index + 1 :] if not interprets(turn.speaker)), None)

    def _is_answered_next(self, index: int) -> bool:
        following = self._next(index)
        return following is not None and following.speaker.role is Role.MANAGEMENT

    def _is_asking(self, turn: SpokenTurn) -> bool:
        return turn.asks or (turn.asks is None and turn.speaker.role is Role.ANALYST)


def _routes(text: str) -> bool:
    """Whether a host only says who shall answer."""
    return len(text) <= _LONGEST_ROUTING and acts.routes(text)


def _places(index: int, speeches: Sequence[object]) -> list[Place]:
    return [Place(index, at) for at in range(len(speeches))]
