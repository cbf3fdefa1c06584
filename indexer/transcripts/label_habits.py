"""How a file as a whole writes its labels, whichever of them turn out to be speakers.

A single label is judged in `evidence`; what is true of the file is counted here, once, when it is first asked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from indexer.transcripts.cues import Form, opening_of
from indexer.transcripts.identities import fold
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name
from indexer.transcripts.nolabels import is_plausible_label
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.usage import FEWEST_REPEATS, WIDEST_SHORT_TEXT, WITH_WORDS, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.layout import Paragraph

FEWEST_LABELS = 3
_WORD = re.compile(r"[a-zà-ÿ][\w'’\-]*")


class LabelHabits:
    """What the paragraphs of a file and the counts of their labels tell together."""

    def __init__(self, counts: Counts, paragraphs: Sequence[Paragraph]) -> None:
        self._counts = counts
        self._paragraphs = paragraphs

    @cached_property
    def opened(self) -> float:
        """Which part of all paragraphs opens with anything that may be a label."""
        opened = sum(times for label, times in self._counts.labels.items() if is_plausible_label(label))
        return opened / max(len(self._paragraphs), 1)

    @cached_property
    def strong_labels(self) -> int:
        """How many different labels with a title, a firm or a number stand before a colon."""
        return len({found.label for found in self._counts.people if found.cue and found.cue.strong})

    @cached_property
    def opens_with_name(self) -> bool:
        """Whether the first prose of the file stands behind a full name, as in records of long speeches."""
        prose = (p.text for p in self._paragraphs if ends_sentence(p.text) and width(p.text) > WIDEST_SHORT_TEXT)
        found = opening_of(next(prose, ""))
        if found is None or found.cue is None or found.form not in WITH_WORDS:
            return False
        return is_full_name(found.cue.name) and not self.is_common(found.cue.name)

    @cached_property
    def short_names(self) -> bool:
        """Whether the file calls people by one word ("Ana:") again and again."""
        return any(
            is_latin_name(found.label)
            and not is_full_latin_name(found.label)
            and self._counts.labels[fold(found.label)] >= FEWEST_REPEATS
            and not self.is_common(found.label)
            for found in self._counts.people
        )

    @cached_property
    def repeated_labels(self) -> int:
        """How many different labels stand in the file more than once."""
        return sum(times >= FEWEST_REPEATS for times in self._counts.labels.values())

    @cached_property
    def other_form(self) -> bool:
        """Whether the speakers of the file stand on lines of their own, so that labels with words are none."""
        usage = self._counts.usage
        return usage[Form.DASHED].people >= FEWEST_LABELS or usage[Form.LINE].repeated_labels >= FEWEST_LABELS

    def is_common(self, name: str) -> bool:
        """Whether the file writes every word of a Latin label in small letters too, as it does with no name."""
        words = [word for word in re.split(r"[\s.]+", name.casefold()) if len(word) > 1]
        return name.isascii() and bool(words) and all(word in self._small_words for word in words)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(_WORD.findall(paragraph.text) for paragraph in self._paragraphs))


def is_full_name(name: str) -> bool:
    """Whether a label is a Latin name of several words, or a Chinese one."""
    return is_full_latin_name(name) or is_han_name(name)
