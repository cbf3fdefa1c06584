"""Tables of Word files and web pages to lines: finds out whether the rows of a table are turns of speech.

A table whose columns are time, speaker and words, as meeting tools write them, gives speaker lines, and one of
questions and answers says who asks and answers; any other table gives a line a row, its cells parted by tabs, as
copying it out would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Line, NonSpeechKind, Person, TimeSpan
from indexer.sources.tables_questions import question_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SPEAKER_HEAD = re.compile(
    r"(?:speakers?|name|speaker name|who|participant|发言人|發言人|说话人|說話人|发言者|姓名|讲话人|人员)",
    re.IGNORECASE,
)
_TIME_HEAD = re.compile(r"(?:time|times?tamps?|start(?: time)?|timecode|时间|時間|时间戳|开始时间)", re.IGNORECASE)
_WORDS_HEAD = re.compile(
    r"(?:text|words|content|transcript(?:ion)?|utterance|speech|statement|dialog(?:ue)?|remarks|what was said"
    r"|内容|內容|发言内容|發言內容|发言|文本|原文|文字|讲话内容)",
    re.IGNORECASE,
)
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:[.,]\d{1,3})?)"
_TIME = re.compile(rf"[\[(（【]?\s*{_CLOCK}\s*(?:(?:-->|[-–—~至])\s*{_CLOCK}\s*)?[\])）】]?")
_NAME = re.compile(
    r"(?:[^\W\d_a-z\u2e80-\uffff][\w.'’\-]*\.?)(?:\s+(?:[^\W\d_a-z\u2e80-\uffff][\w.'’\-]*|d[aei]|van|von|of|and|the|\d+)){1,4}"
    r"|[\u4e00-\u9fff]{2,4}(?:\s*[（(].{1,20}[）)])?|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,10}"
)
_NUMBERED = re.compile(r"(?:speaker|participant|发言人|說話人|说话人|q|a|问|答)\s*[\dA-Z]{0,2}[:：]?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。！？…][\"”’」』)）]*\s*$")
_LONGEST_NAME = 60
_FEWEST_ROWS = 2
_MOST = 0.6
_REPEATED = 0.7
_WORDS_OVER_NAMES = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold speaker, words and time, counted from 0, and whether its first row is a head."""

    speaker: int
    words: int
    time: int | None
    has_head: bool


Cell = tuple[str, ...]
"""The lines of a cell that are not blank."""


def table_lines(rows: Sequence[Sequence[Cell]]) -> tuple[Line, ...]:
    """Return the lines of a table, row by row, every word of it once. Their numbers are 0: the caller counts."""
    if asked := question_lines(rows):
        return asked
    columns = find_columns(rows)
    lines: list[Line] = []
    for index, row in enumerate(rows):
        if columns is None or len(row) <= max(columns.speaker, columns.words):
            lines += _plain_row(row)
        elif index == 0 and columns.has_head:
            text = "\t".join(" ".join(cell) for cell in row if cell)
            lines.append(Line(0, text, kind=NonSpeechKind.HEADING, continues=False))
        else:
            lines += _turn(row, columns)
    return tuple(lines)


