"""What the whole file tells about its speaker lines, so that a doubtful one can be judged.

A file writes its speaker lines in one or two forms and comes back to the same people. So a form is trusted when most
labels in it repeat or read as people, and a label when it is listed, repeats, or stands in a trusted form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.cues import Cue, Form, Opening, opening_of
from indexer.transcripts.handovers import calls
from indexer.transcripts.identities import fits, fold
from indexer.transcripts.label_habits import FEWEST_LABELS, LabelHabits, is_full_name
from indexer.transcripts.nolabels import is_no_label, is_plausible_label, names_a_post
from indexer.transcripts.questions import asks as words_ask
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.usage import (
    ALONE,
    ASKING,
    FEWEST_FREE_REPEATS,
    FEWEST_REPEATS,
    WIDEST_SHORT_TEXT,
    WITH_WORDS,
    Counts,
    count,
    reads_like_speech,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.transcripts.layout import Paragraph

_HOST = re.compile(r"(?:the |event |podcast )?(?:co-?)?host", re.IGNORECASE)
_DIALOGUE = 0.3
_MOSTLY = 0.6
_FREE_SHARE = 0.04
_ALMOST_ALL = 0.9
_ALL = 0.97


@dataclass(frozen=True)
class Evidence:
    """The labels of a file, and whom its lists of participants name: `people` by name, `known` by folded name."""

    people: Mapping[str, Cue]
    known: frozenset[str]
    counts: Counts
    paragraphs: Sequence[Paragraph]

    def accepts(self, found: Opening, *, followed: bool, above: str = "") -> bool:
        """Whether a paragraph with this opening is a speaker line.

        `followed` tells that speech stands below it, `above` is the paragraph above it, which may call the speaker.
        """
        if found.cue and found.cue.asks is not None and found.form in ASKING:
            accepted = self._accepts_asking(found, asks=found.cue.asks)
            if accepted or found.cue.unnamed:
                return accepted
        if is_no_label(found.label):
            return False
        if found.form in ALONE:
            called = followed and calls(above, found.label)
            return called or self._accepts_alone(found, followed=followed)
        if calls(above, found.label) or self._knows(found):
            return True
        return self._accepts_form(found)

    def comes_again(self, found: Opening) -> bool:
        """Whether the label stands in the file more than once, or a list of participants names it."""
        return self.counts.labels[fold(found.label)] >= FEWEST_REPEATS or self._knows(found)

    def is_followed(self, found: Opening, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether speech stands below a line: prose or, below a label that repeats, anything but another such label."""
        if reads_like_speech(paragraphs, index + 1):
            return True
        if index + 1 >= len(paragraphs) or self._times(found) < FEWEST_REPEATS:
            return False
        below = opening_of(paragraphs[index + 1].text)
        return below is None or self._times(below) < FEWEST_REPEATS

    @cached_property
    def _habits(self) -> LabelHabits:
        return LabelHabits(self.counts, self.paragraphs)

    @cached_property
    def dialogue(self) -> bool:
        """Whether a good part of all paragraphs, or in a short file almost all, open with the label of somebody."""
        total, labelled = len(self.paragraphs), self.counts.labelled
        return labelled >= max(FEWEST_LABELS, _DIALOGUE * total) or labelled >= max(1, _ALMOST_ALL * total)

    @cached_property
    def punctuated(self) -> bool:
        """Whether all but a few longer paragraphs end like a sentence."""
        longer = [paragraph.text for paragraph in self.paragraphs if width(paragraph.text) > WIDEST_SHORT_TEXT]
        return sum(map(ends_sentence, longer)) >= _ALMOST_ALL * len(longer)

    @cached_property
    def asks_and_answers(self) -> bool:
        """Whether the file has labels for answers and, by label or number, questions."""
        return bool((self.counts.questions or self.counts.numbered) and self.counts.answers)

    @cached_property
    def asks_only(self) -> bool:
        """Whether questions have labels ("Q1：") and what stands below each is an answer without one."""
        questions = self.counts.questions
        if len(questions) < FEWEST_REPEATS or any(found.cue and found.cue.asks is None for found in self.counts.people):
            return False
        answered = all(b - a > 1 for a, b in pairwise((*questions, len(self.paragraphs))))
        asking = sum(words_ask(self.paragraphs[index].text) for index in questions)
        return answered and asking > _MOSTLY * len(questions)

    @cached_property
    def asked_of_people(self) -> bool:
        """Whether questions have labels ("投资者提问1：") and right below nearly each somebody named answers."""
        questions = [index for index in self.counts.questions if index + 1 < len(self.paragraphs)]
        below = [opening_of(self.paragraphs[index + 1].text) for index in questions]
        answered = sum(found is not None and found.cue is not None and found.cue.asks is None for found in below)
        return len(questions) >= FEWEST_REPEATS and self.dialogue and answered > _MOSTLY * len(questions)

    def _accepts_form(self, found: Opening) -> bool:
        if found.form is Form.STOPPED and not (self.dialogue and self.counts.usage[Form.STOPPED].repeated_labels):
            return False
        if found.form in WITH_WORDS:
            return self._accepts_words(found)
        if found.form is Form.DASHED:
            return self._accepts_dashed(found)
        return self.counts.usage[found.form].is_trusted()

    def _accepts_asking(self, found: Opening, *, asks: bool) -> bool:
        """Judge "Q1:", "答：" and the like: they come in pairs, or again and again among the labels of people."""
        if self.asks_and_answers or (asks and (self.asks_only or self.asked_of_people)):
            return True
        return self.dialogue and self.counts.labels[fold(found.label)] > FEWEST_REPEATS

    def _accepts_words(self, found: Opening) -> bool:
        """Judge "Label: words" and "Label:"."""
        cue, times, habits = found.cue, self.counts.labels[fold(found.label)], self._habits
        repeated = times >= FEWEST_REPEATS
        if cue is None:
            return self._accepts_free(found, times)
        if cue.nameless:
            return cue.role is Role.OPERATOR or repeated or self.dialogue or self.asks_and_answers
        sure = repeated or self.dialogue or found.form is not Form.COLON
        if cue.strong:
            return sure or habits.strong_labels > 1
        if habits.is_common(cue.name):
            return times >= FEWEST_FREE_REPEATS and self.dialogue
        if is_full_name(cue.name):
            return sure or max(habits.strong_labels, habits.repeated_labels) > 1 or habits.opens_with_name
        return self._accepts_short(found, repeated=repeated)

    def _accepts_short(self, found: Opening, *, repeated: bool) -> bool:
        """Judge a label of one Latin word that the file writes with a capital only: "Ana:"."""
        if repeated and (self.dialogue or self._habits.repeated_labels > 1):
            return True
        if found.form is Form.COLON_LINE:
            return self.counts.usage[found.form].is_trusted() and self._habits.repeated_labels > 1
        return self.dialogue and self._habits.short_names

    def _accepts_free(self, found: Opening, times: int) -> bool:
        """Judge a label that looks like no name: it stands before a colon again and again."""
        if not is_plausible_label(found.label):
            return times >= FEWEST_REPEATS and _HOST.fullmatch(found.label) is not None
        if times >= max(FEWEST_FREE_REPEATS, _FREE_SHARE * len(self.paragraphs)) and not self._habits.other_form:
            return True
        post = names_a_post(found.label)
        known = self._habits.repeated_labels >= FEWEST_LABELS and (post or times >= FEWEST_FREE_REPEATS)
        if times >= FEWEST_REPEATS and (self.dialogue or known):
            return True
        return self.dialogue and (post or self._habits.opened >= _ALL)

    def _accepts_alone(self, found: Opening, *, followed: bool) -> bool:
        """Judge a line that holds a name, or what might be one, and nothing else."""
        cue, times = found.cue, self._times(found)
        if cue is not None and cue.nameless and cue.asks is None:
            return followed or cue.role is Role.OPERATOR
        if not followed or self._knows(found) or (cue is not None and fold(cue.name) in self.counts.described):
            return followed
        others = self.counts.usage[found.form].repeated_labels
        if cue is None:
            return others > 1 and times >= FEWEST_FREE_REPEATS and is_plausible_label(found.label)
        if cue.strong:
            return times >= FEWEST_REPEATS or others >= 1 or found.form is Form.BOLD_LINE
        if self._habits.is_common(cue.name):
            return False
        return times >= FEWEST_REPEATS or (is_full_name(cue.name) and others >= FEWEST_REPEATS)

    def _accepts_dashed(self, found: Opening) -> bool:
        """Judge "Name -- Title": the title is one, or the line stands more than once."""
        cue = found.cue
        if cue is None:
            return False
        if cue.role is not None and not self._habits.is_common(cue.name):
            return True
        return cue.strong and self._times(found) >= FEWEST_REPEATS

    def _times(self, found: Opening) -> int:
        return self.counts.usage[found.form].labels[fold(found.label)]

    def _knows(self, found: Opening) -> bool:
        """Whether a list of participants names the label, or a person whom it fits: "Ana", "Mr. Okafor", "张总"."""
        names = {found.label} if found.cue is None else {found.label, found.cue.name, *found.cue.other_names}
        if any(fold(name) in self.known for name in names):
            return True
        return found.cue is not None and _fits_any(fold(found.cue.name), self.known)


@lru_cache(maxsize=1024)
def _fits_any(short: str, known: frozenset[str]) -> bool:
    """Whether a folded name may be short for one of those that are known; a file has the same few again and again."""
    return any(fits(short, name) for name in known)


def gather(paragraphs: Sequence[Paragraph], people: Iterable[Cue]) -> Evidence:
    """Count the labels of the paragraphs, and note whom lists name."""
    named = {name: person for person in people for name in (person.name, *person.other_names)}
    known = frozenset(map(fold, named))
    return Evidence(named, known, count(paragraphs, known), tuple(paragraphs))
