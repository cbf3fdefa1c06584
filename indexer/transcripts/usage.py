"""How a file uses the forms of speaker lines: which labels stand in which form, and how often."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.transcripts.blocks import timed_block
from indexer.transcripts.cues import Form, Opening, opening_of
from indexer.transcripts.identities import fold
from indexer.transcripts.nolabels import is_no_label, is_plausible_label
from indexer.transcripts.questions import numbered_question
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from indexer.transcripts.layout import Paragraph

WITH_WORDS = frozenset({Form.COLON, Form.COLON_LINE, Form.BOLD_COLON, Form.TIMED_COLON, Form.STOPPED})
ALONE = frozenset({Form.LINE, Form.BOLD_LINE, Form.HEADING})
ASKING = WITH_WORDS | {Form.SQUARE}
FEWEST_REPEATS = 2
FEWEST_FREE_REPEATS = 3
WIDEST_SHORT_TEXT = 40
_WIDEST_LINE = 60
_IN_BRACKETS = re.compile(r"[\[(（【][^\[\]()（）【】]{4,60}[\])）】]")
_MOSTLY = 0.6
_HALF = 0.5


@dataclass(slots=True)
class Usage:
    """How a file uses one form: its labels, folded, with how often each stands, and how many read as people."""

    labels: Counter[str] = field(default_factory=Counter)
    people: int = 0

    def is_trusted(self) -> bool:
        """Whether most labels in this form repeat, or almost all read as people."""
        count = self.labels.total()
        if count < FEWEST_REPEATS:
            return self.people == 1
        repeats = sum(times for times in self.labels.values() if times >= FEWEST_REPEATS)
        return repeats >= _HALF * count or self.people >= _MOSTLY * count

    @property
    def repeated_labels(self) -> int:
        """How many different labels stand more than once."""
        return sum(times >= FEWEST_REPEATS for times in self.labels.values())


@dataclass(slots=True)
class Counts:
    """What was counted on the paragraphs of a file.

    `usage` has the forms, `labels` those with words behind them taken together, `people` their openings that read as
    people. `questions` are the places of labels that stand for questions, `answers` counts those for answers, and
    `numbered` the answers below a question that has a number and no label. `described` has the folded names that some
    label gives a title or a firm.
    """

    usage: dict[Form, Usage] = field(default_factory=lambda: {form: Usage() for form in Form})
    labels: Counter[str] = field(default_factory=Counter)
    people: list[Opening] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    answers: int = 0
    numbered: int = 0
    described: set[str] = field(default_factory=set)

    @property
    def labelled(self) -> int:
        """How many paragraphs open with the label of somebody: one that reads as a person, or comes again and again."""
        named = Counter(fold(found.label) for found in self.people)
        again = {
            label for label, times in self.labels.items() if times >= FEWEST_FREE_REPEATS and is_plausible_label(label)
        }
        return sum(self.labels[label] for label in again) + sum(named[label] for label in named if label not in again)

    def add(self, found: Opening, *, listed: bool) -> None:
        """Count an opening. `listed` tells that a list of participants has its label."""
        label = fold(found.label)
        usage = self.usage[found.form]
        usage.labels[label] += 1
        is_person = found.cue is not None or listed
        usage.people += is_person
        if found.cue is not None and (found.cue.title or found.cue.affiliation) and not found.cue.unnamed:
            self.described.add(fold(found.cue.name))
        if found.form in WITH_WORDS:
            self.labels[label] += 1
            self.people += [found] if is_person else []


def count(paragraphs: Sequence[Paragraph], known: Collection[str]) -> Counts:
    """Count the openings of the paragraphs. `known` are the folded names of lists of participants.

    A paragraph that stands twice word for word, as links do, counts once.
    """
    counts = Counts()
    seen: set[str] = set()
    for index, paragraph in enumerate(paragraphs):
        found = timed_block(paragraphs, index) or opening_of(paragraph.text)
        if found is None or paragraph.text in seen:
            continue
        asks = found.cue.asks if found.cue else None
        if asks is None and is_no_label(found.label):
            continue
        if found.form in ALONE and not _stands_alone(paragraphs, index):
            continue
        if found.end < len(paragraph.text) and width(paragraph.text) > WIDEST_SHORT_TEXT:
            seen.add(paragraph.text)
        counts.add(found, listed=fold(found.label) in known)
        if asks and found.form in ASKING:
            counts.questions.append(index)
        elif asks is not None and found.form in ASKING:
            counts.answers += 1
            counts.numbered += index > 0 and numbered_question(paragraphs, index - 1) is not None
    return counts


def reads_like_speech(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraph at `index`, if there is one, ends like a sentence or is longer than a name."""
    if index >= len(paragraphs):
        return False
    text = paragraphs[index].text
    return ends_sentence(text) or width(text) > _WIDEST_LINE or _IN_BRACKETS.fullmatch(text) is not None


def _stands_alone(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a line might introduce the words below it: it fills one line and prose follows."""
    paragraph = paragraphs[index]
    return paragraph.first == paragraph.last and paragraph.short and reads_like_speech(paragraphs, index + 1)
