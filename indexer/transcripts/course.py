"""The course of a call as far as it decides what belongs to a question: who leads, who asks, who speaks next."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from indexer.model import Role, Section
from indexer.transcripts import acts, question_acts
from indexer.transcripts.courtesy import Weight, name_parts, weight_of
from indexer.transcripts.roles import interprets
from indexer.transcripts.sections import hosts_of, leads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.turns import Speech, SpokenTurn

_LONGEST_ROUTING = 160


class Course:
    """Turns with their sections, and what they tell together.

    `hosts` lead through the call, `known` are those who spoke before the questions, `names` what people are called.
    """

    def __init__(self, turns: Sequence[SpokenTurn], sections: Sequence[Section]) -> None:
        self.turns = turns
        self._asked = [turn for turn, section in zip(turns, sections, strict=True) if section is Section.QA]
        before = [turn for turn, section in zip(turns, sections, strict=True) if section is not Section.QA]
        self.known = {turn.speaker for turn in before}
        self.hosts = hosts_of(before) | set(filter(leads, {turn.speaker for turn in turns}))
        self.names = name_parts(
            frozenset(name for turn in turns for name in (turn.speaker.name, *turn.speaker.other_names))
        )

    @cached_property
    def is_call(self) -> bool:
        """Whether somebody is known to ask: a talk has a host too, whose questions are his own."""
        return any(turn.speaker.role is Role.ANALYST or turn.asks is not None for turn in self.turns)

    @cached_property
    def is_led(self) -> bool:
        """Whether hosts hand over from question to question."""
        return any(turn.speaker in self.hosts and acts.hands_over(turn.text) for turn in self._asked)

    @cached_property
    def _last_question(self) -> int:
        asking = (at for at, turn in enumerate(self.turns) if self.is_asking(turn) and not self.is_polite(turn.text))
        return max(asking, default=-1)

    def is_asking(self, turn: SpokenTurn) -> bool:
        """Whether the turn is an asker's, by what the format says or by role."""
        return turn.asks or (turn.asks is None and turn.speaker.role is Role.ANALYST)

    def is_polite(self, text: str) -> bool:
        """Whether the text says nothing besides courtesies and yes or no."""
        return weight_of(text, self.names) is not Weight.CONTENT

    def hands_over(self, text: str) -> bool:
        """Whether the text hands over or closes, and does nothing besides."""
        return acts.only_hands_over(text, self.names)

    def next(self, index: int) -> SpokenTurn | None:
        """Return the turn that follows and is no interpreter's."""
        following = (self.turns[at] for at in range(index + 1, len(self.turns)))
        return next((turn for turn in following if not interprets(turn.speaker)), None)

    def is_answered_next(self, index: int) -> bool:
        """Whether somebody from the company speaks next."""
        following = self.next(index)
        return following is not None and following.speaker.role is Role.MANAGEMENT

    def routes(self, index: int) -> bool:
        """Whether a host says who of the others shall answer, and no more."""
        following, text = self.next(index), self.turns[index].text
        answered = following is not None and not self.is_asking(following)
        return answered and len(text) <= _LONGEST_ROUTING and question_acts.routes(text)

    def reads_question(self, index: int, *, in_turn: bool) -> bool:
        """Whether a host puts a question in the name of somebody who is not on the line.

        `in_turn` tells that no question of another is open.
        """
        text, following = self.turns[index].text, self.next(index)
        if (
            following is None
            or self.is_asking(following)
            or following.speaker in self.hosts
            or not question_acts.asks(text)
        ):
            return False
        if question_acts.reads_out(text):
            return True
        is_procedure = self.hands_over(text) or acts.closes(text) or self.routes(index)
        return self.is_call and in_turn and not is_procedure

    def without_end(self, index: int) -> tuple[tuple[Speech, ...], str]:
        """Part the paragraphs of an answer from a hand-over or farewell at its end, which is given as one text."""
        turn = self.turns[index]
        end = len(turn.speeches)
        fewest = 0 if turn.asks is None else 1
        while end > fewest and self.hands_over(turn.speeches[end - 1].text):
            end -= 1
        if index > self._last_question:
            end = next((at for at in range(end) if acts.closes_early(turn.speeches[at].text)), end)
        return turn.speeches[:end], "\n".join(speech.text for speech in turn.speeches[end:])
