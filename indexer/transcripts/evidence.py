"""What the whole file tells about its speaker lines, so that a doubtful one can be judged.

A file writes its speaker lines in one or two forms and comes back to the same people. So a form is trusted when most
labels in it repeat or read as people, and a label when it is listed, repeats, or stands in a trusted form.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.blocks import timed_block
from indexer.transcripts.cues import Cue, Form, Opening, opening_of
from indexer.transcripts.handovers import calls
from indexer.transcripts.identities import fits, fold
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name
from indexer.transcripts.nolabels import is_no_label, is_plausible_label, names_a_post
from indexer.transcripts.questions import asks as words_ask
from indexer.transcripts.questions import numbered_question
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.transcripts.layout import Paragraph

_WITH_WORDS = frozenset({Form.COLON, Form.COLON_LINE, Form.BOLD_COLON, Form.TIMED_COLON})
_ASKING = _WITH_WORDS | {Form.SQUARE}
_ALONE = frozenset({Form.LINE, Form.BOLD_LINE, Form.HEADING})
_FEWEST_REPEATS = 2
_FEWEST_FREE_REPEATS = 3
_FEWEST_LABELS = 3
_DIALOGUE = 0.3
_MOSTLY = 0.6
_HALF = 0.5
_FREE_SHARE = 0.04
_SHORTEST_SENTENCE = 40
_ALMOST_ALL = 0.9
_ALL = 0.97
_WORD = re.compile(r"[a-zà-ÿ][\w'’\-]*")


@dataclass(slots=True)
class Usage:
    """How a file uses one form: its labels, folded, with how often each stands, and how many read as people."""

    labels: Counter[str] = field(default_factory=Counter)
    people: int = 0

    @property
    def count(self) -> int:
        """How many lines have the form."""
        return self.labels.total()

    @property
    def repeats(self) -> int:
        """How many of these lines have a label that stands in another one too."""
        return sum(times for times in self.labels.values() if times >= _FEWEST_REPEATS)

    def is_trusted(self) -> bool:
        """Whether most labels in this form repeat, or almost all read as people."""
        if self.count < _FEWEST_REPEATS:
            return self.people == 1
        return self.repeats >= _HALF * self.count or self.people >= _MOSTLY * self.count


@dataclass(frozen=True)
class Evidence:
    """How often labels stand in the file and in which form, and whom its lists of participants name.

    `people` maps a name to what a list says of its bearer, `known` has these names folded. `usage` has the forms that the file uses.
    `dialogue` tells that a good part of all paragraphs, or in a short file almost all, open with the label of
    somebody, `coverage` which part does, `opened` which part opens with anything that may be a label, `punctuated` that all but a few longer ones end like a sentence.
    """

    people: Mapping[str, Cue]
    known: frozenset[str]
    usage: Mapping[Form, Usage]
    labels: Counter[str]
    dialogue: bool
    coverage: float
    opened: float
    punctuated: bool
    paragraphs: Sequence[Paragraph]
    asks_and_answers: bool
    asks_only: bool

    def accepts(self, found: Opening, *, followed: bool, above: str = "") -> bool:
        """Whether a paragraph with this opening is a speaker line.

        `followed` tells that speech stands below it, `above` is the paragraph above it, which may call the speaker.
        """
        if found.cue and found.cue.asks is not None and found.form in _ASKING:
            if self.asks_only and found.cue.asks:
                return True
            return self.asks_and_answers or (self.dialogue and self.labels[fold(found.label)] > _FEWEST_REPEATS)
        if is_no_label(found.label):
            return False
        if (followed or found.form not in _ALONE) and calls(above, found.label):
            return True
        if found.form in _WITH_WORDS:
            return self._accepts_words(found)
        if found.form in _ALONE:
            return self._accepts_alone(found, followed=followed)
        if found.form is Form.DASHED:
            return self._accepts_dashed(found)
        return self.usage[found.form].is_trusted() or self._knows(found)

    def is_followed(self, found: Opening, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether speech stands below a line: prose or, below a label that repeats, anything but another such label."""
        if reads_like_speech(paragraphs, index + 1):
            return True
        if index + 1 >= len(paragraphs) or not self._repeats(found):
            return False
        below = opening_of(paragraphs[index + 1].text)
        return below is None or not self._repeats(below)

    def _repeats(self, found: Opening) -> bool:
        return self.usage[found.form].labels[fold(found.label)] >= _FEWEST_REPEATS

    def _accepts_words(self, found: Opening) -> bool:
        """Judge "Label: words" and "Label:"."""
        cue, times = found.cue, self.labels[fold(found.label)]
        if self._knows(found):
            return True
        if cue is None:
            return self._accepts_free(found, times)
        if cue.role is Role.OPERATOR:
            return True
        repeated = times >= _FEWEST_REPEATS
        if cue.nameless:
            return repeated or self.dialogue or self.asks_and_answers
        if cue.strong:
            return found.form is not Form.COLON or repeated or self.dialogue or self._strong_labels > 1
        if is_full_latin_name(cue.name) or is_han_name(cue.name):
            if self._is_common(cue.name):
                return times >= _FEWEST_FREE_REPEATS and self.dialogue
            if repeated or self.dialogue or found.form is not Form.COLON:
                return True
            return self._strong_labels > 1 or self._repeated_labels > 1 or self._opens_with_name
        if self._is_common(cue.name):
            return times >= _FEWEST_FREE_REPEATS and self.coverage >= _MOSTLY
        if repeated and (self.dialogue or self._repeated_labels > 1):
            return True
        if found.form is Form.COLON_LINE:
            return self.usage[found.form].is_trusted() and self._repeated_labels > 1
        return self.dialogue and self._short_names

    def _accepts_free(self, found: Opening, times: int) -> bool:
        """Judge a label that looks like no name: it stands before a colon again and again."""
        if not is_plausible_label(found.label):
            return False
        if times >= max(_FEWEST_FREE_REPEATS, _FREE_SHARE * len(self.paragraphs)) and not self._other_form:
            return True
        post = names_a_post(found.label)
        known = self._repeated_labels >= _FEWEST_LABELS and (post or times >= _FEWEST_FREE_REPEATS)
        if times >= _FEWEST_REPEATS and (self.dialogue or known):
            return True
        if not self.dialogue:
            return False
        return post or self.opened >= _ALL

    def _accepts_alone(self, found: Opening, *, followed: bool) -> bool:
        """Judge a line that holds a name, or what might be one, and nothing else."""
        if found.cue and found.cue.role and found.cue.nameless and found.cue.asks is None and len(found.label) > 1:
            return followed or found.cue.role is Role.OPERATOR
        if not followed:
            return False
        if self._knows(found):
            return True
        times = self.usage[found.form].labels[fold(found.label)]
        if found.cue is None:
            trusted = self._repeated_lines(found.form) > 1 and is_plausible_label(found.label)
            return trusted and times >= _FEWEST_FREE_REPEATS
        if found.cue.strong:
            return times >= _FEWEST_REPEATS or self._repeated_lines(found.form) >= 1 or found.form is Form.BOLD_LINE
        if self._is_common(found.cue.name):
            return False
        if times >= _FEWEST_REPEATS:
            return True
        full = is_full_latin_name(found.cue.name) or is_han_name(found.cue.name)
        return full and self._repeated_lines(found.form) >= _FEWEST_REPEATS

    def _accepts_dashed(self, found: Opening) -> bool:
        """Judge "Name -- Title": the title is one, or the line stands more than once or with many like it."""
        cue = found.cue
        if cue is None:
            return False
        if self._knows(found) or (cue.role is not None and not self._is_common(cue.name)):
            return True
        return cue.strong and self.usage[Form.DASHED].labels[fold(found.label)] >= _FEWEST_REPEATS

    def _knows(self, found: Opening) -> bool:
        """Whether a list of participants names the label, or one person whom it fits: "Ana", "Mr. Okafor", "张总"."""
        names = {found.label} if found.cue is None else {found.label, found.cue.name, *found.cue.other_names}
        if any(fold(name) in self.known for name in names):
            return True
        return found.cue is not None and any(fits(fold(found.cue.name), name) for name in self.known)

    @cached_property
    def _strong_labels(self) -> int:
        """How many different labels with a title, a firm or a number stand before a colon."""
        return len({o.label for o in self._openings if o.cue and o.cue.strong and o.form in _WITH_WORDS})

    @cached_property
    def _openings(self) -> tuple[Opening, ...]:
        return tuple(o for paragraph in self.paragraphs if (o := opening_of(paragraph.text)))

    @cached_property
    def _opens_with_name(self) -> bool:
        """Whether the first prose of the file stands behind a full name, as in records of long speeches."""
        first = next((p for p in self.paragraphs if ends_sentence(p.text) and width(p.text) > _SHORTEST_SENTENCE), None)
        found = opening_of(first.text) if first else None
        if found is None or found.cue is None or found.form not in _WITH_WORDS:
            return False
        name = found.cue.name
        return (is_full_latin_name(name) or is_han_name(name)) and not self._is_common(name)

    @cached_property
    def _short_names(self) -> bool:
        """Whether the file calls people by one word ("Ana:") again and again."""
        short = [o for o in self._openings if o.cue and o.form in _WITH_WORDS and is_latin_name(o.cue.name)]
        return any(
            not is_full_latin_name(o.label) and self.labels[fold(o.label)] >= _FEWEST_REPEATS
            for o in short
            if not self._is_common(o.label)
        )

    @cached_property
    def _repeated_labels(self) -> int:
        return sum(times >= _FEWEST_REPEATS for times in self.labels.values())

    @cached_property
    def _other_form(self) -> bool:
        """Whether the speakers of the file stand on lines of their own, so that labels with words are none."""
        dashed = self.usage[Form.DASHED].people
        return dashed >= _FEWEST_LABELS or self._repeated_lines(Form.LINE) >= _FEWEST_LABELS

    def _repeated_lines(self, form: Form) -> int:
        return sum(times >= _FEWEST_REPEATS for times in self.usage[form].labels.values())

    def _is_common(self, name: str) -> bool:
        """Whether the file writes every word of a Latin label in small letters too, as it does with no name."""
        words = [word for word in re.split(r"[\s.]+", name.casefold()) if len(word) > 1]
        return name.isascii() and bool(words) and all(word in self._small_words for word in words)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(word for paragraph in self.paragraphs for word in _WORD.findall(paragraph.text))


