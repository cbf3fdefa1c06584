"""What the whole file tells about its speaker lines, so that a doubtful one can be judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.transcripts.cues import Cue, label_cue, read_label, undecorated
from indexer.transcripts.marks import leading_time
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.transcripts.layout import Paragraph

_LONGEST_FREE_LABEL = 16
_FEWEST_REPEATS = 2
_FEWEST_FREE_REPEATS = 3
_FEWEST_NAME_LINES = 3
_DIALOGUE = 0.3
_FREE_SHARE = 0.04
_SHORTEST_SENTENCE = 40
_ALMOST_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often labels and name lines stand in the file, and whom its lists of participants name.

    `people` maps a name to what a list says of its bearer. `labels` counts names before a colon,
    `free_labels` any short text before one, `name_lines` lines that hold a name and nothing else.
    `dialogue` tells that a good part of all paragraphs, or in a short file almost all, open with a label,
    `punctuated` that all but a few longer ones end like a sentence.
    """

    people: Mapping[str, Cue]
    labels: Counter[str]
    free_labels: Counter[str]
    name_lines: Counter[str]
    dialogue: bool
    punctuated: bool
    paragraphs: int

    def accepts_label(self, cue: Cue) -> bool:
        """Whether "Label: words" is a speaker line, given that its form alone does not prove it."""
        return cue.strong or cue.name in self.people or self.labels[cue.name] >= _FEWEST_REPEATS or self.dialogue

    def accepts_free_label(self, label: str) -> bool:
        """Whether a label that looks like no name is one: it stands before a colon again and again."""
        return self.free_labels[label] >= max(_FEWEST_FREE_REPEATS, _FREE_SHARE * self.paragraphs)

    def accepts_name_line(self, name: str) -> bool:
        """Whether a line that holds this name and nothing else introduces the words below it."""
        if name in self.people or self.name_lines[name] >= _FEWEST_REPEATS:
            return True
        return is_full_latin_name(name) and self._repeated_names() >= _FEWEST_NAME_LINES

    def _repeated_names(self) -> int:
        return sum(times >= _FEWEST_REPEATS for times in self.name_lines.values())


def gather(paragraphs: Sequence[Paragraph], people: Iterable[Cue]) -> Evidence:
    """Count labels and name lines in the paragraphs."""
    labels: Counter[str] = Counter()
    free_labels: Counter[str] = Counter()
    name_lines: Counter[str] = Counter()
    for paragraph in paragraphs:
        if found := label_cue(paragraph.text):
            labels[found[0].name] += 1
        if label := free_label(paragraph.text):
            free_labels[label] += 1
        if name := bare_name(paragraph):
            name_lines[name] += 1
    labelled = sum(labels.values())
    many = labelled >= max(_FEWEST_NAME_LINES, _DIALOGUE * len(paragraphs))
    dialogue = many or labelled >= max(1, _ALMOST_ALL * len(paragraphs))
    known = {name: person for person in people for name in (person.name, *person.other_names)}
    longer = [paragraph.text for paragraph in paragraphs if width(paragraph.text) > _SHORTEST_SENTENCE]
    punctuated = sum(map(ends_sentence, longer)) >= _ALMOST_ALL * len(longer)
    return Evidence(known, labels, free_labels, name_lines, dialogue, punctuated, len(paragraphs))


def free_label(text: str) -> str | None:
    """Return the short text before the first colon of a paragraph, undecorated, or None."""
    text = undecorated(text)
    if leading_time(text):
        return None
    label, colon, _ = text.replace("：", ":").partition(":")
    label = undecorated(label)
    return (
        label
        if colon and label and len(label) <= _LONGEST_FREE_LABEL and not set(label) & set("，。,.；;“”!！?？")
        else None
    )


def bare_name(paragraph: Paragraph) -> str | None:
    """Return the name when the paragraph is a name and nothing else, or None."""
    text = undecorated(paragraph.text)
    if not paragraph.short or ends_sentence(text):
        return None
    cue = read_label(text)
    if cue is None or cue.title or cue.affiliation or not (is_han_name(cue.name) or is_latin_name(cue.name)):
        return None
    return cue.name