def find_columns(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """Return which columns hold speakers and words, or None when the rows are no turns of speech.

    The head of the table decides. Without one, the words are the longest column, and the speakers a column of
    short cells before it, without sentences, beside a column of times, or else of names that come back.
    """
    if len(rows) < _FEWEST_ROWS or not rows[0]:
        return None
    head = [" ".join(cell).strip(" :：") for cell in rows[0]]
    speaker, words, time = (_first_match(head, pattern) for pattern in (_SPEAKER_HEAD, _WORDS_HEAD, _TIME_HEAD))
    if speaker is not None and words is not None:
        return Columns(speaker, words, time, has_head=True)
    width = max(len(row) for row in rows)
    if width < 2 or sum(len(row) == width for row in rows) < _MOST * len(rows):  # noqa: PLR2004 - name and words
        return None
    columns = [[" ".join(row[at]) for row in rows if len(row) == width] for at in range(width)]
    sizes = [sum(map(len, column)) for column in columns]
    longest = max(range(width), key=lambda at: sizes[at])
    time = next((at for at, column in enumerate(columns) if _most(column, _is_time)), None)
    timed = time is not None
    named = (at for at in range(longest) if at != time and _are_speakers(columns[at], columns[longest], timed=timed))
    found = next(named, None)
    return None if found is None else Columns(found, longest, time, has_head=False)


def time_of(text: str) -> TimeSpan | None:
    """Return the time that a text like "[00:01:05]" or "0:03 - 0:10" is, or None when it is anything else."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        return None
    start, end = _seconds(*match.groups()[:3]), _seconds(*match.groups()[3:])
    return TimeSpan(start or 0.0, end)


def goes_on(above: str, text: str) -> bool:
    """Whether the line below a line break within a paragraph goes on a sentence, rather than standing for itself.

    A short line above may be a name, and some transcripts begin what was said with a small letter.
    """
    return len(above) > _LONGEST_NAME and text[:1].islower() and above.rstrip()[-1:] not in ".!?:;。！？：；"


def _seconds(hours: str | None, minutes: str | None, seconds: str | None) -> float | None:
    if minutes is None or seconds is None:
        return None
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _is_time(text: str) -> bool:
    return time_of(text) is not None


def _first_match(head: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((at for at, text in enumerate(head) if pattern.fullmatch(text)), None)


def _most(column: Sequence[str], holds: Callable[[str], object]) -> bool:
    filled = [text for text in column if text]
    return bool(filled) and sum(bool(holds(text)) for text in filled) > _MOST * len(filled)


def _are_speakers(column: Sequence[str], words: Sequence[str], *, timed: bool) -> bool:
    names = [text for text in column if text]
    labels = [re.sub(rf"\s*{_TIME.pattern}\s*", "", name).strip(" :：") for name in names]
    if not names or any(len(name) > _LONGEST_NAME or _SENTENCE.search(name) for name in labels):
        return False
    if not all(any(map(str.isalpha, label)) for label in labels):
        return False
    said = [text for text in words if text]
    if sum(map(len, said)) < _WORDS_OVER_NAMES * sum(map(len, names)):
        return False
    if not _most(said, _SENTENCE.search):
        return False
    if timed:
        return True
    comes_back = len(set(labels)) <= _REPEATED * len(names)
    return comes_back and _most(labels, lambda label: _NAME.fullmatch(label) or _NUMBERED.fullmatch(label))


def _plain_row(row: Sequence[Cell]) -> list[Line]:
    """Return one line for a row of one-line cells, else the lines of each cell in turn."""
    filled = [cell for cell in row if cell]
    if all(len(cell) == 1 for cell in filled):
        return [Line(0, "\t".join(cell[0] for cell in filled), continues=False)] if filled else []
    return [Line(0, text, continues=False) for cell in filled for text in cell]


def _turn(row: Sequence[Cell], columns: Columns) -> list[Line]:
    time = next((found for cell in row for text in cell if (found := time_of(text))), None)
    lines: list[Line] = []
    words: list[Line] = []
    for at, cell in enumerate(row):
        for text in cell:
            if at == columns.words:
                words.append(Line(0, text, continues=False, time=time))
            elif at == columns.speaker and not time_of(text):
                person = Person(text.strip().rstrip(":：").strip())
                known = any(line.person for line in lines)
                lines.append(
                    Line(0, text, NonSpeechKind.SPEAKER_LINE, continues=False, time=time)
                    if known or not person.name
                    else Line(0, text, continues=False, time=time, person=person)
                )
            else:
                kind = NonSpeechKind.TIME_MARK if time_of(text) else NonSpeechKind.SYNTAX
                lines.append(Line(0, text, kind, continues=False))
    return lines + words