def gather(paragraphs: Sequence[Paragraph], people: Iterable[Cue]) -> Evidence:
    """Count the labels of the paragraphs, form by form."""
    people = {name: person for person in people for name in (person.name, *person.other_names)}
    known = frozenset(map(fold, people))
    usage = {form: Usage() for form in Form}
    labels: Counter[str] = Counter()
    likely: list[Opening] = []
    asks = {True: 0, False: 0}
    questions: list[int] = []
    numbered = 0
    seen: set[str] = set()
    for index, paragraph in enumerate(paragraphs):
        found = timed_block(paragraphs, index) or opening_of(paragraph.text)
        if found is None or _is_none(found) or (found.form in _ALONE and not _stands_alone(paragraphs, index)):
            continue
        label = fold(found.label)
        if paragraph.text in seen:
            continue  # What stands twice word for word, as links do, is no second label.
        if found.end < len(paragraph.text) and width(paragraph.text) > _SHORTEST_SENTENCE:
            seen.add(paragraph.text)
        usage[found.form].labels[label] += 1
        is_person = found.cue is not None or label in known
        usage[found.form].people += is_person
        if found.form in _WITH_WORDS:
            labels[label] += 1
            if is_person:
                likely.append(found)
        if found.form in _ASKING and found.cue and found.cue.asks is not None:
            asks[found.cue.asks] += 1
            questions += [index] if found.cue.asks else []
            numbered += not found.cue.asks and index > 0 and numbered_question(paragraphs, index - 1) is not None
    free = sum(t for label, t in labels.items() if t >= _FEWEST_FREE_REPEATS and is_plausible_label(label))
    named = Counter(fold(o.label) for o in likely)
    labelled = sum(named.values()) + free - sum(t for label, t in named.items() if t >= _FEWEST_FREE_REPEATS and is_plausible_label(label))
    total = max(len(paragraphs), 1)
    longer = [paragraph.text for paragraph in paragraphs if width(paragraph.text) > _SHORTEST_SENTENCE]
    return Evidence(
        people=people,
        known=known,
        usage=usage,
        labels=labels,
        dialogue=labelled >= max(_FEWEST_LABELS, _DIALOGUE * total) or labelled >= max(1, _ALMOST_ALL * total),
        coverage=labelled / total,
        opened=sum(t for label, t in labels.items() if is_plausible_label(label)) / total,
        punctuated=sum(map(ends_sentence, longer)) >= _ALMOST_ALL * len(longer),
        paragraphs=tuple(paragraphs),
        asks_and_answers=bool((asks[True] or numbered) and asks[False]),
        asks_only=_asks_only(paragraphs, questions, likely),
    )


def _asks_only(paragraphs: Sequence[Paragraph], questions: Sequence[int], likely: Sequence[Opening]) -> bool:
    """Whether questions have labels ("Q1：") and what stands below each is an answer without one."""
    if len(questions) < _FEWEST_REPEATS or any(found.cue and found.cue.asks is None for found in likely):
        return False
    answered = sum(b - a > 1 for a, b in pairwise((*questions, len(paragraphs))))
    asking = sum(words_ask(paragraphs[index].text) for index in questions)
    return answered == len(questions) and asking > _MOSTLY * len(questions)


def _is_none(found: Opening) -> bool:
    return is_no_label(found.label) and (found.cue is None or found.cue.asks is None)


def _stands_alone(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a line might introduce the words below it: it fills one line and prose follows."""
    paragraph = paragraphs[index]
    return paragraph.first == paragraph.last and paragraph.short and reads_like_speech(paragraphs, index + 1)


def reads_like_speech(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraph at `index`, if there is one, ends like a sentence or is longer than a name."""
    if index >= len(paragraphs):
        return False
    text = paragraphs[index].text
    return ends_sentence(text) or width(text) > 60  # noqa: PLR2004 - columns
