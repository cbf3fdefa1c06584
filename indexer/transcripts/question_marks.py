"""Marks that tell questions from answers beside the names: "Question" and "Answer", "Q" and "A"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind
from indexer.transcripts.names import is_full_latin_name, is_han_name
from indexer.transcripts.offices import is_broker, is_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.transcripts.items import Item
    from indexer.transcripts.layout import Paragraph

_ASKS, _ANSWERS = (
    re.compile(r"Q|Question|问|問|提问|提問", re.IGNORECASE),
    re.compile(r"A|Answer|答|回答", re.IGNORECASE),
)
_BEHIND = re.compile(r"(?P<title>\S.{3,150}?)\s+(?P<mark>[QA])")
_FEWEST = 2
_MOSTLY = 0.6
_LONGEST_NAME = 160


def take_question_marks(
    paragraphs: Sequence[Paragraph],
) -> tuple[Mapping[int, bool], tuple[NonSpeech, ...], tuple[Paragraph, ...]]:
    """Return what each mark says by the number of its line (True asks), the marks, and the paragraphs without them.

    A mark is a line of its own beside the line of a name: above it, below it, or between it and the title. Where lines
    of this kind mostly stand above speech instead, they are speaker lines of a nameless asker and are left alone.
    """
    at = [index for index, paragraph in enumerate(paragraphs) if _says(paragraph.text) is not None]
    beside = sum(_beside_name(paragraphs, index) for index in at)
    if beside < _FEWEST or beside < _MOSTLY * len(at):
        return _take_marks_behind(paragraphs)
    asks: dict[int, bool] = {}
    marks: list[NonSpeech] = []
    rest: list[Paragraph] = []
    for paragraph in paragraphs:
        says = _says(paragraph.text)
        if says is None:
            rest.append(paragraph)
            continue
        asks[paragraph.first] = says
        span = LineSpan(paragraph.first, paragraph.last)
        marks.append(NonSpeech(NonSpeechKind.QUESTION_MARK, paragraph.text, span))
    return asks, tuple(marks), tuple(rest)


def _take_marks_behind(
    paragraphs: Sequence[Paragraph],
) -> tuple[Mapping[int, bool], tuple[NonSpeech, ...], tuple[Paragraph, ...]]:
    """Do the same where the mark stands at the end of the line with the title: "Analyst, Elm Securities LLC  Q"."""
    found = {index: match for index, paragraph in enumerate(paragraphs) if (match := _behind(paragraphs, index))}
    if {match["mark"] for match in found.values()} != {"Q", "A"}:
        return {}, (), tuple(paragraphs)
    asks = {paragraphs[index].first: match["mark"] == "Q" for index, match in found.items()}
    marks = [
        NonSpeech(NonSpeechKind.QUESTION_MARK, match["mark"], LineSpan(paragraphs[index].last, paragraphs[index].last))
        for index, match in found.items()
    ]
    rest = list(paragraphs)
    for index, match in found.items():
        part = paragraphs[index].part(0, match.end("title"))
        rest[index] = replace(part, raw=part.text)
    return asks, tuple(marks), tuple(rest)


def _behind(paragraphs: Sequence[Paragraph], index: int) -> re.Match[str] | None:
    """Return the mark behind a title or firm that stands below a name."""
    match = _BEHIND.fullmatch(paragraphs[index].text)
    if match is None or not index or not _is_name_like(paragraphs[index - 1]):
        return None
    title = match["title"].rstrip(".")
    return match if is_title(title) or is_broker(title) else None


def mark_turns(items: Sequence[Item], asks: Mapping[int, bool]) -> tuple[Item, ...]:
    """Set on the speech of each turn what the mark beside its name says.

    The mark of a turn stands between the speech before it and its own.
    """
    if not asks:
        return tuple(items)
    marked: list[Item] = []
    waiting = sorted(asks.items())
    at = 0
    says: bool | None = None
    for item in items:
        if item.cue is not None:
            says = None
        if item.kind is None:
            while at < len(waiting) and waiting[at][0] < item.lines.first:
                says = waiting[at][1]
                at += 1
        marked.append(replace(item, asks=says) if item.kind is None and says is not None else item)
    return tuple(marked)


def _says(text: str) -> bool | None:
    bare = text.strip(" .:：<>[]【】")
    if _ASKS.fullmatch(bare):
        return True
    return False if _ANSWERS.fullmatch(bare) else None


def _beside_name(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a line in the manner of a name stands right above or below a mark, and no speech right below."""
    if paragraphs[index].text.rstrip().endswith((":", "：")):
        return False
    above = paragraphs[index - 1] if index else None
    below = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    return any(near is not None and _is_name_like(near) for near in (above, below))


def _is_name_like(paragraph: Paragraph) -> bool:
    if paragraph.bold or paragraph.heading:
        return len(paragraph.text) <= _LONGEST_NAME
    name = paragraph.text.strip()
    return is_full_latin_name(name) or (is_han_name(name) and paragraph.short)
