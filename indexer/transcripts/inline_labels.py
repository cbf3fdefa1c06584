"""Records that run several speakers into one paragraph: "主持人：请提问。投资者A：订单怎么样？贺铭：在手约6亿元。"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.transcripts.cues import Form, opening_of, read_label
from indexer.transcripts.identities import fold
from indexer.transcripts.names import is_full_latin_name
from indexer.transcripts.nolabels import is_no_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.cues import Cue
    from indexer.transcripts.layout import Paragraph

_LABEL = re.compile(
    r"[。！？!?]\s*(?P<label>[^\s，,。！？!?；;：:“”\"「」、]{2,16})[：:](?=\S)"
    r"|(?<=[.!?…”\"])\s(?P<latin>[A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,3}):\s(?=\S)"
)
_NO_SENTENCE = re.compile(r"(?:^|[\s.])(?:mr|ms|mrs|dr|prof|sir|st|[a-z])\.$|^\W*\d{1,4}\.$", re.IGNORECASE)
_FEWEST = 3
_MOSTLY = 0.6
_ABBREVIATION = 6


def split_speakers(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Part paragraphs in which, right behind a sentence, the labels of others stand before their words.

    This is done where the file does it again and again, or with the full name of somebody that opens another paragraph:
    most of these labels must be of people who are called by them more than once, or who have a title beside the name.
    Only paragraphs that open with somebody's label are parted.
    """
    found = {index: _labels(paragraph) for index, paragraph in enumerate(paragraphs) if _is_labelled(paragraph)}
    inside = [cue for labels in found.values() for _, cue in labels]
    opening = [opening_of(paragraphs[index].text) for index in found]
    openers = Counter(fold(each.cue.name) for each in opening if each is not None and each.cue is not None)
    if len(inside) < _FEWEST and not (inside and all(_opens_too(cue, openers) for cue in inside)):
        return tuple(paragraphs)
    times = openers + Counter(fold(cue.name) for cue in inside)
    if sum(times[fold(cue.name)] > 1 or cue.title is not None for cue in inside) < _MOSTLY * len(inside):
        return tuple(paragraphs)
    parted: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        starts = [0, *(start for start, _ in found.get(index, ()))]
        ends = [*starts[1:], len(paragraph.text)]
        pieces = [paragraph.part(start, end) for start, end in zip(starts, ends, strict=True)]
        parted += [replace(piece, raw=piece.text, short=False) for piece in pieces] if len(pieces) > 1 else [paragraph]
    return tuple(parted)


def _opens_too(cue: Cue, openers: Counter[str]) -> bool:
    """Whether the whole name of somebody, or a part in the call, opens a paragraph of its own elsewhere."""
    return openers[fold(cue.name)] > 0 and (cue.nameless or is_full_latin_name(cue.name))


def _is_labelled(paragraph: Paragraph) -> bool:
    found = opening_of(paragraph.text)
    return found is not None and found.cue is not None and found.form in {Form.COLON, Form.TIMED_COLON}


def _labels(paragraph: Paragraph) -> list[tuple[int, Cue]]:
    """Return where labels of people stand amid a paragraph, each with who it is; a bare house is nobody."""
    found = []
    opening = opening_of(paragraph.text)
    for match in _LABEL.finditer(paragraph.text, max(0, opening.end - 1) if opening else 0):
        kind = "label" if match["label"] else "latin"
        if _NO_SENTENCE.search(paragraph.text, max(0, match.start(kind) - _ABBREVIATION), match.start(kind) - 1):
            continue
        cue = None if is_no_label(match[kind]) else read_label(match[kind])
        if cue is not None and cue.asks is None and cue.affiliation != cue.name:
            found.append((match.start(kind), cue))
    return found
